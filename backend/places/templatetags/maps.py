"""Draws a map of municipalities with its table."""

from typing import Any

from django import template

from backend.places.svg import Map

register = template.Library()


@register.inclusion_tag("places/_map.html")
def place_map(drawing: Map, *, caption: str, value_heading: str = "", unit: str = "") -> dict[str, Any]:
    """Draw `drawing` (of backend.places.svg) under `caption`; `unit` "percent" shows values as shares."""
    return {
        "map": drawing,
        "caption": caption,
        "value_heading": value_heading,
        "unit": unit,
        "has_values": any(area.value is not None for area in drawing.areas),
    }
