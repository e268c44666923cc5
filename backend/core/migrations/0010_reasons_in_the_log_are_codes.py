from importlib import import_module

from django.db import migrations, models

written = import_module("backend.core.migrations.0009_written_reasons")


class Migration(migrations.Migration):
    dependencies = [("core", "0009_written_reasons")]

    operations = [
        # SQLite makes the table anew for the change, either way, and forgets its triggers.
        migrations.RunPython(migrations.RunPython.noop, written.close_log),
        migrations.AlterField(
            model_name="auditentry",
            name="why",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.RunPython(written.close_log, migrations.RunPython.noop),
    ]
