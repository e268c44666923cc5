"""Which employers may be registered twice, and what speaks for it; people decide."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from backend.core.models import AuditEntry
from backend.core.text.folding import fold
from backend.employers.merging.names import are_alike, core_of
from backend.employers.models import Employer

EVERYBODYS: Final = {
    *("gmail.com", "hotmail.com", "hotmail.se", "outlook.com", "live.se", "live.com", "msn.com"),
    *("icloud.com", "yahoo.com", "yahoo.se", "telia.com", "protonmail.com", "facebook.com"),
}
"""Hosts that tell nothing of whose an address is."""
LARGEST_BLOCK: Final = 60
"""A word that more employers have tells nothing; their pairs would be too many to look at."""
MOST_SHARE: Final = 3
"""A domain or an address that more employers have, as a municipality's own, tells nothing either."""
BEGINNING: Final = 4


@dataclass
class Known:
    """What is compared of one employer."""

    employer: Employer
    """As much of it as a list shows."""
    domains: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    streets: set[str] = field(default_factory=set)
    """As they were written; only of the one that others are compared with."""
    people: set[UUID] = field(default_factory=set)

    def blocks(self) -> Iterator[object]:
        """Give what two must share one of, to be looked at as a pair."""
        for word in core_of(self.employer.name).split():
            yield ("word", word)
            yield ("begins", word[:BEGINNING])
        for kind, values in (("domain", self.domains), ("address", self.addresses), ("person", self.people)):
            yield from ((kind, value) for value in values)


@dataclass(frozen=True)
class Likely:
    """Two employers that may be one, with what speaks for it in words; the stronger pair comes first."""

    one: Employer
    other: Employer
    why: Sequence[str]

    @property
    def keys(self) -> frozenset[UUID]:
        """The two, in no order."""
        return frozenset({self.one.pk, self.other.pk})


def likely_doubles(employers: "QuerySet[Employer]") -> list[Likely]:
    """Return the pairs among `employers` that may be one, those with most to speak for them first."""
    known = _without_common(read_known(employers))
    return _pairs(_blocked(known))


def doubles_of(employer: Employer, employers: "QuerySet[Employer]") -> list[Likely]:
    """Return those among `employers` that may be `employer`, which was read `for_page`, once more."""
    mine = _known_of(employer)
    others = read_known(employers.exclude(pk=employer.pk).filter(_shares_with(mine)).distinct())
    _without_common([mine, *others])
    return _pairs((mine, other) for other in others)


def read_known(employers: "QuerySet[Employer]") -> list[Known]:
    """Read in one query what is compared."""
    shown = ("pk", "name", "kind", "sort_key", "website")
    compared = ("memberships__user", "memberships__user__email", "contact_person__email")
    where = ("workplaces__street", "workplaces__locality_name")
    found: dict[UUID, Known] = {}
    for row in employers.order_by("sort_key", "pk").values_list(*shown, *compared, *where):
        key, name, kind, sort_key, website, person, mail, contact, street, town = row
        employer = Employer(pk=key, name=name, kind=kind, sort_key=sort_key)
        known = found.setdefault(key, Known(employer))
        known.domains |= {host for host in (_host(website), _host(mail), _host(contact)) if host}
        if street:
            known.addresses.add(_address(street, town))
        if person:
            known.people.add(person)
    return list(found.values())


def _known_of(employer: Employer) -> Known:
    """Return what is compared of an employer that was read `for_page`, without asking anew."""
    members = [each.user for each in employer.memberships.all()]
    contact = getattr(employer, "contact_person", None)
    mails = [*(each.email for each in members), contact.email if contact else ""]
    places = [each for each in employer.workplaces.all() if each.street]
    return Known(
        employer,
        domains={host for each in (employer.website, *mails) if (host := _host(each))},
        addresses={_address(each.street, each.locality_name) for each in places},
        streets={each.street for each in places},
        people={each.pk for each in members},
    )


def _address(street: str, town: str) -> str:
    return f"{fold(street)} {fold(town)}"


def _without_common(known: Sequence[Known]) -> Sequence[Known]:
    """Forget domains and addresses that too many of `known` have; return these."""
    shared = Counter(value for each in known for value in (*each.domains, *each.addresses))
    common = {value for value, times in shared.items() if times > MOST_SHARE}
    for each in known:
        each.domains -= common
        each.addresses -= common
    return known


def what_speaks_for_it(one: Known, other: Known) -> list[str]:
    """Return why two may be one, in words; nothing when nothing but chance does."""
    why = []
    if core_of(one.employer.name) == core_of(other.employer.name):
        why.append(_("the same name"))
    elif are_alike(one.employer.name, other.employer.name):
        why.append(_("nearly the same name"))
    if shared := one.domains & other.domains:
        why.append(_("the same domain: %(domain)s") % {"domain": min(shared)})
    if one.addresses & other.addresses:
        why.append(_("a workplace at the same address"))
    if one.people & other.people:
        why.append(_("the same person speaks for both"))
    return why


def _pairs(pairs: Iterable[tuple[Known, Known]]) -> list[Likely]:
    alike = ((one.employer, other.employer, what_speaks_for_it(one, other)) for one, other in pairs)
    speaking = [Likely(*each) for each in alike if each[2]]
    apart = _kept_apart({key for each in speaking for key in each.keys}) if speaking else set()
    found = [each for each in speaking if each.keys not in apart]
    return sorted(found, key=lambda each: (-len(each.why), each.one.sort_key, each.other.sort_key))


def _blocked(known: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    """Give each pair that shares something, once."""
    blocks: dict[object, list[int]] = defaultdict(list)
    for number, each in enumerate(known):
        for block in set(each.blocks()):
            blocks[block].append(number)
    pairs = {
        pair
        for numbers in blocks.values()
        if len(numbers) <= LARGEST_BLOCK
        for pair in combinations(numbers, 2)
    }
    return ((known[one], known[other]) for one, other in sorted(pairs))


def _shares_with(mine: Known) -> Q:
    shares = Q(memberships__user__in=mine.people)
    for word in core_of(mine.employer.name).split():
        shares |= Q(search_key__contains=f" {word[:BEGINNING]}")
    for domain in mine.domains:
        shares |= Q(website__icontains=domain) | Q(memberships__user__email__iendswith=f"@{domain}")
        shares |= Q(contact_person__email__iendswith=f"@{domain}")
    for street in mine.streets:
        shares |= Q(workplaces__street__iexact=street)
    return shares


def _kept_apart(keys: Iterable[UUID]) -> set[frozenset[UUID]]:
    """Return the pairs of which somebody has said that they are two."""
    said: Any = AuditEntry.objects.filter(
        subject_type=Employer._meta.label_lower, subject_id__in=keys, action="kept_apart"
    )
    rows = said.values_list("subject_id", "changes").order_by("pk")
    return {frozenset({one, UUID(changes["other"])}) for one, changes in rows}


def _host(address: str | None) -> str:
    """Return the domain of a website or an e-mail address, without www; "" for one that is everybody's."""
    if not address:
        return ""
    host = address.rpartition("@")[2] if "@" in address else urlsplit(address).netloc
    host = host.casefold().removeprefix("www.")
    return "" if host in EVERYBODYS else host
