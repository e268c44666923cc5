import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = ("core_auditentry", "core_readentry")


def add_triggers(apps, schema_editor):
    """Refuse to change, delete, replace or empty what a log holds; the database owner alone can lift it.

    SQLite deletes the old row of an INSERT OR REPLACE without asking triggers of deletion, so there an
    insert with a key that is taken is refused before it replaces anything.
    """
    for table in TABLES:
        drop_trigger(schema_editor, table, "never_changes")
        for name, what in triggers(schema_editor, table).items():
            schema_editor.execute(f"CREATE TRIGGER {table}_{name} {what}")


def drop_triggers(apps, schema_editor):
    for table in TABLES:
        for name in triggers(schema_editor, table):
            drop_trigger(schema_editor, table, name)


def triggers(schema_editor, table):
    """Return the body of each trigger by its name."""
    if schema_editor.connection.vendor == "postgresql":
        refuse = "EXECUTE FUNCTION core_refuse_change()"
        return {
            "never_changes": f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}",
            "never_emptied": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
        }
    refuse = "BEGIN SELECT RAISE(ABORT, 'log rows are never changed'); END"
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - our own names
    return {
        "never_changes": f"BEFORE UPDATE ON {table} {refuse}",
        "never_deleted": f"BEFORE DELETE ON {table} {refuse}",
        "never_replaced": f"BEFORE INSERT ON {table} WHEN {taken} {refuse}",
    }


def drop_trigger(schema_editor, table, name):
    on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")


class Migration(migrations.Migration):
    dependencies = [("core", "0006_sent_form"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AlterField(
            model_name="readentry",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        # SQLite makes the table anew for that, and forgets its triggers.
        migrations.RunPython(add_triggers, drop_triggers),
    ]
