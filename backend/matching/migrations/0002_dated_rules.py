from datetime import date

from django.db import migrations

IN_FORCE = date(2020, 1, 1)
KEY = "proposal_reminder_days"
SOURCE = "Own practice: comparable services see 15–30 % answers without reminders; two are enough"


def add_rules(apps, schema_editor):
    """Remind an employer who has not answered after 5 and after 10 days."""
    apps.get_model("core", "DatedRule").objects.get_or_create(
        key=KEY, valid_from=IN_FORCE, defaults={"value": [5, 10], "source": SOURCE}
    )


def remove_rules(apps, schema_editor):
    apps.get_model("core", "DatedRule").objects.filter(key=KEY, valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("core", "0002_logs_never_change")]

    operations = [migrations.RunPython(add_rules, remove_rules)]
