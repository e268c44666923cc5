"""What is prepared of a placement: tasks by kind, goals, adaptations, equipment, risks, whom to ring."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from backend.core.models import OutboxMessage
from backend.employers.enums import PlacementKind
from backend.employers.models import Opening, Workplace
from backend.internships.agreed_terms import changes_between, terms_of
from backend.internships.enums import Basis, Insurance, InternshipState, TaskKind
from backend.internships.models import Agreement, EmergencyContact, Internship, LearningGoal
from backend.internships.pages.evaluating import form_for
from backend.internships.pages.plan_forms import PlanForm, TermsForm
from backend.internships.safeguards.plans import adaptations_that_may_be, told_and_offered
from backend.internships.services import (
    Verdict,
    answer_evaluation,
    cancel_internship,
    complete_internship,
    correct_terms,
    skills_to_ask,
    start_internship,
    write_emergency_contact,
)
from backend.participants.models import Participant
from backend.participants.services import withdraw_consent
from backend.skills.enums import Resolution
from tests.cast import Cast
from tests.factories import ConceptFactory, InternshipFactory, ParticipantFactory, SkillRequirementFactory
from tests.factories.base import NOW, TODAY
from tests.internships.test_placing import begun, place
from tests.refusals import refused_for

ASSESSED: dict[str, Any] = {
    "risk_words": "Heta ugnar: bara med handledaren.",
    "risk_assessed_on": TODAY,
    "risk_assessed_by": "Skyddsombudet",
}
SCHOOL: dict[str, Any] = {
    "kind": PlacementKind.APL,
    "basis": Basis.EDUCATION,
    "insurance": Insurance.SCHOOL,
}


class TestRisks:
    def test_nobody_under_age_begins_without_an_assessment_and_the_rule_is_named(self, cast: Cast) -> None:
        with refused_for("risk_not_assessed") as refused:
            place(cast, is_minor=True)
        assert "AFS 2023:2" in str(refused.value)
        assert "18" in str(refused.value)
        assert place(cast, is_minor=True, **ASSESSED).has_risk_assessment

    def test_before_2025_the_rule_was_another(self, cast: Cast) -> None:
        internship = InternshipFactory(
            opening=cast.opening,
            participant=cast.pia,
            is_minor=True,
            starts_on=date(2024, 12, 2),
            ends_on=date(2024, 12, 20),
            union_asked_on=date(2024, 11, 1),
            **ASSESSED,
        )
        changes = {"risk_words": "", "risk_assessed_on": None, "risk_assessed_by": ""}
        with refused_for("risk_not_assessed") as refused:
            correct_terms(internship_id=internship.pk, why="Fel", by=cast.coach, at=NOW, **changes)
        assert "AFS 2012:3" in str(refused.value)

    def test_in_what_schools_have_it_is_said_or_assessed(self, cast: Cast) -> None:
        with refused_for("age_not_said"):
            place(cast, **SCHOOL)
        assert place(cast, **SCHOOL, is_minor=False).is_minor is False

    def test_of_grown_ups_in_other_kinds_nothing_is_asked(self, cast: Cast) -> None:
        assert not place(cast).has_risk_assessment

    @pytest.mark.parametrize("lacking", ASSESSED)
    def test_half_an_assessment_is_none(self, cast: Cast, lacking: str) -> None:
        half = {**ASSESSED, lacking: None if lacking == "risk_assessed_on" else ""}
        with refused_for("risk_words"):
            place(cast, **half)

    @pytest.mark.parametrize(("days", "code"), [(1, "risk_assessed_ahead"), (-1, None)])
    def test_it_is_made_before_it_is_written(self, cast: Cast, days: int, code: str | None) -> None:
        on = {**ASSESSED, "risk_assessed_on": TODAY + timedelta(days=days)}
        if code is None:
            assert place(cast, is_minor=True, **on).has_risk_assessment
            return
        with refused_for(code):
            place(cast, is_minor=True, **on)

    def test_it_is_made_before_the_first_day(self, cast: Cast) -> None:
        days = {"starts_on": TODAY - timedelta(days=3), "basis_from": TODAY - timedelta(days=30)}
        union = {"union_asked_on": TODAY - timedelta(days=20)}
        with refused_for("risk_assessed_late"):
            place(cast, is_minor=True, **ASSESSED, **days, **union)

    def test_one_planned_before_this_was_asked_does_not_start_without(self, cast: Cast) -> None:
        internship = place(cast)
        Internship.objects.filter(pk=internship.pk).update(is_minor=True)
        with refused_for("risk_not_assessed"):
            start_internship(
                internship_id=internship.pk,
                started_on=internship.starts_on,
                by=cast.coach,
                at=NOW + timedelta(days=4),
            )

    def test_what_goes_on_since_before_stays_valid(self, cast: Cast) -> None:
        internship = begun(cast)
        Internship.objects.filter(pk=internship.pk).update(is_minor=True)
        later = NOW + timedelta(days=5)
        changed = correct_terms(
            internship_id=internship.pk, supervisor_name="Ann", why="Ny", by=cast.coach, at=later
        )
        assert changed.supervisor_name == "Ann"
        with refused_for("risk_not_assessed"):
            correct_terms(
                internship_id=internship.pk,
                kind=PlacementKind.ARBETSTRANING,
                why="Ny",
                by=cast.coach,
                at=later,
            )


class TestTasksAndEquipment:
    def test_each_line_is_a_task_of_its_kind(self, cast: Cast) -> None:
        internship = place(cast, tasks="- Baka\n\n• Diska\nbaka", tasks_constructed="Rita en karta")
        assert internship.planned_tasks == [
            (TaskKind.REGULAR, "Baka"),
            (TaskKind.REGULAR, "Diska"),
            (TaskKind.CONSTRUCTED, "Rita en karta"),
        ]

    def test_there_is_a_task_of_one_kind_at_least(self, cast: Cast) -> None:
        with refused_for("tasks"):
            place(cast, tasks="")
        assert place(cast, tasks="", tasks_constructed="Rita en karta").pk

    @pytest.mark.django_db
    def test_the_form_wants_tasks_unless_some_are_made_for_the_person(self) -> None:
        assert "tasks" in PlanForm({}).errors
        assert "tasks" not in PlanForm({"tasks_constructed": "Rita"}).errors

    def test_equipment_is_somebodys_to_provide(self, cast: Cast) -> None:
        with refused_for("equipment_by"):
            place(cast, equipment="Skor")

    @pytest.mark.parametrize("half", [{"emergency_name": "Bo"}, {"emergency_phone": "031-390 06 10"}])
    def test_whom_to_ring_there_has_a_name_and_a_number(self, cast: Cast, half: dict[str, str]) -> None:
        with refused_for("emergency_phone"):
            place(cast, **half)

    def test_the_database_keeps_no_half_of_it(self, cast: Cast) -> None:
        for half in ({"equipment": "Skor"}, {"risk_words": "Hett"}, {"emergency_name": "Bo"}, {"tasks": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                InternshipFactory(opening=cast.opening, **half)


class TestAdaptations:
    @pytest.fixture
    def needs(self, cast: Cast) -> Cast:
        Participant.objects.filter(pk=cast.pia.pk).update(
            adaptations=["written"], adaptations_good=["pauses"]
        )
        Workplace.objects.filter(pk=cast.opening.workplace_id).update(adaptations_offered=["calm", "written"])
        Opening.objects.filter(pk=cast.opening.pk).update(adaptations=[])
        return cast

    def test_what_was_released_or_is_offered_can_be_agreed_on_and_what_is_both_is_likely(
        self, needs: Cast
    ) -> None:
        keys = ["first_name", "adaptation:written", "good:pauses"]
        internship = place(needs, item_keys=keys, adaptations=["pauses", "written"])
        assert adaptations_that_may_be(internship) == ["calm", "written", "pauses"]
        told, offered = told_and_offered(internship)
        assert told & offered == {"written"}

    def test_what_was_not_released_is_not_told_by_the_plan(self, needs: Cast) -> None:
        with refused_for("adaptation_not_told"):
            place(needs, adaptations=["pauses"])
        assert place(needs, adaptations=["calm"]).adaptations == ["calm"]

    def test_what_was_agreed_on_stands_after_the_consent(self, needs: Cast) -> None:
        internship = place(needs, item_keys=["first_name", "good:pauses"], adaptations=["pauses"])
        assert internship.consent is not None
        withdraw_consent(consent_id=internship.consent.pk, by=needs.coach, at=NOW)
        changed = correct_terms(
            internship_id=internship.pk, supervisor_name="Ann", why="Ny", by=needs.coach, at=NOW
        )
        assert changed.adaptations == ["pauses"]

    def test_a_form_without_anything_to_arrange_does_not_ask(self, cast: Cast) -> None:
        internship = InternshipFactory(opening=cast.opening)
        assert "adaptations" not in TermsForm(instance=internship).fields
        offered = TermsForm(instance=internship, arranged=["calm"])
        assert [code for code, _label in offered.fields["adaptations"].choices] == ["calm"]  # type: ignore[attr-defined]


class TestTheAgreement:
    PLAN: dict[str, Any] = {
        "tasks_constructed": "Rita en karta",
        "goals": "Baka bröd",
        "equipment": "Skor",
        "equipment_by": "employer",
        "emergency_name": "Bo",
        "emergency_phone": "031-390 06 10",
        **ASSESSED,
    }

    def test_it_says_what_is_prepared_and_nothing_where_nothing_is(self, cast: Cast) -> None:
        bare = terms_of(place(cast), on=TODAY)["sv"]
        keys = {term["key"] for term in bare}
        assert not keys & {"goals", "tasks_constructed", "adaptations", "equipment", "risk", "emergency"}
        other = ParticipantFactory(unit=cast.unit, coach=cast.coach)
        full = {
            term["key"]: term["words"]
            for term in terms_of(place(cast, participant_id=other.pk, **self.PLAN), on=TODAY)["sv"]
        }
        assert full["goals"] == "Baka bröd"
        assert full["equipment"] == "Skor (ordnas av: arbetsgivaren)"
        assert full["emergency"] == "Bo, 031-390 06 10"
        assert "Heta ugnar" in full["risk"]

    @pytest.mark.parametrize(
        ("name", "value"), [("goals", "Kassa"), ("tasks_constructed", "Rita"), ("adaptations", ["calm"])]
    )
    def test_a_change_makes_a_new_version_and_is_kept(self, cast: Cast, name: str, value: Any) -> None:
        Workplace.objects.filter(pk=cast.opening.workplace_id).update(adaptations_offered=["calm"])
        internship = place(cast)
        correct_terms(internship_id=internship.pk, why="Nytt", by=cast.coach, at=NOW, **{name: value})
        first, second = Agreement.objects.filter(internship=internship).order_by("number")
        assert len(changes_between(first.terms_in("sv"), second.terms_in("sv"))) == 1
        client = Client()
        client.force_login(cast.coach)
        page = client.get(reverse("internships:internship_correct", args=[internship.pk]))
        assert [len(each.fields) for each in page.context["corrections"]] == [1]


class TestGoals:
    def test_each_line_is_read_against_the_catalogue_and_follows_the_plan(self, cast: Cast) -> None:
        internship = place(cast, goals="Baka bröd\nKassa")
        kept = LearningGoal.objects.get(internship=internship, text="Kassa")
        correct_terms(internship_id=internship.pk, goals="Kassa\nDisk", why="Nytt", by=cast.coach, at=NOW)
        goals = list(LearningGoal.objects.filter(internship=internship))
        assert [each.text for each in goals] == ["Kassa", "Disk"]
        assert goals[0].pk == kept.pk

    def test_there_are_so_many_that_they_can_be_asked_about(self, cast: Cast) -> None:
        with refused_for("too_many_goals"):
            place(cast, goals="\n".join(map(str, range(9))))

    def test_the_workplace_is_asked_about_them_first_and_about_each_thing_once(self, cast: Cast) -> None:
        concept = ConceptFactory()
        SkillRequirementFactory(
            opening=cast.opening, text="Ugnar", resolution=Resolution.ACCEPTED, concept=concept
        )
        SkillRequirementFactory(opening=cast.opening, text="Hygien", essential=True)
        internship = place(cast, goals="Sköta ugn\nKassa", opening_id=cast.opening.pk)
        LearningGoal.objects.filter(text="Sköta ugn").update(concept=concept, resolution=Resolution.ACCEPTED)
        assert [each.text for each in skills_to_ask(internship)] == ["Sköta ugn", "Kassa", "Hygien"]

    def test_what_was_seen_of_a_goal_is_kept_with_its_meaning(self, cast: Cast) -> None:
        internship = begun(cast, goals="Kassa")
        complete_internship(
            internship_id=internship.pk,
            ended_on=TODAY + timedelta(days=20),
            by=cast.coach,
            at=NOW + timedelta(days=20),
        )
        evaluation = internship.evaluations.get(side="employer")
        goal = internship.learning_goals.get()
        groups = [str(legend) for legend, *_rest in form_for(evaluation).groups if legend]  # type: ignore[union-attr]
        assert len(groups) == 2
        verdict = Verdict(would_hire="yes", levels={goal.pk: 3})
        at = NOW + timedelta(days=21)
        answer_evaluation(evaluation_id=evaluation.pk, verdict=verdict, by=cast.employer_member, at=at)
        assert [(each.text, each.level) for each in evaluation.skills.all()] == [("Kassa", 3)]


class TestWhomToRing:
    MONA: dict[str, str] = {"name": "Mona", "phone": "070-174 06 05"}

    def write(self, internship: Internship, cast: Cast, **changes: Any) -> None:
        said: dict[str, Any] = {**self.MONA, "by": cast.coach, "at": NOW}
        write_emergency_contact(internship_id=internship.pk, **(said | changes))

    def page(self, internship: Internship, user: Any) -> str:
        client = Client()
        client.force_login(user)
        with time_machine.travel(NOW + timedelta(days=4)):
            return client.get(internship.get_absolute_url()).content.decode()

    def test_the_workplace_sees_it_from_the_first_day_to_the_last(self, cast: Cast) -> None:
        internship = place(cast)
        self.write(internship, cast)
        assert "Mona" not in self.page(internship, cast.employer_member)
        for user in (cast.coach, cast.participant_user):
            assert "Mona" in self.page(internship, user)
        day = internship.starts_on
        at = NOW + timedelta(days=4)
        start_internship(internship_id=internship.pk, started_on=day, by=cast.coach, at=at)
        assert "Mona" in self.page(internship, cast.employer_member)
        complete_internship(
            internship_id=internship.pk,
            ended_on=TODAY + timedelta(days=9),
            by=cast.coach,
            at=NOW + timedelta(days=9),
        )
        assert not EmergencyContact.objects.exists()

    def test_not_when_the_consent_is_taken_back(self, cast: Cast) -> None:
        internship = begun(cast)
        self.write(internship, cast)
        assert internship.consent is not None
        withdraw_consent(consent_id=internship.consent.pk, by=cast.coach, at=NOW + timedelta(days=5))
        assert "Mona" not in self.page(internship, cast.employer_member)

    def test_it_stands_in_no_agreement_and_no_message(self, cast: Cast) -> None:
        internship = place(cast)
        self.write(internship, cast)
        correct_terms(internship_id=internship.pk, goals="Kassa", why="Nytt", by=cast.coach, at=NOW)
        assert "Mona" not in str(list(Agreement.objects.values_list("terms", flat=True)))
        assert "Mona" not in str(list(OutboxMessage.objects.values()))

    def test_called_off_it_is_gone(self, cast: Cast) -> None:
        internship = place(cast)
        self.write(internship, cast)
        cancel_internship(internship_id=internship.pk, why="Nej", by=cast.coach, at=NOW)
        assert not EmergencyContact.objects.exists()
        with refused_for("emergency_contact_too_late"):
            self.write(internship, cast)

    def test_both_empty_takes_it_away_and_half_is_refused(self, cast: Cast) -> None:
        internship = place(cast)
        self.write(internship, cast)
        with refused_for("half_an_emergency_contact"):
            self.write(internship, cast, phone="")
        self.write(internship, cast, name="", phone="")
        assert not EmergencyContact.objects.exists()

    def test_the_participant_writes_it_and_strangers_do_not(self, cast: Cast) -> None:
        internship = place(cast)
        client = Client()
        client.force_login(cast.participant_user)
        address = reverse("internships:emergency_contact", args=[internship.pk])
        assert client.post(address, self.MONA).status_code == 302
        assert EmergencyContact.objects.get().written_by == cast.participant_user
        for stranger in (cast.employer_member, cast.other_coach, cast.other_participant_user):
            with pytest.raises(Internship.DoesNotExist):
                self.write(internship, cast, by=stranger)

    def test_what_is_over_asks_for_nobody(self, cast: Cast) -> None:
        over = InternshipFactory(opening=cast.opening, participant=cast.pia, state=InternshipState.COMPLETED)
        client = Client()
        client.force_login(cast.coach)
        address = reverse("internships:emergency_contact", args=[over.pk])
        assert client.get(address).status_code == 404
