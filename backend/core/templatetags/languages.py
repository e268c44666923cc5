"""Saying in which language words are that the page did not choose (WCAG 2.2, 3.1.2)."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def written_in(language: str = "") -> SafeString | str:
    """Return the attribute of words that somebody wrote, in the municipality's language if no other is named.

    Nothing where the page is in that language itself.
    """
    theirs = language or settings.LANGUAGE_CODE
    return "" if theirs == get_language() else format_html(' lang="{}"', theirs)
