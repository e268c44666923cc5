from datetime import date

from django.db import migrations, models

KEY, IN_FORCE = "opening_known_employer_days", date(2020, 1, 1)
SOURCE = "Own practice: a new employer's changes are read once more for a month after its first opening"


def add_rule(apps, schema_editor):
    """Set the value that holds until a municipality sets its own."""
    apps.get_model("core", "DatedRule").objects.get_or_create(
        key=KEY, valid_from=IN_FORCE, defaults={"value": 30, "source": SOURCE}
    )


def remove_rule(apps, schema_editor):
    apps.get_model("core", "DatedRule").objects.filter(key=KEY, valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [("employers", "0016_paused_and_expired"), ("core", "0002_logs_never_change")]

    operations = [
        migrations.AddField(
            model_name="opening",
            name="as_read",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                help_text="What matters in it, as others read it last.",
            ),
        ),
        migrations.RunPython(add_rule, remove_rule),
    ]
