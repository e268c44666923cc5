from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("internships", "0009_proposals_follow_placements")]

    operations = [migrations.RenameField("internship", "coach", "planned_by")]
