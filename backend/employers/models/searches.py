"""Searches that somebody has saved, to be told of new openings."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.models import Identified
from backend.core.ui.addresses import address
from backend.employers.enums import SearchPace
from backend.employers.models.employers import Reader


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep what `user` has saved; nobody sees another's."""
        return self.filter(user=user.pk) if user.is_authenticated else self.none()

    def due(self, at: datetime) -> Self:
        """Keep what is to be looked for anew at `at`."""
        return self.filter(confirmed_at__isnull=False, due_at__lte=at)


class SavedSearch(Identified):
    """What somebody looks for among the openings, and how often they are told of new ones.

    It is a user's, or a visitor's, of whom nothing is known but an e-mail address that was confirmed. `query`
    is what stands in the address of the list; the openings published after `told_from` and until
    `told_until` are those of the newest mail.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="saved_searches")
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=10)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000, blank=True)
    pace = models.CharField(_("by e-mail"), max_length=10, choices=SearchPace, default=SearchPace.DAILY)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_from = models.DateTimeField()
    told_until = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering: ClassVar = ["-created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | (Q(user__isnull=True) & ~Q(email="")),
                name="search_of_a_user_or_an_address",
                violation_error_message=_("A saved search is a user's or an e-mail address's."),
            ),
            models.CheckConstraint(
                condition=Q(told_until__gte=models.F("told_from")),
                name="search_told_in_order",
                violation_error_message=_("What was told of begins before it ends."),
            ),
            models.UniqueConstraint(
                fields=["user", "query"], condition=Q(user__isnull=False), name="search_of_a_user_once"
            ),
            models.UniqueConstraint(
                fields=["email", "query"], condition=Q(user__isnull=True), name="search_of_an_address_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """What is new of it."""
        return address("employers:search_open", self.pk)
