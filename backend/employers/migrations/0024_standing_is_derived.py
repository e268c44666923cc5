"""The standing follows from approval and measures, and is stored nowhere."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("employers", "0023_from_standing")]

    operations = [migrations.RemoveField(model_name="employer", name="standing")]
