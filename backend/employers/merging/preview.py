"""What a merger would do, in words: what follows, and how each collision is settled."""

from collections.abc import Iterator
from typing import Any

from django.db.models import PROTECT, F, Func, IntegerField, OuterRef, Subquery
from django.utils.translation import gettext as _

from backend.employers.enums import MembershipRole
from backend.employers.merging.relations import Way, ways_to
from backend.employers.models import Employer, ImportedAd, Opening, Workplace
from backend.employers.services.merging import Plan, strongest

MERGED = "merged_into"


def follows(gone: Employer) -> list[tuple[str, int]]:
    """Return how many of each kind of thing follow: what is the employer's, its workplaces' and openings'."""
    counted: dict[str, tuple[str, Subquery]] = {}
    for way, path in _ways():
        rows = way.model._base_manager.order_by().filter(**{path: OuterRef("pk")})
        number = Func(F("pk"), function="COUNT", output_field=IntegerField())
        count = Subquery(rows.annotate(number=number).values("number"))
        counted.setdefault(f"n{len(counted)}", (str(way.model._meta.verbose_name_plural), count))
    row = Employer.with_merged.annotate(**{key: count for key, (_name, count) in counted.items()})
    numbers: dict[str, Any] = row.values(*counted).get(pk=gone.pk)
    found = [(name.capitalize(), numbers[key]) for key, (name, _count) in counted.items()]
    return [(name, number) for name, number in found if number]


def effects(plan: Plan) -> list[str]:
    """Return what happens, a sentence each."""
    return [*_of_both(plan), *_of_people(plan), *_of_places(plan), *_of_facts(plan)]


def _ways() -> Iterator[tuple[Way, str]]:
    """Give each way to what follows, with its path to the employer; each kind of row once."""
    met: set[Any] = set()
    for model, rest in ((Employer, ""), (Workplace, "__employer"), (Opening, "__workplace__employer")):
        for way in ways_to(model):
            is_part = model is Opening and way.model is not ImportedAd and _is_part(way)
            if way.field.name != MERGED and way.model not in met and not is_part:
                met.add(way.model)
                yield way, f"{way.field.name}{rest}"


def _is_part(way: Way) -> bool:
    """Tell whether the rows are an opening's own words, or go with it without anybody missing them."""
    return way.field.remote_field.on_delete is not PROTECT


def _of_both(plan: Plan) -> Iterator[str]:
    names = {"gone": plan.gone, "into": plan.into}
    yield _("%(gone)s is closed. Its pages lead to %(into)s, and who looks for its name finds that.") % names
    yield _("Those who speak for %(gone)s speak for %(into)s at once.") % names
    if plan.standing != plan.into.standing:
        yield _("The status becomes: %(status)s. The stricter decision holds.") % {
            "status": plan.standing.label
        }
    kinds = {each.kind for each in plan.into.checks.all()} & {each.kind for each in plan.gone.checks.all()}
    if kinds:
        yield _("Both have checks of one kind. The one recorded last counts; the others can be read.")


def _of_people(plan: Plan) -> Iterator[str]:
    for member in plan.members:
        _state, role, _confirmed = strongest(member)
        facts = {"name": member.stays.user, "role": MembershipRole(role).label}
        yield _("%(name)s is a member of both, and is one once, in the role %(role)s.") % facts
    for invitation in plan.invitations:
        yield _("%(email)s is invited by both. That of the one that is closed is taken back.") % {
            "email": invitation.email
        }
    if plan.contact_person:
        names = {"stays": plan.contact_person.stays, "left": plan.contact_person.left}
        yield _("Both have somebody to ring: %(stays)s stays, and %(left)s is deleted.") % names


def _of_places(plan: Plan) -> Iterator[str]:
    for place in plan.workplaces:
        names = {"left": place.left, "stays": place.stays}
        yield _("%(left)s and %(stays)s are one workplace: one stays, with all that is at either.") % names
    for place in plan.neighbours:
        names = {"left": place.left, "stays": place.stays}
        yield _("%(left)s and %(stays)s have one address and different names: both stay.") % names
    for twin in plan.twins:
        yield _("“%(opening)s” is on the list twice: the one of %(gone)s is paused.") % {
            "opening": twin,
            "gone": plan.gone,
        }


def _of_facts(plan: Plan) -> Iterator[str]:
    names = [str(Employer._meta.get_field(name).verbose_name) for name in plan.facts]  # type: ignore[union-attr]
    if names:
        yield _("Taken over, for nobody has said it of %(into)s: %(facts)s.") % {
            "into": plan.into,
            "facts": ", ".join(names),
        }
    yield _("It cannot be undone. The log says what moved and who did it.")
