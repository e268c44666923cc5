"""Answering a question from the mail that asks it, without signing in: signed link → confirm page → answer.

The link names one delivery of one message, and holds as long as whoever got it is still asked: it is signed,
stops after days, can be answered once, and only with what that message asked. Opening it writes nothing, so a
program that follows the links of a mail answers nothing. The page shows nothing about any person.
"""

from backend.core.answering.links import link_to, opened_by
from backend.core.answering.questions import Asked, Question, question_of, register
from backend.core.answering.standing import is_still_asked

__all__ = ["Asked", "Question", "is_still_asked", "link_to", "opened_by", "question_of", "register"]
