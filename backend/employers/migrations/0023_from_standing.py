"""What was the stored standing becomes the moment of approval and dated measures."""

from django.db import migrations, models
from django.utils import timezone

CARRIED_OVER = "Övertagen: så stod det innan åtgärder hade dag och skäl."


def from_standing(apps, schema_editor):
    """Give each employer the moment of its approval, and who is paused or stopped a measure from that day."""
    Employer = apps.get_model("employers", "Employer")
    Measure = apps.get_model("employers", "Measure")
    AuditEntry = apps.get_model("core", "AuditEntry")
    told = AuditEntry.objects.filter(subject_type="employers.employer").order_by("at", "pk")
    for employer in Employer.objects.exclude(standing="new").order_by("pk"):
        own = told.filter(subject_id=employer.pk)
        approved = own.filter(action="standing_good").last()
        if employer.standing == "good" or approved:
            employer.approved_at = approved.at if approved else employer.created_at
            employer.save(update_fields=["approved_at"])
        if employer.standing in ("paused", "stopped"):
            ended = own.filter(action=f"standing_{employer.standing}").last()
            at = ended.at if ended else employer.created_at
            is_pause = employer.standing == "paused"
            Measure.objects.create(
                employer=employer,
                kind="pause" if is_pause else "stop",
                reason="check" if is_pause and ended else "other",
                words=CARRIED_OVER,
                starts_on=timezone.localdate(at),
                decided_by_id=ended.by_id if ended else None,
                decided_at=at,
                announced_at=at,
            )


def to_standing(apps, schema_editor):
    """Write the standing of today into the column again."""
    Employer = apps.get_model("employers", "Employer")
    Measure = apps.get_model("employers", "Measure")
    today = timezone.localdate()
    Employer.objects.filter(approved_at__isnull=False).update(standing="good")
    over_later = models.Q(last_on=None) | models.Q(last_on__gte=today)
    held = Measure.objects.filter(over_later, starts_on__lte=today, lifted_at=None)
    for kind, standing in (("pause", "paused"), ("stop", "stopped")):
        Employer.objects.filter(pk__in=held.filter(kind=kind).values("employer")).update(standing=standing)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_logs_never_change"), ("employers", "0022_measures")]

    operations = [migrations.RunPython(from_standing, to_standing)]
