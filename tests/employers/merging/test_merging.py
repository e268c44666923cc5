"""Two employers that are the same become one: everything follows, and the log says what did."""

from datetime import date, timedelta

import pytest

from backend.core.models import AuditEntry, OutboxMessage
from backend.core.timeline import timeline
from backend.employers.enums import MembershipRole, MembershipState, OpeningState, Standing
from backend.employers.merging.relations import ways_to
from backend.employers.models import (
    CallBack,
    CannedReply,
    Capacity,
    ContactPerson,
    Employer,
    EmployerCheck,
    EmployerContact,
    EmployerInvitation,
    EmployerMembership,
    ImportedAd,
    Opening,
    Redundancy,
    Workplace,
)
from backend.employers.services import find_or_register_employer, merge_employers, register_for_employer
from backend.employers.services.on_behalf import ContactDetails
from backend.internships.models import Concern, Internship
from backend.matching.models import Proposal
from backend.safeguarding.models import Review
from tests.employers.test_on_behalf import eskilstuna
from tests.factories import (
    ConsentFactory,
    EmployerCheckFactory,
    EmployerFactory,
    EmploymentFactory,
    InternshipFactory,
    MeasureFactory,
    MembershipFactory,
    MunicipalityFactory,
    OpeningFactory,
    ProposalFactory,
    UserFactory,
    WorkplaceFactory,
    stand,
)
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def twice(cast):
    """Bageriet, registered once more under another number."""
    return EmployerFactory(name="Bageriet i Eskilstuna", municipality=cast.municipality)


def merge(cast, gone, into=None, by=None, at=NOW) -> Employer:
    into = into or cast.bakery
    return merge_employers(into_id=into.pk, gone_id=gone.pk, by=by or cast.coach, at=at)


def invitation(employer, by, email="ny@bageriet.example", **facts):
    facts = {"role": "contact", "sent_at": NOW, "expires_at": LATER, **facts}
    digest = f"{employer.pk.hex}{email}"[:64]
    return EmployerInvitation.objects.create(employer=employer, email=email, by=by, digest=digest, **facts)


def contact_person(employer, by, name="Kim"):
    facts = {"email": "kim@bageriet.example", "recorded_by": by, "recorded_at": NOW}
    return ContactPerson.objects.create(employer=employer, name=name, **facts)


def review_of(employer):
    return Review.objects.create(employer=employer, opened_at=NOW, state_changed_at=NOW)


def with_one_of_each(cast, twice) -> dict[str, object]:
    """Give the employer that is closed a row of every kind that points at one."""
    joined = EmployerFactory(municipality=cast.municipality, merged_into=twice)
    return {
        "employers.cannedreply.employer": CannedReply.objects.create(
            employer=twice,
            answer="declined",
            title="Fullt",
            text="Fullt just nu.",
            written_by=cast.coach,
            written_at=NOW,
        ),
        "employers.contactperson.employer": contact_person(twice, cast.coach),
        "employers.employer.merged_into": joined,
        "employers.employercheck.employer": EmployerCheckFactory(employer=twice),
        "employers.employercontact.employer": EmployerContact.objects.create(
            employer=twice,
            channel="phone",
            happened_on=date(2026, 3, 1),
            line="Ringde",
            recorded_by=cast.coach,
            recorded_at=NOW,
        ),
        "employers.employerinvitation.employer": invitation(twice, cast.coach),
        "employers.employermembership.employer": MembershipFactory(employer=twice),
        "employers.measure.employer": MeasureFactory(employer=twice, kind="advice"),
        "employers.redundancy.employer": Redundancy.objects.create(
            employer=twice,
            happened_on=date(2026, 3, 1),
            how_many=2,
            words="Kvällspasset.",
            noted_by=cast.coach,
            noted_at=NOW,
        ),
        "employers.workplace.employer": WorkplaceFactory(employer=twice, name="Kajen"),
        "internships.concern.employer": Concern.objects.create(
            employer=twice, voice="anonymous", raised_at=NOW, text="Långa dagar."
        ),
        "internships.employment.employer": EmploymentFactory(employer=twice),
        "participants.consent.employer": ConsentFactory(employer=twice),
        "safeguarding.review.employer": review_of(twice),
    }


class TestWhatFollows:
    def test_is_every_row_of_every_kind_that_points_at_an_employer(self, cast, twice):
        rows = with_one_of_each(cast, twice)
        assert rows.keys() == {way.name for way in ways_to(Employer)}, "give the new relation a row here"

        merge(cast, twice)

        for way in ways_to(Employer):
            assert not way.rows(twice.pk).exclude(pk=cast.bakery.pk).exists(), way.name
            assert way.rows(cast.bakery.pk).filter(pk=rows[way.name].pk).exists(), way.name

    def test_is_said_in_the_log_by_key(self, cast, twice):
        rows = with_one_of_each(cast, twice)
        merge(cast, twice)

        [into] = AuditEntry.objects.about(cast.bakery).filter(action="merged_in")
        [gone] = AuditEntry.objects.about(twice).filter(action="merged_away")
        moved = {name: keys for name, keys in into.changes["moved"].items() if name in rows}
        assert moved == {name: [str(row.pk)] for name, row in rows.items()}
        assert into.changes["from"] == str(twice.pk)
        assert (into.by, gone.by, gone.changes) == (cast.coach, cast.coach, {"into": str(cast.bakery.pk)})

    def test_is_what_hangs_on_its_workplaces(self, cast, twice):
        workplace = WorkplaceFactory(employer=twice, name="Kajen")
        opening = OpeningFactory(workplace=workplace)
        proposal = ProposalFactory(opening=opening)
        internship = InternshipFactory(workplace=workplace)

        merge(cast, twice)

        theirs = {"workplace__employer": cast.bakery}
        assert Opening.objects.filter(pk=opening.pk, **theirs).exists()
        assert Internship.objects.filter(pk=internship.pk, **theirs).exists()
        assert Proposal.objects.filter(pk=proposal.pk, opening__workplace__employer=cast.bakery).exists()

    def test_are_facts_that_nobody_had_said_of_the_other(self, cast, twice):
        Employer.objects.filter(pk=twice.pk).update(employees=12, website="https://twice.example", sector="I")
        Employer.objects.filter(pk=cast.bakery.pk).update(website="https://bageriet.example")

        merge(cast, twice)

        cast.bakery.refresh_from_db()
        known = (cast.bakery.employees, cast.bakery.website, cast.bakery.sector)
        assert known == (12, "https://bageriet.example", "I")

    def test_an_agreement_is_taken_over_with_its_name_only(self, cast, twice):
        said = {"collective_agreement": "yes", "agreement_with": "Visita"}
        Employer.objects.filter(pk=twice.pk).update(**said)
        Employer.objects.filter(pk=cast.bakery.pk).update(collective_agreement="no")

        merge(cast, twice)

        cast.bakery.refresh_from_db()
        assert (cast.bakery.collective_agreement, cast.bakery.agreement_with) == ("no", "")


class TestTheOneThatIsClosed:
    def test_stays_and_says_which_one_stands_for_it(self, cast, twice):
        merge(cast, twice)

        gone = Employer.with_merged.get(pk=twice.pk)
        assert (gone.current, gone.is_merged) == (cast.bakery, True)
        assert not Employer.objects.filter(pk=twice.pk).exists()
        assert not Employer.objects.decidable_by(cast.coach).filter(pk=twice.pk).exists()

    def test_is_found_by_its_name_and_number(self, cast, twice):
        merge(cast, twice)

        cast.bakery.refresh_from_db()
        assert " eskilstuna " in cast.bakery.search_key
        assert twice.organisationsnummer in cast.bakery.search_key

    def test_leads_a_chain_to_its_end(self, cast, twice):
        first = EmployerFactory(municipality=cast.municipality)
        merge(cast, first, into=twice)
        merge(cast, twice, at=LATER)

        assert Employer.with_merged.get(pk=first.pk).current == cast.bakery

    def test_is_told_of_on_the_page_of_the_other(self, cast, twice):
        merge(cast, twice)

        told = timeline(cast.bakery, twice, reader="staff")
        assert {"merged_in", "merged_away"} <= {each["action"] for each in told}

    def test_is_joined_by_whoever_writes_its_number(self, cast, twice):
        merge(cast, twice)
        stranger = UserFactory(persona="employer")

        named = {"municipality": cast.municipality, "organisationsnummer": twice.organisationsnummer}
        asked = find_or_register_employer(**named, name="Bageriet", kind="company", by=stranger, at=LATER)

        assert (asked.employer, asked.is_new) == (cast.bakery, False)
        assert asked.membership.state == MembershipState.REQUESTED

    def test_is_the_other_one_to_staff_who_register_its_number(self, cast, twice):
        merge(cast, twice)
        named = {"municipality": cast.municipality, "organisationsnummer": twice.organisationsnummer}
        there = {"workplace_name": "Kajen", "place": eskilstuna()}
        contact = ContactDetails("Kim", "kim@bageriet.example")

        done = register_for_employer(
            **named, **there, name="Bageriet", kind="company", contact=contact, by=cast.coach, at=LATER
        )

        assert (done.employer, done.is_new) == (cast.bakery, False)


class TestMembers:
    def test_speak_for_the_other_at_once(self, cast, twice):
        member = MembershipFactory(employer=twice)

        merge(cast, twice)

        assert list(Employer.objects.writable_by(member.user)) == [cast.bakery]

    def test_of_both_can_do_what_either_let_them(self, cast, twice):
        here = MembershipFactory(
            employer=cast.bakery, role=MembershipRole.SUPERVISOR, confirmed_at=None, state="active"
        )
        there = MembershipFactory(employer=twice, user=here.user)

        merge(cast, twice)

        here.refresh_from_db()
        there.refresh_from_db()
        assert (here.role, here.confirmed_at) == (MembershipRole.ADMINISTRATOR, there.confirmed_at)
        assert (there.employer_id, there.state) == (twice.pk, MembershipState.ENDED)
        [entry] = AuditEntry.objects.about(cast.bakery).filter(action="merged_in")
        assert entry.changes["settled"] == {"members": [str(there.pk)]}

    def test_who_only_asked_to_join_is_let_in_by_the_other(self, cast, twice):
        here = MembershipFactory(employer=cast.bakery, state=MembershipState.REQUESTED, role="contact")
        MembershipFactory(employer=twice, user=here.user, role="supervisor")

        merge(cast, twice)

        here.refresh_from_db()
        assert (here.state, here.role) == (MembershipState.ACTIVE, MembershipRole.SUPERVISOR)

    def test_the_calls_about_a_member_of_both_follow_to_the_one_that_stays(self, cast, twice):
        here = MembershipFactory(employer=cast.bakery)
        there = MembershipFactory(employer=twice, user=here.user)
        heard = {"number": "016-710 00 00", "found_at": "Webbplatsen", "outcome": "confirmed"}
        call = CallBack.objects.create(membership=there, **heard, by=cast.coach, at=NOW)

        merge(cast, twice)

        call.refresh_from_db()
        assert call.membership_id == here.pk

    @pytest.mark.parametrize("side", ["into", "gone"])
    def test_a_stranger_does_not_come_in_by_the_name_of_another(self, cast, twice, side):
        stand(twice, Standing.NEW)
        MembershipFactory(employer=twice, confirmed_at=None)
        pair = (twice, cast.bakery) if side == "into" else (cast.bakery, twice)

        with refused_for("merger_not_called_back"):
            merge(cast, pair[1], into=pair[0])

        assert Employer.objects.filter(pk__in=[twice.pk, cast.bakery.pk]).count() == 2


class TestWhatCannotStandTwice:
    def test_an_older_invitation_to_the_same_address_is_taken_back(self, cast, twice):
        here = invitation(cast.bakery, cast.coach)
        there = invitation(twice, cast.coach, "NY@bageriet.example")

        merge(cast, twice)

        there.refresh_from_db()
        assert (there.employer_id, there.withdrawn_at) == (cast.bakery.pk, NOW)
        assert list(EmployerInvitation.objects.open()) == [here]

    def test_of_two_people_to_ring_one_stays(self, cast, twice):
        stays = contact_person(cast.bakery, cast.coach)
        left = contact_person(twice, cast.coach, "Robin")

        merge(cast, twice)

        assert list(ContactPerson.objects.all()) == [stays]
        [entry] = AuditEntry.objects.about(cast.bakery).filter(action="merged_in")
        assert entry.changes["settled"] == {"contact_people": [str(left.pk)]}

    def test_a_workplace_at_one_address_becomes_one_with_all_that_is_there(self, cast, twice):
        stays = WorkplaceFactory(employer=cast.bakery, name="Bageriet", street="Storgatan 1")
        left = WorkplaceFactory(
            employer=twice,
            name="BAGERIET AB",
            street="storgatan 1",
            environment="Mjöl i luften.",
            adaptations_offered=["calm"],
        )
        opening = OpeningFactory(workplace=left)

        merge(cast, twice)

        opening.refresh_from_db()
        stays.refresh_from_db()
        assert opening.workplace == stays
        assert (stays.environment, stays.adaptations_offered) == ("Mjöl i luften.", ["calm"])
        assert list(cast.bakery.workplaces.filter(street__iexact="storgatan 1")) == [stays]
        gone = Workplace.with_merged.get(pk=left.pk)
        assert (gone.current, gone.employer) == (stays, cast.bakery)

    def test_neighbours_in_one_house_both_stay(self, cast, twice):
        kitchen = WorkplaceFactory(employer=cast.bakery, name="Köket", street="Storgatan 1")
        store = WorkplaceFactory(employer=twice, name="Lagret", street="Storgatan 1")

        merge(cast, twice)

        assert {kitchen, store} <= set(cast.bakery.workplaces.all())

    def test_of_several_checks_of_a_kind_the_one_recorded_last_counts(self, cast, twice):
        newest = EmployerCheckFactory(employer=twice, kind="tax_debt", outcome="doubt", recorded_at=LATER)

        merge(cast, twice)

        assert newest in EmployerCheck.objects.that_count().filter(employer=cast.bakery)

    def test_the_same_opening_is_on_the_list_once(self, cast, twice):
        here = WorkplaceFactory(employer=cast.bakery, name="Bageriet", street="Storgatan 1")
        there = WorkplaceFactory(employer=twice, name="Bageriet", street="Storgatan 1")
        kept = OpeningFactory(workplace=here, title="Diskare")
        twin = OpeningFactory(workplace=there, title="DISKARE")
        other = OpeningFactory(workplace=there, title="Servitör")

        merge(cast, twice)

        states = dict(Opening.objects.values_list("pk", "state"))
        assert (states[kept.pk], states[other.pk]) == (OpeningState.PUBLISHED, OpeningState.PUBLISHED)
        assert states[twin.pk] == OpeningState.PAUSED

    def test_nor_is_the_same_ad_from_elsewhere(self, cast, twice):
        rows = [OpeningFactory(workplace__employer=each, kind="job") for each in (cast.bakery, twice)]
        for row in rows:
            ImportedAd.objects.create(opening=row, outside_id="29381")

        merge(cast, twice)

        assert [Opening.objects.get(pk=row.pk).state for row in rows] == ["published", "paused"]


@pytest.mark.parametrize(
    ("into", "gone", "then"),
    [
        ("good", "paused", "paused"),
        ("stopped", "good", "stopped"),
        ("paused", "stopped", "stopped"),
        ("new", "good", "good"),
        ("good", "new", "good"),
        ("new", "new", "new"),
    ],
)
def test_the_stricter_decision_holds(cast, twice, into, gone, then):
    stand(cast.bakery, into)
    stand(twice, gone)

    assert merge(cast, twice).standing_on(TODAY) == then


def test_what_is_open_hears_of_it_when_the_other_was_paused(cast, twice):
    there = InternshipFactory(workplace=cast.opening.workplace, state="ongoing")
    stand(twice, Standing.STOPPED)

    merge(cast, twice)

    assert OutboxMessage.objects.filter(subject_id=there.pk).exists()


class TestRefused:
    def test_while_both_are_looked_into(self, cast, twice):
        """What each is asked is decided for itself; one review that is open follows."""
        review_of(cast.bakery)
        theirs = review_of(twice)
        with refused_for("both_are_reviewed"):
            merge(cast, twice)

        Review.objects.filter(pk=theirs.pk).update(state="dismissed")
        assert merge(cast, twice).reviews.count() == 2

    def test_a_second_click(self, cast, twice):
        merge(cast, twice)
        with refused_for("merger_done"):
            merge(cast, twice, at=LATER)

        assert AuditEntry.objects.about(cast.bakery).filter(action="merged_in").count() == 1

    def test_into_one_that_is_closed(self, cast, twice):
        merge(cast, twice)
        with refused_for("merger_done"):
            merge(cast, cast.joinery, into=Employer.with_merged.get(pk=twice.pk))

    def test_with_itself(self, cast):
        with refused_for("merger_with_itself"):
            merge(cast, cast.bakery)

    def test_of_another_municipality(self, cast):
        foreign = EmployerFactory(municipality=MunicipalityFactory(name="Grannby"))
        with pytest.raises(Employer.DoesNotExist):
            merge(cast, foreign)

    @pytest.mark.parametrize("who", ["employer_member", "participant_user"])
    def test_whoever_is_not_staff(self, cast, twice, who):
        with pytest.raises(Employer.DoesNotExist):
            merge(cast, twice, by=getattr(cast, who))

        assert Employer.objects.filter(pk=twice.pk).exists()


class TestWhatIsWrittenMeanwhile:
    """Whoever writes has read the employer before; a trigger leads the row on."""

    def test_follows_to_the_one_that_stands_for_it(self, cast, twice):
        merge(cast, twice)

        place = WorkplaceFactory(employer=twice)
        check = EmployerCheckFactory(employer=twice)
        EmployerCheck.objects.bulk_create([EmployerCheckFactory.build(employer=twice, by=cast.coach)])

        place.refresh_from_db()
        check.refresh_from_db()
        assert (place.employer, check.employer) == (cast.bakery, cast.bakery)
        assert not EmployerCheck.objects.filter(employer=twice).exists()

    def test_is_led_on_from_a_workplace_too(self, cast, twice):
        stays = WorkplaceFactory(employer=cast.bakery, name="Bageriet", street="Storgatan 1")
        left = WorkplaceFactory(employer=twice, name="Bageriet", street="Storgatan 1")
        merge(cast, twice)

        opening = OpeningFactory(workplace=left)
        Opening.objects.filter(pk=cast.opening.pk).update(workplace=left)

        assert {Opening.objects.get(pk=each.pk).workplace for each in (opening, cast.opening)} == {stays}
        assert not Capacity.objects.filter(workplace=left).exists()


def test_a_membership_that_ended_with_its_employer_is_nobodys_request(cast, twice):
    here = MembershipFactory(employer=cast.bakery)
    MembershipFactory(employer=twice, user=here.user, state=MembershipState.REQUESTED)

    merge(cast, twice)

    assert not EmployerMembership.objects.requested_by(here.user).exists()
    assert list(EmployerMembership.objects.active().filter(user=here.user)) == [here]
