from django.db import migrations
from django.db.models import F
from django.utils import timezone

LOOKING = ["enrolled", "active"]


def find_jobs(apps, schema_editor):
    """Let jobs say which yes they came of: recorded in the same moment, or else the first there after it."""
    Proposal = apps.get_model("matching", "Proposal")
    Employment = apps.get_model("internships", "Employment")
    placed = Proposal.objects.filter(state="placed", opening__kind="job")
    for proposal in placed.select_related("opening__workplace").order_by("decided_at", "pk"):
        # The base manager knows the struck ones too.
        there = Employment._base_manager.filter(
            participant=proposal.participant_id,
            employer=proposal.opening.workplace.employer_id,
            proposal=None,
            recorded_at__gte=proposal.decided_at,
        ).order_by("recorded_at", "pk")
        job = there.filter(recorded_at=proposal.state_changed_at).first() or there.filter(struck_at=None).first()
        if job is not None:
            Employment._base_manager.filter(pk=job.pk).update(proposal=proposal.pk)


def settle_places(apps, schema_editor):
    """Let what is placed without a job that goes on be over, or taken back when there was no job there."""
    Proposal = apps.get_model("matching", "Proposal")
    Employment = apps.get_model("internships", "Employment")
    now = timezone.now()
    jobs = Employment.objects.filter(struck_at=None, proposal__isnull=False)
    placed = Proposal.objects.filter(state="placed", opening__kind="job")
    ended = list(placed.filter(pk__in=jobs.filter(ends_on__isnull=False).values("proposal")).values_list("pk", flat=True))
    Proposal.objects.filter(pk__in=ended).update(state="finished", state_changed_at=now)
    end_consents(apps, ended, why="placement_ended", at=now)
    without = placed.exclude(pk__in=jobs.values("proposal"))
    may_go_on = without.filter(
        participant__state__in=LOOKING,
        participant__is_protected=False,
        consent__withdrawn_at=None,
        consent__valid_until__gte=timezone.localdate(now),
    )
    kept = list(may_go_on.values_list("pk", flat=True))
    Proposal.objects.filter(pk__in=kept).update(state="accepted", state_changed_at=now)
    for proposal in placed.exclude(pk__in=jobs.values("proposal")):
        Proposal.objects.filter(pk=proposal.pk).update(state="withdrawn", state_changed_at=now, holds_place=False)
        end_consents(apps, [proposal.pk], why="proposal_over", at=now)
        free_place(apps, proposal.opening_id)


def end_consents(apps, proposals, *, why, at):
    """End what was consented to for proposals that are over."""
    Consent = apps.get_model("participants", "Consent")
    Consent.objects.filter(proposal__in=proposals, withdrawn_at=None).update(withdrawn_at=at, end_reason=why)


def free_place(apps, opening):
    """Give one place of an opening back."""
    openings = apps.get_model("employers", "Opening").objects.filter(pk=opening, places_taken__gt=0)
    openings.update(places_taken=F("places_taken") - 1)
    openings.model.objects.filter(pk=opening, state="filled", places_taken__lt=F("places")).update(state="published")


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0014_jobs_know_their_proposal"),
        ("matching", "0008_choices_follow_the_case"),
        ("employers", "0005_days_and_hours_that_can_be"),
        ("participants", "0006_enrolment_far_back"),
    ]

    operations = [
        migrations.RunPython(find_jobs, migrations.RunPython.noop),
        migrations.RunPython(settle_places, migrations.RunPython.noop),
    ]
