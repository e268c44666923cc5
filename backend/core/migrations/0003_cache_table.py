from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps, schema_editor):
    """Create the table of a database cache, where one is configured: rate limits count in it."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_logs_never_change")]

    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
