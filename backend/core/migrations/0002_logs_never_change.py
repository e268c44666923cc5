from django.db import migrations

TABLES = ("core_auditentry", "core_readentry")

POSTGRES = """
CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'log rows are never changed' USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql;
"""


def add_triggers(apps, schema_editor):
    """Refuse every UPDATE of a log row; disposal deletes whole rows, nothing rewrites them."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES)
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            body = "FOR EACH ROW EXECUTE FUNCTION core_refuse_change()"
        else:
            body = "BEGIN SELECT RAISE(ABORT, 'log rows are never changed'); END"
        schema_editor.execute(f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} {body}")


def drop_triggers(apps, schema_editor):
    for table in TABLES:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_never_changes{on}")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
