from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0004_receivers_at_delivery")]

    operations = [
        migrations.RemoveIndex("outboxmessage", "outbox_recipient"),
        migrations.RemoveField("outboxmessage", "recipient"),
        migrations.RemoveField("outboxmessage", "read_at"),
    ]
