"""Employers and workplaces that stood twice say which one stands for them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from backend.employers.merging.triggers import drop_all


def nothing(apps, schema_editor):
    """What is written to a merged row is led on by triggers that `migrate` makes when all is done."""


def drop_triggers(apps, schema_editor):
    drop_all(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_staff_are_invited'),
        ('employers', "0019_work_facts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='employer',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='employers.employer'),
        ),
        migrations.AddField(
            model_name='workplace',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='employers.workplace'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='employer_not_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='workplace',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='workplace_not_into_itself'),
        ),
        migrations.RunPython(nothing, drop_triggers),
    ]
