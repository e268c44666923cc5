"""Hours, the longest way to work, the level of a skill and of a language may be unsaid.

Rows keep what they have: nobody knows which of it somebody chose and which stood there before.
"""

import backend.core.fields
import backend.skills.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_address_taken_in_words'),
        ('participants', '0009_experience_is_no_wish'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='skillevidence',
            options={'ordering': [models.OrderBy(models.F('level'), descending=True, nulls_last=True), 'text', 'id'], 'verbose_name': 'skill with evidence', 'verbose_name_plural': 'skills with evidence'},
        ),
        migrations.RemoveConstraint(
            model_name='participant',
            name='participant_hours',
        ),
        migrations.AlterField(
            model_name='participant',
            name='hours_max',
            field=backend.core.fields.HoursField(blank=True, null=True, verbose_name='most hours a week'),
        ),
        migrations.AlterField(
            model_name='participant',
            name='hours_min',
            field=backend.core.fields.HoursField(blank=True, null=True, verbose_name='fewest hours a week'),
        ),
        migrations.AlterField(
            model_name='participant',
            name='languages',
            field=models.JSONField(blank=True, default=dict, validators=[backend.skills.models.validate_spoken], verbose_name='languages'),
        ),
        migrations.AlterField(
            model_name='participant',
            name='max_travel_km',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='longest way to work (km)'),
        ),
        migrations.AlterField(
            model_name='skillevidence',
            name='level',
            field=models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Has tried'), (2, 'Can with support'), (3, 'Can alone'), (4, 'Can teach others')], null=True, verbose_name='level'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hours_max__isnull', True), ('hours_min__isnull', True)), models.Q(('hours_max__gte', models.F('hours_min')), ('hours_max__isnull', False), ('hours_max__lte', 40), ('hours_min__gte', 1), ('hours_min__isnull', False)), _connector='OR'), name='participant_hours', violation_error_code='hours_max', violation_error_message='Hours a week go from the fewest to the most, between 1 and 40. Write both or none.'),
        ),
    ]
