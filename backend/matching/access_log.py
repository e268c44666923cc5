"""Looks at a participant's file through the pages of matching, as the participant reads them."""

from django.utils.translation import gettext_lazy as _

from backend.participants.access_log import register_page

IN_RANKING, PROPOSING = "matching.ranking", "matching.propose"
PROPOSAL, AS_EMPLOYER = "matching.proposal", "matching.employer"
ON_BOARD, IN_NEWS, IN_EXPOSURE = "matching.board", "matching.news", "matching.exposure"

register_page(IN_RANKING, _("Looked for places that fit you"))
register_page(PROPOSING, _("Prepared a proposal of you"))
register_page(PROPOSAL, _("Opened a proposal of you"))
register_page(AS_EMPLOYER, _("Read what you have released, as an employer"))
register_page(ON_BOARD, _("Thought about which of the week's places fit you"))
register_page(IN_NEWS, _("Looked for new places that fit you"))
register_page(IN_EXPOSURE, _("Checked that everybody gets chances"))

IN_LISTS, BY_COMMAND = "matching.lists", "matching.command"
register_page(IN_LISTS)
register_page(BY_COMMAND, _("Looked, without names, at how people and places fit"))
