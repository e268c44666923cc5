"""Who may enter where: every address of ours, and the roles to which its door is open.

The others get 404 (nobody shall learn that the thing exists), and whoever is not signed in is asked to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.core.answering.links import token_of
from backend.core.outbox.leaving import token_of as leave_token
from backend.employers.searching.visitors import token_of as search_token
from tests.factories.base import TODAY
from tests.permissions.world import CALENDAR, INVITED, Everything

EVERYBODY = frozenset(
    {
        "anonymous",
        "participant",
        "other_participant",
        "employer_member",
        "other_employer",
        "coach",
        "other_coach",
        "manager",
        "administrator",
        "guest",
        "other_guest",
    }
)
GUESTS = frozenset({"guest", "other_guest"})
AT_HOME = EVERYBODY - {"anonymous"}
"""Every account; guests from agencies find these pages and their own, and no other."""
SIGNED_IN = AT_HOME - GUESTS
READERS = EVERYBODY - GUESTS
"""Who may ask the API for what is public."""
COACHES = frozenset({"coach", "other_coach"})
STAFF = COACHES | {"manager", "administrator"}
EDITORS = COACHES | {"administrator"}
FILES = COACHES | {"manager"}
PARTICIPANTS = frozenset({"participant", "other_participant"})
EMPLOYERS = frozenset({"employer_member", "other_employer"})
HERS = frozenset({"participant", "coach", "manager"})  # who may read Pia's case
AROUND = HERS | {"employer_member"}  # and the employer that knows of it
COACH = frozenset({"coach"})
OF_UNIT = frozenset({"coach", "manager"})
MANAGER = frozenset({"manager"})
DECIDING = frozenset({"manager", "administrator"})
ADMINISTRATOR = frozenset({"administrator"})
PIA = frozenset({"participant"})
ALICE = frozenset({"employer_member"})
GUEST = frozenset({"guest"})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Door:
    """Who may enter, by which method, and what the address names."""

    open_to: frozenset[str]
    method: str = "get"
    names: Callable[[Everything], dict[str, Any]] = lambda _all: {}
    data: Callable[[Everything], dict[str, Any]] = lambda _all: {}


def _row(everything: Everything, name: str) -> Any:
    return getattr(everything, name, None) or getattr(everything.cast, name)


def of(name: str, **more: str) -> Callable[[Everything], dict[str, Any]]:
    """Return what fills the address: `pk` of the row called `name`; a part "=words" stands for itself."""

    def names(everything: Everything) -> dict[str, Any]:
        row = _row(everything, name)
        extra = {
            part: other[1:] if other.startswith("=") else _row(everything, other).pk
            for part, other in more.items()
        }
        return {"pk": row.pk, **extra}

    return names


def get(open_to: frozenset[str], names: Any = lambda _all: {}) -> Door:
    return Door(open_to, "get", names)


def post(open_to: frozenset[str], names: Any = lambda _all: {}, **data: Any) -> Door:
    return Door(open_to, "post", names, lambda _all: data)


def pia_at_bageriet(everything: Everything) -> dict[str, Any]:
    return {"opening_id": everything.cast.opening.pk, "participant_id": everything.cast.pia.pk}


def one_job(_all: Everything) -> dict[str, Any]:
    return {"name": "look_after_openings"}


def employers_paper(everything: Everything) -> dict[str, Any]:
    return {"pk": everything.signature.agreement_id, "party": "employer"}


def own_membership(everything: Everything) -> dict[str, Any]:
    member = everything.cast.employer_member
    return {"pk": member.employer_memberships.get(employer=everything.cast.bakery).pk}


def one_reply(everything: Everything) -> dict[str, Any]:
    return {"employer_id": everything.cast.bakery.pk, "key": "full"}


API_MOVES = {
    "start": "planned",
    "complete": "internship",
    "end": "internship",
    "cancel": "planned",
    "no-show": "planned",
    "pause": "internship",
    "change-return": "internship",
    "resume": "internship",
    "correct": "internship",
    "extend": "internship",
    "apply-extension": "internship",
}
"""What the API does to an internship, and to which."""
DECISION = {"allows": True, "reason": "Prövat."}
ONE_MAIL = {"kind": "=proposal_received", "language": "=sv"}


def municipalitys(**more: str) -> Callable[[Everything], dict[str, Any]]:
    """Return what fills an address of the API under a municipality."""
    return lambda all_: {"municipality_id": all_.cast.municipality.pk, **more}


ROW_CHANGES: dict[str, dict[str, Any]] = {
    "skill": {"level": 3, "source": "coach"},
    "experience": {"workplace": "Kornet"},
    "wish": {"motivation": "Lugnt."},
}
"""What is said anew about a row of a file, by its list."""
ROW_DOINGS: dict[str, dict[str, Any]] = {
    "remove": {},
    "confirm": {"concept": None},
    "mean": {"meaning": "licence:B"},
}
"""What else is done with such a row in every list."""
MATRIX: dict[str, Door] = {
    "home:start": get(EVERYBODY),
    "home:my_home": get(AT_HOME),
    "home:hand_over": get(FILES),
    "home:search": get(STAFF),
    "home:my_calendar": get(SIGNED_IN),
    "home:calendar_renew": post(SIGNED_IN),
    "home:calendar_revoke": post(PIA),
    "home:calendar_feed": get(EVERYBODY, lambda _all: {"token": CALENDAR}),  # whoever has the address
    "home:put_off": get(COACH, of("accepted", matter="=proposal")),
    "home:note_as_done": post(COACH, of("declined", matter="=proposal")),
    "home:take_up": post(COACHES, of("aside")),
    "core:healthz": get(EVERYBODY),
    "core:readyz": get(EVERYBODY),
    "core:workerz": get(EVERYBODY),
    "core:metrics": get(NOBODY),  # exists for who knows METRICS_TOKEN only
    "contacts:accessibility": get(EVERYBODY),
    "contacts:privacy": get(EVERYBODY),
    "contacts:contact_list": get(EVERYBODY),
    "contacts:contact_edit": get(frozenset({"administrator"}), of("municipality")),
    "contacts:security": get(EVERYBODY),
    "internships:rule_list": get(STAFF),
    "staff:invitation_accept": get(EVERYBODY),
    "staff:person_list": get(ADMINISTRATOR),
    "staff:person_invite": get(ADMINISTRATOR),
    "staff:person_detail": get(ADMINISTRATOR, of("coach")),
    "staff:invitation_resend": post(ADMINISTRATOR, of("invited")),
    "staff:invitation_withdraw": post(ADMINISTRATOR, of("invited")),
    "staff:role_give": get(ADMINISTRATOR, of("coach")),
    "staff:role_end": get(ADMINISTRATOR, of("role")),
    "staff:unit_list": get(ADMINISTRATOR),
    "staff:unit_create": get(ADMINISTRATOR),
    "staff:unit_edit": get(ADMINISTRATOR, of("unit")),
    "staff:unit_close": post(ADMINISTRATOR, of("unit")),
    "core:robots": get(EVERYBODY),
    "core:favicon": get(EVERYBODY),
    "core:help": get(EVERYBODY),
    "core:message_list": get(AT_HOME),
    "core:message_open": post(PIA, of("message")),
    "undelivered:message_list": get(frozenset({"administrator"})),
    "undelivered:all_send_again": post(frozenset({"administrator"})),
    "undelivered:message_send_again": post(frozenset({"administrator"}), of("failed")),
    "undelivered:message_set_aside": post(frozenset({"administrator"}), of("failed")),
    "own_messages:choice_edit": get(AT_HOME),
    "own_messages:phone_edit": get(NOBODY),  # where SMS is set up, it is everybody's (test_sms.py)
    "own_messages:phone_confirm": get(NOBODY),
    "own_messages:sms_stop": post(AT_HOME),
    "own_messages:quiet_edit": get(ADMINISTRATOR, of("municipality")),
    "own_messages:unsubscribe": get(EVERYBODY, lambda each: {"token": leave_token(each.question.pk)}),
    "own_words:words_list": get(ADMINISTRATOR, of("municipality")),
    "own_words:words_edit": get(ADMINISTRATOR, of("municipality", **ONE_MAIL)),
    "own_words:words_end": get(ADMINISTRATOR, of("municipality", **ONE_MAIL)),
    "job_runs:job_list": get(ADMINISTRATOR),
    "job_runs:job_detail": get(ADMINISTRATOR, one_job),
    "job_runs:job_try": post(ADMINISTRATOR, one_job),
    "job_runs:job_start": post(ADMINISTRATOR, one_job),
    "core:answer": get(EVERYBODY, lambda everything: {"token": token_of(everything.question)}),
    "core:unsent_list": get(AT_HOME),
    "core:unsent_discard": post(PIA, of("unsent")),
    "core:kept_email_list": get(NOBODY),  # exists in the demo only
    "core:components_gallery": get(NOBODY),
    "core:gallery_suggestions": get(NOBODY),
    "places:suggestion_list": get(EVERYBODY),
    "skills:skill_suggestion_list": get(EVERYBODY),
    "skills:meaning_suggestion_list": get(EVERYBODY),
    "skills:occupation_suggestion_list": get(EVERYBODY),
    "skills:text_reading": get(SIGNED_IN, lambda _all: {"kind": "skill"}),
    # Whoever works with matching reads why it counts as it does; coaches and administrators correct it.
    "skills:concept_list": get(STAFF),
    "skills:concept_detail": get(STAFF, of("concept")),
    "skills:override_set": post(EDITORS, of("concept")),
    "skills:override_withdraw": get(EDITORS, of("concept", related_pk="related_concept")),
    "set_language": post(EVERYBODY, language="en"),
    # Employers. Staff write on an employer's behalf what it says by phone; the audit shows who wrote.
    "employers:opening_list": get(EVERYBODY),
    "employers:opening_export": get(STAFF),
    "employers:opening_feed": get(EVERYBODY),
    "employers:opening_calendar": get(EVERYBODY),
    "employers:site_map": get(EVERYBODY),
    "employers:sheet_hand_in": get(EMPLOYERS | STAFF),
    "employers:sheet_template": get(EMPLOYERS | STAFF, lambda _all: {"what": "openings"}),
    # Only for whoever handed it in: tests/employers/exchange/test_sheets.py.
    "employers:sheet_rows": get(NOBODY, lambda _all: {"pk": UUID(int=1)}),
    "employers:sheet_columns": get(NOBODY, lambda _all: {"pk": UUID(int=1)}),
    "employers:opening_create": get(EMPLOYERS | STAFF),
    "employers:usual_skills": get(EMPLOYERS | STAFF),
    "employers:opening_detail": get(ALICE | STAFF, of("draft")),
    "employers:opening_edit": get(ALICE | STAFF, of("draft")),
    "employers:opening_publish": post(ALICE | STAFF, of("draft")),
    "employers:opening_approve": post(STAFF, of("waiting")),
    "employers:opening_return": post(STAFF, of("waiting"), why="Skriv mer."),
    "employers:opening_close": post(ALICE | STAFF, of("opening")),
    "employers:opening_pause": get(ALICE | STAFF, of("opening")),
    "employers:opening_copy": post(ALICE | STAFF, of("opening")),
    "employers:several": get(EMPLOYERS),
    "employers:opening_resume": post(ALICE | STAFF, of("paused")),
    "employers:opening_refresh": post(ALICE | STAFF, of("opening")),
    "employers:requirement_settle": post(
        ALICE | STAFF, of("opening", requirement_pk="requirement"), answer="yes"
    ),
    "employers:my_openings": get(EMPLOYERS),
    "employers:search_list": get(SIGNED_IN),
    "employers:search_save": get(EVERYBODY),
    "employers:search_edit": get(PIA, of("saved")),
    "employers:search_delete": post(PIA, of("saved")),
    "employers:search_open": get(PIA, of("saved")),
    "employers:search_confirm": get(EVERYBODY, lambda each: {"token": search_token(each.followed)}),
    "employers:search_stop": get(EVERYBODY, lambda each: {"token": search_token(each.followed)}),
    "employers:capacity_list": get(EMPLOYERS),
    "employers:capacity_calendar": get(EMPLOYERS),
    "employers:capacity_detail": get(ALICE | STAFF, of("capacity")),
    "employers:capacity_edit": get(ALICE | STAFF, of("capacity")),
    "employers:exception_add": post(ALICE | STAFF, of("capacity")),
    "employers:exception_withdraw": post(ALICE | STAFF, of("exception")),
    "employers:employer_calendar": get(STAFF, of("bakery")),
    "employers:workplace_hours": get(STAFF),
    "employers:workplace_hours_export": get(STAFF),
    "employers:capacity_create": get(EMPLOYERS | STAFF),
    "employers:my_organisation": get(EMPLOYERS),
    "employers:register": get(EMPLOYERS),
    "employers:workplace_create": get(EMPLOYERS),
    "employers:workplace_edit": get(ALICE | STAFF, of("workplace")),
    "employers:adaptation_answer": post(ALICE | STAFF, of("workplace"), answer="calm:yes"),
    "employers:membership_page": get(ALICE | STAFF, of("membership")),
    "employers:membership_approve": post(ALICE | STAFF, of("membership")),
    "employers:membership_end": post(ALICE | STAFF, of("membership")),
    # Only for whoever asked or is it: tests/employers/test_registration.py.
    "employers:membership_leave": post(NOBODY, of("colleague")),
    "employers:membership_remind": post(NOBODY, of("membership")),
    "employers:membership_withdraw": post(NOBODY, of("membership")),
    "employers:membership_call": get(STAFF, of("membership")),
    "employers:membership_role": post(ALICE | STAFF, of("colleague"), role="contact"),
    "employers:facts_edit": get(ALICE | STAFF, of("bakery")),
    "employers:reply_list": get(ALICE | STAFF, of("bakery")),
    "employers:reply_add": get(ALICE | STAFF, of("bakery")),
    "employers:reply_edit": get(ALICE | STAFF, of("bakery", key="=full")),
    "employers:reply_remove": post(ALICE | STAFF, of("bakery", key="=full")),
    "employers:invitation_create": get(ALICE | STAFF, of("bakery")),
    "employers:invitation_resend": post(ALICE | STAFF, of("invitation")),
    "employers:invitation_withdraw": post(ALICE | STAFF, of("invitation")),
    # Whoever holds the link; what it offers: tests/employers/test_inviting.py.
    "employers:invitation_accept": get(EVERYBODY, lambda _all: {"token": INVITED}),
    "employers:employer_list": get(STAFF),
    "employers:employer_export": get(STAFF),
    "employers:employer_register": get(STAFF),
    "employers:employer_detail": get(STAFF, of("bakery")),
    "employers:check_create": get(STAFF, of("bakery")),
    "employers:employer_contact_record": post(STAFF, of("bakery"), channel="phone", on="2026-03-12"),
    "employers:employer_contact_remove": post(STAFF, of("bakery", contact_id="employer_contact")),
    "employers:number_show": get(STAFF, of("bakery")),
    "employers:likely_doubles": get(STAFF),
    "employers:employer_merge_with": get(STAFF, of("bakery")),
    "employers:employer_merge": get(STAFF, of("bakery", other_pk="joinery")),
    "employers:employers_keep_apart": post(STAFF, of("bakery", other_pk="joinery")),
    # Trust in employers
    "safeguarding:how_we_look_after": get(EVERYBODY),
    "safeguarding:workplace_tell": get(EVERYBODY),
    "safeguarding:told": get(EVERYBODY),
    "safeguarding:review_list": get(STAFF),
    "safeguarding:review_detail": get(STAFF, of("review")),
    "safeguarding:evidence_add": get(STAFF, of("review")),
    "safeguarding:reply_ask": get(DECIDING, of("review")),
    "safeguarding:review_decide": get(DECIDING, of("review")),
    "safeguarding:review_dismiss": get(DECIDING, of("review")),
    "safeguarding:appeal_decide": get(DECIDING, of("review")),
    "safeguarding:own_review": get(ALICE, of("review")),
    "safeguarding:review_reply": get(ALICE, of("review")),
    "safeguarding:review_appeal": get(ALICE, of("review")),
    "safeguarding:trust_page": get(STAFF, of("bakery")),
    "safeguarding:concern_note": get(STAFF, of("bakery")),
    "safeguarding:review_open": get(STAFF, of("bakery")),
    "safeguarding:measure_take": get(DECIDING, of("bakery")),
    "safeguarding:measure_lift": get(DECIDING, of("measure")),
    "safeguarding:concern_link": get(STAFF, of("elsewhere")),
    "safeguarding:concern_close": get(STAFF, of("told")),
    "safeguarding:redundancy_record": get(STAFF, of("bakery")),
    "safeguarding:redundancy_correct": get(STAFF, of("redundancy")),
    "safeguarding:redundancy_take_back": get(STAFF, of("redundancy")),
    "safeguarding:union_ask": get(STAFF, of("bakery")),
    "safeguarding:union_answer": get(STAFF, of("consultation")),
    "cooperation:agency_list": get(STAFF),
    "cooperation:agency_add": get(STAFF),
    "cooperation:agency_detail": get(STAFF, of("agency")),
    "cooperation:agency_change": get(STAFF, of("agency")),
    "cooperation:agency_contact_add": get(STAFF, of("agency")),
    "cooperation:agency_contact_prolong": get(STAFF, of("agency_contact")),
    "cooperation:agency_contact_end": post(STAFF, of("agency_contact")),
    "cooperation:package_create": get(COACH, of("pia")),
    "cooperation:package_detail": get(OF_UNIT, of("package")),
    "cooperation:package_print": get(COACH, of("package_on_paper")),
    "cooperation:package_handed_over": post(COACH, of("package_on_paper")),
    "cooperation:intervention_list": get(frozenset({"coach", "manager"}), of("pia")),
    "cooperation:intervention_add": get(COACH, of("pia")),
    "cooperation:intervention_change": get(COACH, of("intervention")),
    "cooperation:intervention_remove": post(COACH, of("intervention")),
    "cooperation:my_interventions": get(PARTICIPANTS),
    "cooperation:review_list": get(FILES),
    "cooperation:review_plan": get(COACHES),
    "cooperation:review_detail": get(OF_UNIT, of("case_review")),
    "cooperation:review_case_add": get(COACH, of("case_review")),
    "cooperation:review_hold": post(COACH, of("case_review")),
    "cooperation:review_call_off": post(COACH, of("case_review")),
    "cooperation:review_close": post(COACH, of("held_review")),
    "cooperation:review_minutes": get(OF_UNIT, of("closed_review")),
    "cooperation:review_print": get(COACH, of("held_review", seat="seat")),
    "cooperation:review_case": get(OF_UNIT, of("held_review", case="noted_case")),
    "cooperation:review_case_off": post(COACH, of("case_review", case="bare_case")),
    "cooperation:participant_to_review": get(COACH, of("pia")),
    "cooperation:action_done": post(OF_UNIT, of("staff_action")),
    "cooperation:my_packages": get(GUESTS),
    "cooperation:my_review": get(GUEST, of("seat")),
    "cooperation:my_review_pdf": get(GUEST, of("seat")),
    "cooperation:my_action_done": post(GUEST, of("guest_action")),
    "cooperation:package_read": get(GUEST, of("package")),
    "cooperation:package_pdf": get(GUEST, of("package")),
    "cooperation:package_json": get(GUEST, of("package")),
    "cooperation:package_acknowledge": post(GUEST, of("package")),
    "employers:employer_approve": post(STAFF, of("bakery")),
    # Participants
    "participants:participant_list": get(FILES),
    "participants:participant_export": get(FILES),
    "participants:protected_list": get(FILES),
    "participants:participant_create": get(COACHES),
    "participants:participant_detail": get(frozenset({"coach", "manager"}), of("pia")),
    "participants:participant_edit": get(COACH, of("pia")),
    "participants:read_list": get(frozenset({"coach", "manager"}), of("pia")),
    "participants:skill_add": post(COACH, of("pia")),
    "participants:text_edit": get(COACH, of("pia", kind="=skill", text_id="skill")),
    "participants:text_confirm": post(COACH, of("pia", kind="=skill", text_id="skill")),
    "participants:text_mend": get(COACH, of("pia", kind="=skill", text_id="skill")),
    "participants:text_remove": post(COACH, of("pia", kind="=skill", text_id="skill")),
    "participants:wish_to_experience": post(COACH, of("pia", text_id="wish")),
    "participants:wish_keep": post(COACH, of("pia", text_id="wish")),
    "participants:contact_record": post(COACH, of("pia"), channel="phone", on="2026-03-12"),
    "participants:contact_remove": post(COACH, of("pia", contact_id="contact")),
    "participants:state_change": post(COACH, of("pia", to="=paused")),
    "participants:participant_invite": post(COACH, of("pia")),
    "participants:participant_protect": get(COACH, of("pia")),
    "participants:protection_lift": post(COACH, of("pia")),
    "participants:consent_withdraw": post(COACH, of("pia", consent_id="consent")),
    "participants:my_data": get(PARTICIPANTS),
    "participants:my_file": get(PARTICIPANTS),
    "participants:my_reads": get(PARTICIPANTS),
    "participants:my_consent": get(PIA, lambda all_: {"consent_id": all_.consent.pk}),
    "participants:my_consent_withdraw": post(PIA, lambda all_: {"consent_id": all_.consent.pk}),
    # Internships
    "internships:internship_list": get(STAFF | EMPLOYERS),
    "internships:internship_export": get(FILES),
    "internships:my_internships": get(PARTICIPANTS),
    "internships:internship_detail": get(AROUND, of("internship")),
    "internships:internship_plan": get(COACH, of("accepted")),
    "internships:place_find": get(COACH, of("pia")),
    "internships:place_choose": get(COACHES, of("bakery")),
    "internships:internship_place": get(COACH, of("pia", workplace_pk="workplace")),
    "internships:emergency_contact": get(COACH | PIA, of("internship")),
    "internships:placement_consent": get(COACH, of("own_place")),
    "internships:internship_start": get(COACH, of("planned")),
    "internships:internship_complete": get(COACH, of("internship")),
    "internships:internship_end": get(COACH, of("internship")),
    "internships:internship_cancel": get(COACH, of("planned")),
    "internships:internship_extend": get(COACH, of("internship")),
    "internships:extension_apply": post(COACH, of("internship")),
    "internships:extension_decide": get(MANAGER, of("extension")),
    "internships:internship_no_show": get(COACH, of("planned")),
    "internships:internship_pause": get(COACH, of("internship")),
    "internships:internship_return": get(COACH, of("internship")),
    "internships:internship_resume": get(COACH, of("internship")),
    "internships:agreement_detail": get(AROUND, of("internship")),
    "internships:agreement_draw_up": post(COACH, of("planned")),
    "internships:agreement_sign": post(
        frozenset({"participant", "employer_member", "coach"}), of("agreement")
    ),
    **{
        f"internships:signing_{step}": of_method(
            EVERYBODY, lambda everything: {"token": token_of(everything.asked_to_sign)}
        )
        for step, of_method in {
            "detail": get,
            "send": post,
            "open": post,
            "sign": post,
            "document": get,
        }.items()
    },
    "internships:agreement_on_paper": get(COACH, of("agreement")),
    "internships:agreement_document": get(AROUND, of("agreement")),
    "internships:agreement_translation": get(AROUND, of("agreement")),
    "internships:agreement_verify": get(AROUND, of("agreement")),
    "internships:signature_paper": get(HERS, of("signature")),
    "internships:certificate_issue": get(COACH, of("over")),
    "internships:certificate_document": get(HERS, of("certificate", language="=sv")),
    "internships:thanks_page": get(EMPLOYERS, lambda _all: {"year": TODAY.year}),
    "internships:thanks_document": get(STAFF | ALICE, of("bakery", year="=2026")),
    "internships:my_papers": get(PARTICIPANTS),
    "internships:concern_raise": get(AROUND, of("internship")),
    "internships:concern_handle": get(COACH | MANAGER, of("concern")),
    "internships:objection_decide": get(MANAGER, of("planned")),
    "internships:concern_decide": get(MANAGER, of("concern")),
    "internships:internship_convert": get(COACH, of("internship")),
    "internships:employment_create": get(COACH, of("pia")),
    "internships:employment_detail": get(COACH | MANAGER, of("job")),
    "internships:employment_end": get(COACH, of("job")),
    "internships:employment_correct": get(COACH, of("job")),
    "internships:employment_strike": get(COACH, of("job")),
    "internships:internship_correct": get(COACH, of("internship")),
    "internships:follow_up_correct": get(COACH, of("follow_up")),
    "internships:retention_unknown": post(COACH, of("job")),
    "internships:retention_answer": get(COACH, of("check")),
    "internships:follow_up_list": get(FILES),
    "internships:follow_up_answer": get(AROUND, of("follow_up")),
    "internships:evaluation_answer": get(HERS, of("evaluation")),
    "internships:evaluation_leave": post(COACH, of("evaluation")),
    "internships:follow_up_add": get(COACH, of("internship")),
    "internships:evaluation_look": post(COACH, of("evaluated")),
    "internships:retention_reply": get(PIA, of("check")),
    "internships:call_want": post(PIA, of("follow_up")),
    # Attendance
    "activities:roll_call": get(EMPLOYERS),
    "activities:attendance": get(COACH | MANAGER, of("internship")),
    "activities:attendance_export": get(COACH | MANAGER, of("internship")),
    "activities:schedule_plan": get(COACH, of("internship")),
    "activities:schedule_usual": post(COACH, of("internship")),
    "activities:session_detail": get(HERS, of("session")),
    "activities:session_call_off": post(COACH | ALICE, of("unmarked"), state="off_by_organiser"),
    "activities:session_take_up": post(COACH | ALICE, of("off")),
    "activities:my_attendance": get(PARTICIPANTS),
    "activities:absence_report": get(COACH | PIA, of("internship")),
    "activities:absence_withdraw": post(COACH | PIA, of("absence")),
    # Matching
    "matching:candidates": get(COACHES, lambda all_: {"opening_id": all_.cast.opening.pk}),
    "matching:draft_create": post(COACHES, lambda all_: {"opening_id": all_.cast.opening.pk}),
    "matching:openings_for": get(COACH, lambda all_: {"participant_id": all_.cast.pia.pk}),
    "matching:why": get(
        COACH, lambda all_: {"opening_id": all_.cast.opening.pk, "participant_id": all_.cast.pia.pk}
    ),
    "matching:skills_to_learn": get(COACH, lambda all_: {"participant_id": all_.cast.pia.pk}),
    "matching:propose": get(
        COACH, lambda all_: {"opening_id": all_.cast.opening.pk, "participant_id": all_.cast.pia.pk}
    ),
    "matching:judge": post(COACH, pia_at_bageriet, verdict="fits"),
    "matching:board": get(COACHES),
    "matching:board_draft": post(COACHES),
    "matching:board_choose": post(COACH, pia_at_bageriet, kind="pin"),
    "matching:news": get(COACHES),
    "matching:exposure": get(FILES),
    "matching:proposal_list": get(SIGNED_IN - {"administrator"}),
    "matching:proposal_export": get(FILES),
    "matching:my_proposals": get(PARTICIPANTS),
    "matching:proposal_detail": get(AROUND, of("proposal")),
    "matching:accept": post(ALICE, of("proposal")),
    "matching:interview": post(ALICE, of("proposal")),
    "matching:decline": post(ALICE, of("proposal")),
    "matching:answer_in_words": get(ALICE, of("proposal")),
    "matching:withdraw": post(COACH, of("proposal")),
    "matching:consent_renew": get(COACH, of("proposal")),
    "matching:answer": post(PIA, of("asked")),
    "matching:visit_offer": get(COACH | ALICE, of("proposal")),
    "matching:visit_move": get(COACH | ALICE, of("visit")),
    "matching:visit_cancel": get(COACH | ALICE | PIA, of("visit")),
    "matching:visit_choose": post(COACH | ALICE | PIA, of("visit", time_id="visit_time")),
    "matching:visit_note": post(COACH, of("booked"), took_place="yes"),
    "matching:visit_file": get(AROUND, of("booked")),
    # Reports
    "reports:overview": get(frozenset({"manager"})),
    # The API
    "api:employer-list": get(SIGNED_IN),
    "api:employer-detail": get(ALICE | STAFF, of("bakery")),
    "api:employer-invitation-list": get(SIGNED_IN),
    "api:employer-invitation-detail": get(ALICE | STAFF, of("invitation")),
    "api:employer-invitation-resend": post(ALICE | STAFF, of("invitation")),
    "api:employer-invitation-withdraw": post(ALICE | STAFF, of("invitation")),
    "api:membership-list": get(SIGNED_IN),
    "api:membership-detail": get(ALICE, own_membership),
    "api:membership-leave": post(ALICE, own_membership),
    "api:employer-contact-list": get(SIGNED_IN),
    "api:employer-contact-detail": get(STAFF, of("employer_contact")),
    "api:employer-contact-remove": post(STAFF, of("employer_contact")),
    "api:workplace-list": get(SIGNED_IN),
    "api:workplace-detail": get(ALICE | STAFF, of("workplace")),
    "api:workplace-facts": post(ALICE | STAFF, of("workplace"), answers={"noise": False}),
    "api:workplace-adaptations": post(ALICE | STAFF, of("workplace"), answers={"calm": True}),
    "api:replies": get(ALICE | STAFF, lambda all_: {"employer_id": all_.cast.bakery.pk}),
    "api:reply_change": post(ALICE | STAFF, one_reply),
    "api:reply_remove": post(ALICE | STAFF, one_reply),
    "api:ad-list": get(READERS),
    "api:opening-list": get(READERS),
    "api:opening-detail": get(READERS, of("opening")),
    "api:redundancy-list": get(SIGNED_IN),
    "api:redundancy-detail": get(STAFF, of("redundancy")),
    "api:redundancy-correct": post(
        STAFF, of("redundancy"), happened_on="2026-03-01", how_many=2, words="Kvällspasset.", why="Fel dag."
    ),
    "api:redundancy-take-back": post(STAFF, of("redundancy"), why="Fel arbetsgivare."),
    "api:capacity-list": get(SIGNED_IN),
    "api:capacity-detail": get(ALICE | STAFF, of("capacity")),
    "api:capacity-calendar": get(ALICE | STAFF, of("capacity")),
    "api:capacity-add-exception": post(ALICE | STAFF, of("capacity")),
    "api:capacity-withdraw": post(
        ALICE | STAFF,
        lambda all_: {"pk": all_.capacity.pk, "exception_pk": all_.exception.pk},
    ),
    "api:opening-publish": post(ALICE | STAFF, of("draft")),
    "api:opening-close": post(ALICE | STAFF, of("opening")),
    "api:opening-pause": post(ALICE | STAFF, of("opening")),
    "api:opening-refresh": post(ALICE | STAFF, of("opening")),
    "api:opening-resume": post(ALICE | STAFF, of("paused")),
    "api:message_choice": get(SIGNED_IN),
    "api:phone_send": post(SIGNED_IN, number="070-123 45 67"),
    "api:phone_confirm": post(SIGNED_IN, code="123456"),
    "api:sms_stop": post(SIGNED_IN),
    "api:quiet_hours": get(ADMINISTRATOR, municipalitys()),
    "api:mails": get(ADMINISTRATOR, municipalitys()),
    "api:mail": get(ADMINISTRATOR, municipalitys(kind="proposal_received", language="sv")),
    "api:mail_preview": post(
        ADMINISTRATOR, municipalitys(kind="proposal_received", language="sv"), subject="Hej", text="Kom."
    ),
    "api:mail_end": post(ADMINISTRATOR, municipalitys(kind="proposal_received", language="sv")),
    "api:proposal-list": get(SIGNED_IN),
    "api:proposal-detail": get(AROUND, of("proposal")),
    "api:proposal-answer": post(PIA, of("asked"), agrees=False),
    "api:proposal-withdraw": post(COACH, of("proposal"), why="Fel."),
    "api:proposal-consent": post(COACH, of("proposal")),
    "api:propose": post(COACH, pia_at_bageriet, intent="draft"),
    "api:releasable": get(COACH, lambda all_: {"participant_id": all_.cast.pia.pk}),
    "api:participant-list": get(SIGNED_IN),
    "api:participant-detail": get(HERS, of("pia")),
    "api:participant-enrol": post(COACHES, first_name="Noor", last_name="Ek", unit="x"),
    "api:participant-change": post(COACH, of("pia"), first_name="Pia"),
    "api:participant-move": post(COACH, of("pia"), to="paused", why="Reser."),
    "api:participant-invite": post(COACH, of("pia")),
    "api:participant-write": post(COACH, of("pia"), skills=[{"text": "Baka bröd"}]),
    "api:participant-record-contact": post(COACH, of("pia"), channel="phone", on="2026-03-12"),
    "api:participant-protect": post(COACH, of("pia"), handlers=[]),
    "api:participant-lift-protection": post(COACH, of("pia"), why="Fel."),
    **{
        f"api:{kind}-{what}": post(COACH, of(kind), **data)
        for kind, change in ROW_CHANGES.items()
        for what, data in {**ROW_DOINGS, "change": change}.items()
    },
    "api:wish-keep": post(COACH, of("wish")),
    "api:wish-to-experience": post(COACH, of("wish")),
    "api:contact-list": get(SIGNED_IN),
    "api:contact-detail": get(HERS, of("contact")),
    "api:contact-remove": post(COACH, of("contact")),
    "api:consent-list": get(SIGNED_IN),
    "api:consent-detail": get(HERS, of("consent")),
    "api:consent-withdraw": post(COACH | PIA, of("consent")),
    "api:visit-list": get(SIGNED_IN),
    "api:visit-detail": get(AROUND, of("visit")),
    "api:visit-choose": post(AROUND - MANAGER, of("visit")),
    "api:visit-move": post(COACH | ALICE, of("visit")),
    "api:visit-cancel": post(AROUND - MANAGER, of("visit"), reason="times_do_not_suit"),
    "api:visit-note": post(COACH, of("booked"), took_place=True),
    "api:visit-calendar": get(AROUND, of("booked")),
    "api:visit_offer": post(COACH | ALICE, lambda all_: {"proposal_id": all_.proposal.pk}),
    "api:proposal-accept": post(ALICE, of("proposal")),
    "api:proposal-interview": post(ALICE, of("proposal")),
    "api:proposal-decline": post(ALICE, of("proposal")),
    "api:internship-list": get(SIGNED_IN),
    "api:internship-detail": get(AROUND, of("internship")),
    **{f"api:internship-{move}": post(COACH, of(row)) for move, row in API_MOVES.items()},
    "api:internship_plan": post(COACH, lambda all_: {"proposal_id": all_.accepted.pk}),
    "api:internship_place": post(COACH, lambda all_: {"participant_id": all_.cast.pia.pk}),
    "api:follow_up-list": get(SIGNED_IN),
    "api:follow_up-detail": get(AROUND, of("follow_up")),
    "api:follow_up-answer": post(ALICE | PIA, of("follow_up"), mood="good"),
    "api:follow_up-want-call": post(PIA, of("follow_up")),
    "api:follow_up-write": post(COACH, of("follow_up")),
    "api:follow_up-correct": post(COACH, of("follow_up"), coach_note="Bra.", why="Fel."),
    "api:follow_up_add": post(COACH, lambda all_: {"internship_id": all_.internship.pk}),
    "api:concern-list": get(SIGNED_IN),
    "api:concern-detail": get(HERS, of("concern")),
    "api:concern-handle": post(COACH | MANAGER, of("concern"), outcome="Talat."),
    "api:concern_raise": post(AROUND, lambda all_: {"internship_id": all_.internship.pk}, text="Fel."),
    "api:agreement-list": get(SIGNED_IN),
    "api:agreement-detail": get(AROUND, of("agreement")),
    "api:agreement-sign": post(COACH | ALICE | PIA, of("agreement")),
    "api:agreement-sign-on-paper": post(COACH, of("agreement")),
    "api:agreement-signing-code": post(ALICE | PIA, of("agreement")),
    "api:agreement-open-by-code": post(ALICE | PIA, of("agreement"), code="123456"),
    "api:agreement-sign-by-code": post(ALICE | PIA, of("agreement")),
    "api:agreement-document": get(AROUND, of("agreement")),
    "api:agreement-translation": get(AROUND, of("agreement")),
    "api:agreement-paper": get(HERS, employers_paper),
    "api:agreement-verification": get(AROUND, of("agreement")),
    "api:agreement_draw_up": post(COACH, lambda all_: {"internship_id": all_.planned.pk}),
    "api:certificate-list": get(SIGNED_IN),
    "api:certificate-detail": get(HERS, of("certificate")),
    "api:certificate-document": get(HERS, of("certificate", language="=sv")),
    "api:certificate_issue": post(COACH, lambda all_: {"internship_id": all_.over.pk}),
    "api:extension-list": get(SIGNED_IN),
    "api:extension-detail": get(COACH | MANAGER, of("extension")),
    "api:extension_decide": post(MANAGER, lambda all_: {"extension_id": all_.extension.pk}, **DECISION),
    "api:placement_decide": post(MANAGER, lambda all_: {"internship_id": all_.planned.pk}, **DECISION),
    "api:concern_decide": post(MANAGER, lambda all_: {"concern_id": all_.concern.pk}, **DECISION),
    "api:internship-consent": post(COACH, of("own_place")),
    "api:emergency_contact": get(AROUND, lambda all_: {"internship_id": all_.internship.pk}),
    "api:evaluation-list": get(SIGNED_IN),
    "api:evaluation-detail": get(HERS, of("evaluation")),
    "api:evaluation-answer": post(COACH | PIA, of("evaluation"), mood="good"),
    "api:evaluation-look": post(COACH, of("evaluated")),
    "api:evaluation-leave": post(COACH, of("evaluation")),
    "api:employment-list": get(SIGNED_IN),
    "api:employment-detail": get(COACH | MANAGER, of("job")),
    "api:employment-end": post(COACH, of("job"), ends_on=TODAY, reason="studies"),
    "api:employment-correct": post(COACH, of("job"), title="Bagare", why="Fel."),
    "api:employment-strike": post(COACH, of("job"), why="Fel."),
    "api:employment-leave-unknown": post(COACH, of("job")),
    "api:employment_record": post(COACH, lambda all_: {"participant_id": all_.cast.pia.pk}),
    "api:retention_check-list": get(SIGNED_IN),
    "api:retention_check-detail": get(HERS, of("check")),
    "api:retention_check-answer": post(COACH, of("check"), answer="yes", said_by="Pia"),
    "api:retention_check-reply": post(PIA, of("check"), answer="yes"),
    "api:session-list": get(SIGNED_IN),
    "api:session-detail": get(AROUND, of("session")),
    "api:session-mark": post(AROUND - MANAGER, of("unmarked"), code="present"),
    "api:session-mark-several": post(SIGNED_IN),
    "api:absence-list": get(SIGNED_IN),
    "api:absence-detail": get(AROUND, of("absence")),
    "api:absence-withdraw": post(COACH | PIA, of("absence")),
    "api:absence_report": post(COACH | PIA, lambda all_: {"internship_id": all_.internship.pk}),
    "api:session-call-off": post(COACH | ALICE, of("unmarked"), state="off_by_organiser"),
    "api:session-take-up": post(COACH | ALICE, of("off")),
    "api:schedule-list": get(SIGNED_IN),
    "api:schedule-detail": get(AROUND, of("schedule")),
    "api:schedule_plan": post(COACH, lambda all_: {"internship_id": all_.internship.pk}),
    "api:review-list": get(SIGNED_IN),
    "api:review-detail": get(ALICE | STAFF, of("review")),
    "api:review-evidence": post(STAFF, of("review"), note="Ingen rast."),
    "api:review-ask-reply": post(DECIDING, of("review")),
    "api:review-reply": post(ALICE, of("review"), words="Sara handleder."),
    "api:review-decide": post(DECIDING, of("review"), reason="Hört."),
    "api:review-dismiss": post(DECIDING, of("review"), reason="Inget i det."),
    "api:review-appeal": post(ALICE, of("review"), words="Fel person."),
    "api:review-decide-appeal": post(DECIDING, of("review"), upholds=True, reason="Rätt."),
    "api:employer-concern-list": get(SIGNED_IN),
    "api:employer-concern-detail": get(STAFF, of("told")),
    "api:employer-concern-handle": post(STAFF, of("told"), outcome="Talat."),
    "api:union-question-list": get(SIGNED_IN),
    "api:union-question-detail": get(STAFF, of("consultation")),
    "api:union-question-answer": post(STAFF, of("consultation")),
    "api:candidates": get(COACHES, lambda all_: {"opening_id": all_.cast.opening.pk}),
    "api:openings_for": get(COACH, lambda all_: {"participant_id": all_.cast.pia.pk}),
    "api:schema": get(SIGNED_IN),
    "api:docs": get(SIGNED_IN),
}
