"""Experience and wish become two lists.

A row from before may be either. It becomes a wish, for that claims nothing which the person has not done, and a
coach is asked once which it is.
"""

import backend.core.text.keys
import django.core.validators
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0008_digits_by_any_program'),
        ('skills', '0008_digits_by_any_program'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='occupationwish',
            options={'ordering': ['text', 'id'], 'verbose_name': 'occupation that somebody wants', 'verbose_name_plural': 'occupations that people want'},
        ),
        # The rows that are there get the mark; those to come do not.
        migrations.AddField(
            model_name='occupationwish',
            name='is_unsorted',
            field=models.BooleanField(default=True, editable=False, verbose_name='may be experience'),
        ),
        migrations.AlterField(
            model_name='occupationwish',
            name='is_unsorted',
            field=models.BooleanField(default=False, editable=False, verbose_name='may be experience'),
        ),
        migrations.AddField(
            model_name='occupationwish',
            name='motivation',
            field=models.CharField(blank=True, max_length=300, verbose_name='why'),
        ),
        migrations.AlterField(
            model_name='occupationwish',
            name='participant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='participants.participant'),
        ),
        migrations.AlterField(
            model_name='releaseditem',
            name='kind',
            field=models.CharField(choices=[('first_name', 'First name'), ('skill', 'Skill'), ('experience', 'Has worked as'), ('wish', 'Wants to work as'), ('occupation', 'Occupation'), ('languages', 'Languages'), ('licences', 'Licences'), ('hours', 'Working hours'), ('adaptations', 'Adaptations at work'), ('presentation', "The job coach's words")], max_length=15),
        ),
        migrations.CreateModel(
            name='OccupationExperience',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=200, verbose_name='as written')),
                ('degree', models.FloatField(blank=True, null=True)),
                ('margin', models.FloatField(blank=True, null=True)),
                ('why', models.CharField(blank=True, max_length=20)),
                ('resolution', models.CharField(choices=[('accepted', 'Recognised'), ('ask', 'Is this right?'), ('confirmed', 'Confirmed'), ('none', 'Kept as written')], default='none', max_length=10)),
                ('index_version', models.PositiveIntegerField(blank=True, null=True)),
                ('search_key', backend.core.text.keys.SearchKeyField(default='', editable=False)),
                ('workplace', models.CharField(blank=True, max_length=120, verbose_name='where')),
                ('months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(840)], verbose_name='for how many months')),
                ('last_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1940), django.core.validators.MaxValueValidator(2100)], verbose_name='last in the year')),
                ('concept', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='skills.concept')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='experiences', to='participants.participant')),
            ],
            options={
                'verbose_name': 'occupation that somebody has had',
                'verbose_name_plural': 'occupations that people have had',
                'ordering': [models.OrderBy(models.F('last_year'), descending=True, nulls_last=True), 'text', 'id'],
                'constraints': [models.UniqueConstraint(fields=('participant', 'text'), name='occupation_experience_once'), models.CheckConstraint(condition=models.Q(('months__isnull', True), ('months__range', (1, 840)), _connector='OR'), name='occupation_experience_months', violation_error_code='months', violation_error_message='Nobody works so long, or for no time at all.'), models.CheckConstraint(condition=models.Q(('last_year__isnull', True), ('last_year__range', (1940, 2100)), _connector='OR'), name='occupation_experience_last_year', violation_error_code='last_year', violation_error_message='Write a year in four digits.')],
            },
        ),
    ]
