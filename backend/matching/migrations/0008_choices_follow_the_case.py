"""What is chosen on the board belongs to the case: it stays when the case gets another coach."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_one_of_each_pair(apps, schema_editor):
    """Keep, of several coaches' choices of a pair, that of the case's coach, or else the newest."""
    rows = apps.get_model("matching", "AllocationChoice").objects.select_related("participant")
    kept = {}
    for choice in rows.order_by("at", "id"):
        pair = (choice.opening_id, choice.participant_id)
        before = kept.get(pair)
        responsible = choice.participant.coach_id
        if before is None or before.chosen_by_id != responsible:
            kept[pair] = choice
    rows.exclude(pk__in=[choice.pk for choice in kept.values()]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0007_who_proposed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="allocationchoice", name="allocation_choice_once"),
        migrations.RenameField(model_name="allocationchoice", old_name="coach", new_name="chosen_by"),
        migrations.RunPython(keep_one_of_each_pair, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="allocationchoice",
            name="chosen_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="allocationchoice",
            constraint=models.UniqueConstraint(
                fields=("opening", "participant"),
                name="allocation_choice_once",
                violation_error_message="A pair is either kept or not wanted.",
            ),
        ),
    ]
