"""Replies that an organisation keeps: the programme's to begin with, its own instead and beside."""

import pytest
from django.urls import reverse
from django.utils import translation

from backend.core.models import AuditEntry
from backend.employers.models import CannedReply, Employer
from backend.employers.replies.kept import replies_of
from backend.employers.replies.services import MOST_REPLIES
from backend.employers.replies.starters import STARTERS
from backend.employers.services import remove_reply, write_reply
from tests.factories.base import NOW
from tests.refusals import refused_for


def write(cast, key="", *, title="Kom på måndag", text="Kom klockan nio.", answer="accepted", by=None):
    said = {"answer": answer, "title": title, "text": text}
    by = by or cast.employer_member
    return write_reply(employer_id=cast.bakery.pk, key=key, **said, by=by, at=NOW)


def titles(cast):
    return [each.title for each in replies_of(cast.bakery.pk)]


class TestToBeginWith:
    def test_everybody_has_the_programmes_in_their_language(self, cast):
        with translation.override("sv"):
            assert "Fullt just nu" in titles(cast)
        with translation.override("en"):
            assert "Full just now" in titles(cast)
        assert len(titles(cast)) == len(STARTERS)

    def test_there_are_some_for_each_answer_and_they_fit_the_box(self):
        assert {str(each.answer) for each in STARTERS} == {"accepted", "interview", "declined"}
        for language in ("sv", "en"):
            with translation.override(language):
                assert all(len(str(each.text)) <= CannedReply.LONGEST for each in STARTERS)


class TestWriting:
    def test_a_new_one_stands_beside_and_is_in_the_log(self, cast):
        write(cast)

        assert "Kom på måndag" in titles(cast)
        assert len(titles(cast)) == len(STARTERS) + 1
        assert AuditEntry.objects.about(cast.bakery).first().action == "reply_written"

    def test_one_of_the_programmes_becomes_ones_own(self, cast):
        write(cast, "full", title="Fullt", text="Just nu är vi fulla.", answer="declined")
        write(cast, "full", title="Fullt", text="Fråga efter sommaren.", answer="declined")

        [reply] = [each for each in replies_of(cast.bakery.pk) if each.is_own]
        assert (reply.title, reply.text) == ("Fullt", "Fråga efter sommaren.")
        assert len(titles(cast)) == len(STARTERS)

    def test_what_belongs_to_one_person_is_not_kept(self, cast):
        with refused_for("reply_personal"):
            write(cast, text="Ring Anna på 070-174 06 35.")

        assert not CannedReply.objects.exists()

    def test_a_name_stands_once(self, cast):
        write(cast)
        with refused_for("reply_title_twice"):
            write(cast, text="Något annat.")

        assert CannedReply.objects.count() == 1

    def test_there_is_an_end_to_them(self, cast):
        for number in range(MOST_REPLIES):
            write(cast, title=f"Svar {number}")
        with refused_for("reply_too_many"):
            write(cast)

        assert CannedReply.objects.count() == MOST_REPLIES

    def test_strangers_write_none(self, cast):
        for stranger in (cast.other_employer, cast.participant_user):
            with pytest.raises(Employer.DoesNotExist):
                write(cast, by=stranger)

    def test_those_of_another_organisation_cannot_be_reached(self, cast):
        own = write(cast)
        other = Employer.objects.writable_by(cast.other_employer).get()
        with pytest.raises(CannedReply.DoesNotExist):
            remove_reply(employer_id=other.pk, key=str(own.pk), by=cast.other_employer, at=NOW)

        assert CannedReply.objects.filter(pk=own.pk).exists()


class TestRemoving:
    def test_the_programmes_is_offered_no_more_and_ones_own_is_gone(self, cast):
        own = write(cast)
        for key in ("full", str(own.pk)):
            remove_reply(employer_id=cast.bakery.pk, key=key, by=cast.employer_member, at=NOW)

        assert "Kom på måndag" not in titles(cast)
        assert len(titles(cast)) == len(STARTERS) - 1


class TestThePages:
    @pytest.fixture
    def member(self, cast, client):
        client.force_login(cast.employer_member)
        return client

    def test_list_change_and_remove(self, cast, member):
        pages = reverse("employers:reply_list", args=[cast.bakery.pk])
        assert "Fullt just nu" in member.get(pages).content.decode()

        edit = reverse("employers:reply_edit", args=[cast.bakery.pk, "full"])
        assert "Vi har ingen som kan handleda just nu" in member.get(edit).content.decode()
        member.post(edit, {"answer": "declined", "title": "Fullt", "text": "Fullt till hösten."})
        assert "Fullt till hösten." in member.get(pages).content.decode()

        remove = reverse("employers:reply_remove", args=[cast.bakery.pk, "visit"])
        member.post(remove)
        assert "Kom och titta först" not in member.get(pages).content.decode()

    def test_a_refusal_keeps_what_was_typed(self, cast, member):
        add = reverse("employers:reply_add", args=[cast.bakery.pk])
        typed = {"answer": "accepted", "title": "Ring", "text": "Skriv till anna@exempel.se"}

        answered = member.post(add, typed)

        assert answered.status_code == 422
        assert "Skriv till anna@exempel.se" in answered.content.decode()
