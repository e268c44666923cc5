"""Made-up contents for the page that shows every component of the design system (development only)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Page, Paginator
from django.urls import reverse_lazy

from backend.core.fields import WorkingDate
from backend.core.ui.charts import Point, TrendChart, bar_chart, trend_chart
from backend.core.ui.widgets import Combobox, DatePicker

NOW = datetime(2026, 3, 12, 14, 5, tzinfo=ZoneInfo("Europe/Stockholm"))


class SkillRowForm(forms.Form):
    """One row of skills."""

    text = forms.CharField(label="Kompetens", widget=Combobox("core:gallery_suggestions"))
    essential = forms.BooleanField(label="Måste finnas", required=False)


class ExampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label="Rubrik", help_text="Till exempel ”Köksbiträde i skolkök”.", max_length=80)
    occupation = forms.CharField(
        label="Yrke",
        help_text="Skriv med egna ord. Förslag kommer medan du skriver.",
        widget=Combobox("core:gallery_suggestions"),
    )
    places = forms.IntegerField(label="Antal platser", min_value=1, max_value=50)
    starts_on = WorkingDate(label="Börjar", widget=DatePicker)
    ends_on = WorkingDate(label="Slutar", required=False, widget=DatePicker)
    description = forms.CharField(
        label="Vad ska personen göra?",
        help_text="Skriv inget om någons hälsa.",
        required=False,
        widget=forms.Textarea,
    )
    intent = forms.ChoiceField(
        label="Kan praktiken leda till jobb?",
        choices=[
            ("internship_only", "Bara praktik"),
            ("may_hire", "Kanske"),
            ("will_hire_if_fit", "Ja, om det fungerar"),
        ],
        widget=forms.RadioSelect,
    )
    adaptations = forms.MultipleChoiceField(
        label="Vad kan ni anpassa?",
        required=False,
        choices=[
            ("calm", "Lugn miljö"),
            ("written", "Skriftliga instruktioner"),
            ("no_lifting", "Inga tunga lyft"),
            ("interpreter", "Tolk"),
            ("short_days", "Kortare dagar"),
            ("supervisor", "Handledare hela tiden"),
            ("sitting", "Sittande arbete"),
            ("breaks", "Fler pauser"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    language_level = forms.ChoiceField(
        label="Svenska",
        choices=[("", "Inget krav"), ("A1", "A1, enkla ord"), ("B1", "B1, klarar vardagen")],
        required=False,
    )
    agrees = forms.BooleanField(label="Vi har rådfrågat facket", help_text="Krävs innan praktiken börjar.")

    groups = (
        ("Vad", ["title", "occupation", "description"], "Fem korta delar. Du kan ändra allt senare."),
        ("Var och när", ["places", "starts_on", "ends_on"]),
        ("Vad behövs och vad kan ni anpassa", ["language_level", "intent", "adaptations"]),
    )


SUGGESTIONS = [
    ("Köksbiträde", "yrke"),
    ("Kökshygien", "kompetens"),
    ("Kökschef", "yrke"),
    ("Kassaarbete", "kompetens"),
    ("Lokalvård", "kompetens"),
    ("Lagerarbetare", "yrke"),
    ("Truckkort A och B", "kompetens"),
]


def suggestions(text: str) -> list[dict[str, str]]:
    """Return the examples that begin like `text`."""
    return [{"text": t, "hint": hint} for t, hint in SUGGESTIONS if t.casefold().startswith(text.casefold())]


def examples() -> dict[str, Any]:
    """Return what the gallery shows, the same every time."""
    row_forms = forms.formset_factory(SkillRowForm, extra=0)
    return {
        "steps": _steps("done", "done", "current", "todo", "todo"),
        "steps_stopped": _steps("done", "done", "stopped", "todo", "todo"),
        "steps_finished": _steps("done", "done", "done", "done", "done"),
        "timeline": _timeline(),
        "marks": MARKS,
        "form": ExampleForm(),
        "bad_form": ExampleForm({"title": "", "places": "0", "starts_on": "2026-13-01"}, prefix="bad"),
        "skills": row_forms(
            prefix="skills", initial=[{"text": "Kökshygien", "essential": True}, {"text": "Kassaarbete"}]
        ),
        "page": _page(),
        "bars": bar_chart(
            [
                ("Lokalvård", 31, ""),
                ("Kök och restaurang", 28, ""),
                ("Lager", 12, ""),
                ("Utemiljö och park", 4, ""),
            ]
        ),
        "trend": _trend(),
        "facts": [
            {"icon": "place", "text": "Enköping, 3,4 km"},
            {"icon": "clock", "text": "20–30 timmar i veckan"},
            {"icon": "calendar", "text": "16 mars–28 augusti 2026"},
        ],
        "effects": ["Praktiken slutar i dag, 12 mars 2026.", "Platsen blir ledig igen."],
        "recipients": [
            "Stadsodlingen får ett mejl utan personuppgifter.",
            "Amina ser det när hon loggar in.",
        ],
        "now": NOW,
        "today": date(2026, 3, 12),
        "here": reverse_lazy("core:components_gallery"),
    }


MARKS = [
    {"text": "Kökshygien", "mark": "met", "essential": True, "via": "", "degree": 1.0},
    {"text": "Kassaarbete", "mark": "near", "essential": True, "via": "butiksarbete", "degree": 0.82},
    {"text": "Svenska B1", "mark": "met", "essential": True, "via": "", "degree": 1.0},
    {"text": "Servering", "mark": "missing", "essential": False, "via": "", "degree": None},
    {"text": "Bakning", "mark": "near", "essential": False, "via": "storkök", "degree": 0.61},
]


def _steps(*states: str) -> list[dict[str, str]]:
    labels = ["Föreslagen", "Accepterad", "Praktik pågår", "Slutsamtal", "Anställd"]
    return [{"label": label, "state": state} for label, state in zip(labels, states, strict=True)]


def _timeline() -> list[dict[str, Any]]:
    return [
        {"at": NOW, "who": "Maria Lindqvist, jobbcoach", "what": "Praktiken började."},
        {"at": NOW - timedelta(days=6), "who": "Johan Åberg, Stadsodlingen", "what": "Sa ja till förslaget."},
        {
            "at": NOW - timedelta(days=9),
            "who": "Maria Lindqvist, jobbcoach",
            "what": "Skickade förslaget till Stadsodlingen.",
            "why": "Amina har arbetat i storkök och vill arbeta utomhus.",
        },
    ]


def _page() -> Page[int]:
    return Paginator(range(1250), 25).get_page(7)


def _trend() -> TrendChart:
    months = ["jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep"]
    before = [0.62, 0.71, 0.68, 0.8, None, 0.86, 0.9, 0.88, 0.92]
    after = [0.3, 0.28, 0.35, 0.33, 0.41, 0.38, 0.45, 0.44, 0.47]
    lines = [
        ("Praktik före jobb", _points(months, before)),
        ("Praktik som blev jobb", _points(months, after)),
    ]
    return trend_chart(lines, largest=1)


def _points(months: Sequence[str], values: Sequence[float | None]) -> list[Point]:
    return [Point(month, value) for month, value in zip(months, values, strict=True)]
