"""The fresh second factor where the API asks for it."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from backend.accounts.access import signed_in
from backend.accounts.signing_in.second_factor import WHILE_WRITING, has_passed, needs_second_factor


class FreshSecondFactor(BasePermission):
    """Let in who passed the second factor lately, or needs none; others are told which page asks for it."""

    code = "second_factor_not_fresh"

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Tell whether the sender may go on, as the pages' forms ask."""
        django_request = request._request
        needs_it = needs_second_factor(signed_in(django_request))
        return not needs_it or has_passed(django_request, within=WHILE_WRITING)
