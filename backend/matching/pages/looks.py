"""What participants read about looks at their data from the pages of allocation."""

from django.utils.translation import gettext_lazy as _

from backend.participants.access_log import register_page

ON_BOARD, IN_NEWS, IN_EXPOSURE = "matching.board", "matching.news", "matching.exposure"
register_page(ON_BOARD, _("Thought about which of the week's places fit you"))
register_page(IN_NEWS, _("Looked for new places that fit you"))
register_page(IN_EXPOSURE, _("Checked that everybody gets chances"))
