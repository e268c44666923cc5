"""Placing somebody without a proposal: who said yes, what is told, and that the safeguards are the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backend.core.models import AuditEntry
from backend.employers.enums import CheckKind, CheckOutcome, OpeningState, PlacementKind, Standing
from backend.employers.models import EmployerCheck, Opening, Workplace
from backend.home.day.my_day import coach_day
from backend.internships.enums import (
    WITHOUT_PROPOSAL,
    ConsultationOutcome,
    Gate,
    InternshipState,
    WayIn,
)
from backend.internships.models import Agreement, Internship
from backend.internships.pages.for_employers import placement_at_employer
from backend.internships.safeguards.going_on import doubts
from backend.internships.services import (
    Verdict,
    answer_evaluation,
    cancel_internship,
    complete_internship,
    end_internship_early,
    plan_without_proposal,
    record_no_show,
    renew_placement_consent,
    start_internship,
)
from backend.matching.models import Proposal
from backend.matching.services import draft_proposal
from backend.participants.enums import ConsentEnd
from backend.participants.models import Consent, Participant
from backend.participants.services import withdraw_consent
from tests.cast import Cast
from tests.factories import (
    InternshipFactory,
    MunicipalityFactory,
    OpeningFactory,
    ParticipantFactory,
    ProposalFactory,
    WorkplaceFactory,
    stand,
)
from tests.factories.base import NOW, TODAY
from tests.internships.test_planning import TERMS
from tests.refusals import refused_for
from tests.told import told

PHONE: dict[str, Any] = {"way_in": WayIn.BY_PHONE, "agreed_with": "Bo Ek", "agreed_on": TODAY}
YES: dict[str, Any] = {"item_keys": ["first_name"], "means": "in_person"}


def place(cast: Cast, **changes: Any) -> Internship:
    said: dict[str, Any] = {
        "participant_id": cast.pia.pk,
        "workplace_id": cast.opening.workplace_id,
        "by": cast.coach,
        "at": NOW,
        **YES,
        **PHONE,
    }
    return plan_without_proposal(**(said | TERMS | changes))


def places_taken(opening: Opening) -> int:
    return int(Opening.objects.values_list("places_taken", flat=True).get(pk=opening.pk))


class TestPlanned:
    def test_both_are_told_and_the_consent_names_the_employer_and_what_is_read(self, cast: Cast) -> None:
        internship = place(cast)
        assert told(subject_id=internship.pk) == {cast.employer_member, cast.participant_user}
        consent = internship.consent
        assert consent is not None
        assert (consent.employer, consent.means) == (cast.bakery, "in_person")
        assert [each.text for each in consent.items.all()] == ["Pia"]
        assert placement_at_employer(internship, on=TODAY).person == "Pia"
        assert internship.opening is None
        assert internship.proposal is None

    def test_it_has_an_agreement_that_names_the_person_as_released(self, cast: Cast) -> None:
        agreement = Agreement.objects.get(internship=place(cast))
        assert "Pia" in {term["words"] for term in agreement.terms_in("sv")}

    @pytest.mark.parametrize("way_in", ["", WayIn.PROPOSAL, WayIn.EARLIER, "luck"])
    def test_the_way_in_is_one_of_the_three(self, cast: Cast, way_in: str) -> None:
        with refused_for("placed_without_way_in"):
            place(cast, way_in=way_in)
        assert not Consent.objects.exists()

    @pytest.mark.parametrize("lacking", [{"agreed_with": " "}, {"agreed_on": None}])
    def test_by_phone_says_who_said_yes_and_when(self, cast: Cast, lacking: dict[str, Any]) -> None:
        with refused_for("nobody_said_yes"):
            place(cast, **lacking)

    def test_nobody_said_yes_tomorrow(self, cast: Cast) -> None:
        with refused_for("yes_to_come"):
            place(cast, agreed_on=TODAY + timedelta(days=1))

    def test_without_a_yes_from_the_participant_nothing_is_planned(self, cast: Cast) -> None:
        with refused_for("nothing_chosen"):
            place(cast, item_keys=[])
        assert not Internship.objects.exists()

    @pytest.mark.parametrize("way_in", WITHOUT_PROPOSAL)
    def test_the_database_keeps_no_placement_without_that_yes(self, cast: Cast, way_in: str) -> None:
        with pytest.raises(IntegrityError, match="internship_has_way_in"), transaction.atomic():
            InternshipFactory(opening=cast.opening, way_in=way_in, agreed_with="Bo", agreed_on=TODAY)

    def test_where_the_employer_has_no_say_it_is_not_asked(self, cast: Cast) -> None:
        kind = PlacementKind.FORSTARKT_ARBETSTRANING
        with refused_for("employer_has_no_say"):
            place(cast, kind=kind)
        assert place(cast, kind=kind, way_in=WayIn.NO_SAY, agreed_with="", agreed_on=None).kind == kind

    def test_where_it_has_a_say_nobody_decides_for_it(self, cast: Cast) -> None:
        with refused_for("employer_has_a_say"):
            place(cast, way_in=WayIn.NO_SAY)

    def test_strangers_place_nobody_anywhere(self, cast: Cast) -> None:
        elsewhere = WorkplaceFactory(employer__municipality=MunicipalityFactory(name="Annanstad"))
        with pytest.raises(Participant.DoesNotExist):
            place(cast, by=cast.other_coach)
        with pytest.raises(Workplace.DoesNotExist):
            place(cast, workplace_id=elsewhere.pk)


class TestTheSafeguardsAreTheSame:
    def test_an_employer_that_is_paused_gets_nobody(self, cast: Cast) -> None:
        stand(cast.bakery, Standing.PAUSED)
        with refused_for("placement_employer_not_in_good_standing"):
            place(cast)
        assert not Consent.objects.exists()

    def test_a_check_that_found_something_refuses(self, cast: Cast) -> None:
        checks = EmployerCheck.objects.filter(employer=cast.bakery, kind=CheckKind.TRADING_PROHIBITION)
        checks.update(outcome=CheckOutcome.REFUSE)
        with refused_for("employer_check_in_the_way"):
            place(cast)

    def test_the_union_is_asked_before(self, cast: Cast) -> None:
        with refused_for("union_not_asked"):
            place(cast, union_asked_on=None)

    def test_an_objection_waits_for_the_manager(self, cast: Cast) -> None:
        internship = place(cast, union_outcome=ConsultationOutcome.OBJECTION)
        with refused_for("objection_undecided"):
            start_internship(
                internship_id=internship.pk,
                started_on=internship.starts_on,
                by=cast.coach,
                at=NOW + timedelta(days=4),
            )

    @pytest.mark.parametrize(("work", "gates"), [("Disk", [Gate.SAME_TASKS]), ("Kassa", [])])
    def test_one_after_another_with_the_same_work_is_the_managers_to_decide(
        self, cast: Cast, work: str, gates: list[str]
    ) -> None:
        for _number in range(3):
            InternshipFactory(
                opening=None,
                workplace=cast.opening.workplace,
                state=InternshipState.COMPLETED,
                work="disk",
                way_in=WayIn.EARLIER,
                starts_on=TODAY - timedelta(days=90),
                ends_on=TODAY - timedelta(days=30),
            )
        assert place(cast, work=work).gates == gates

    def test_whoever_has_a_place_gets_no_second(self, cast: Cast) -> None:
        place(cast)
        with refused_for("has_a_place"):
            place(cast)
        with refused_for("has_a_place"):
            draft_proposal(opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW)

    def test_a_protected_identity_is_placed_by_no_form(self, cast: Cast) -> None:
        with refused_for("protected"):
            place(cast, participant_id=cast.skye.pk)


class TestOtherThings:
    def test_what_else_was_open_for_the_person_is_withdrawn(self, cast: Cast) -> None:
        sent = ProposalFactory(opening=OpeningFactory(workplace__employer=cast.joinery), participant=cast.pia)
        place(cast)
        assert Proposal.objects.get(pk=sent.pk).state == "withdrawn"

    def test_a_proposal_drafted_meanwhile_cannot_go_on_in_sql_either(self, cast: Cast) -> None:
        place(cast)
        draft = ProposalFactory(
            opening=cast.opening, participant=cast.pia, state="draft", consent=None, sent_at=None
        )
        assert not Proposal.objects.that_can_go_on(TODAY).filter(pk=draft.pk).exists()

    def test_an_openings_place_is_taken_and_free_again_when_it_is_called_off(self, cast: Cast) -> None:
        Opening.objects.filter(pk=cast.opening.pk).update(places=1, places_taken=0)
        internship = place(cast, opening_id=cast.opening.pk)
        assert Opening.objects.get(pk=cast.opening.pk).state == OpeningState.FILLED
        other = ParticipantFactory(unit=cast.unit, coach=cast.coach)
        with refused_for("no_place"):
            place(cast, participant_id=other.pk, opening_id=cast.opening.pk)
        cancel_internship(internship_id=internship.pk, why="Nej", by=cast.coach, at=NOW)
        assert places_taken(cast.opening) == 0
        assert place(cast, participant_id=other.pk, opening_id=cast.opening.pk).opening == cast.opening

    def test_an_opening_of_another_workplace_is_refused(self, cast: Cast) -> None:
        with refused_for("not_an_opening_there"):
            place(cast, opening_id=OpeningFactory(workplace__employer=cast.joinery).pk)

    def test_called_off_the_consent_ends_and_the_person_is_placed_again_at_once(self, cast: Cast) -> None:
        internship = place(cast)
        cancel_internship(internship_id=internship.pk, why="Nej", by=cast.coach, at=NOW)
        consent = Consent.objects.get(internships=internship)
        assert consent.end_reason == ConsentEnd.CALLED_OFF
        assert place(cast).pk != internship.pk

    def test_nobody_came_and_the_place_is_free(self, cast: Cast) -> None:
        internship = place(cast, opening_id=cast.opening.pk)
        record_no_show(
            internship_id=internship.pk, side="employer", by=cast.coach, at=NOW + timedelta(days=5)
        )
        assert places_taken(cast.opening) == 0
        assert Consent.objects.get(internships=internship).withdrawn_at is not None


def begun(cast: Cast, **changes: Any) -> Internship:
    internship = place(cast, **changes)
    return start_internship(
        internship_id=internship.pk,
        started_on=internship.starts_on,
        by=cast.coach,
        at=NOW + timedelta(days=4),
    )


class TestWhileItGoesOn:
    def test_a_consent_taken_back_asks_the_coach_for_a_new_one(self, cast: Cast) -> None:
        internship, later = begun(cast), NOW + timedelta(days=5)
        consent = internship.consent
        assert consent is not None
        withdraw_consent(consent_id=consent.pk, by=cast.participant_user, at=later)
        internship = Internship.objects.get(pk=internship.pk)
        day = TODAY + timedelta(days=5)
        assert [each.value for each in doubts(internship, day=day)] == ["placement_without_consent"]
        assert Internship.objects.in_question(day).get() == internship
        assert placement_at_employer(internship, on=day).person != "Pia"
        rows = coach_day(cast.coach, today=day)
        assert internship.get_absolute_url() in {each for row in rows for each in (row.url, row.page)}

        renew_placement_consent(internship_id=internship.pk, by=cast.coach, at=later, **YES)
        internship = Internship.objects.get(pk=internship.pk)
        assert doubts(internship, day=day) == []
        assert not Internship.objects.in_question(day).exists()
        assert placement_at_employer(internship, on=day).person == "Pia"

    def test_a_new_consent_ends_the_one_before(self, cast: Cast) -> None:
        internship = begun(cast)
        earlier = internship.consent
        assert earlier is not None
        renew_placement_consent(internship_id=internship.pk, by=cast.coach, at=NOW, **YES)
        assert Consent.objects.get(pk=earlier.pk).end_reason == ConsentEnd.RENEWED
        assert AuditEntry.objects.about(internship).filter(action="consent_renewed").count() == 1

    def test_one_that_stands_on_a_proposal_has_its_consent_there(self, cast: Cast) -> None:
        placed = ProposalFactory(opening=cast.opening, participant=cast.pia, state="placed")
        internship = InternshipFactory(proposal=placed, opening=cast.opening, participant=cast.pia)
        with pytest.raises(Internship.DoesNotExist):
            renew_placement_consent(internship_id=internship.pk, by=cast.coach, at=NOW, **YES)

    @pytest.mark.parametrize("state", [InternshipState.COMPLETED, InternshipState.CANCELLED])
    def test_of_what_is_over_nothing_more_is_told(self, cast: Cast, state: str) -> None:
        internship = InternshipFactory(opening=cast.opening, participant=cast.pia, state=state)
        code = "internship_is_over" if state == "completed" else "internship_called_off"
        with refused_for(code):
            renew_placement_consent(internship_id=internship.pk, by=cast.coach, at=NOW, **YES)

    def test_one_from_before_the_ways_in_were_asked_is_in_no_question(self, cast: Cast) -> None:
        internship = InternshipFactory(opening=cast.opening, participant=cast.pia)
        assert doubts(internship, day=TODAY) == []
        assert not Internship.objects.in_question(TODAY).exists()


class TestTheEnd:
    def end(self, internship: Internship, cast: Cast, **early: str) -> None:
        day = TODAY + timedelta(days=20)
        at = NOW + timedelta(days=20)
        write = end_internship_early if early else complete_internship
        write(internship_id=internship.pk, ended_on=day, by=cast.coach, at=at, **early)  # type: ignore[operator]

    def test_the_consent_ends_with_it(self, cast: Cast) -> None:
        internship = begun(cast)
        self.end(internship, cast)
        assert Consent.objects.get(internships=internship).end_reason == ConsentEnd.PLACEMENT_ENDED

    @pytest.mark.parametrize(("early", "taken"), [({}, 1), ({"side": "employer", "reason": "tasks"}, 0)])
    def test_a_single_place_is_used_up_unless_it_was_cut_short(
        self, cast: Cast, early: dict[str, str], taken: int
    ) -> None:
        self.end(begun(cast, opening_id=cast.opening.pk), cast, **early)
        assert places_taken(cast.opening) == taken

    def test_the_employer_evaluates_it_and_offers_places_like_it(self, cast: Cast) -> None:
        internship = begun(cast, work="Disk")
        self.end(internship, cast)
        evaluation = internship.evaluations.get(side="employer")
        verdict = Verdict(would_hire="yes", again="yes", again_places=2)
        answer_evaluation(
            evaluation_id=evaluation.pk,
            verdict=verdict,
            by=cast.employer_member,
            at=NOW + timedelta(days=21),
        )
        offered = Opening.objects.get(capacity__isnull=False)
        assert (offered.title, offered.places, offered.workplace) == ("Disk", 2, internship.workplace)


class TestPages:
    @pytest.fixture
    def coach(self, cast: Cast) -> Client:
        client = Client()
        client.force_login(cast.coach)
        return client

    def sent(self) -> dict[str, Any]:
        today = timezone.localdate()
        days = {"starts_on": today + timedelta(days=4), "ends_on": today + timedelta(days=60)}
        basis = {"basis_from": today, "basis_until": today + timedelta(days=300), "union_asked_on": today}
        phone = {"way_in": "by_phone", "agreed_with": "Bo Ek", "agreed_on": today}
        return {**TERMS, **days, **basis, **phone, "programme": "none", "items": ["first_name"]}

    def test_a_workplace_is_found_and_the_plan_is_sent(self, cast: Cast, coach: Client) -> None:
        page = coach.get(reverse("internships:place_find", args=[cast.pia.pk]), {"q": "bageriet"})
        address = reverse("internships:internship_place", args=[cast.pia.pk, cast.opening.workplace_id])
        assert address in page.content.decode()
        answer = coach.post(address, {**self.sent(), "means": "in_person"})
        internship = Internship.objects.get()
        assert answer.headers["Location"] == internship.get_absolute_url()
        assert coach.get(internship.get_absolute_url()).status_code == 200

    def test_without_saying_how_the_participant_said_yes_it_is_shown_again(
        self, cast: Cast, coach: Client
    ) -> None:
        address = reverse("internships:internship_place", args=[cast.pia.pk, cast.opening.workplace_id])
        answer = coach.post(address, self.sent())
        assert answer.status_code == 422
        assert "means" in answer.context["form"].errors

    def test_from_the_employer_person_and_workplace_are_chosen(self, cast: Cast, coach: Client) -> None:
        address = reverse("internships:place_choose", args=[cast.bakery.pk])
        assert list(coach.get(address).context["form"]["participant"].field.queryset) == [cast.pia]
        chosen = {"participant": cast.pia.pk, "workplace": cast.opening.workplace_id}
        answer = coach.get(address, chosen)
        assert answer.headers["Location"] == reverse(
            "internships:internship_place", args=[cast.pia.pk, cast.opening.workplace_id]
        )
        assert coach.get(address, {**chosen, "participant": cast.pelle.pk}).status_code == 422

    def test_a_new_consent_is_written_down(self, cast: Cast, coach: Client) -> None:
        internship = place(cast)
        address = reverse("internships:placement_consent", args=[internship.pk])
        assert coach.post(address, {"items": ["first_name"], "means": "by_phone"}).status_code == 302
        assert Consent.objects.filter(participant=cast.pia).count() == 2

    def test_the_employer_and_the_person_read_it_as_any_other(self, cast: Cast) -> None:
        internship = begun(cast)
        for user in (cast.employer_member, cast.participant_user, cast.coach):
            client = Client()
            client.force_login(user)
            for address in (internship.get_absolute_url(), "/hem/"):
                assert client.get(address).status_code == 200
