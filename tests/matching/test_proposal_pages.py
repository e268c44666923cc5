"""Proposing, and what each reader of a proposal sees: above all what an employer never sees."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from backend.core.models import ReadEntry
from backend.employers.models import EmployerCheck
from backend.matching.enums import HOLDS_PLACE, ProposalState
from backend.matching.models import Proposal
from backend.matching.services import ask_participant, decline_proposal, draft_proposal, withdraw_proposal
from backend.participants.models import Consent, OccupationWish, Participant, ReleasedItem
from backend.skills.enums import Resolution
from tests.factories import ConsentFactory, SkillEvidenceFactory, SkillRequirementFactory
from tests.factories.base import NOW, TODAY
from tests.matching.conftest import keys_of

WHO = ("Exempel", "hemligheter@example.org", "070-999")
SECRETS = (*WHO, "tigrinja", "Lugn miljö", "11–34", "Körkort", "truck")


@pytest.fixture
def pia(cast):
    """Pia with a full file, of which little will be released."""
    Participant.objects.filter(pk=cast.pia.pk).update(
        email="hemligheter@example.org",
        phone="070-999 99 99",
        languages={"ti": "C2"},
        adaptations=["calm"],
        licences=["B"],
        hours_min=11,
        hours_max=34,
    )
    SkillEvidenceFactory(participant=cast.pia, text="kör truck")
    return Participant.objects.get(pk=cast.pia.pk)


def page_of(client, user, proposal):
    client.force_login(user)
    response = client.get(proposal.get_absolute_url())
    return response.status_code, response.content.decode()


def without_tokens(response):
    """The page without what differs between any two requests: the tokens and its own address."""
    return re.sub(rb'[A-Za-z0-9]{64}|name="(?:next|form_token)" value="[^"]*"', b"", response.content)


class TestTheParticipantChooses:
    """Line by line, with nothing ticked beforehand, and without any JavaScript."""

    @pytest.fixture
    def asked(self, cast, pia, client):
        SkillRequirementFactory(opening=cast.opening, text="Truck", essential=True)
        draft = draft_proposal(opening_id=cast.opening.pk, participant_id=pia.pk, by=cast.coach, at=NOW)
        client.force_login(cast.participant_user)
        return ask_participant(
            proposal_id=draft.pk, item_keys=keys_of(pia), message="", by=cast.coach, at=NOW
        )

    def test_reads_every_line_with_none_ticked(self, client, asked, pia):
        page = client.get(asked.get_absolute_url()).content.decode()

        assert [f'value="{key}"' in page for key in keys_of(pia)] == [True] * len(keys_of(pia))
        assert "checked" not in page.split('id="choose"')[1].split("</details>")[0]

    def test_a_wish_is_not_read_as_something_done(self, client, asked, pia):
        OccupationWish.objects.create(participant=pia, text="Bagare")
        asked.asked_items = keys_of(pia)
        asked.save()

        page = client.get(asked.get_absolute_url()).content.decode()

        assert "Vill arbeta som: Bagare" in " ".join(page.split())

    def test_tells_only_what_was_ticked(self, client, asked):
        client.post(reverse("matching:answer", args=[asked.pk]), {"some": "1", "items": ["hours"]})

        proposal = Proposal.objects.get()
        assert [item.text for item in proposal.consent.items.all()] == ["11–34 timmar i veckan"]

    def test_the_coach_reads_what_was_left_out(self, client, asked, cast):
        client.post(reverse("matching:answer", args=[asked.pk]), {"some": "1", "items": ["hours"]})
        client.force_login(cast.coach)

        page = client.get(asked.get_absolute_url()).content.decode()

        left_out = page.split("sa ja till mindre än du frågade om")[1].split("</ul>")[0]
        assert cast.pia.first_name in left_out
        assert "timmar i veckan" not in left_out

    def test_the_coach_reads_nothing_of_the_kind_after_a_whole_yes(self, client, asked, cast):
        client.post(reverse("matching:answer", args=[asked.pk]), {"yes": "1"})
        client.force_login(cast.coach)

        assert "mindre än du frågade om" not in client.get(asked.get_absolute_url()).content.decode()

    def test_is_asked_again_when_nothing_is_ticked(self, client, asked):
        answer = client.post(reverse("matching:answer", args=[asked.pk]), {"some": "1"}, follow=True)

        assert "Välj minst en sak" in answer.content.decode()
        assert Proposal.objects.get().state == ProposalState.ASKED

    def test_what_the_place_needs_is_marked(self, client, asked, cast, pia):
        cast.opening.licences = ["B"]
        cast.opening.save()

        page = client.get(asked.get_absolute_url()).content.decode()

        line = page.split('value="licence:B"')[1].split("</label>")[0]
        assert "behövs för platsen" in line
        assert "behövs för platsen" not in page.split('value="hours"')[1].split("</label>")[0]


class TestProposeForm:
    @pytest.fixture
    def address(self, cast):
        return reverse("matching:propose", args=[cast.opening.pk, cast.pia.pk])

    @pytest.fixture
    def coach(self, client, cast):
        client.force_login(cast.coach)
        return client

    def test_shows_the_exact_words_with_nothing_ticked(self, coach, address, pia):
        page = coach.get(address).content.decode()

        for words in ("kör truck", "11–34 timmar i veckan", "Lugn miljö"):
            assert words in page
        assert not re.search(r'name="items"[^>]*checked', page)

    def test_the_preview_is_what_the_employer_will_see(self, coach, address, pia):
        page = coach.post(address, {"preview": "", "items": ["hours"], "message": "Ring mig."})

        preview = page.content.decode().split('id="preview"')[1].split("</section>")[0]
        assert "11–34 timmar i veckan" in preview
        assert "Ring mig." in preview
        assert "truck" not in preview
        assert "Pia" not in preview
        assert not Proposal.objects.exists()

    def test_sends(self, coach, address, cast, pia):
        data = {"send": "", "items": ["first_name", "hours"], "means": "by_phone", "message": "Hej"}

        response = coach.post(address, data, follow=True)

        proposal = Proposal.objects.get()
        assert proposal.state == ProposalState.SENT
        assert proposal.explanation["sentence"]
        assert "Förslaget är skickat." in response.content.decode()

    def test_saves_a_draft_and_brings_it_back(self, coach, address, pia):
        coach.post(address, {"draft": "", "items": ["hours"], "message": "Utkast"})

        page = coach.get(address).content.decode()

        assert re.search(r'value="hours"[^>]*checked', page)
        assert "Utkast</textarea>" in page

    def test_asks_in_the_app(self, coach, address, pia):
        coach.post(address, {"ask": "", "items": ["hours"], "message": ""})

        proposal = Proposal.objects.get()
        assert (proposal.state, proposal.asked_items) == (ProposalState.ASKED, ["hours"])

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"send": "", "means": "by_phone"}, "Välj minst en sak"),
            ({"send": "", "items": ["hours"]}, "Säg hur deltagaren sa ja"),
            ({"ask": ""}, "Välj minst en sak"),
            ({"send": "", "items": ["skill:nobody"], "means": "by_phone"}, "giltigt"),
            ({"send": "", "items": ["hours"], "means": "by_phone", "message": "å" * 2001}, "2001"),
        ],
    )
    def test_says_what_is_missing_and_loses_nothing(self, coach, address, pia, data, words):
        response = coach.post(address, data)

        assert response.status_code == 422
        assert words in response.content.decode()
        assert not Proposal.objects.exists()

    def test_odd_texts_are_kept_as_they_are(self, coach, address, pia, cast, client):
        message = "🍞 <b>مرحبا</b> 'O\"Brien'"
        coach.post(address, {"send": "", "items": ["first_name"], "means": "in_person", "message": message})

        _, page = page_of(client, cast.employer_member, Proposal.objects.get())

        assert "🍞 &lt;b&gt;مرحبا&lt;/b&gt;" in page

    def test_a_pair_that_is_sent_leads_to_its_proposal(self, coach, address, propose_pia):
        proposal = propose_pia()

        assert coach.get(address).url == proposal.get_absolute_url()

    @pytest.mark.parametrize("who", ["other_coach", "manager", "employer_member", "participant_user"])
    def test_strangers_find_nothing(self, client, cast, address, who):
        client.force_login(getattr(cast, who))

        for response in (client.get(address), client.post(address, {"send": ""})):
            assert response.status_code == 404

    def test_looking_is_logged(self, coach, address, cast):
        coach.get(address)

        assert ReadEntry.objects.get(subject_id=cast.pia.pk).page == "matching.propose"


class TestTheEmployerSees:
    def test_only_what_was_released(self, client, cast, pia, propose_pia):
        status, page = page_of(client, cast.employer_member, propose_pia())

        assert status == 200
        assert "Saknas:" not in page
        for words in ("Pia – Bagarbiträde", "Ring mig gärna.", "Cecilia"):
            assert words in page
        for secret in SECRETS:
            assert secret not in page, secret

    def test_everything_that_was_released(self, client, cast, pia, propose_pia):
        _, page = page_of(
            client, cast.employer_member, propose_pia(*[key for key in keys_of(pia) if key != "first_name"])
        )

        for words in ("kör truck", "11–34 timmar i veckan", "Lugn miljö", "Körkort B"):
            assert words in page
        for secret in WHO:
            assert secret not in page

    def test_no_name_when_none_was_released(self, client, cast, pia):
        draft = draft_proposal(opening_id=cast.opening.pk, participant_id=pia.pk, by=cast.coach, at=NOW)
        from backend.matching.services import send_proposal

        sent = send_proposal(
            proposal_id=draft.pk, item_keys=["hours"], means="in_person", message="", by=cast.coach, at=NOW
        )

        _, page = page_of(client, cast.employer_member, sent)

        assert "En person till Bagarbiträde" in page
        assert "Pia" not in page

    def test_a_requirement_is_met_by_released_skills_only(self, client, cast, baking, propose_pia):
        meant = {"concept": baking, "resolution": Resolution.CONFIRMED}
        SkillRequirementFactory(opening=cast.opening, text="Baka bröd", **meant)
        skill = SkillEvidenceFactory(participant=cast.pia, text="bakar", **meant)
        proposal = propose_pia()

        assert 'data-mark="missing"' in page_of(client, cast.employer_member, proposal)[1]

        withdraw_proposal(proposal_id=proposal.pk, why="om", by=cast.coach, at=NOW)
        released = propose_pia(f"skill:{skill.pk}")
        assert 'data-mark="met"' in page_of(client, cast.employer_member, released)[1]

    @pytest.mark.parametrize(
        "end",
        [
            lambda cast, it: decline_proposal(
                proposal_id=it.pk, reason="other", by=cast.employer_member, at=NOW
            ),
            lambda cast, it: withdraw_proposal(proposal_id=it.pk, why="x", by=cast.coach, at=NOW),
            lambda cast, it: Consent.objects.update(valid_until="2026-03-11"),
        ],
        ids=["declined", "withdrawn", "consent over"],
    )
    def test_nothing_about_the_person_after_the_end(self, client, cast, pia, propose_pia, end):
        proposal = propose_pia("hours")
        end(cast, proposal)

        status, page = page_of(client, cast.employer_member, proposal)

        assert status == 200
        assert "Inget om personen visas längre." in page
        for secret in (*SECRETS, "Pia", "Ring mig gärna."):
            assert secret not in page, secret

    def test_the_look_is_logged_for_the_participant(self, client, cast, propose_pia):
        page_of(client, cast.employer_member, propose_pia())

        entry = ReadEntry.objects.get(by=cast.employer_member)
        assert (entry.subject_id, entry.page) == (cast.pia.pk, "matching.employer")

    def test_a_list_names_the_first_name_that_was_released_and_which_opening(self, client, cast, propose_pia):
        propose_pia("first_name")
        client.force_login(cast.employer_member)

        page = client.get(reverse("matching:proposal_list")).content.decode()

        assert "Pia – Bagarbiträde" in page
        assert "svara senast" in page
        assert cast.pia.last_name not in page
        assert ReadEntry.objects.filter(by=cast.employer_member, subject_id=cast.pia.pk).exists()

    def test_a_list_names_nobody_whose_name_is_not_released(self, client, cast, propose_pia):
        proposal = propose_pia("hours")
        proposal.consent.items.filter(kind="first_name").delete()
        client.force_login(cast.employer_member)

        page = client.get(reverse("matching:proposal_list")).content.decode()

        assert "Deltagaren " in page
        assert "Pia" not in page
        assert not ReadEntry.objects.filter(by=cast.employer_member).exists()

    @pytest.mark.parametrize("where", ["matching:proposal_list", "home:my_home"])
    def test_no_list_says_a_name_once_the_consent_has_ended(self, client, cast, propose_pia, where):
        proposal = propose_pia("first_name")
        Consent.objects.filter(pk=proposal.consent_id).update(valid_until=TODAY - timedelta(days=1))
        client.force_login(cast.employer_member)

        assert "Pia" not in client.get(reverse(where)).content.decode()

    def test_what_was_answered_is_folded_by_its_year_under_what_waits(self, client, cast, propose_pia):
        proposal = propose_pia("first_name")
        client.force_login(cast.employer_member)
        assert client.get(reverse("matching:proposal_list")).context["waiting"]

        client.post(reverse("matching:decline", args=[proposal.pk]), {"reason": "hours"})
        context = client.get(reverse("matching:proposal_list")).context

        state = Proposal.objects.get().state
        assert state == ProposalState.DECLINED
        assert not context["waiting"]
        assert [year for year, _rows in context["years"]] == [TODAY.year]

    def test_takes_a_constant_number_of_queries(
        self, client, cast, pia, propose_pia, django_assert_max_num_queries
    ):
        proposal = propose_pia("hours")
        client.force_login(cast.employer_member)

        with django_assert_max_num_queries(17):
            client.get(proposal.get_absolute_url())


class TestTheEmployerAnswers:
    @pytest.mark.parametrize(
        ("verb", "state"),
        [("accept", ProposalState.ACCEPTED), ("interview", ProposalState.INTERVIEW)],
    )
    def test_with_one_click(self, client, cast, propose_pia, verb, state):
        proposal = propose_pia()
        client.force_login(cast.employer_member)

        client.post(reverse(f"matching:{verb}", args=[proposal.pk]))

        assert Proposal.objects.get().state == state

    def test_a_no_without_a_reason_is_asked_for_one(self, client, cast, propose_pia):
        proposal = propose_pia()
        client.force_login(cast.employer_member)

        response = client.post(reverse("matching:decline", args=[proposal.pk]), {"note": "Vi väntar"})

        assert response.status_code == 422
        assert "Säg varför" in response.content.decode()
        assert "Vi väntar" in response.content.decode()
        assert Proposal.objects.get().state == ProposalState.SENT

    def test_who_comes_second_is_told(self, client, cast, propose_pia):
        proposal = propose_pia()
        client.force_login(cast.employer_member)
        client.post(reverse("matching:accept", args=[proposal.pk]))

        response = client.post(
            reverse("matching:decline", args=[proposal.pk]), {"reason": "other"}, follow=True
        )

        assert "Någon annan hann före." in response.content.decode()
        assert Proposal.objects.get().state == ProposalState.ACCEPTED

    @pytest.mark.parametrize("verb", ["accept", "interview", "decline", "withdraw", "answer"])
    def test_a_stranger_cannot_tell_a_proposal_from_none(self, client, cast, propose_pia, verb):
        proposal = propose_pia()
        client.force_login(cast.other_employer)
        absent = reverse(f"matching:{verb}", args=["00000000-0000-0000-0000-000000000000"])

        there = client.post(reverse(f"matching:{verb}", args=[proposal.pk]))
        nowhere = client.post(absent)

        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert without_tokens(there) == without_tokens(nowhere)


class TestTheCoachSees:
    def test_steps_items_and_timeline(self, client, cast, pia, propose_pia):
        _, page = page_of(client, cast.coach, propose_pia("hours"))

        for words in ("Väntar på Bageriet AB", "11–34 timmar i veckan", "Skickat till arbetsgivaren"):
            assert words in page

    @pytest.mark.parametrize("state", list(ProposalState))
    def test_every_state(self, client, cast, propose_pia, state):
        proposal = propose_pia()
        Proposal.objects.update(
            state=state,
            asked_at=NOW,
            decided_at=NOW,
            decided_by=cast.employer_member,
            decline_reason="hours",
            holds_place=state in HOLDS_PLACE,
        )

        for user in (cast.coach, cast.manager, cast.employer_member, cast.participant_user):
            assert page_of(client, user, proposal)[0] == 200

    def test_withdrawing_needs_a_reason(self, client, cast, propose_pia):
        proposal = propose_pia()
        client.force_login(cast.coach)

        response = client.post(reverse("matching:withdraw", args=[proposal.pk]))

        assert response.status_code == 422
        assert Proposal.objects.get().state == ProposalState.SENT

    def test_a_list_with_filters_and_an_excel_file(self, client, cast, propose_pia):
        propose_pia()
        client.force_login(cast.coach)
        address = reverse("matching:proposal_list")

        assert "Bagarbiträde" in client.get(address, {"q": "pia", "mine": "on"}).content.decode()
        assert "Bagarbiträde" not in client.get(address, {"state": "declined"}).content.decode()
        assert client.get(reverse("matching:proposal_export")).content[:2] == b"PK"
        assert ReadEntry.objects.filter(page="participants.export", subject_id=cast.pia.pk).exists()

    @pytest.mark.parametrize("sort", ["age", "-person", "employer", "nonsense"])
    def test_the_list_can_be_sorted(self, client, cast, propose_pia, sort):
        propose_pia()
        client.force_login(cast.coach)

        assert client.get(reverse("matching:proposal_list"), {"sort": sort}).status_code == 200


class TestTheParticipantSees:
    @pytest.fixture
    def asked(self, cast, pia):
        draft = draft_proposal(opening_id=cast.opening.pk, participant_id=pia.pk, by=cast.coach, at=NOW)
        return ask_participant(
            proposal_id=draft.pk, item_keys=["hours"], message="Vill du?", by=cast.coach, at=NOW
        )

    def test_which_place_and_what_would_be_told(self, client, cast, asked):
        _, page = page_of(client, cast.participant_user, asked)

        for words in ("Bagarbiträde", "11–34 timmar i veckan", "Vill du?", "Ja, föreslå mig", "Nej tack"):
            assert words in page
        assert "truck" not in page

    @pytest.mark.parametrize(
        ("button", "state"), [("yes", ProposalState.SENT), ("no", ProposalState.WITHDRAWN)]
    )
    def test_and_decides(self, client, cast, asked, button, state):
        client.force_login(cast.participant_user)

        client.post(reverse("matching:answer", args=[asked.pk]), {button: "1"})

        assert Proposal.objects.get().state == state

    def test_their_own_list(self, client, cast, asked):
        client.force_login(cast.participant_user)
        assert "Bagarbiträde" in client.get(reverse("matching:my_proposals")).content.decode()

        client.force_login(cast.other_participant_user)
        assert "Inga förslag än" in client.get(reverse("matching:my_proposals")).content.decode()

    def test_a_draft_is_not_found(self, client, cast):
        draft = draft_proposal(opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW)

        assert page_of(client, cast.participant_user, draft)[0] == 404


def test_checks_that_have_run_out_are_told_before_anybody_is_proposed(client, cast):
    EmployerCheck.objects.filter(employer=cast.bakery).update(valid_until=TODAY - timedelta(days=1))
    client.force_login(cast.coach)
    with time_machine.travel(NOW, tick=False):
        html = client.get(reverse("matching:propose", args=[cast.opening.pk, cast.pia.pk])).content.decode()
    assert "kontroller måste rättas till innan en praktik kan planeras" in html
    assert "kontrollen har slutat gälla" in html


class TestInFewClicks:
    """One press ticks what is usually told; the coach goes on from there, and nothing is sent by it."""

    @pytest.fixture
    def address(self, cast):
        return reverse("matching:propose", args=[cast.opening.pk, cast.pia.pk])

    @pytest.fixture
    def coach(self, client, cast):
        client.force_login(cast.coach)
        return client

    @staticmethod
    def ticked(page):
        return set(re.findall(r'name="items" value="([^"]*)"[^>]*checked', page.content.decode()))

    def test_what_the_opening_asks_for_is_ticked_beside_what_was(self, coach, address, cast, pia, baking):
        meant = {"concept": baking, "resolution": Resolution.ACCEPTED}
        SkillRequirementFactory(opening=cast.opening, text="Baka bröd", **meant)
        skill = SkillEvidenceFactory(participant=pia, text="bakar", **meant)
        type(cast.opening).objects.filter(pk=cast.opening.pk).update(licences=["B"])
        type(pia).objects.filter(pk=pia.pk).update(licences=["B"])

        page = coach.post(address, {"counting": "", "items": ["first_name"], "message": "Hej"})

        assert page.status_code == 200
        assert self.ticked(page) == {"first_name", f"skill:{skill.pk}", "licence:B"}
        assert "Hej</textarea>" in page.content.decode()
        assert not Proposal.objects.exists()

    def test_what_was_told_last_is_ticked_as_far_as_it_stands_in_the_file(self, coach, address, pia):
        for days, kind, text in ((20, "first_name", pia.first_name), (5, "hours", "11–34 timmar i veckan")):
            consent = ConsentFactory(participant=pia, given_at=NOW - timedelta(days=days))
            ReleasedItem.objects.create(consent=consent, kind=kind, text=text)
        ReleasedItem.objects.create(consent=consent, kind="skill", text="stod i filen då")

        page = coach.post(address, {"as_last": ""})

        assert self.ticked(page) == {"hours"}

    def test_who_has_told_nobody_anything_is_not_offered_the_same_again(self, coach, address, pia):
        assert "Samma som förra gången" not in coach.get(address).content.decode()

    def test_what_was_not_told_says_so(self, coach, address, cast, pia, baking):
        SkillRequirementFactory(opening=cast.opening, text="Baka bröd", essential=True)

        preview = coach.post(address, {"preview": "", "items": ["hours"]}).content.decode()

        told = preview.split('id="preview"')[1].split("</section>")[0]
        assert "inte berättat" in told
        assert "saknas" not in told.lower()


class TestPrivateWords:
    """Words about health, family or benefits are asked about once more before they leave the house."""

    SENT = {"items": ["first_name"], "means": "by_phone", "message": "Har varit sjukskriven länge."}

    @pytest.fixture
    def address(self, client, cast):
        client.force_login(cast.coach)
        return reverse("matching:propose", args=[cast.opening.pk, cast.pia.pk])

    @pytest.mark.parametrize("intent", ["send", "ask"])
    def test_are_stopped_until_they_are_read_again(self, client, address, pia, intent):
        refused = client.post(address, {intent: "", **self.SENT})

        assert refused.status_code == 422
        assert "Läs dina ord igen" in refused.content.decode()
        assert not Proposal.objects.exists()

        assert client.post(address, {intent: "", **self.SENT, "is_reviewed": "on"}).status_code == 302
        assert Proposal.objects.get().message == self.SENT["message"]

    def test_are_hinted_at_while_they_are_written_and_may_stay_in_a_draft(self, client, address, pia):
        page = client.post(address, {"preview": "", **self.SENT}).content.decode()
        assert "Ska arbetsgivaren veta det här?" in page

        assert client.post(address, {"draft": "", **self.SENT}).status_code == 302

    def test_of_the_presentation_count_when_it_is_told(self, client, address, pia):
        type(pia).objects.filter(pk=pia.pk).update(presentation="Jag är ensamstående.")
        sent = {**self.SENT, "message": "Kommer i tid."}

        assert client.post(address, {"send": "", **sent, "items": ["presentation"]}).status_code == 422
        assert client.post(address, {"send": "", **sent}).status_code == 302
