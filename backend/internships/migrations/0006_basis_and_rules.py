import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0003_trade_skills_assessment"),
        ("internships", "0005_employer_reads_ended"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("internship", "internship_has_decision"),
        migrations.RenameField("internship", "decided_by", "basis"),
        migrations.CreateModel(
            name='BasisRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, help_text='The first day without.', null=True, verbose_name='valid to')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('is_statute', models.BooleanField(default=False, help_text="Otherwise it is the municipality's own rule.", verbose_name='stands in a statute')),
                ('certainty', models.CharField(choices=[('A', "A – the statute's own text was read"), ('B', 'B – a page of the government or an agency'), ('C', 'C – a secondary source'), ('D', 'D – general knowledge, not read')], default='D', max_length=1, verbose_name='how sure we are')),
                ('basis', models.CharField(choices=[('arbetsformedlingen', 'A decision of Arbetsförmedlingen'), ('social_board', 'An assignment by the social board'), ('education', 'An education'), ('forsakringskassan', 'A rehabilitation decision of Försäkringskassan')], max_length=20, verbose_name='basis')),
                ('kind', models.CharField(choices=[('arbetspraktik', 'Work practice (arbetspraktik)'), ('arbetstraning', 'Work training (arbetsträning)'), ('forstarkt_arbetstraning', 'Reinforced work training'), ('yrkeskompetensbedomning', 'Trade skills assessment'), ('arbetsprovning', 'Work trial (arbetsprövning)'), ('sprakpraktik', 'Language internship'), ('kommunal_praktik', 'Municipal internship'), ('feriepraktik', 'Holiday internship'), ('apl', 'Workplace-based learning (APL/LIA)'), ('prao', 'School work experience (prao)')], max_length=30, verbose_name='kind of placement')),
                ('insurance', models.CharField(choices=[('state', "The state's insurance (Kammarkollegiet)"), ('municipal', "The municipality's insurance"), ('employer', "The employer's insurance"), ('school', "The school's insurance")], max_length=12, verbose_name='insurance')),
            ],
            options={
                'verbose_name': 'basis rule',
                'verbose_name_plural': 'basis rules',
                'ordering': ['basis', 'kind', 'insurance', '-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='ManagerDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('allows', models.BooleanField(verbose_name='may go on')),
                ('reason', models.TextField(max_length=2000, verbose_name='reasons')),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': "manager's decision",
                'verbose_name_plural': "managers' decisions",
                'ordering': ['-decided_at', 'id'],
            },
        ),
        migrations.AlterModelOptions(
            name='placementrule',
            options={'ordering': ['kind', 'programme', 'measure', '-valid_from'], 'verbose_name': 'placement rule', 'verbose_name_plural': 'placement rules'},
        ),
        migrations.RemoveConstraint(
            model_name='placementrule',
            name='placement_rule_once',
        ),
        migrations.RemoveField(
            model_name='placementrule',
            name='is_checked',
        ),
        migrations.AddField(
            model_name='internship',
            name='backdated_why',
            field=models.CharField(blank=True, max_length=300, verbose_name='why it began before it was written'),
        ),
        migrations.AddField(
            model_name='internship',
            name='basis_by',
            field=models.CharField(blank=True, max_length=100, verbose_name='who decided'),
        ),
        migrations.AddField(
            model_name='internship',
            name='basis_from',
            field=models.DateField(blank=True, null=True, verbose_name='the decision holds from'),
        ),
        migrations.AddField(
            model_name='internship',
            name='basis_until',
            field=models.DateField(blank=True, null=True, verbose_name='the decision holds until'),
        ),
        migrations.AddField(
            model_name='internship',
            name='programme',
            field=models.CharField(choices=[('none', 'No special programme'), ('youth', 'The youth guarantee (jobbgaranti för ungdomar)'), ('days_450', 'The job guarantee after 450 paid days')], default='none', max_length=12, verbose_name='programme'),
        ),
        migrations.AddField(
            model_name='placementrule',
            name='certainty',
            field=models.CharField(choices=[('A', "A – the statute's own text was read"), ('B', 'B – a page of the government or an agency'), ('C', 'C – a secondary source'), ('D', 'D – general knowledge, not read')], default='D', max_length=1, verbose_name='how sure we are'),
        ),
        migrations.AddField(
            model_name='placementrule',
            name='is_statute',
            field=models.BooleanField(default=False, help_text="Otherwise it is the municipality's own rule.", verbose_name='stands in a statute'),
        ),
        migrations.AddField(
            model_name='placementrule',
            name='longest_months',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='longest time (calendar months)'),
        ),
        migrations.AddField(
            model_name='placementrule',
            name='measure',
            field=models.CharField(choices=[('assignment', 'One assignment'), ('at_employer', 'All days of a person at one employer')], default='assignment', max_length=12, verbose_name='what is measured'),
        ),
        migrations.AddField(
            model_name='placementrule',
            name='most_hours_a_week',
            field=models.PositiveSmallIntegerField(blank=True, help_text='So that time is left to look for work.', null=True, verbose_name='most hours a week'),
        ),
        migrations.AddField(
            model_name='placementrule',
            name='programme',
            field=models.CharField(choices=[('none', 'No special programme'), ('youth', 'The youth guarantee (jobbgaranti för ungdomar)'), ('days_450', 'The job guarantee after 450 paid days')], default='none', max_length=12, verbose_name='programme'),
        ),
        migrations.AlterField(
            model_name='internship',
            name='basis',
            field=models.CharField(choices=[('arbetsformedlingen', 'A decision of Arbetsförmedlingen'), ('social_board', 'An assignment by the social board'), ('education', 'An education'), ('forsakringskassan', 'A rehabilitation decision of Försäkringskassan')], max_length=20, verbose_name='what it rests on'),
        ),
        migrations.AlterField(
            model_name='internship',
            name='kind',
            field=models.CharField(choices=[('arbetspraktik', 'Work practice (arbetspraktik)'), ('arbetstraning', 'Work training (arbetsträning)'), ('forstarkt_arbetstraning', 'Reinforced work training'), ('yrkeskompetensbedomning', 'Trade skills assessment'), ('arbetsprovning', 'Work trial (arbetsprövning)'), ('sprakpraktik', 'Language internship'), ('kommunal_praktik', 'Municipal internship'), ('feriepraktik', 'Holiday internship'), ('apl', 'Workplace-based learning (APL/LIA)'), ('prao', 'School work experience (prao)')], max_length=30, verbose_name='kind of placement'),
        ),
        migrations.AlterField(
            model_name='placementrule',
            name='kind',
            field=models.CharField(choices=[('arbetspraktik', 'Work practice (arbetspraktik)'), ('arbetstraning', 'Work training (arbetsträning)'), ('forstarkt_arbetstraning', 'Reinforced work training'), ('yrkeskompetensbedomning', 'Trade skills assessment'), ('arbetsprovning', 'Work trial (arbetsprövning)'), ('sprakpraktik', 'Language internship'), ('kommunal_praktik', 'Municipal internship'), ('feriepraktik', 'Holiday internship'), ('apl', 'Workplace-based learning (APL/LIA)'), ('prao', 'School work experience (prao)')], max_length=30, verbose_name='kind of placement'),
        ),
        migrations.AlterField(
            model_name='placementrule',
            name='longest_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='longest time (days)'),
        ),
        migrations.AlterField(
            model_name='placementrule',
            name='valid_to',
            field=models.DateField(blank=True, help_text='The first day without.', null=True, verbose_name='valid to'),
        ),
        migrations.AddConstraint(
            model_name='internship',
            constraint=models.CheckConstraint(condition=models.Q(('basis_until__isnull', True), ('basis_until__gte', models.F('basis_from')), _connector='OR'), name='internship_basis_period', violation_error_code='basis_until', violation_error_message='A decision cannot stop holding before it begins.'),
        ),
        migrations.AddConstraint(
            model_name='internship',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', ''), _negated=True), models.Q(('decision_reference', ''), _negated=True)), name='internship_has_decision', violation_error_code='decision_reference', violation_error_message='State who decided on the placement and the reference of the decision.'),
        ),
        migrations.AddConstraint(
            model_name='placementrule',
            constraint=models.UniqueConstraint(fields=('kind', 'programme', 'measure', 'valid_from'), name='placement_rule_once'),
        ),
        migrations.AddConstraint(
            model_name='placementrule',
            constraint=models.CheckConstraint(condition=models.Q(('longest_months__isnull', True), ('longest_days__isnull', True), _connector='OR'), name='placement_rule_months_or_days', violation_error_message='State the longest time in months or in days, not in both.'),
        ),
        migrations.AddConstraint(
            model_name='placementrule',
            constraint=models.CheckConstraint(condition=models.Q(('measure', 'assignment'), ('longest_months__isnull', True), _connector='OR'), name='placement_rule_sum_in_days', violation_error_message='All time at one employer is counted in days.'),
        ),
        migrations.AddConstraint(
            model_name='basisrule',
            constraint=models.UniqueConstraint(fields=('basis', 'kind', 'insurance', 'valid_from'), name='basis_rule_once'),
        ),
        migrations.AddConstraint(
            model_name='basisrule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='basis_rule_period', violation_error_message='A rule must end after it begins.'),
        ),
        migrations.AddField(
            model_name='managerdecision',
            name='concern',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='internships.concern'),
        ),
        migrations.AddField(
            model_name='managerdecision',
            name='decided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='managerdecision',
            name='internship',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='internships.internship'),
        ),
        migrations.AddConstraint(
            model_name='managerdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concern__isnull', True), ('internship__isnull', False)), models.Q(('concern__isnull', False), ('internship__isnull', True)), _connector='OR'), name='decision_about_one_thing', violation_error_message='A decision is about a placement or about a concern.'),
        ),
        migrations.AddConstraint(
            model_name='managerdecision',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='decision_has_reasons', violation_error_message='A decision has reasons.'),
        ),
    ]
