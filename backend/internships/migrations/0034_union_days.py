"""How long a union has to answer, until a municipality sets its own."""

from datetime import date

from django.db import migrations

KEY, IN_FORCE = "union_answer_days", date(2020, 1, 1)
SOURCE = "Own: a union has a week to answer; model: 2000:628 § 9 a"


def add_rule(apps, schema_editor):
    """Give unions a week."""
    rule = apps.get_model("core", "DatedRule")
    rule.objects.get_or_create(key=KEY, valid_from=IN_FORCE, defaults={"value": 7, "source": SOURCE})


def remove_rule(apps, schema_editor):
    """Take the value away again."""
    apps.get_model("core", "DatedRule").objects.filter(key=KEY, valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [("internships", "0033_union_consultations"), ("core", "0002_logs_never_change")]

    operations = [migrations.RunPython(add_rule, remove_rule)]
