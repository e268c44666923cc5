"""A sole trader's number is a person's: it is sealed, with a keyed hash to be known again by."""

import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from backend.core.text.keys import search_key
from backend.employers.models.numbers import columns_of
from backend.employers.organisationsnummer import is_personal


def seal(apps, schema_editor):
    """Seal what stands open, and take it out of what rows are found by."""
    Employer = apps.get_model("employers", "Employer")
    for each in Employer._base_manager.exclude(organisationsnummer="").order_by("pk").iterator():
        if is_personal(each.organisationsnummer):
            # Each row once: PostgreSQL alters no table of which a row was written twice in a transaction.
            columns = {**columns_of(each.organisationsnummer), "search_key": search_key([each.name])}
            Employer._base_manager.filter(pk=each.pk).update(**columns)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_staff_are_invited'),
        ('employers', "0024_standing_is_derived"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='employer',
            name='employer_once',
        ),
        migrations.RemoveConstraint(
            model_name='employer',
            name='employer_number_digits',
        ),
        migrations.AddField(
            model_name='employer',
            name='number_index',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='employer',
            name='sealed_number',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AlterField(
            model_name='employer',
            name='organisationsnummer',
            field=models.CharField(blank=True, max_length=10, verbose_name='organisation number'),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.UniqueConstraint(condition=models.Q(('organisationsnummer', ''), _negated=True), fields=('municipality', 'organisationsnummer'), name='employer_once', violation_error_message='The organisation is already registered.'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.UniqueConstraint(condition=models.Q(('number_index', ''), _negated=True), fields=('municipality', 'number_index'), name='employer_sealed_once', violation_error_message='The organisation is already registered.'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('organisationsnummer'), 10), django.db.models.lookups.Exact(models.Func(models.F('organisationsnummer'), models.Value('0123456789'), function='LTRIM', output_field=models.CharField()), models.Value('')), django.db.models.lookups.GreaterThanOrEqual(models.Func(models.F('organisationsnummer'), output_field=models.CharField(), template='SUBSTR(%(expressions)s,3,1)'), models.Value('2')), ('number_index', ''), ('sealed_number', '')), models.Q(('organisationsnummer', ''), models.Q(('sealed_number', ''), _negated=True), models.Q(('number_index', ''), _negated=True)), _connector='OR'), name='employer_number_open_or_sealed', violation_error_message='An organisation number has ten digits.'),
        ),
    ]
