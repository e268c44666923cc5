from django.db import migrations

from backend.core.text.keys import fill_keys
from backend.core.text.sorting import sort_key


def fill(apps, schema_editor):
    """Compute the keys that earlier versions computed by another rule."""
    for name in ("MunicipalityArea", "Locality"):
        fill_keys(apps.get_model("places", name).objects.all(), sort_key=lambda row: sort_key(row.name))


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
