import backend.core.text.keys
from django.db import migrations, models

from backend.core.text.keys import fill_keys, search_key, sound_key
from backend.core.text.sorting import sort_key


def fill(apps, schema_editor):
    """Compute the keys of the rows that are there already."""
    fill_keys(
        apps.get_model("employers", "Employer").objects.all(),
        sort_key=lambda row: sort_key(row.name),
        search_key=lambda row: search_key([row.name], [row.organisationsnummer]),
        sound_key=lambda row: sound_key([row.name]),
    )
    fill_keys(
        apps.get_model("employers", "Workplace").objects.all(),
        sort_key=lambda row: sort_key(row.name),
        search_key=lambda row: search_key([row.name, row.street, row.locality_name]),
        sound_key=lambda row: sound_key([row.name, row.street, row.locality_name]),
    )
    fill_keys(
        apps.get_model("employers", "Opening").objects.all(),
        search_key=lambda row: search_key([row.title]),
        sound_key=lambda row: sound_key([row.title]),
        description_key=lambda row: search_key([row.description]),
    )
    for written in ("OccupationOfOpening", "SkillRequirement"):
        rows = apps.get_model("employers", written).objects.all()
        fill_keys(rows, search_key=lambda row: search_key([row.text]))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_folded_words'),
        ('employers', '0003_trade_skills_assessment'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='workplace',
            options={'ordering': ['sort_key', 'id'], 'verbose_name': 'workplace', 'verbose_name_plural': 'workplaces'},
        ),
        migrations.AddField(
            model_name='employer',
            name='search_key',
            field=backend.core.text.keys.SearchKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='employer',
            name='sound_key',
            field=backend.core.text.keys.SoundKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='occupationofopening',
            name='search_key',
            field=backend.core.text.keys.SearchKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='opening',
            name='description_key',
            field=backend.core.text.keys.SearchKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='opening',
            name='search_key',
            field=backend.core.text.keys.SearchKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='opening',
            name='sound_key',
            field=backend.core.text.keys.SoundKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='skillrequirement',
            name='search_key',
            field=backend.core.text.keys.SearchKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='workplace',
            name='search_key',
            field=backend.core.text.keys.SearchKeyField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='workplace',
            name='sort_key',
            field=backend.core.text.keys.SortKeyField(default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='workplace',
            name='sound_key',
            field=backend.core.text.keys.SoundKeyField(default='', editable=False),
        ),
        migrations.AlterField(
            model_name='employer',
            name='sort_key',
            field=backend.core.text.keys.SortKeyField(default='', editable=False, max_length=200),
        ),
        migrations.AddIndex(
            model_name='employer',
            index=models.Index(fields=['municipality', 'sort_key'], name='employer_by_name'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
