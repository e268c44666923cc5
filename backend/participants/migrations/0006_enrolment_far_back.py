from datetime import date

from django.db import migrations

KEY, IN_FORCE, DAYS = "enrolment_far_back_days", date(2020, 1, 1), 30


def add_rule(apps, schema_editor):
    """Set the value that holds until a municipality sets its own."""
    defaults = {
        "value": DAYS,
        "source": "Own practice: who waits longest comes first, so a day more than a month back says why",
    }
    apps.get_model("core", "DatedRule").objects.get_or_create(
        key=KEY, valid_from=IN_FORCE, defaults=defaults
    )


def remove_rule(apps, schema_editor):
    apps.get_model("core", "DatedRule").objects.filter(key=KEY, valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0005_consent_says_why_it_ended"),
        ("core", "0008_days_and_hours_that_can_be"),
    ]

    operations = [migrations.RunPython(add_rule, remove_rule)]
