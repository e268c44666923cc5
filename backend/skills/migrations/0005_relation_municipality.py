import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_folded_words'),
        ('skills', '0004_folded_words'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='relation',
            name='relation_once',
        ),
        migrations.AddField(
            model_name='relation',
            name='municipality',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.municipality'),
        ),
    ]
