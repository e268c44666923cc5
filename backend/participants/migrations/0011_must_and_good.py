"""What somebody cannot do without is told from what would be good. What stands there counts as the first."""

import backend.core.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0010_what_is_not_said'),
    ]

    operations = [
        migrations.AddField(
            model_name='participant',
            name='adaptations_good',
            field=backend.core.fields.CodeListField(blank=True, default=list, verbose_name='would be good'),
        ),
        migrations.AlterField(
            model_name='participant',
            name='adaptations',
            field=backend.core.fields.CodeListField(blank=True, default=list, verbose_name='cannot do without'),
        ),
    ]
