"""Entries as an iCalendar file (RFC 5545), and as what a mail brings along (RFC 5546, RFC 6047)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from email.mime.text import MIMEText
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from backend.core.calendars.entries import Entry

REQUEST, CANCEL = "REQUEST", "CANCEL"
NAME: Final = "Praktikbron"
REFRESH: Final = timedelta(hours=6)


def as_ics(
    entries: Iterable[Entry], *, method: str = "", attendee: str = "", name: str = "", is_public: bool = False
) -> bytes:
    """Return the file; with `method` it asks the calendar of `attendee` to take entries in or strike them.

    What is public is marked so; anything else is the reader's own.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{NAME}//SV")
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = _event(entry, method=method, attendee=attendee)
        event.add("class", "PUBLIC" if is_public else "PRIVATE")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def attached(entry: Entry, *, method: str, attendee: str) -> MIMEText:
    """Return what a mail brings along so that the receiver's calendar takes `entry` in, or strikes it."""
    words = as_ics([entry], method=method, attendee=attendee).decode()
    part = MIMEText(words, "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="mote.ics")
    return part


def _event(entry: Entry, *, method: str, attendee: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("summary", entry.title)
    event.add("dtstart", _local(entry.starts))
    event.add("dtend", _local(entry.ends) if entry.ends else entry.starts + timedelta(days=1))
    event.add("description", settings.SITE_URL + entry.path)
    event.add("url", settings.SITE_URL + entry.path)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    if entry.place:
        event.add("location", entry.place)
    if method:
        event.add("organizer", vCalAddress(f"mailto:{_address_of_sender()}"))
        guest = {"PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
        event.add("attendee", vCalAddress(f"mailto:{attendee}"), parameters=guest)
    return event


def _local(value: datetime | date) -> datetime | date:
    """Return a moment with the zone's name, so that it stays at its hour when the clocks change."""
    return timezone.localtime(value) if isinstance(value, datetime) else value


def _address_of_sender() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("<")[2].rstrip(">")
