"""What was set by hand held everywhere: it goes on holding in each municipality, until one changes its own."""

from django.db import migrations


def give_to_each(apps, schema_editor):
    relations = apps.get_model('skills', 'Relation').objects
    municipalities = list(apps.get_model('accounts', 'Municipality').objects.order_by('pk').values_list('pk', flat=True))
    for relation in list(relations.filter(kind='override', municipality=None).order_by('pk')):
        if not municipalities:
            relation.delete()
            continue
        relation.municipality_id = municipalities[0]
        relation.save(update_fields=['municipality'])
        for other in municipalities[1:]:
            relation.pk, relation.municipality_id = None, other
            relation._state.adding = True
            relation.save(force_insert=True)


def keep_one_of_each(apps, schema_editor):
    relations = apps.get_model('skills', 'Relation').objects
    kept = set()
    for relation in list(relations.filter(kind='override').order_by('pk')):
        pair = relation.source_id, relation.target_id
        if pair in kept:
            relation.delete()
            continue
        kept.add(pair)
        relation.municipality_id = None
        relation.save(update_fields=['municipality'])


class Migration(migrations.Migration):

    dependencies = [
        ('skills', '0005_relation_municipality'),
    ]

    operations = [
        migrations.RunPython(give_to_each, keep_one_of_each),
    ]
