"""Seals the secrets of second factors that were set up while they were kept as they are."""

from django.db import migrations

from backend.core.sealed import seal, unseal

PURPOSE = b"second factor"
SECRETS = {"totp": "secret", "recovery_codes": "seed"}


def change_secrets(apps, change):
    """Put each secret through `change`; used by both directions."""
    for authenticator in apps.get_model("mfa", "Authenticator").objects.filter(type__in=SECRETS):
        data, name = authenticator.data, SECRETS[authenticator.type]
        if name in data:
            data[name] = change(data[name])
        if "migrated_codes" in data:
            data["migrated_codes"] = [change(each) for each in data["migrated_codes"]]
        authenticator.save(update_fields=["data"])


def seal_secrets(apps, schema_editor):
    change_secrets(apps, lambda secret: seal(secret.encode(), purpose=PURPOSE))


def unseal_secrets(apps, schema_editor):
    change_secrets(apps, lambda secret: (unseal(secret, purpose=PURPOSE) or b"").decode())


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_days_and_hours_that_can_be"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal_secrets, unseal_secrets)]
