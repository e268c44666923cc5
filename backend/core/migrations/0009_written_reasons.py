from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

logs = import_module("backend.core.migrations.0007_logs_are_only_added_to")

LOG = "core_auditentry"
CODES = """
    called_off consent_called_off consent_case_ended consent_placement_ended consent_proposal_over
    consent_protected consent_renewed consent_withdrawn employment_corrected employment_ended
    employment_recorded employment_struck ended first_proposed got_job internship_ended internship_started
    no_answer no_place opening_closed participant_said_no paused placed protected too_long
"""
"""The reasons that are no words of anybody's, as of this migration."""
AT_A_TIME = 1000


def open_log(apps, schema_editor):
    """Take the triggers away: for once a log is changed, so that it can be left alone ever after."""
    for name in logs.triggers(schema_editor, LOG):
        logs.drop_trigger(schema_editor, LOG, name)


def close_log(apps, schema_editor):
    open_log(apps, schema_editor)
    for name, what in logs.triggers(schema_editor, LOG).items():
        schema_editor.execute(f"CREATE TRIGGER {LOG}_{name} {what}")


def move_words(apps, schema_editor):
    """Move what people wrote from the rows of the log to the rows beside it."""
    entries = apps.get_model("core", "AuditEntry").objects.using(schema_editor.connection.alias)
    reasons = apps.get_model("core", "WrittenReason").objects.using(schema_editor.connection.alias)
    with_words = entries.exclude(why="").exclude(why__in=CODES.split()).order_by("pk")
    while some := list(with_words.values_list("pk", "why")[:AT_A_TIME]):
        reasons.bulk_create([reasons.model(entry_id=key, text=words) for key, words in some])
        entries.filter(pk__in=[key for key, _words in some]).update(why="")


def move_back(apps, schema_editor):
    reasons = apps.get_model("core", "WrittenReason").objects.using(schema_editor.connection.alias)
    entries = apps.get_model("core", "AuditEntry").objects.using(schema_editor.connection.alias)
    for key, words in reasons.values_list("entry", "text").iterator():
        entries.filter(pk=key).update(why=words)


class Migration(migrations.Migration):
    dependencies = [("core", "0008_days_and_hours_that_can_be")]

    operations = [
        migrations.CreateModel(
            name="WrittenReason",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="written",
                        serialize=False,
                        to="core.auditentry",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunPython(open_log, close_log),
        migrations.RunPython(move_words, move_back),
        migrations.RunPython(close_log, open_log),
    ]
