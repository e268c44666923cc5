"""The public list as an Atom feed (RFC 4287) and as a calendar (RFC 5545), with the list's own filters."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, linebreaks
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backend.core.calendars import Entry, as_ics
from backend.employers.exchange.public.openings import asked_for, for_xml, last_day_by, site_address
from backend.employers.models import Opening
from backend.employers.pages.presenting import when
from backend.skills.wording import hours_a_week

SECONDS_KEPT: Final = 900


class OpeningFeed(Feed):  # type: ignore[type-arg]
    """The newest openings that fit the filters of the address."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpRequest:
        """Return what is asked for: a feed is about its address."""
        return request

    def title(self, request: HttpRequest) -> str:
        """Return what a feed reader calls it."""
        return _("Openings in Praktikbron")

    def subtitle(self, request: HttpRequest) -> str:
        """Return what stands under the title."""
        return _("Internships and jobs at workplaces that want to receive somebody.")

    def link(self, request: HttpRequest) -> str:
        """Return the page of the same list."""
        return list_address(request, "employers:opening_list")

    def feed_url(self, request: HttpRequest) -> str:
        """Return where the feed itself is."""
        return list_address(request, "employers:opening_feed")

    def feed_guid(self, request: HttpRequest) -> str:
        """Return the feed's lasting name."""
        return self.feed_url(request)

    def author_name(self, request: HttpRequest) -> str:
        """Return who makes the feed."""
        return "Praktikbron"

    def items(self, request: HttpRequest) -> Iterable[Opening]:
        """Return the openings."""
        return asked_for(request, on=localdate())

    def item_title(self, item: Opening) -> str:
        """Say what it is first: nobody may take an internship for a job."""
        return for_xml(f"{item.get_kind_display()}: {item.title}")

    def item_description(self, item: Opening) -> str:
        """Return where, when and how much, and the work in its writer's words."""
        facts = [
            _place_of(item),
            when(item.starts_on, item.ends_on),
            hours_a_week(item.hours_min, item.hours_max),
        ]
        short = " · ".join(each for each in (item.promise, *facts) if each)
        return for_xml(format_html("<p>{}</p>{}", short, linebreaks(item.description, autoescape=True)))

    def item_link(self, item: Opening) -> str:
        """Return its page."""
        return site_address(item.get_absolute_url())

    def item_guid(self, item: Opening) -> str:
        """Return its lasting name (RFC 4122)."""
        return f"urn:uuid:{item.pk}"

    def item_author_name(self, item: Opening) -> str:
        """Return the employer."""
        return for_xml(item.workplace.employer.name)

    def item_pubdate(self, item: Opening) -> datetime | None:
        """Return when it was published."""
        return item.published_at

    def item_updateddate(self, item: Opening) -> datetime:
        """Return when somebody last said that it holds."""
        return item.fresh_at

    def item_categories(self, item: Opening) -> list[str]:
        """Return whether it is an internship or a job, and the occupation."""
        occupation = getattr(item, "occupation", None)
        return [for_xml(each) for each in (item.kind, occupation.name if occupation else "") if each]


@login_not_required
@require_safe
def opening_feed(request: HttpRequest) -> HttpResponse:
    """Give feed readers the newest openings that fit the filters of the address."""
    return _kept_a_while(OpeningFeed()(request))


@login_not_required
@require_safe
def opening_calendar(request: HttpRequest) -> HttpResponse:
    """Give calendars the days on which the openings of the list begin, and until when each holds."""
    last_day, found = last_day_by(at=timezone.now()), asked_for(request, on=localdate())
    entries = [entry for each in found for entry in _days_of(each, until=last_day(each))]
    body = as_ics(entries, name=_("Openings in Praktikbron"), is_public=True)
    return _kept_a_while(HttpResponse(body, content_type="text/calendar; charset=utf-8"))


def list_address(request: HttpRequest, name: str) -> str:
    """Return the whole address of the list in another form, with what narrows it."""
    asked = request.GET.copy()
    for no_filter in ("page", "sort"):
        asked.pop(no_filter, None)
    query = asked.urlencode()
    return site_address(reverse(name)) + (f"?{query}" if query else "")


def in_other_forms(request: HttpRequest) -> dict[str, str]:
    """Return where the list of the address is read as a feed, and as a calendar."""
    names = {"feed_url": "employers:opening_feed", "calendar_url": "employers:opening_calendar"}
    return {key: list_address(request, name) for key, name in names.items()}


def _days_of(opening: Opening, *, until: date) -> Iterator[Entry]:
    about = {"ends": None, "changed_at": opening.fresh_at, "path": opening.get_absolute_url()}
    place, title = _place_of(opening), f"{opening.get_kind_display()}: {opening.title}"
    words = _("Last day – %(title)s") % {"title": title}
    yield Entry(f"{opening.pk}-last", words, until, place=place, **about)  # type: ignore[arg-type]
    if opening.starts_on and opening.starts_on >= localdate():
        words = _("Begins – %(title)s") % {"title": title}
        yield Entry(f"{opening.pk}-begins", words, opening.starts_on, place=place, **about)  # type: ignore[arg-type]


def _place_of(opening: Opening) -> str:
    workplace = opening.workplace
    where = workplace.locality_name or workplace.place_text
    return f"{workplace.employer.name}, {where}"


def _kept_a_while(answer: HttpResponse) -> HttpResponse:
    patch_cache_control(answer, public=True, max_age=SECONDS_KEPT)
    return answer
