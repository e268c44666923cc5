"""What an organisation often answers, kept to be filled in and changed before it is sent."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.models import Identified
from backend.employers.enums import ReplyTo
from backend.employers.models.employers import Employer, Reader


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    def writable_by(self, user: Reader) -> Self:
        """Keep the replies of employers in whose name `user` may write."""
        return self.filter(employer__in=Employer.objects.writable_by(user))


class CannedReply(Identified):
    """A reply of an organisation's own: to a yes, a meeting or a no.

    `starter` names the programme's reply that it stands instead of; one that is removed hides it. That a name
    stands once is the service's to see to, for two organisations that become one bring what they have.
    """

    LONGEST = 500

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="canned_replies")
    answer = models.CharField(_("to be used for"), max_length=10, choices=ReplyTo)
    title = models.CharField(_("name of the reply"), max_length=60)
    text = models.TextField(_("the reply"), max_length=LONGEST)
    starter = models.CharField(max_length=30, blank=True, editable=False)
    is_removed = models.BooleanField(default=False, editable=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(editable=False)

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")
        ordering: ClassVar = ["answer", "title", "id"]

    def __str__(self) -> str:
        return self.title
