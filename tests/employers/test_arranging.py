"""What can be arranged at a workplace: yes, no or not said, once for every opening there."""

import pytest
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.employers.models import Opening, Workplace
from backend.employers.pages.presenting import describe
from backend.employers.services import answer_adaptations
from backend.matching.bridge.openings import opening_of
from tests.arranging import refuse
from tests.employers.test_editor import CREATE, typed
from tests.factories import OpeningFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for


@pytest.fixture
def workplace(cast):
    return cast.opening.workplace


@pytest.fixture
def alice(cast, client):
    client.force_login(cast.employer_member)
    return client


def said(workplace):
    workplace.refresh_from_db()
    return workplace.adaptations_offered, workplace.adaptations_refused


class TestAnswer:
    def test_is_kept_with_who_and_when_and_the_other_answers_stay(self, cast, workplace):
        refuse(workplace, "seated")

        for answers in ({"calm": True, "pauses": False}, {"pauses": True, "seated": None}):
            answer_adaptations(workplace_id=workplace.pk, answers=answers, by=cast.coach, at=NOW)

        assert said(workplace) == (["calm", "pauses"], [])
        entry = AuditEntry.objects.about(workplace).first()
        assert (entry.action, entry.by, entry.at) == ("adaptations_answered", cast.coach, NOW)
        assert entry.changes == {"answers": {"pauses": True, "seated": None}}

    def test_the_same_again_writes_nothing(self, cast, workplace):
        for _click in range(2):
            answer_adaptations(workplace_id=workplace.pk, answers={"calm": True}, by=cast.coach, at=NOW)

        assert AuditEntry.objects.about(workplace).count() == 1

    def test_what_is_no_adaptation_is_refused(self, cast, workplace):
        with refused_for("unknown_adaptation"):
            answer_adaptations(workplace_id=workplace.pk, answers={"sauna": True}, by=cast.coach, at=NOW)

        assert said(workplace) == ([], [])

    def test_strangers_answer_nothing(self, cast, workplace):
        for stranger in (cast.other_employer, cast.participant_user):
            with pytest.raises(Workplace.DoesNotExist):
                answer_adaptations(workplace_id=workplace.pk, answers={"calm": True}, by=stranger, at=NOW)

        assert said(workplace) == ([], [])


class TestOneClick:
    def click(self, client, workplace, answer, to="/platser/"):
        page = reverse("employers:adaptation_answer", args=[workplace.pk])
        return client.post(f"{page}?next={to}", {"answer": answer})

    @pytest.mark.parametrize(
        ("answer", "kept"),
        [("calm:yes", (["calm"], [])), ("calm:no", ([], ["calm"])), ("calm:", ([], []))],
    )
    def test_keeps_the_answer_and_leads_back(self, alice, workplace, answer, kept):
        response = self.click(alice, workplace, answer)

        assert response.url == "/platser/"
        assert said(workplace) == kept

    @pytest.mark.parametrize("answer", ["", "calm", "magic:yes", ":yes", "calm:magic"])
    def test_anything_else_changes_nothing(self, alice, workplace, answer):
        assert self.click(alice, workplace, answer).status_code == 302
        assert said(workplace) == ([], [])

    def test_never_leads_away_from_us(self, alice, workplace):
        response = self.click(alice, workplace, "calm:yes", to="https://example.org/")

        assert "example.org" not in response.url


class TestOpeningForm:
    def test_a_no_is_kept_at_the_workplace_and_a_yes_in_the_opening(self, alice, workplace):
        answers = {"adaptations-calm": "yes", "adaptations-pauses": "no", "adaptations-seated": ""}
        alice.post(CREATE, {**typed(workplace), "adaptations": [], **answers})

        assert Opening.objects.get(title="Bagare").adaptations == ["calm"]
        assert said(workplace) == ([], ["pauses"])

    def test_begins_unanswered_or_with_what_the_workplace_has_said(self, alice, workplace):
        assert 'value="yes" checked' not in alice.get(CREATE).content.decode()
        refuse(workplace, "calm")

        page = alice.get(CREATE).content.decode()

        assert page.count('value="no" checked') + page.count("checked") >= 1
        assert alice.get(CREATE).context["form"]["adaptations"].value() == {"calm": "no"}

    def test_a_no_that_is_cleared_where_it_was_shown_is_taken_back(self, alice, workplace):
        refuse(workplace, "calm", "pauses")

        alice.post(CREATE, {**typed(workplace), "adaptations": [], "adaptations-pauses": "yes"})

        assert said(workplace) == (["pauses"], [])

    def test_an_unknown_answer_is_refused_and_nothing_is_kept(self, alice, workplace):
        response = alice.post(CREATE, {**typed(workplace), "adaptations-calm": "maybe"})

        assert response.status_code == 422
        assert said(workplace) == ([], [])
        assert not Opening.objects.filter(title="Bagare").exists()


class TestWorkplaceForm:
    def test_shows_and_keeps_the_answers(self, alice, workplace):
        refuse(workplace, "calm", "seated")
        page = reverse("employers:workplace_edit", args=[workplace.pk])
        shown = alice.get(page).context["form"]
        assert shown["adaptations"].value() == {"calm": "no", "seated": "no"}

        details = {"name": workplace.name, "place": "Eskilstuna", "street": "", "environment": ""}
        alice.post(page, details | {"adaptations-calm": "yes", "adaptations-pauses": "no"})

        assert said(workplace) == (["calm"], ["pauses"])


class TestReaders:
    def test_what_is_not_said_is_neither_offered_nor_refused_in_the_matcher(self, workplace):
        Workplace.objects.filter(pk=workplace.pk).update(
            adaptations_offered=["written"], adaptations_refused=["calm", "seated"]
        )
        opening = OpeningFactory(workplace=Workplace.objects.get(pk=workplace.pk), adaptations=["seated"])

        read = opening_of(opening, today=TODAY)

        assert read.adaptations_offered == {"written", "seated"}
        assert read.adaptations_refused == {"calm"}

    def test_the_page_of_an_opening_tells_what_can_be_arranged_and_no_more(self, workplace):
        Workplace.objects.filter(pk=workplace.pk).update(
            adaptations_offered=["written"], adaptations_refused=["calm"]
        )
        opening = OpeningFactory(workplace=Workplace.objects.get(pk=workplace.pk), adaptations=["seated"])

        assert len(describe(opening).adaptations) == 2
