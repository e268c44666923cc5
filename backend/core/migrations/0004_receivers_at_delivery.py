from collections import defaultdict
from uuid import uuid5

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Who each kind of message was for, as the audiences are called from now on. What was told to two sides at
# once is told apart by who the receiver is.
AUDIENCES = {
    "proposal_received": "contacts",
    "proposal_reminder": "contacts",
    "proposal_asked": "participant",
    "proposal_participant_answered": "coach",
    "proposal_answered": "coach",
    "proposal_withdrawn": "contacts",
    "participant_invited": "participant",
    "consent_withdrawn": "coach",
    "opening_waiting": "coaches",
    "opening_approved": "contacts",
    "opening_returned": "contacts",
    "opening_going_stale": "contacts",
    "opening_closed": "contacts",
    "membership_requested": "door_keepers",
    "membership_approved": "member",
    "follow_up_due": "coach",
    "concern_raised": "coach",
    "decision_wanted": "managers",
    "objection_decided": "coach",
    "retention_due": "coach",
}
TWO_SIDES = {"employer": "contacts", "participant": "participant", "staff": "coach"}
# Of several copies of a message the first of these states is that of the message that is left.
STATES = ("sending", "queued", "failed", "sent", "skipped")


def name_audiences(apps, schema_editor):
    """Make one message for an audience of the copies for single receivers; what was sent becomes deliveries.

    A copy that waits is sent to whoever holds the role when it is delivered, and to nobody who had it already.
    """
    message, delivery = apps.get_model("core", "OutboxMessage"), apps.get_model("core", "Delivery")
    copies = defaultdict(list)
    for each in message.objects.select_related("recipient").order_by("created_at", "pk").iterator():
        audience = AUDIENCES.get(each.kind) or TWO_SIDES[each.recipient.persona]
        copies[f"{each.key.removesuffix(str(each.recipient_id))}{audience}", audience].append(each)
    for (key, audience), group in copies.items():
        kept = min(group, key=lambda copy: STATES.index(copy.state))
        for copy in group:
            if copy.state == "sent":
                _deliver(delivery, kept, copy)
        others = [copy.pk for copy in group if copy is not kept]
        for first in range(0, len(others), 500):
            message.objects.filter(pk__in=others[first : first + 500]).delete()
        message.objects.filter(pk=kept.pk).update(key=key, audience=audience)


def _deliver(delivery, kept, copy):
    delivery.objects.create(
        id=uuid5(kept.pk, str(copy.recipient_id)),
        message=kept,
        recipient_id=copy.recipient_id,
        path=copy.path,
        created_at=copy.created_at,
        sent_at=copy.sent_at,
        read_at=copy.read_at,
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0001_initial"),
        ("core", "0003_cache_table"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("path", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="core.outboxmessage",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-created_at", "id"],
                "indexes": [models.Index(fields=["recipient", "-created_at"], name="delivery_recipient")],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "recipient"), name="delivered_once")
                ],
            },
        ),
        migrations.AddField("outboxmessage", "audience", models.CharField(default="", max_length=30), False),
        migrations.RunPython(name_audiences, migrations.RunPython.noop),
    ]
