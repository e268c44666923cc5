"""What is known of a pair before anybody is asked: what was answered, what waits, how the place stands."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from backend.core.models import AuditEntry
from backend.employers.enums import CheckKind, OpeningKind
from backend.employers.models import EmployerCheck, Opening, OpeningQuerySet
from backend.matching.bridge.keys import Key
from backend.matching.enums import TAKEN_STATES, DeclineReason, ProposalState, WithdrawalReason
from backend.matching.models import Proposal
from backend.participants.models import ParticipantQuerySet


@dataclass(frozen=True)
class Known:
    """One thing that is known, where one goes on from it, and whether it has settled the pair."""

    text: str
    url: str
    settles: bool = False


@dataclass(frozen=True)
class _OfEmployers:
    """What an app higher up says of an employer, as a question that a query can carry."""

    name: str
    text: Promise
    is_so: Callable[[OuterRef], Exists]


_of_employers: list[_OfEmployers] = []


def known_of_employers(*, name: str, text: Promise, is_so: Callable[[OuterRef], Exists]) -> None:
    """Let an app higher up say something of employers before anybody is asked to go there.

    `is_so` gets a reference to the employer's key. What is said is for all staff of the municipality.
    """
    _of_employers.append(_OfEmployers(name, text, is_so))


def with_known(openings: OpeningQuerySet, *, on: date) -> OpeningQuerySet:
    """Let openings carry how many checks of their employers hold, and what apps above say of them."""
    employer = OuterRef("workplace__employer")
    of_one = EmployerCheck.objects.that_hold(on).filter(employer=employer).order_by().values("employer")
    holding = Coalesce(Subquery(of_one.annotate(number=Count("kind")).values("number")), 0)
    return openings.annotate(
        checks_that_hold=holding, **{each.name: each.is_so(employer) for each in _of_employers}
    )


def known_of_place(opening: Opening) -> list[Known]:
    """Return what apps above say of the employer, and whether its checks must be mended before an internship.

    The opening was read `with_known`.
    """
    url = reverse("employers:employer_detail", args=[opening.workplace.employer_id])
    said = [Known(str(each.text), url) for each in _of_employers if getattr(opening, each.name)]
    holding: int = opening.checks_that_hold  # type: ignore[attr-defined]
    if opening.kind != OpeningKind.INTERNSHIP or holding == len(CheckKind):
        return said
    return [Known(_("The employer's checks must be mended first"), url), *said]


@dataclass(frozen=True)
class Between:
    """All that has been between some people and some employers, the newest first."""

    proposals: Sequence[Proposal]

    @property
    def taken_pairs(self) -> Iterable[tuple[Key, Key]]:
        """The (person, opening) where somebody is proposed now."""
        return (_keys(each) for each in self.proposals if each.state in TAKEN_STATES)

    @property
    def settled_pairs(self) -> Iterable[tuple[Key, Key]]:
        """The (person, opening) where the employer, or the person, has said no to this very opening."""
        return (_keys(each) for each in self.proposals if _is_no(each))

    def known_of(self, person: UUID, opening: Opening) -> list[Known]:
        """Return what has been answered and what waits between a person and an opening's employer.

        What settles the pair comes first.
        """
        employer = opening.workplace.employer_id
        mine = self._of_person.get((person, employer), ())
        found = [known for proposal in mine if (known := _of_proposal(proposal, opening))]
        return sorted(found, key=lambda each: not each.settles)

    @cached_property
    def _of_person(self) -> Mapping[tuple[UUID, UUID], Sequence[Proposal]]:
        found: defaultdict[tuple[UUID, UUID], list[Proposal]] = defaultdict(list)
        for each in self.proposals:
            found[each.participant_id, each.opening.workplace.employer_id].append(each)
        return found


def between(
    people: ParticipantQuerySet, *, openings: OpeningQuerySet | None = None, taken_anywhere: bool = False
) -> Between:
    """Read what has been between people and the employers of openings (None: all employers), in one query.

    With `taken_anywhere`, where somebody is proposed now is read wherever it is: that takes up places.
    """
    own_no = AuditEntry.objects.filter(
        subject_type=Proposal._meta.label_lower,
        subject_id=OuterRef("pk"),
        to_state=ProposalState.WITHDRAWN,
        why=WithdrawalReason.PARTICIPANT_SAID_NO,
    )
    theirs = Proposal.objects.filter(participant__in=people.order_by().values("pk"))
    theirs = theirs.annotate(said_no=Exists(own_no.order_by()))
    is_taken = Q(state__in=TAKEN_STATES)
    telling = theirs.filter(is_taken | Q(said_no=True) | Q(state=ProposalState.DECLINED))
    if openings is not None:
        here = Q(opening__workplace__employer__in=openings.order_by().values("workplace__employer"))
        telling = telling.filter(here | is_taken if taken_anywhere else here)
    related = telling.select_related("opening__workplace").defer("explanation")
    return Between(list(related.order_by("-state_changed_at", "pk")))


def _keys(proposal: Proposal) -> tuple[Key, Key]:
    return str(proposal.participant_id), str(proposal.opening_id)


def _is_no(proposal: Proposal) -> bool:
    said_no: bool = proposal.said_no  # type: ignore[attr-defined]
    return said_no or proposal.state == ProposalState.DECLINED


def _of_proposal(proposal: Proposal, opening: Opening) -> Known | None:
    is_here = proposal.opening_id == opening.pk
    url, day = proposal.get_absolute_url(), date_format(localdate(proposal.state_changed_at), "j F")
    words = {"day": day, "opening": str(proposal.opening)}
    if proposal.state == ProposalState.DECLINED:
        words["why"] = str(DeclineReason(proposal.decline_reason).label)
        if is_here:
            return Known(_("The employer said no on %(day)s: %(why)s") % words, url, settles=True)
        return Known(_("The same employer said no on %(day)s, for %(opening)s: %(why)s") % words, url)
    if _is_no(proposal):
        if is_here:
            return Known(_("Said no to this place on %(day)s") % words, url, settles=True)
        return Known(_("Said no to %(opening)s at the same employer on %(day)s") % words, url)
    if is_here:
        return None
    words["state"] = proposal.get_state_display()
    return Known(_("Proposed to the same employer for %(opening)s: %(state)s") % words, url)
