from datetime import date

from django.db import migrations

FROM = date(2000, 1, 1)
# (kind, longest days at one employer, the employer has a say, source, read in the present text)
RULES = [
    ("arbetspraktik", 183, True, "Förordning 2007:813 §§ 6-7 (6 months)", False),
    ("arbetstraning", 183, True, "Förordning 2007:414 § 10 (6 months)", False),
    ("forstarkt_arbetstraning", 365, False, "Förordning 2007:414 (12 months)", False),
    ("arbetsprovning", 21, True, "Model rule, 3 weeks", False),
    ("sprakpraktik", 183, True, "Municipality's own rule", False),
    ("kommunal_praktik", 183, True, "Municipality's own rule", False),
    ("feriepraktik", 42, True, "Municipality's own rule", False),
    ("apl", 365, True, "Set by the education", False),
    ("prao", 14, True, "Set by the school", False),
]


def add_rules(apps, schema_editor):
    rule = apps.get_model("internships", "PlacementRule")
    for kind, days, chooses, source, checked in RULES:
        rule.objects.get_or_create(
            kind=kind,
            valid_from=FROM,
            defaults={"longest_days": days, "employer_chooses": chooses, "source": source, "is_checked": checked},
        )


class Migration(migrations.Migration):
    dependencies = [("internships", "0002_initial")]

    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop)]
