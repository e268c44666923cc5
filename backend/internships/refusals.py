"""Why a write about placements, follow-ups and jobs is refused."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class InternshipRefusal(Refusal):
    """Why an internship is not planned, started, changed or ended."""

    NOT_ACCEPTED = "proposal_not_accepted", _("The employer has not accepted the proposal.")
    NO_WAY_IN = "placed_without_way_in", _("State how the person came to the workplace.")
    NOT_ITS_OPENING = "not_an_opening_there", _("Choose an opening of the workplace, for an internship.")
    OPENING_IS_JOB = "opening_is_job", _("The opening is a job: record the employment instead.")
    NO_CONSENT = (
        "placement_without_consent",
        _("The participant's consent does not hold any more. Ask for a new one, or call the internship off."),
    )
    PROTECTED = (
        "placed_and_protected",
        _(
            "The identity is protected now, and the employer is told nothing more. Decide with the "
            "participant whether the internship ends, and speak with the workplace yourself."
        ),
    )
    HAS_A_JOB = "person_has_a_job", _("The participant has a job. When does the internship end?")
    ONGOING = (
        "internship_is_ongoing",
        _("An internship is ongoing. End it first, and say which side ended it and why."),
    )
    ALREADY_PLANNED = "already_planned", _("The internship is already planned.")
    ENDS_BEFORE_START = "ends_before_start", _("The last day cannot come before the first.")
    STARTED_EARLY = (
        "started_early",
        _("The first day is %(first)s. If the internship began earlier, change its terms first."),
    )
    STARTED_TO_COME = "started_to_come", _("The internship can be started when its first day has come.")
    UNSIGNED = (
        "agreement_unsigned_at_start",
        _(
            "The internship starts when all three have signed the agreement. Not signed yet: %(who)s. "
            "Rule: %(source)s."
        ),
    )
    IN_ANOTHER = "in_another_internship", _("The participant is already in an internship.")
    NO_SIDE = "no_side_for_end", _("State which side ended the internship, and why.")
    ENDED_BEFORE_START = "ended_before_start", _("An internship ends on or after the day it started.")
    ENDED_TO_COME = "ended_to_come", _("The internship can be ended when its last day has come.")
    ENDED_PAST_DECISION = (
        "ended_past_decision",
        _(
            "It was decided that the internship ends on %(last)s. If it went on longer, that needs a new "
            "decision: change the terms first."
        ),
    )
    CALLED_OFF = "internship_called_off", _("The internship was called off: there are no terms to change.")
    NOT_HAPPENED = "not_happened_to_internship", _("This has not happened to the internship.")
    EXTEND_INSTEAD = (
        "extend_instead",
        _("This makes the internship longer with the same tasks. Extend it: there you say what is new."),
    )
    IS_OVER = "internship_is_over", _("The internship is over: nothing more is told to the employer.")
    NOBODY_IS_RUNG = (
        "emergency_contact_too_late",
        _("The internship is over, so nobody is rung any more."),
    )
    HALF_A_CONTACT = "half_an_emergency_contact", _("Write both a name and a phone number, or neither.")
    NO_SIDE_FOR_NO_SHOW = "no_side_for_no_show", _("State whose side it was that nobody came.")
    NO_SHOW_TO_COME = (
        "no_show_to_come",
        _("The first day has not come yet. Call the internship off if it will not begin."),
    )
    NO_PAUSE_REASON = "pause_without_reason", _("Say why the internship is paused.")
    PAUSE_TO_COME = "pause_to_come", _("A pause is written when its first day has come.")
    PAUSE_OUTSIDE = "pause_outside", _("A pause lies within the days of the internship.")
    PAUSE_TWICE = "pause_twice", _("The internship was paused on that day already.")
    BACK_BEFORE_PAUSE = (
        "back_before_pause",
        _("The day of the return comes after the first day of the pause."),
    )
    BACK_AFTER_END = (
        "back_after_end",
        _("The internship ends before that day. Extend it first, or end it early."),
    )
    RESUMED_TO_COME = "resumed_to_come", _("The internship goes on when the day of the return has come.")
    NOT_PAUSED = "internship_not_paused", _("The internship is not paused.")
    NOT_UNDER_WAY = (
        "internship_not_under_way",
        _("Only an internship that is under way is extended. Change the terms of one that is planned."),
    )
    NO_REASONS = "decision_without_reasons", _("State the reasons.")
    NOTHING_TO_DECIDE = "nothing_to_decide", _("There is nothing to decide here any more.")


class AgreementRefusal(Refusal):
    """Why an agreement is not drawn up or signed."""

    NOTHING_TO_DRAW_UP = (
        "no_agreement_to_draw_up",
        _("There is nothing to draw up: the agreement says what holds, or the internship is over."),
    )
    NO_PDF = (
        "no_pdf_on_this_host",
        _("A PDF cannot be made on this host, so nothing can be signed here. Tell whoever runs Praktikbron."),
    )
    SUPERSEDED = (
        "agreement_superseded",
        _("The terms have changed since. Read the new version, and sign that."),
    )
    OVER = (
        "agreement_over",
        _("The internship is over or called off, so the agreement is not signed any more."),
    )
    SIGNED_ALREADY = "agreement_signed_already", _("%(party)s has signed already.")
    NO_PARTY = "agreement_without_party", _("Say who has signed the paper.")
    SIGNED_TO_COME = "agreement_signed_to_come", _("The day on which it was signed has not come yet.")


class SigningRefusal(Refusal):
    """Why a code for signing is not sent, or opens and signs nothing."""

    TOO_MANY_CODES = (
        "signing_too_many_codes",
        _("Many codes have been asked for. Use the newest, wait a quarter of an hour, or sign in instead."),
    )
    WRONG_CODE = (
        "signing_code_wrong",
        _("The code is not right. Tries left: %(left)d. Only the code that came last can be used."),
    )
    TOO_MANY_TRIES = (
        "signing_code_too_many_tries",
        _("The code has been wrong five times, so it cannot be used any more. Ask for a new one."),
    )
    CODE_OVER = "signing_code_over", _("The code cannot be used any more. Ask for a new one.")


class CertificateRefusal(Refusal):
    """Why a certificate is not issued."""

    NOT_OVER = (
        "certificate_before_the_end",
        _("A certificate is issued when the internship is over, and none for one that was called off."),
    )
    SAYS_SO = "certificate_says_so", _("The certificate that stands says the same.")
    CHANGED_MEANWHILE = (
        "certificate_changed_meanwhile",
        _("Something was changed meanwhile. Look at what it says now, and issue it then."),
    )
    NO_PDF = (
        "no_certificate_on_this_host",
        _("A PDF cannot be made on this host, so no certificate is issued. Tell whoever runs Praktikbron."),
    )


class ExtensionRefusal(Refusal):
    """Why an internship is not extended, or not agreed anew."""

    NO_WHY = "extension_without_why", _("Say why the internship is extended or agreed anew.")
    NOT_FROM_THERE = (
        "extension_not_from_there",
        _("A version holds from a day in the internship, or from the day after its last."),
    )
    SHORTER = (
        "extension_shorter",
        _("The new last day is before the one that stands, or has passed. End the internship early instead."),
    )
    DECISION_LATER = (
        "extension_decision_later",
        _("The decision holds from a later day than the version: nothing covers the days between."),
    )
    SAME = "extension_same", _("Nothing is different from the terms that stand.")
    NONE_WAITS = "extension_none_waits", _("No extension waits to be carried out.")
    UNDECIDED = "extension_undecided", _("The extension waits for the manager's decision.")
    REFUSED = "extension_refused", _("The manager has said no to the extension: %(reason)s")
    CHANGED = (
        "extension_changed",
        _("Something has changed since the manager decided. Write the extension anew, and ask again."),
    )


class FollowUpRefusal(Refusal):
    """Why an answer to a follow-up is not taken."""

    OTHER_SIDE = "other_side", _("Each side answers for itself.")
    NO_ANSWER = "no_mood", _("Choose one of the three answers.")
    NOT_ASKED_ABOUT_CALL = (
        "call_not_asked_about",
        _("Say first how it goes. You can always call your job coach."),
    )
    CLOSED = "follow_up_closed", _("The follow-up is already closed.")
    NOT_YET = "follow_up_not_open_yet", _("The follow-up opens on its day. Tell your job coach before that.")
    WRITTEN_MEANWHILE = (
        "follow_up_written_meanwhile",
        _("Somebody else has written here meanwhile. See what stands now; save again to write over it."),
    )
    NOT_GOING_ON = "follow_up_of_what_is_over", _("Only an internship that goes on is followed up.")
    OUTSIDE = "follow_up_outside", _("Choose a day from today until the last day, %(last)s.")
    THERE_ALREADY = "follow_up_there_already", _("There is a follow-up on that day already.")
    NO_SUMMARY = (
        "follow_up_without_summary",
        _("Write what you agreed on: somebody has not answered, or it goes badly. Or save without closing."),
    )


class EvaluationRefusal(Refusal):
    """Why what somebody says of an internship that is over is not taken."""

    NO_ANSWER = "evaluation_without_answer", _("Choose one of the answers.")
    NO_REASON = "evaluation_without_reason", _("Choose why not: it helps the next person.")
    CLOSED = "evaluation_closed", _("The job coach has gone through the answer, or it is asked no more.")
    NOT_ANSWERED = "evaluation_not_answered", _("There is no answer to go through yet.")


class ConcernRefusal(Refusal):
    """Why a concern, or what was done about it, is not recorded."""

    NO_WORDS = "concern_without_words", _("Write a few words about what is wrong.")
    NO_WORKPLACE = (
        "concern_without_workplace",
        _("Choose the employer, or write what the workplace is called and where it is."),
    )
    NO_OUTCOME = "concern_without_outcome", _("Say what was done about the concern.")


class CorrectionRefusal(Refusal):
    """Why what was written before is not changed."""

    NO_WHY = "correction_without_why", _("Say why it is changed.")
    NOTHING_CHANGED = "nothing_changed", _("Nothing is different from what was written before.")


class EmploymentRefusal(Refusal):
    """Why a job, or an answer about whether it lasts, is not recorded."""

    NAME_OF_REGISTER = (
        "employer_name_of_register",
        _("The employer is in the register: its name is written there."),
    )
    NOT_STARTED = "internship_not_started", _("Only an internship that has started can lead to a job.")
    BEFORE_INTERNSHIP = (
        "job_before_internship",
        _(
            "The internship began on %(first)s, so the job that came of it cannot have begun before. "
            "Record it without the internship if it did."
        ),
    )
    BEFORE_ENROLMENT = (
        "job_before_enrolment",
        _(
            "The person was enrolled on %(first)s. Work before that day belongs to what the person has done, "
            "not to what came of the unit's work."
        ),
    )
    TOO_FAR_AHEAD = (
        "job_too_far_ahead",
        _(
            "A job is recorded when it is agreed, at most %(days)d days before its first day. "
            "Rule: %(source)s."
        ),
    )
    ALREADY_RECORDED = (
        "job_already_recorded",
        _("The person has this job already: %(title)s at %(employer)s from %(first)s."),
    )
    LOOKS_KNOWN = (
        "job_looks_known",
        _("The employer or the job looks like one that is known already. Say which it is."),
    )
    ENDED_TO_COME = (
        "job_ended_to_come",
        _("A job can be ended when its last day has come."),
    )
    ENDED_BEFORE_START = "job_ended_before_start", _("The last day cannot come before the first.")
    ALREADY_ENDED = "job_already_ended", _("The job has ended already: correct it instead.")
    NO_END_REASON = "job_without_end_reason", _("Say why the job ended.")
    NO_ANSWER = "no_retention_answer", _("Choose one of the three answers.")
    TOO_EARLY = "retention_too_early", _("It is too early to ask: the check is due later.")
    NOTHING_OLD = "retention_nothing_old", _("No question is so old that it can be left unanswered.")
    NOT_ASKED = "retention_not_asked", _("The job has ended, so this is not asked any more.")
    CONTRADICTS = (
        "retention_contradicts",
        _(
            "It was answered after %(months)d months: %(answer)s. Both cannot be true. If the person left "
            "and came back, end this job and record the new one; otherwise correct the other answer."
        ),
    )
    CONTRADICTS_END = (
        "retention_contradicts_end",
        _("The job's last day is %(last)s. Correct the job first if the answer is right."),
    )


class ConsultationRefusal(Refusal):
    """Why a question to a union, or its answer, is not noted."""

    TOO_SOON = (
        "union_answer_too_soon",
        _("Give the union at least %(days)d days to answer: until %(first)s. Rule: %(source)s."),
    )
    ASKED_ALREADY = (
        "union_asked_already",
        _("This union is asked about the same work already, and has time left to answer."),
    )
    ANSWER_TO_COME = "union_answer_to_come", _("The day of the answer has not come yet.")
