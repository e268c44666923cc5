"""Kinds, states and life-cycles of employers, capacity and openings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from backend.core.writing.lifecycle import Lifecycle


class EmployerKind(TextChoices):
    COMPANY = "company", _("Company")
    PUBLIC_BODY = "public_body", _("Public body")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
    ASSOCIATION = "association", _("Association")


class Standing(TextChoices):
    """Whether the municipality works with the employer."""

    NEW = "new", _("New – not yet approved")
    GOOD = "good", _("Approved")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")


class MembershipRole(TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    CONTACT = "contact", _("Contact")
    SUPERVISOR = "supervisor", _("Supervisor")


class MembershipState(TextChoices):
    ACTIVE = "active", _("Active")
    REQUESTED = "requested", _("Waiting for approval")
    ENDED = "ended", _("Ended")


MEMBERSHIP_LIFECYCLE = Lifecycle(
    moves={
        MembershipState.REQUESTED: frozenset({MembershipState.ACTIVE, MembershipState.ENDED}),
        MembershipState.ACTIVE: frozenset({MembershipState.ENDED}),
        # Straight back only for who is invited anew: `approve_membership` answers requests alone.
        MembershipState.ENDED: frozenset({MembershipState.REQUESTED, MembershipState.ACTIVE}),
    },
)


class InvitationState(TextChoices):
    """What has become of an invitation; follows from its moments."""

    WAITING = "waiting", _("Waiting for an answer")
    EXPIRED = "expired", _("The time is over")
    ACCEPTED = "accepted", _("Has said yes")
    WITHDRAWN = "withdrawn", _("Taken back")


class OpeningKind(TextChoices):
    INTERNSHIP = "internship", _("Internship")
    JOB = "job", _("Job")


class Intent(TextChoices):
    INTERNSHIP_ONLY = "internship_only", _("An internship only")
    MAY_HIRE = "may_hire", _("May lead to a job")
    WILL_HIRE = "will_hire_if_fit", _("Will hire if it fits")


class PlacementKind(TextChoices):
    """Kinds of placement; how long each may last is a dated rule of `internships`."""

    ARBETSPRAKTIK = "arbetspraktik", _("Work practice (arbetspraktik)")
    ARBETSTRANING = "arbetstraning", _("Work training (arbetsträning)")
    FORSTARKT_ARBETSTRANING = "forstarkt_arbetstraning", _("Reinforced work training")
    YRKESKOMPETENSBEDOMNING = "yrkeskompetensbedomning", _("Trade skills assessment")
    ARBETSPROVNING = "arbetsprovning", _("Work trial (arbetsprövning)")
    SPRAKPRAKTIK = "sprakpraktik", _("Language internship")
    KOMMUNAL_PRAKTIK = "kommunal_praktik", _("Municipal internship")
    FERIEPRAKTIK = "feriepraktik", _("Holiday internship")
    APL = "apl", _("Workplace-based learning (APL/LIA)")
    PRAO = "prao", _("School work experience (prao)")


class OpeningState(TextChoices):
    DRAFT = "draft", _("Draft")
    AWAITING_APPROVAL = "awaiting_approval", _("Waiting for approval")
    PUBLISHED = "published", _("Published")
    FILLED = "filled", _("All places taken")
    CLOSED = "closed", _("Closed")


class CheckKind(TextChoices):
    """What is looked into before anyone is placed (model: 2000:628 §§ 9a–9c)."""

    TRADING_PROHIBITION = "trading_prohibition", _("Trading prohibition")
    INSOLVENCY = "insolvency", _("Bankruptcy or reconstruction")
    TAX_DEBT = "tax_debt", _("Unpaid taxes or fees")
    CONDUCT = "conduct", _("Unlawful operations or broken commitments")


class CheckOutcome(TextChoices):
    CLEAR = "clear", _("Nothing found")
    REFUSE = "refuse", _("Must be refused")
    DOUBT = "doubt", _("Needs a decision")


class CallBackOutcome(TextChoices):
    """What was heard when a public number of the employer was called about who speaks for it."""

    CONFIRMED = "confirmed", _("The person speaks for the employer")
    UNKNOWN = "unknown", _("The person does not speak for the employer")
    NOT_REACHED = "not_reached", _("Nobody could answer")


# A stranger who has the address may still read an opening that is full; both are published.
PUBLIC_STATES = (OpeningState.PUBLISHED, OpeningState.FILLED)
# Employers that become approved once nothing hinders it; one that is stopped stays so.
APPROVABLE = (Standing.NEW, Standing.PAUSED)
# Employers whose openings others may see.
WELCOME = (Standing.NEW, Standing.GOOD)

OPENING_LIFECYCLE = Lifecycle(
    moves={
        OpeningState.DRAFT: frozenset(
            {OpeningState.AWAITING_APPROVAL, OpeningState.PUBLISHED, OpeningState.CLOSED}
        ),
        OpeningState.AWAITING_APPROVAL: frozenset(
            {OpeningState.PUBLISHED, OpeningState.DRAFT, OpeningState.CLOSED}
        ),
        OpeningState.PUBLISHED: frozenset({OpeningState.FILLED, OpeningState.CLOSED}),
        OpeningState.FILLED: frozenset({OpeningState.PUBLISHED, OpeningState.CLOSED}),
        OpeningState.CLOSED: frozenset({OpeningState.PUBLISHED, OpeningState.AWAITING_APPROVAL}),
    },
    steps=(OpeningState.DRAFT, OpeningState.AWAITING_APPROVAL, OpeningState.PUBLISHED, OpeningState.FILLED),
)


def promise_of(kind: str, intent: str) -> str:
    """Return what comes after the internship; nothing for a job."""
    return "" if kind == OpeningKind.JOB else str(Intent(intent).label)
