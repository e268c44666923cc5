"""What coaches say of rows is kept once, logged, and exported without names."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from backend.core.models import AuditEntry, ReadEntry
from backend.matching.engine.evaluation import read_judgements
from backend.matching.models import Judgement
from backend.matching.services import record_judgement
from backend.participants.models import Participant
from tests.factories.base import NOW


def judge(cast, verdict, *, by=None, participant=None, at=NOW):
    return record_judgement(
        opening_id=cast.opening.pk,
        participant_id=(participant or cast.pia).pk,
        verdict=verdict,
        by=by or cast.coach,
        at=at,
    )


def exported(tmp_path):
    file = tmp_path / "qrels.tsv"
    call_command("export_judgements", file)
    return file.read_text()


class TestRecording:
    def test_a_later_word_replaces_an_earlier_one_and_the_log_knows_both(self, cast):
        judge(cast, "fits")
        judge(cast, "wrong_skill")

        assert Judgement.objects.get().verdict == "wrong_skill"
        log = AuditEntry.objects.filter(action="judged").order_by("pk")
        assert [(entry.from_state, entry.to_state) for entry in log] == [
            ("", "fits"),
            ("fits", "wrong_skill"),
        ]

    def test_a_second_click_changes_nothing(self, cast):
        for _ in range(2):
            judge(cast, "fits")

        assert AuditEntry.objects.filter(action="judged").count() == 1

    @pytest.mark.parametrize("name", ["pelle", "skye"])
    def test_of_strangers_and_of_protected_identities_is_refused(self, cast, name):
        with pytest.raises(Participant.DoesNotExist):
            judge(cast, "fits", participant=getattr(cast, name))

        assert not Judgement.objects.exists()


class TestOnTheRow:
    @pytest.fixture
    def coach(self, client, asks_for_baking):
        client.force_login(asks_for_baking.coach)
        return client

    def test_says_what_was_said(self, coach, cast):
        address = reverse("matching:judge", args=[cast.opening.pk, cast.pia.pk])

        response = coach.post(address, {"verdict": "does_not_fit", "filters": "within=30"})

        candidates = reverse("matching:candidates", args=[cast.opening.pk])
        assert response.url == f"{candidates}?within=30#said-{cast.pia.pk}"
        page = coach.get(response.url).content.decode()
        assert 'value="does_not_fit" aria-pressed="true"' in page
        assert "Noterat: Passar inte." in page

    @pytest.mark.parametrize("verdict", ["", "nonsense"])
    def test_nonsense_is_not_found(self, coach, cast, verdict):
        address = reverse("matching:judge", args=[cast.opening.pk, cast.pia.pk])

        assert coach.post(address, {"verdict": verdict}).status_code == 404
        assert not Judgement.objects.exists()


class TestExport:
    def test_has_keys_and_gains_and_is_what_the_evaluation_reads(self, cast, tmp_path):
        judge(cast, "fits")
        judge(cast, "does_not_fit", by=cast.other_coach, participant=cast.pelle)

        text = exported(tmp_path)

        assert read_judgements(text.splitlines()) == {
            str(cast.opening.pk): {str(cast.pia.pk): 3, str(cast.pelle.pk): 0}
        }
        assert "Pia" not in text

    def test_whose_keys_are_in_it_is_logged(self, cast, tmp_path):
        judge(cast, "fits")
        exported(tmp_path)

        [look] = ReadEntry.objects.all()
        assert (look.subject_id, look.by) == (cast.pia.pk, None)

    def test_the_newest_word_on_a_pair_counts(self, cast, tmp_path):
        Judgement.objects.create(
            opening=cast.opening, participant=cast.pia, by=cast.manager, at=NOW, verdict="fits"
        )
        judge(cast, "wrong_skill", at=NOW.replace(hour=12))

        assert exported(tmp_path) == f"{cast.opening.pk}\t{cast.pia.pk}\t0\n"

    def test_leaves_out_who_is_protected_since(self, cast, tmp_path):
        judge(cast, "fits")
        Participant.objects.filter(pk=cast.pia.pk).update(is_protected=True)

        assert exported(tmp_path) == ""

    def test_says_when_it_cannot_write(self, db, tmp_path):
        with pytest.raises(CommandError, match="cannot be written"):
            call_command("export_judgements", tmp_path)
