"""An employer is reported, looked into, heard and decided about; and nobody learns who has told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from backend.core.models import OutboxMessage
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.models import Employer, Measure, Opening
from backend.internships.models import Concern
from backend.internships.services import close_concern, tell_of_workplace
from backend.safeguarding import services
from backend.safeguarding.enums import ReviewState
from backend.safeguarding.jobs import follow_reviews
from backend.safeguarding.models import Review
from tests.factories import InternshipFactory, UnitFactory, UserFactory
from tests.factories.accounts import AssignmentFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.told import told

DAY = timedelta(days=1)
ASKED = {"words": "Vem handleder, och hur ofta?", "reply_by": TODAY + 14 * DAY}
PAUSE = {"kind": "pause", "reason": "supervision", "starts_on": TODAY, "last_on": None}


def opened(cast, **facts):
    return services.open_review(
        employer_id=cast.bakery.pk, by=cast.coach, at=NOW, **{"note": "Ingen handleder.", **facts}
    )


def asked(cast):
    return services.ask_reply(review_id=opened(cast).pk, by=cast.manager, at=NOW, **ASKED)


def replied(cast):
    review = asked(cast)
    return services.reply_to_review(
        review_id=review.pk, words="Sara gör det.", by=cast.employer_member, at=NOW
    )


def decided(cast, measure=PAUSE, by=None):
    review = replied(cast)
    return services.decide_review(
        review_id=review.pk, reason="Sara slutade i maj.", measure=measure, by=by or cast.manager, at=NOW
    )


def state_of(review):
    return Review.objects.get(pk=review.pk).state


class TestConcerns:
    def test_anybody_can_tell_without_a_name(self, cast, client):
        address = reverse("safeguarding:workplace_tell") + f"?plats={cast.opening.pk}"

        answer = client.post(address, {"text": "Ingen får rast.", "voice": "anonymous"})

        concern = Concern.objects.get()
        assert answer.headers["Location"] == reverse("safeguarding:told")
        assert (concern.employer, concern.raised_by, concern.voice) == (cast.bakery, None, "anonymous")
        assert {cast.coach, cast.other_coach, cast.manager} <= told(kind="workplace_concern")

    def test_the_same_words_twice_are_one(self, cast):
        for _ in range(2):
            tell_of_workplace(employer_id=cast.bakery.pk, text="Ingen får rast.", by=None, at=NOW)

        assert Concern.objects.count() == 1

    def test_without_words_nothing_is_told(self, cast):
        with refused_for("concern_without_words"):
            tell_of_workplace(employer_id=cast.bakery.pk, text=" ", by=None, at=NOW)

        assert not Concern.objects.exists()

    @pytest.mark.parametrize(
        ("role", "holds_back"), [("coach", True), ("participant_user", True), ("", False)]
    )
    def test_what_somebody_we_know_has_said_holds_back(self, cast, role, holds_back):
        by = getattr(cast, role) if role else None
        concern = tell_of_workplace(employer_id=cast.bakery.pk, text="Ingen får rast.", by=by, at=NOW)

        assert Concern.objects.holding_back(cast.opening.workplace).exists() == holds_back
        close_concern(concern_id=concern.pk, outcome="Vi talade med dem.", by=cast.coach, at=NOW)
        assert not Concern.objects.holding_back(cast.opening.workplace).exists()

    def test_nobody_else_handles_it(self, cast):
        concern = tell_of_workplace(employer_id=cast.bakery.pk, text="Ingen får rast.", by=None, at=NOW)
        for who in (cast.employer_member, cast.participant_user, UserFactory()):
            with pytest.raises(Concern.DoesNotExist):
                close_concern(concern_id=concern.pk, outcome="Klart", by=who, at=NOW)

        assert Concern.objects.unhandled().count() == 1


class TestReview:
    def test_from_concern_to_measure(self, cast):
        concern = tell_of_workplace(employer_id=cast.bakery.pk, text="Ingen får rast.", by=cast.coach, at=NOW)
        review = opened(cast, concern_ids=[concern.pk])
        services.ask_reply(review_id=review.pk, by=cast.manager, at=NOW, **ASKED)
        assert told(kind="review_reply_asked") == {cast.employer_member}
        services.reply_to_review(review_id=review.pk, words="Jo.", by=cast.employer_member, at=NOW)
        done = services.decide_review(
            review_id=review.pk, reason="Ingen rast.", measure=PAUSE, by=cast.manager, at=NOW
        )

        assert (done.state, done.measure.kind) == (ReviewState.DECIDED, "pause")
        concern.refresh_from_db()
        assert concern.outcome == "Ingen rast."
        assert not Employer.objects.welcome(TODAY).filter(pk=cast.bakery.pk).exists()

    def test_nothing_is_decided_before_the_employer_was_heard(self, cast):
        review = asked(cast)
        with pytest.raises(TransitionNotAllowed):
            services.decide_review(review_id=review.pk, reason="Nu.", measure=PAUSE, by=cast.manager, at=NOW)

        assert state_of(review) == ReviewState.REPLY_ASKED
        assert not Measure.objects.exists()

    def test_a_reply_has_its_time(self, cast):
        review = opened(cast)
        with refused_for("reply_asked_too_soon"):
            services.ask_reply(
                review_id=review.pk, words="Varför?", reply_by=TODAY + DAY, by=cast.manager, at=NOW
            )

        assert state_of(review) == ReviewState.OPEN

    def test_no_reply_in_time_and_a_late_one(self, cast):
        review = asked(cast)

        assert [follow_reviews(NOW + days * DAY) for days in (14, 15, 15)] == [
            "moved 0",
            "moved 1",
            "moved 0",
        ]
        assert state_of(review) == ReviewState.UNANSWERED
        late = NOW + 16 * DAY
        services.reply_to_review(review_id=review.pk, words="Sent.", by=cast.employer_member, at=late)
        assert state_of(review) == ReviewState.REPLIED

    def test_one_at_a_time(self, cast):
        opened(cast)
        with refused_for("review_open_already"):
            opened(cast)

        assert Review.objects.count() == 1

    def test_rests_on_something(self, cast):
        with refused_for("review_without_evidence"):
            opened(cast, note=" ")

        assert not Review.objects.exists()

    @pytest.mark.parametrize("role", ["coach", "employer_member", "participant_user", "other_employer"])
    def test_only_managers_decide(self, cast, role):
        review, who = replied(cast), getattr(cast, role)
        for decide in (services.decide_review, services.dismiss_review):
            with pytest.raises(Review.DoesNotExist):
                decide(review_id=review.pk, reason="x", by=who, at=NOW)

        assert state_of(review) == ReviewState.REPLIED

    def test_only_who_answers_for_the_employer_replies(self, cast):
        review = asked(cast)
        for who in (cast.other_employer, cast.coach, cast.manager, cast.participant_user):
            with pytest.raises(Review.DoesNotExist):
                services.reply_to_review(review_id=review.pk, words="x", by=who, at=NOW)

        assert state_of(review) == ReviewState.REPLY_ASKED


class TestAppeal:
    def test_somebody_else_decides_and_lifts_the_measure(self, cast):
        review = decided(cast)
        services.appeal(review_id=review.pk, words="Maja handleder nu.", by=cast.employer_member, at=NOW)
        with refused_for("own_decision_appealed"):
            services.decide_appeal(review_id=review.pk, upholds=True, reason="Nej.", by=cast.manager, at=NOW)

        services.decide_appeal(
            review_id=review.pk, upholds=False, reason="Maja finns.", by=cast.administrator, at=NOW
        )

        assert state_of(review) == ReviewState.CLOSED
        assert Employer.objects.welcome(TODAY).filter(pk=cast.bakery.pk).exists()

    def test_has_its_time(self, cast):
        review = decided(cast)
        with refused_for("appeal_too_late"):
            services.appeal(review_id=review.pk, words="Sent.", by=cast.employer_member, at=NOW + 22 * DAY)

        assert follow_reviews(NOW + 22 * DAY) == "moved 1"
        assert state_of(review) == ReviewState.CLOSED


class TestNobodyLearnsWhoHasTold:
    def test_the_employer_reads_none_of_it(self, cast, client):
        internship = InternshipFactory(opening=cast.opening, participant=cast.pia, state="ongoing")
        concern = Concern.objects.create(
            internship=internship, raised_by=cast.participant_user, raised_at=NOW, text="Kanariefågel."
        )
        review = opened(cast, note="Sparvhök.", concern_ids=[concern.pk])
        services.ask_reply(review_id=review.pk, by=cast.manager, at=NOW, **ASKED)
        client.force_login(cast.employer_member)

        pages = [
            client.get(reverse("safeguarding:own_review", args=[review.pk])).content.decode(),
            client.get(reverse("safeguarding:review_reply", args=[review.pk])).content.decode(),
            client.get(reverse("employers:my_organisation")).content.decode(),
        ]

        assert ASKED["words"] in pages[0]
        for secret in ("Kanariefågel", "Sparvhök", cast.pia.first_name, str(internship.pk), str(concern.pk)):
            assert not any(secret in page for page in pages)
        sent = OutboxMessage.objects.filter(kind__startswith="review_").values_list("path", flat=True)
        assert sent
        assert not any(str(cast.pia.pk) in path for path in sent)

    def test_other_coaches_do_not_read_what_was_said_in_an_internship(self, cast, client):
        internship = InternshipFactory(opening=cast.opening, participant=cast.pia, state="ongoing")
        concern = Concern.objects.create(
            internship=internship, raised_by=cast.participant_user, raised_at=NOW, text="Kanariefågel."
        )
        review = opened(cast, concern_ids=[concern.pk])
        client.force_login(cast.other_coach)

        page = client.get(review.get_absolute_url()).content.decode()

        assert "Kanariefågel" not in page
        assert str(internship.pk) not in page

    def test_an_employer_that_is_not_asked_does_not_know_of_it(self, cast, client):
        review = opened(cast)
        client.force_login(cast.employer_member)

        assert client.get(reverse("safeguarding:own_review", args=[review.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one write at a time")
class TestAtOnce:
    def run(self, *calls):
        ready = Barrier(len(calls))

        def call(each):
            ready.wait()
            try:
                each()
            except (TransitionNotAllowed, ValidationError) as error:
                return type(error).__name__
            finally:
                connection.close()
            return "done"

        with ThreadPoolExecutor(len(calls)) as threads:
            return sorted(threads.map(call, calls))

    def test_of_two_managers_one_decides(self, cast):
        other = UserFactory(name="Mona")
        unit = UnitFactory(municipality=cast.municipality)
        AssignmentFactory(user=other, unit=unit, municipality=cast.municipality, role="manager")
        review = replied(cast)

        said = self.run(
            *(
                lambda by=by: services.decide_review(
                    review_id=review.pk, reason="x", measure=PAUSE, by=by, at=NOW
                )
                for by in (cast.manager, other)
            )
        )

        assert said == ["TransitionNotAllowed", "done"]
        assert Measure.objects.count() == 1

    def test_two_open_one_review(self, cast):
        said = self.run(lambda: opened(cast), lambda: opened(cast))

        assert said == ["Refused", "done"]
        assert Review.objects.count() == 1


def test_a_paused_employer_is_gone_from_every_list(cast, client: Client):
    decided(cast)

    assert client.get(cast.opening.get_absolute_url()).status_code == 404
    assert not Opening.objects.published(TODAY).exists()
