"""States, sides and kinds of internships, follow-ups and employments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.core.writing.lifecycle import Lifecycle
from backend.employers.enums import PlacementKind


class InternshipState(TextChoices):
    PLANNED = "planned", _("Planned")
    ONGOING = "ongoing", _("Ongoing")
    PAUSED = "paused", _("On a break")
    COMPLETED = "completed", _("Completed")
    ENDED_EARLY = "ended_early", _("Ended early")
    CANCELLED = "cancelled", _("Cancelled before the start")
    NO_SHOW = "no_show", _("Nobody came")


class WayIn(TextChoices):
    """How the person came to the workplace, where it was not by a proposal: whose yes it rests on."""

    PROPOSAL = "proposal", _("A proposal that the employer accepted")
    NO_SAY = "no_say", _("A kind of placement in which the employer has no say")
    OWN_PLACE = "own_place", _("A place that the person, the school or the agency found")
    BY_PHONE = "by_phone", _("Agreed with the employer by phone or in a meeting")
    EARLIER = "earlier", _("Not written down: placed before this was asked")


WITHOUT_PROPOSAL = (WayIn.NO_SAY, WayIn.OWN_PLACE, WayIn.BY_PHONE)
"""The ways in on which a placement is planned without a proposal, on a consent of its own."""
UNDER_WAY = (InternshipState.ONGOING, InternshipState.PAUSED)
OPEN_INTERNSHIPS = (InternshipState.PLANNED, *UNDER_WAY)
ENDED = (InternshipState.COMPLETED, InternshipState.ENDED_EARLY)
BEGAN = (*UNDER_WAY, *ENDED)
"""Internships that somebody has come to."""
NEVER_BEGAN = (InternshipState.CANCELLED, InternshipState.NO_SHOW)


class Side(TextChoices):
    """Whose circumstances ended an internship early."""

    EMPLOYER = "employer", _("The workplace")
    PARTICIPANT = "participant", _("The participant")
    MUNICIPALITY = "municipality", _("The municipality")
    OTHER = "other", _("Nobody's – outer circumstances")


class Party(TextChoices):
    """The three who sign an agreement; the first two are named as the personas are."""

    EMPLOYER = "employer", _("The employer")
    PARTICIPANT = "participant", _("The participant")
    MUNICIPALITY = "municipality", _("The municipality")


PARTY_OF = {
    Persona.EMPLOYER: Party.EMPLOYER,
    Persona.PARTICIPANT: Party.PARTICIPANT,
    Persona.STAFF: Party.MUNICIPALITY,
}
"""For whom somebody signs."""


class TaskKind(TextChoices):
    """Whether a task would be done at the workplace anyway, or was made for the person."""

    REGULAR = "regular", _("Regular task")
    CONSTRUCTED = "constructed", _("Task made for the person")


class SignedHow(TextChoices):
    IN_APP = "in_app", _("Signed in Praktikbron")
    BY_CODE = "by_code", _("Signed with a code by e-mail")
    ON_PAPER = "on_paper", _("Signed on paper")


class PauseReason(TextChoices):
    """Why nobody goes to the internship for some time. Never health: that is not written here."""

    CLOSED = "closed", _("The workplace is closed")
    SUPERVISOR_AWAY = "supervisor_away", _("The supervisor is away")
    TIME_OFF = "time_off", _("Time off as agreed")
    OTHER_ACTIVITY = "other_activity", _("Something else in the plan: a course, a visit to an agency")
    OTHER = "other", _("Other reason")


class Gate(TextChoices):
    """Where the unit's manager decides, because it could keep somebody in or use people."""

    AT_EMPLOYER = "too_long_at_employer", _("More days in all at this employer than the rule allows")
    SAME_TASKS = "same_tasks", _("One after another has had the same tasks, and nobody was hired")
    JOB_SEEKING = "no_time_to_seek", _("Little time is left to look for work")
    NOTHING_NEW = "nothing_new", _("Longer with the same tasks, and nothing new to learn")
    PER_SUPERVISOR = "many_for_supervisor", _("Many interns for one supervisor")
    PER_EMPLOYEE = "many_for_employees", _("Many interns for the number of employees")
    EARLY_ENDINGS = "early_endings", _("Internships that ended early because of the workplace")
    REDUNDANCIES = "redundancies", _("People who worked here were given notice lately")
    WRITTEN_LATE = "written_late", _("Placements that were written down long after their first day")
    UNION = "union_objects", _("The union objects")


class EndReason(TextChoices):
    GOT_JOB = "got_job", _("Got a job")
    STUDIES = "studies", _("Began studies")
    TASKS = "tasks", _("The tasks did not fit")
    SUPERVISION = "supervision", _("Supervision did not work")
    CONDITIONS = "conditions", _("The working conditions were not right")
    ABSENCE = "absence", _("Absence")
    MOVED = "moved", _("Moved")
    OTHER = "other", _("Other reason")


class Basis(TextChoices):
    """What a placement rests on. Without one the intern would be an employee."""

    ARBETSFORMEDLINGEN = "arbetsformedlingen", _("A decision of Arbetsförmedlingen")
    SOCIAL_BOARD = "social_board", _("An assignment by the social board")
    EDUCATION = "education", _("An education")
    FORSAKRINGSKASSAN = "forsakringskassan", _("A rehabilitation decision of Försäkringskassan")


class Programme(TextChoices):
    """The variant of a programme, where a statute has other limits for it."""

    NONE = "none", _("No special programme")
    YOUTH = "youth", _("The youth guarantee (jobbgaranti för ungdomar)")
    DAYS_450 = "days_450", _("The job guarantee after 450 paid days")


class Measure(TextChoices):
    """What a rule of length measures."""

    ASSIGNMENT = "assignment", _("One assignment")
    AT_EMPLOYER = "at_employer", _("All days of a person at one employer")


class Voice(TextChoices):
    """Who says that something is wrong; never told to the workplace."""

    PARTICIPANT = "participant", _("A participant")
    EMPLOYER = "employer", _("Somebody at the workplace")
    STAFF = "staff", _("The municipality's staff")
    UNION = "union", _("A union")
    AGENCY = "agency", _("Somebody at a partner agency")
    ANONYMOUS = "anonymous", _("Somebody who did not say who")


WITHOUT_ACCOUNT = (Voice.UNION, Voice.ANONYMOUS)
"""Whoever these are may write without signing in."""


class Certainty(TextChoices):
    """How well the source of a rule has been read."""

    STATUTE_READ = "A", _("A – the statute's own text was read")
    AUTHORITY = "B", _("B – a page of the government or an agency")
    SECONDARY = "C", _("C – a secondary source")
    GENERAL = "D", _("D – general knowledge, not read")


class Insurance(TextChoices):
    STATE = "state", _("The state's insurance (Kammarkollegiet)")
    MUNICIPAL = "municipal", _("The municipality's insurance")
    EMPLOYER = "employer", _("The employer's insurance")
    SCHOOL = "school", _("The school's insurance")


class ConsultationOutcome(TextChoices):
    """What the local union party said when asked."""

    NO_OBJECTION = "no_objection", _("No objection")
    OBJECTION = "objection", _("Objection")
    NO_ANSWER = "no_answer", _("No answer within the time given")
    NO_UNION = "no_union", _("No union party at the workplace")


class FollowUpKind(TextChoices):
    """What a check-in is: one of each but the regular and the extra ones, of which there may be many."""

    FIRST_DAY = "first_day", _("After the first day")
    FIRST_WEEK = "first_week", _("First week")
    REGULAR = "regular", _("Regular follow-up")
    MIDPOINT = "midpoint", _("Midpoint talk with all three")
    EXTRA = "extra", _("Extra follow-up")
    END = "end", _("Before the end")


class Mood(TextChoices):
    """How it goes: three faces and words."""

    GOOD = "good", _("Good")
    SO_SO = "so_so", _("So-so")
    BAD = "bad", _("Bad")


class Presence(TextChoices):
    """How much of the time somebody has been there, as a side sees it; each day is marked elsewhere."""

    AS_PLANNED = "as_planned", _("As planned")
    SOMETIMES_AWAY = "sometimes_away", _("Away now and then")
    OFTEN_AWAY = "often_away", _("Often away")


class AnswerWay(TextChoices):
    """By which way an answer arrived."""

    APP = "app", _("In Praktikbron")
    LINK = "link", _("By the link in the mail")
    PHONE = "phone", _("Told to the job coach")


class WouldHire(TextChoices):
    """Whether the workplace would employ the person."""

    HAS = "has", _("We have employed the person")
    YES = "yes", _("Yes, if we had a vacancy")
    NO = "no", _("Not now")


class WhyNotHired(TextChoices):
    """Why not: about the work and the workplace. Never health, which is no reason that is written here."""

    NO_WORK = "no_work", _("We do not have enough work")
    NO_MONEY = "no_money", _("We cannot afford it without support")
    TRAINING = "training", _("More training or practice is needed")
    LANGUAGE = "language", _("More Swedish is needed for the work")
    OTHER_WORK = "other_work", _("Other work suits the person better")
    OTHER = "other", _("Other reason")


class Again(TextChoices):
    """Whether the workplace receives somebody again."""

    YES = "yes", _("Yes, gladly")
    LATER = "later", _("Perhaps later")
    NO = "no", _("No")


class EmploymentForm(TextChoices):
    ORDINARY = "ordinary", _("Ordinary employment")
    NYSTARTSJOBB = "nystartsjobb", _("Nystartsjobb")
    LONEBIDRAG = "lonebidrag", _("Wage subsidy (lönebidrag)")
    INTRODUKTIONSJOBB = "introduktionsjobb", _("Introduktionsjobb")
    ETABLERINGSJOBB = "etableringsjobb", _("Etableringsjobb")
    OSA = "osa", _("Public sheltered employment (OSA)")
    MUNICIPAL = "municipal", _("Municipal labour-market job")


UNSUBSIDISED = (EmploymentForm.ORDINARY,)
"""All other forms are paid for in part, or whole, by the state or the municipality."""


class EmploymentTerm(TextChoices):
    """For how long a job was agreed; empty where nobody has said."""

    PERMANENT = "permanent", _("Until further notice")
    TEMPORARY = "temporary", _("For a fixed time")


class JobEvidence(TextChoices):
    """By what a job is known; empty where nobody has said."""

    CONTRACT = "contract", _("The contract was seen")
    PAYSLIP = "payslip", _("A payslip was seen")
    EMPLOYER = "employer", _("The employer says so")
    PARTICIPANT = "participant", _("The participant says so")


class JobEndReason(TextChoices):
    """Why a job ended. Never health: that is no reason that is written here."""

    FIXED_TERM = "fixed_term", _("The time agreed was over")
    SUPPORT_ENDED = "support_ended", _("The wage support ended")
    SHORTAGE = "shortage", _("Shortage of work")
    RESIGNED = "resigned", _("The person resigned")
    DISMISSED = "dismissed", _("The employer ended it")
    NEW_JOB = "new_job", _("Another job")
    STUDIES = "studies", _("Began studies")
    OTHER = "other", _("Other reason")


class RetentionAnswer(TextChoices):
    YES = "yes", _("Still employed")
    NO = "no", _("Not employed any more")
    UNKNOWN = "unknown", _("Could not be found out")


KINDS_OF_THE_YOUNG = (PlacementKind.PRAO, PlacementKind.APL, PlacementKind.FERIEPRAKTIK)
"""In these kinds whoever comes is taken to be under age until somebody has said otherwise."""

RETENTION_MONTHS = (1, 3, 6, 12)

INTERNSHIP_LIFECYCLE = Lifecycle(
    moves={
        InternshipState.PLANNED: frozenset({InternshipState.ONGOING, *NEVER_BEGAN}),
        InternshipState.ONGOING: frozenset({InternshipState.PAUSED, *ENDED}),
        InternshipState.PAUSED: frozenset({InternshipState.ONGOING, *ENDED}),
    },
    steps=(InternshipState.PLANNED, InternshipState.ONGOING, InternshipState.COMPLETED),
)

END_OF = ("ended_on", "ended_by_side", "end_reason")
HAPPENED = ("started_on", *END_OF)
"""The columns that say what became of an internship."""
NOT_YET: dict[str, tuple[str, ...]] = {
    InternshipState.PLANNED: HAPPENED,
    InternshipState.CANCELLED: HAPPENED,
    InternshipState.NO_SHOW: HAPPENED,
    InternshipState.ONGOING: END_OF,
    InternshipState.PAUSED: END_OF,
    InternshipState.COMPLETED: END_OF[1:],
    InternshipState.ENDED_EARLY: (),
}
"""What of HAPPENED cannot be said of an internship in each state."""
