"""Two catalogues' names for one thing were stored among names that are only alike; these tell another story."""

from django.db import migrations, models

TWINS_FROM = 0.94  # what is only alike is worth .8 at most


def tell_synonyms(apps, schema_editor):
    relations = apps.get_model('skills', 'Relation').objects
    relations.filter(kind='similar_label', degree__gte=TWINS_FROM).update(kind='synonym')


def call_them_alike(apps, schema_editor):
    apps.get_model('skills', 'Relation').objects.filter(kind='synonym').update(kind='similar_label')


class Migration(migrations.Migration):

    dependencies = [
        ('skills', '0008_digits_by_any_program'),
    ]

    operations = [
        migrations.AlterField(
            model_name='relation',
            name='kind',
            field=models.CharField(choices=[('synonym', 'another word for it'), ('broader', 'broader term'), ('narrower', 'narrower term'), ('same_group', 'same occupation group'), ('substitute', 'can stand in for it'), ('shared_occupations', 'used in the same occupations'), ('similar_label', 'similar words'), ('occupation_skill', 'used in the occupation'), ('override', 'set by a job coach')], max_length=20),
        ),
        migrations.RunPython(tell_synonyms, call_them_alike),
    ]
