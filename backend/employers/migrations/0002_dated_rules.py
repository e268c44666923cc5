from datetime import date

from django.db import migrations

IN_FORCE = date(2020, 1, 1)

# key, value, source
RULES = [
    (
        "opening_stale_days",
        90,
        "Own practice: comparable services close openings that nobody has refreshed for 90 days",
    ),
    ("opening_stale_notice_days", 14, "Own practice: two weeks' notice before an opening closes"),
    ("employer_check_valid_days", 365, "Own practice: yearly checks; model: 2000:628 §§ 9a–9c"),
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
    dependencies = [("employers", "0001_initial"), ("core", "0002_logs_never_change")]

    operations = [migrations.RunPython(add_rules, remove_rules)]
