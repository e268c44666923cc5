"""What a manager decides, in the API."""

from rest_framework import serializers

from backend.core.api.said import Said, words
from backend.internships.models import ManagerDecision


class DecisionSerializer(serializers.ModelSerializer[ManagerDecision]):
    """A manager's reasoned yes or no, to staff; of several about one thing the newest counts."""

    decided_by = serializers.CharField()

    class Meta:
        model = ManagerDecision
        fields = ("id", "allows", "reason", "decided_by", "decided_at")


class DecideSerializer(Said):
    """Whether it may go on, and why."""

    allows = serializers.BooleanField()
    reason = words(2000, must=True)
