"""Measures about employers, and when each was approved."""

import backend.core.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('employers', "0021_canned_replies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='employer',
            name='approved_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='approved'),
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('advice', 'Advice'), ('pause', 'Pause of new placements'), ('stop', 'Stop')], max_length=10, verbose_name='measure')),
                ('reason', models.CharField(choices=[('check', 'A check found what must be refused'), ('free_labour', 'People are used in place of employees'), ('supervision', 'Supervision does not work'), ('environment', 'The work environment is not safe'), ('treatment', 'How people are treated'), ('broken_terms', 'What was agreed is not kept'), ('untrue', 'What was stated is not true'), ('other', 'Other reason')], max_length=20, verbose_name='reason')),
                ('words', models.TextField(max_length=2000, verbose_name='the reason in words, for the employer')),
                ('rests_on', models.TextField(blank=True, max_length=2000, verbose_name='what the measure rests on')),
                ('starts_on', backend.core.fields.WorkingDateField(verbose_name='first day')),
                ('last_on', backend.core.fields.WorkingDateField(blank=True, null=True, verbose_name='last day')),
                ('decided_at', models.DateTimeField(editable=False)),
                ('lifted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('lifted_why', models.TextField(blank=True, max_length=2000, verbose_name='why it is lifted')),
                ('announced_at', models.DateTimeField(editable=False, null=True)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='employers.employer')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'measure',
                'verbose_name_plural': 'measures',
                'ordering': ['-starts_on', '-decided_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('lifted_at', None)), fields=['employer', 'starts_on'], name='measure_that_stands')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_on__isnull', True), ('last_on__gte', models.F('starts_on')), _connector='OR'), name='measure_period', violation_error_code='last_on', violation_error_message='The last day cannot come before the first.'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='measure_has_words', violation_error_code='words', violation_error_message='Say why, in words that the employer can read.'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True), ('lifted_why', '')), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False), models.Q(('lifted_why', ''), _negated=True)), _connector='OR'), name='measure_lifted_by_somebody', violation_error_code='lifted_why', violation_error_message='Say why the measure is lifted.')],
            },
        ),
    ]
