from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_near_misses_are_noted")]

    operations = [migrations.RenameField("proposal", "coach", "proposed_by")]
