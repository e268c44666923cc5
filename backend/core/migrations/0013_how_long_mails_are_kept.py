from datetime import date

from django.db import migrations

IN_FORCE = date(2020, 1, 1)
SOURCE = "Own practice: storage limitation, GDPR art. 5.1 e; decide with the municipality's archivist"
DAYS = {
    "deliveries_kept_days": 90,
    "messages_kept_days": 400,
    "failed_messages_kept_days": 180,
    "kept_emails_kept_days": 30,
}


def add_rules(apps, schema_editor):
    rules = apps.get_model("core", "DatedRule").objects
    for key, days in DAYS.items():
        rules.get_or_create(key=key, valid_from=IN_FORCE, defaults={"value": days, "source": SOURCE})


def remove_rules(apps, schema_editor):
    apps.get_model("core", "DatedRule").objects.filter(key__in=DAYS, valid_from=IN_FORCE).delete()


class Migration(migrations.Migration):
    dependencies = [("core", "0012_mail_that_is_bad_and_mail_that_is_down")]

    operations = [migrations.RunPython(add_rules, remove_rules)]
