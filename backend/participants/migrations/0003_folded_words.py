import backend.core.text.keys
from django.conf import settings
from django.db import migrations, models

from backend.core.text.keys import fill_keys, search_key, sound_key
from backend.core.text.sorting import sort_key


def fill(apps, schema_editor):
    """Compute the keys of the rows that are there already."""
    fill_keys(
        apps.get_model("participants", "Participant").objects.all(),
        sort_key=lambda row: sort_key(f"{row.last_name} {row.first_name}"),
        search_key=lambda row: search_key([row.first_name, row.last_name], [row.reference, row.phone]),
        sound_key=lambda row: sound_key([row.first_name, row.last_name]),
    )
    for written in ("SkillEvidence", "OccupationWish"):
        rows = apps.get_model("participants", written).objects.all()
        fill_keys(rows, search_key=lambda row: search_key([row.text]))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_folded_words'),
        ('participants', '0002_constraints_have_codes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='occupationwish',
            name='search_key',
            field=backend.core.text.keys.SearchKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='participant',
            name='search_key',
            field=backend.core.text.keys.SearchKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='participant',
            name='sound_key',
            field=backend.core.text.keys.SoundKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='skillevidence',
            name='search_key',
            field=backend.core.text.keys.SearchKeyField(default='', editable=False),
        ),
        migrations.AlterField(
            model_name='participant',
            name='sort_key',
            field=backend.core.text.keys.SortKeyField(default='', editable=False, max_length=200),
        ),
        migrations.AddIndex(
            model_name='participant',
            index=models.Index(fields=['unit', 'sort_key'], name='participant_by_name'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
