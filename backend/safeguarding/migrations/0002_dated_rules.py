from datetime import date

from django.db import migrations

IN_FORCE = date(2020, 1, 1)

# key, value, source
RULES = [
    ("review_reply_days", 14, "Own: an employer has two weeks to reply before anything is decided"),
    ("review_appeal_days", 21, "Own: three weeks to ask for another decision; model: 2017:900 § 44"),
    ("interns_per_ten_employees", 3, "Own: more at once for ten employees is looked into"),
    ("interns_per_supervisor", 3, "Own: more at once for one supervisor is looked into"),
    ("early_endings_in_a_year", 3, "Own: so many in a year for the workplace's sake are looked into"),
    ("placements_written_late_in_a_year", 3, "Own: so many in a year are looked into"),
    ("days_with_nothing_new", 180, "Own: extended beyond this with nothing new is looked into"),
]


def add_rules(apps, schema_editor):
    """Set the values that hold until a municipality sets its own."""
    rule = apps.get_model("core", "DatedRule")
    for key, value, source in RULES:
        rule.objects.get_or_create(
            key=key, valid_from=IN_FORCE, defaults={"value": value, "source": source}
        )


def remove_rules(apps, schema_editor):
    apps.get_model("core", "DatedRule").objects.filter(
        key__in=[key for key, _, _ in RULES], valid_from=IN_FORCE
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0001_reviews"), ("core", "0002_logs_never_change")]

    operations = [migrations.RunPython(add_rules, remove_rules)]
