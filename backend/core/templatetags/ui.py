"""Filters and tags of the design system; a template builtin, so that no page needs to load it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode, URLNode
from django.template.defaulttags import url as url_tag
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.core.models import Delivery
from backend.core.outbox import kinds
from backend.core.text.phones import dialled
from backend.core.ui import charts
from backend.core.ui import words as ui_words
from backend.core.ui.addresses import address, file_address
from backend.core.ui.fields import filter_field
from backend.core.ui.folding import Folded
from backend.core.ui.forms import any_refused, error_links, error_texts
from backend.core.ui.http import TOKEN
from backend.core.ui.lists import way_back
from backend.core.ui.marks import drawn_marks
from backend.core.ui.widgets import Faces, ThreeWay, ThreeWayRows
from backend.core.writing.unsent import token_for

register = template.Library()
register.simple_tag(filter_field)
register.simple_tag(drawn_marks)

NBSP = "\N{NO-BREAK SPACE}"
THIN_NBSP = "\N{NARROW NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"


# Dates


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def folded(entries: Sequence[Any]) -> Folded:
    """Return a history of which the newest stand open."""
    return Folded(entries)


@register.filter
def day(value: date | None) -> str:
    """Return "12 mars 2026"; a dash for no date."""
    return date_format(_local(value), "j F Y").replace(" ", NBSP, 1) if value else EN_DASH


@register.filter
def day_short(value: date | None) -> str:
    """Return "12 mars", for lists where the year is plain; a dash for no date."""
    return date_format(_local(value), "j F").replace(" ", NBSP) if value else EN_DASH


@register.filter
def moment(value: datetime | None) -> str:
    """Return "12 mars 2026 kl. 14.05" in local time; a dash for no time."""
    if not value:
        return EN_DASH
    return _("%(day)s at %(time)s") % {
        "day": day(value),
        "time": date_format(_local(value), "H:i").replace(":", "."),
    }


@register.simple_tag
def period(start: date | None, end: date | None) -> str:
    """Return "12 mars–4 juni 2026", or one-sided words where an end is open."""
    if start and end:
        first = day_short(start) if start.year == end.year else day(start)
        return f"{first}{EN_DASH}{day(end)}"
    if start:
        return _("from %(day)s") % {"day": day(start)}
    return _("until %(day)s") % {"day": day(end)} if end else EN_DASH


@register.filter
def days_ago(value: date | None) -> str:
    """Return "i dag", "i går", "för 5 dagar sedan", "om 3 dagar"; counted in local days."""
    if not value:
        return EN_DASH
    return ui_words.days_passed(_days_since(value))


@register.filter
def days_waited(since: int | date | None) -> str:
    """Return "1 dag", "250 dagar" for a number of days or for the day (or moment) that the wait began."""
    if since is None:
        return EN_DASH
    count = since if isinstance(since, int) else _days_since(since)
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": number(count)}


@register.filter
def has_waited(since: int | date | None) -> str:
    """Return "har väntat 250 dagar", or "väntar sedan i dag", for days or for when the wait began."""
    count = since if isinstance(since, int) else 0 if since is None else _days_since(since)
    return ui_words.waited(days_waited(count), passed=count)


def _days_since(value: date) -> int:
    local = _local(value)
    return (timezone.localdate() - (local.date() if isinstance(local, datetime) else local)).days


# Numbers


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """Return "1 250" with a thin no-break space; a dash for no number."""
    if value is None:
        return EN_DASH
    # Rounded first, because Django cuts decimals off: 91.8 with none would be "91".
    rounded = round(Decimal(str(value)), decimals)
    return number_format(rounded, decimals, use_l10n=True, force_grouping=True).replace(NBSP, THIN_NBSP)


@register.filter
def percent(share: float | None, decimals: int = 0) -> str:
    """Return the share 0.918 as "92 %"; a dash for no share."""
    return EN_DASH if share is None else f"{number(share * 100, decimals)}{NBSP}%"


@register.filter
def km(distance: float | None) -> str:
    """Return kilometres as "3,4 km" below ten and "12 km" above; says so when the distance is unknown."""
    if distance is None:
        return _("distance unknown")
    return f"{number(distance, 1 if distance < 10 else 0)}{NBSP}km"


@register.filter
def share_x(share: float) -> str:
    """Return where a share (0-1) lies on a line of 100, for an SVG attribute."""
    return charts.share_x(share)


@register.simple_tag
def span_width(low: float, high: float) -> str:
    """Return the width between two shares on a line of 100, for an SVG attribute."""
    return charts.share_x(high - low)


# Look


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Return the drawing `name` of img/icons.svg; hidden from screen readers, words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        file_address("img/icons.svg"),
        name,
    )


@register.simple_tag
def static(path: str) -> str:
    """Return the address of a file, as Django's tag of this name, without asking for it at each page."""
    return file_address(path)


@register.filter
def tel(phone: str) -> str:
    """Return what a link to `phone` dials; as written where no telephone can dial it."""
    return f"tel:{dialled(phone) or phone}"


@register.filter
def state_tone(state: str) -> str:
    """Return the colour name of a state: neutral, info, success, warning or danger."""
    return ui_words.STATE_TONES.get(str(state), "neutral")


@register.filter
def message_tone(tags: str) -> str:
    """Return the colour name for the tags of a Django message."""
    return next((tone for level, tone in ui_words.MESSAGE_TONES.items() if level in tags.split()), "info")


@register.filter
def with_mark(marks: Iterable[Any], mark: str) -> list[Any]:
    """Keep the requirement marks that are `mark`: met, near, ask or missing."""
    return [each for each in marks if ui_words.read(each, "mark") == mark]


@register.filter
def essential(marks: Iterable[Any]) -> list[Any]:
    """Keep the marks of essential requirements, met first and missing last."""
    return _best_first(each for each in marks if ui_words.read(each, "essential"))


@register.filter
def desirable(marks: Iterable[Any]) -> list[Any]:
    """Keep the marks of desirable requirements, met first and missing last."""
    return _best_first(
        each for each in marks if not ui_words.read(each, "essential") and not ui_words.about_work(each)
    )


@register.filter
def about_work(marks: Iterable[Any]) -> list[Any]:
    """Keep the marks about the kind of work: what was done, and the wish; not those that say nothing."""
    return [each for each in marks if ui_words.about_work(each) and ui_words.read(each, "mark") != "missing"]


def _best_first(marks: Iterable[Any]) -> list[Any]:
    return sorted(marks, key=lambda each: ui_words.MARK_ORDER.get(ui_words.read(each, "mark"), 9))


@register.filter
def current_step(steps: Sequence[Any]) -> dict[str, Any]:
    """Return number, count and label of the step where things stand, for "Step 3 of 5"."""
    states = [ui_words.read(step, "state") for step in steps]
    at = next((i for i, state in enumerate(states) if state in ("current", "stopped")), len(steps) - 1)
    return {"number": at + 1, "count": len(steps), "label": ui_words.read(steps[at], "label")}


@register.simple_tag(takes_context=True)
def show_panel(context: template.Context, panel: dict[str, Any]) -> SafeString:
    """Return one of `core.panels.panels_for`: its template with its own variables beside the page's."""
    engine_template = context.template.engine.get_template(panel["template"])  # type: ignore[union-attr]
    with context.push(**panel, panel=panel):
        return engine_template.render(context)


# Lists


@register.simple_tag(takes_context=True)
def list_url(context: template.Context, name: str, *arguments: Any, row: Any = None) -> str:
    """Return the address of a list as its reader left it, at the line whose link has the id `row-KEY`."""
    return way_back(context.get("request"), name, *arguments, row=row)


@register.filter
def subject_of_message(delivery: Delivery) -> str:
    """Return the subject line of a message; its kind's name when the kind is no longer known."""
    kind = delivery.message.kind
    return str(kinds[kind].subject) if kind in kinds else kind


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """Return the page numbers to link, None where some are left out."""
    ellipsis = str(page.paginator.ELLIPSIS)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [None if str(each) == ellipsis else int(each) for each in numbers]


@register.simple_tag
def sort_next(current: str | None, field: str) -> dict[str, str]:
    """Return `aria` (the present order of `field`) and `value` (what a click shall sort by)."""
    if current == field:
        return {"aria": "ascending", "value": f"-{field}"}
    return {"aria": "descending" if current == f"-{field}" else "none", "value": field}


@register.filter
def active_filters(filterset: Any) -> int:
    """Return how many filters of a django-filter FilterSet are set."""
    data = getattr(filterset.form, "cleaned_data", None) or {}
    return sum(
        1
        for value in data.values()
        if value not in (None, False, "", [], ()) and not _is_empty_queryset(value)
    )


@register.filter
def more_is_used(filterset: Any) -> bool:
    """Tell whether any of the filters that stand folded is set, or refused."""
    data = getattr(filterset.form, "cleaned_data", None) or {}
    return any(data.get(name) or name in filterset.form.errors for name in filterset.more)


def _is_empty_queryset(value: Any) -> bool:
    return hasattr(value, "exists") and not value.exists()


# Forms


@register.simple_tag(takes_context=True)
def error_mark(context: template.Context) -> str:
    """Return what stands first in a page's title when what was sent must be mended; otherwise nothing."""
    request = context.get("request")
    sent = request is not None and request.method == "POST"
    return f"{_('Error:')} " if sent and any_refused(context.flatten().values()) else ""


@register.filter
def field_kind(field: BoundField) -> str:
    """Return how a field is laid out: hidden, checkbox, choices, answers, answer rows, faces or line."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    for kind, name in ((ThreeWayRows, "answer rows"), (ThreeWay, "answers"), (Faces, "faces")):
        if isinstance(widget, kind):
            return name
    return "choices" if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple) else "line"


@register.filter
def says_optional(field: BoundField) -> bool:
    """Tell whether "optional" stands at a field: not where the form says it of none, or needs it later."""
    form = field.form
    is_needed = field.field.required or field.name in getattr(form, "needed_later", ())
    return not is_needed and getattr(form, "says_optional", True)


@register.simple_tag
def widget(field: BoundField, **attrs: str) -> SafeString:
    """Return the field's input in Designsystemet's style, with its own attributes kept."""
    own = field.field.widget.attrs
    classes = " ".join(dict.fromkeys(["ds-input", *str(own.get("class", "")).split()]))
    return field.as_widget(attrs={**ui_words.input_attrs(field), **attrs, "class": classes})


@register.filter
def answer_groups(field: BoundField) -> list[dict[str, Any]]:
    """Return the answers of a three-way field, each with its chips, or the rows under each heading."""
    groups: list[dict[str, Any]] = field.field.widget.groups(field.value())
    return groups


@register.filter
def choice_inputs(field: BoundField) -> list[dict[str, Any]]:
    """Return id, value, input and label of each radio button or checkbox of a field."""
    found = []
    for part in field.subwidgets:
        part.data["attrs"] = {**part.data["attrs"], "class": "ds-input"}
        words = {"id": part.id_for_label, "value": str(part.data["value"]), "label": part.choice_label}
        found.append({**words, "input": part.tag()})
    return found


register.filter(error_links)
register.filter(error_texts)


# Forms


class FormTokens(CsrfTokenNode):
    """Django's CSRF token, and beside it the token by which a form that is sent twice is known."""

    def render(self, context: template.Context) -> SafeString:
        """Return both hidden fields; a browser that goes back must not fill in the old token."""
        field = '<input type="hidden" name="{}" value="{}" autocomplete="off">'
        reader = getattr(context.get("request"), "user", None)
        return SafeString(super().render(context) + format_html(field, TOKEN, token_for(reader)))


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormTokens:
    """Stand in for Django's tag of this name, so that no form that posts can be without its token."""
    return FormTokens()


# Addresses


class PageAddress(URLNode):
    """Django's tag, for pages about rows by the address that is worked out already."""

    def render(self, context: template.Context) -> str:
        """Return the address; Django's own way where it has names for its arguments or is kept for later."""
        if self.kwargs or self.asvar:
            return super().render(context)
        found = address(self.view_name.resolve(context), *[each.resolve(context) for each in self.args])
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> PageAddress:
    """Stand in for Django's tag of this name: rows of a list lead to the same few pages."""
    node = url_tag(parser, token)
    return PageAddress(node.view_name, node.args, node.kwargs, node.asvar)
