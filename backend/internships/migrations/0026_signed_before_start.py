from datetime import date

from django.db import migrations

SEEDED_ON = date(2000, 1, 1)
SOURCE = "egen regel: 0 = varna före start när någon inte har skrivit under, 1 = praktiken startar inte"


def add_rule(apps, schema_editor):
    rule = apps.get_model("core", "DatedRule").objects
    rule.get_or_create(
        key="agreement_signed_before_start", valid_from=SEEDED_ON, defaults={"value": 0, "source": SOURCE}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("internships", "0025_ways_in"),
        ("core", "0002_logs_never_change"),
    ]

    operations = [migrations.RunPython(add_rule, migrations.RunPython.noop)]
