"""What the audit log says of the catalogue, in words."""

from django.utils.translation import gettext_lazy as _

from backend.core import timeline
from backend.skills.models import Relation

timeline.register(
    Relation,
    {
        "relation_set": _("A job coach set what counts"),
        "relation_withdrawn": _("What a job coach had set was taken back"),
    },
)
