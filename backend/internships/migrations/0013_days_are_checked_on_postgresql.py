from django.db import migrations

from backend.core.fields import WorkingDateField


def add_checks(apps, schema_editor):
    """Add what an altered field leaves out: Django looks at a field's own check only when it is new."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, WorkingDateField):
                name = f"{model._meta.db_table}_{field.column}_day"[:63]
                check = field.db_check(schema_editor.connection)
                schema_editor.execute(schema_editor._create_check_sql(model, name, check))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_days_and_hours_that_can_be"),
        ("core", "0008_days_and_hours_that_can_be"),
        ("employers", "0005_days_and_hours_that_can_be"),
        ("internships", "0012_days_and_hours_that_can_be"),
        ("participants", "0004_days_and_hours_that_can_be"),
    ]

    operations = [migrations.RunPython(add_checks, migrations.RunPython.noop)]
