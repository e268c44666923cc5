from datetime import date

from django.db import migrations

IN_FORCE = date(2020, 1, 1)
KEY = "employer_reads_ended_days"
SOURCE = "Own rule, data minimisation (GDPR article 5.1 c and e): time enough for the last evaluation"


def add_rules(apps, schema_editor):
    """Let an ended internship stay with its employer for 90 days."""
    apps.get_model("core", "DatedRule").objects.get_or_create(
        key=KEY, valid_from=IN_FORCE, defaults={"value": 90, "source": SOURCE}
    )


def remove_rules(apps, schema_editor):
    apps.get_model("core", "DatedRule").objects.filter(key=KEY, valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [("internships", "0004_constraints_have_codes"), ("core", "0002_logs_never_change")]

    operations = [migrations.RunPython(add_rules, remove_rules)]
