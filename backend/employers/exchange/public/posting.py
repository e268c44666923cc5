"""A job as search engines read it in its page: schema.org's JobPosting in JSON-LD.

Only of paid jobs that a stranger may read and that still have a free place; ADR 40 says why.
"""

import json
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, Final

from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _

from backend.accounts.models import MunicipalityContact
from backend.core.clock import day_of
from backend.employers.enums import OpeningKind
from backend.employers.exchange.public.openings import last_day_by, site_address
from backend.employers.models import Opening, Workplace
from backend.employers.pages.presenting import Description
from backend.places.enums import Precision
from backend.places.lookup import postcode_in
from backend.places.models import MunicipalityArea

FULL_TIME_HOURS: Final = 35
# What could end the element, or begin a comment in it; the same as django.utils.html.json_script.
_UNSAFE: Final = {
    ord(sign): f"\\u{ord(sign):04X}"
    for sign in ("<", ">", "&", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}")
}


def posting_script(
    description: Description, *, contact: MunicipalityContact | None, at: datetime
) -> SafeString | str:
    """Return the element that holds the posting of a described opening; "" for what is told to nobody."""
    if not is_told(description.opening, at=at):
        return ""
    words = json.dumps(posting_of(description, contact=contact, at=at), ensure_ascii=False)
    harmless = mark_safe(words.translate(_UNSAFE))  # noqa: S308 - no sign is left that could end the element
    return format_html('<script type="application/ld+json">{}</script>', harmless)


def is_told(opening: Opening, *, at: datetime) -> bool:
    """Tell whether search engines are told of an opening: a paid job that is open to strangers now."""
    is_offered = opening.kind == OpeningKind.JOB and opening.is_open_on(day_of(at))
    return is_offered and opening.workplace.employer.is_welcome_on(day_of(at))


def posting_of(
    description: Description, *, contact: MunicipalityContact | None, at: datetime
) -> dict[str, Any]:
    """Return the JobPosting of a described job; what is not known is left out."""
    opening = description.opening
    until = datetime.combine(last_day_by(at=at)(opening), time(23, 59, 59))
    address = site_address(opening.get_absolute_url())
    known = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": opening.title,
        "description": _in_html(description),
        "datePosted": localtime(opening.published_at).isoformat(timespec="seconds"),
        "validThrough": make_aware(until).isoformat(timespec="seconds"),
        "identifier": {"@type": "PropertyValue", "name": "Praktikbron", "value": str(opening.pk)},
        "url": address,
        "hiringOrganization": _organisation(opening),
        "jobLocation": _location(opening.workplace),
        "employmentType": list(_employment(opening)),
        "workHours": description.hours,
        "jobStartDate": opening.starts_on.isoformat() if opening.starts_on else None,
        "totalJobOpenings": opening.places_left,
        "relevantOccupation": _occupation(description),
        "skills": [*description.essential, *description.desirable],
        "qualifications": [*description.licences, *description.languages],
        # Nobody applies on the page itself: whoever wants the job rings or writes to the municipality.
        "directApply": False,
        "applicationContact": _contact(contact),
    }
    return {name: value for name, value in known.items() if value not in (None, "", [])}


def _in_html(description: Description) -> str:
    opening = description.opening
    parts = [linebreaks(escape(opening.description))]
    for heading, items in ((_("Essential"), description.essential), (_("Desirable"), description.desirable)):
        if items:
            points = "".join(f"<li>{escape(each)}</li>" for each in items)
            parts.append(f"<p>{escape(heading)}</p><ul>{points}</ul>")
    return "".join(parts)


def _organisation(opening: Opening) -> dict[str, str]:
    employer = opening.workplace.employer
    known = {"@type": "Organization", "name": employer.name, "sameAs": employer.website}
    return {name: value for name, value in known.items() if value}


def _location(workplace: Workplace) -> dict[str, Any]:
    area = MunicipalityArea.objects.filter(code=workplace.municipality_code).first()
    known = {
        "@type": "PostalAddress",
        "streetAddress": workplace.street,
        "postalCode": postcode_in(workplace.place_text),
        "addressLocality": workplace.locality_name or (area.name if area else workplace.place_text),
        "addressRegion": area.county_name if area else "",
        "addressCountry": "SE",
    }
    place: dict[str, Any] = {"@type": "Place", "name": workplace.name}
    place["address"] = {name: value for name, value in known.items() if value}
    # The middle of a municipality is no place of work.
    if workplace.latitude is not None and workplace.precision != Precision.MUNICIPALITY:
        point = {"latitude": workplace.latitude, "longitude": workplace.longitude}
        place["geo"] = {"@type": "GeoCoordinates", **point}
    return place


def _employment(opening: Opening) -> Iterator[str]:
    """Yield what kinds of employment it may be, in Google's words (structured data for job postings)."""
    if opening.hours_max >= FULL_TIME_HOURS:
        yield "FULL_TIME"
    if opening.hours_min < FULL_TIME_HOURS:
        yield "PART_TIME"
    if opening.ends_on:
        yield "TEMPORARY"


def _occupation(description: Description) -> dict[str, str] | None:
    return {"@type": "Occupation", "name": description.occupation} if description.occupation else None


def _contact(contact: MunicipalityContact | None) -> dict[str, str] | None:
    if contact is None:
        return None
    known = {"@type": "ContactPoint", "telephone": contact.phone, "email": contact.email}
    return {**known, "contactType": _("Questions")}
