"""What is sent to a service."""

from typing import Any

from rest_framework import serializers

from backend.core.fields import validate_working_date


class Said(serializers.Serializer[Any]):
    """What somebody sends, in the shape in which a service takes it."""

    def service_arguments(self) -> dict[str, Any]:
        """Return what the service is called with."""
        return dict(self.validated_data)


def words(most: int, *, must: bool = False) -> serializers.CharField:
    """Return a field for what is written in own words, which may be empty unless it `must` not."""
    if must:
        return serializers.CharField(max_length=most)
    return serializers.CharField(max_length=most, required=False, allow_blank=True)


def choice(choices: Any, *, must: bool = True) -> serializers.ChoiceField:
    """Return a field for one of the codes of an enum."""
    if must:
        return serializers.ChoiceField(choices=choices.choices)
    return serializers.ChoiceField(choices=choices.choices, required=False, allow_blank=True)


def day(*, must: bool = True, may_be_none: bool = False) -> serializers.DateField:
    """Return a field for a day that somebody can have meant."""
    return serializers.DateField(required=must, allow_null=may_be_none, validators=[validate_working_date])
