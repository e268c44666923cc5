"""What a workplace can arrange and what it cannot: nothing is said yet, for what an opening left unticked is none."""

import backend.core.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0007_digits_by_any_program'),
    ]

    operations = [
        migrations.AddField(
            model_name='workplace',
            name='adaptations_offered',
            field=backend.core.fields.CodeListField(blank=True, default=list, verbose_name='can be arranged here'),
        ),
        migrations.AddField(
            model_name='workplace',
            name='adaptations_refused',
            field=backend.core.fields.CodeListField(blank=True, default=list, verbose_name='cannot be arranged here'),
        ),
    ]
