import backend.core.text.keys
from django.db import migrations

from backend.core.text.keys import fill_keys, search_key, sound_key
from backend.core.text.sorting import sort_key


def fill(apps, schema_editor):
    """Compute the keys of the rows that are there already."""
    fill_keys(apps.get_model("accounts", "Unit").objects.all(), sort_key=lambda row: sort_key(row.name))
    fill_keys(
        apps.get_model("accounts", "User").objects.all(),
        sort_key=lambda row: sort_key(row.name or row.email),
        search_key=lambda row: search_key([row.name, row.email], [row.phone]),
        sound_key=lambda row: sound_key([row.name, row.email]),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='unit',
            options={'ordering': ['sort_key'], 'verbose_name': 'unit', 'verbose_name_plural': 'units'},
        ),
        migrations.AddField(
            model_name='unit',
            name='sort_key',
            field=backend.core.text.keys.SortKeyField(default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='user',
            name='search_key',
            field=backend.core.text.keys.SearchKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='user',
            name='sort_key',
            field=backend.core.text.keys.SortKeyField(default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='user',
            name='sound_key',
            field=backend.core.text.keys.SoundKeyField(default='', editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
