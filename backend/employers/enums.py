"""Kinds, states and life-cycles of employers, capacity and openings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from backend.core.writing.lifecycle import Lifecycle


class EmployerKind(TextChoices):
    COMPANY = "company", _("Company")
    PUBLIC_BODY = "public_body", _("Public body")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
    ASSOCIATION = "association", _("Association")


class CollectiveAgreement(TextChoices):
    """Whether work there is done under a collective agreement; empty is not said."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class Sector(TextChoices):
    """What an employer does: the sections of SNI 2007, Statistics Sweden's standard of industries."""

    A = "A", _("Farming, forestry and fishing")
    B = "B", _("Mining")
    C = "C", _("Manufacturing")
    D = "D", _("Electricity, gas and heating")
    E = "E", _("Water, sewage and waste")
    F = "F", _("Construction")
    G = "G", _("Trade and repair of vehicles")
    H = "H", _("Transport and storage")
    I = "I", _("Hotels and restaurants")  # noqa: E741 - the section's letter
    J = "J", _("Information and communication")
    K = "K", _("Finance and insurance")
    L = "L", _("Property")
    M = "M", _("Law, economy, science and technology")
    N = "N", _("Letting, cleaning and other support services")
    O = "O", _("Public administration and defence")  # noqa: E741 - the section's letter
    P = "P", _("Education")
    Q = "Q", _("Health care and social care")
    R = "R", _("Culture, amusement and leisure")
    S = "S", _("Other services and associations")


class SocialCriterion(TextChoices):
    """What makes an enterprise a work-integrating social one: the four national criteria (Tillväxtverket)."""

    INTEGRATES = "integrates", _("Exists to bring people who have it hard into work and society")
    PARTICIPATION = "participation", _("Those who work there take part by ownership, contract or otherwise")
    REINVESTS = "reinvests", _("Puts its profit mainly into its own or the like activities")
    INDEPENDENT = "independent", _("Is organised independently of the public sector")


class Standing(TextChoices):
    """Whether the municipality works with the employer: what follows on a day from approval and measures."""

    NEW = "new", _("New – not yet approved")
    GOOD = "good", _("Approved")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")


class MeasureKind(TextChoices):
    """How far the municipality goes, from words to no work together; each can be taken back."""

    ADVICE = "advice", _("Advice")
    PAUSE = "pause", _("Pause of new placements")
    STOP = "stop", _("Stop")


class MeasureReason(TextChoices):
    """Why a measure is taken (model: 2000:628 §§ 9 b–c, and the municipality's own against exploitation)."""

    CHECK = "check", _("A check found what must be refused")
    FREE_LABOUR = "free_labour", _("People are used in place of employees")
    SUPERVISION = "supervision", _("Supervision does not work")
    ENVIRONMENT = "environment", _("The work environment is not safe")
    TREATMENT = "treatment", _("How people are treated")
    BROKEN_TERMS = "broken_terms", _("What was agreed is not kept")
    UNTRUE = "untrue", _("What was stated is not true")
    OTHER = "other", _("Other reason")


CLOSING = (MeasureKind.PAUSE, MeasureKind.STOP)
"""During these nobody new is placed with the employer, and nothing is extended."""


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


class SearchPace(TextChoices):
    """How often somebody is told of new openings in a saved search."""

    DAILY = "daily", _("At most once a day")
    WEEKLY = "weekly", _("At most once a week")
    NEVER = "never", _("Not by e-mail")


class ReplyTo(TextChoices):
    """What a canned reply goes with: the three answers to a proposal, by the codes of its states."""

    YES = "accepted", _("A yes")
    MEET = "interview", _("Meeting first")
    NO = "declined", _("A no")


class ExceptionKind(TextChoices):
    """What is different of lasting places on some days."""

    CLOSED = "closed", _("Closed: nobody can be there")
    HOURS = "hours", _("Other hours")
    NO_INTAKE = "no_intake", _("Nobody new begins")


class OpeningState(TextChoices):
    DRAFT = "draft", _("Draft")
    AWAITING_APPROVAL = "awaiting_approval", _("Waiting for approval")
    PUBLISHED = "published", _("Published")
    PAUSED = "paused", _("Paused")
    FILLED = "filled", _("All places taken")
    CLOSED = "closed", _("Closed")
    EXPIRED = "expired", _("Time has run out")


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
# On the list, and matched.
LISTED_STATES = (OpeningState.PUBLISHED,)
# What the employer offers, whether others see it at the moment or not: it can be closed.
OFFERED_STATES = (OpeningState.PUBLISHED, OpeningState.PAUSED, OpeningState.FILLED)
# Over, by hand or by itself: nothing is undecided there.
OVER_STATES = (OpeningState.CLOSED, OpeningState.EXPIRED)
# From here the employer publishes by one click.
STARTABLE_STATES = (OpeningState.DRAFT, *OVER_STATES)
# Employers whose openings others may see.
WELCOME = (Standing.NEW, Standing.GOOD)

# What an employer who is new changes in an opening that others have read is read by a coach once more.
_READ_AGAIN = (OpeningState.AWAITING_APPROVAL,)
OPENING_LIFECYCLE = Lifecycle(
    moves={
        OpeningState.DRAFT: frozenset(
            {OpeningState.AWAITING_APPROVAL, OpeningState.PUBLISHED, OpeningState.CLOSED}
        ),
        OpeningState.AWAITING_APPROVAL: frozenset(
            {OpeningState.PUBLISHED, OpeningState.DRAFT, OpeningState.CLOSED}
        ),
        OpeningState.PUBLISHED: frozenset(
            {OpeningState.FILLED, OpeningState.PAUSED, *_READ_AGAIN, *OVER_STATES}
        ),
        # Filled when it comes back and has no place left.
        OpeningState.PAUSED: frozenset(
            {OpeningState.PUBLISHED, OpeningState.FILLED, *_READ_AGAIN, *OVER_STATES}
        ),
        OpeningState.FILLED: frozenset({OpeningState.PUBLISHED, *_READ_AGAIN, *OVER_STATES}),
        OpeningState.CLOSED: frozenset({OpeningState.PUBLISHED, OpeningState.AWAITING_APPROVAL}),
        OpeningState.EXPIRED: frozenset(
            {OpeningState.PUBLISHED, OpeningState.AWAITING_APPROVAL, OpeningState.CLOSED}
        ),
    },
    steps=(OpeningState.DRAFT, OpeningState.AWAITING_APPROVAL, OpeningState.PUBLISHED, OpeningState.FILLED),
)


def promise_of(kind: str, intent: str) -> str:
    """Return what comes after the internship; nothing for a job."""
    return "" if kind == OpeningKind.JOB else str(Intent(intent).label)
