import backend.core.text.keys
from django.db import migrations

from backend.core.text.keys import fill_keys, search_key, sound_key
from backend.core.text.sorting import sort_key


def fill(apps, schema_editor):
    """Compute the keys of the rows that are there already."""
    fill_keys(
        apps.get_model("skills", "Concept").objects.all(),
        sort_key=lambda row: sort_key(row.name_sv),
        search_key=lambda row: search_key([row.name_sv, row.name_en]),
        sound_key=lambda row: sound_key([row.name_sv, row.name_en]),
    )
    fill_keys(apps.get_model("skills", "Label").objects.all(), search_key=lambda row: search_key([row.text]))


class Migration(migrations.Migration):

    dependencies = [
        ('skills', '0003_constraints_have_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='concept',
            name='search_key',
            field=backend.core.text.keys.SearchKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='concept',
            name='sound_key',
            field=backend.core.text.keys.SoundKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='label',
            name='search_key',
            field=backend.core.text.keys.SearchKeyField(default='', editable=False),
        ),
        migrations.AlterField(
            model_name='concept',
            name='sort_key',
            field=backend.core.text.keys.SortKeyField(default='', editable=False, max_length=200),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
