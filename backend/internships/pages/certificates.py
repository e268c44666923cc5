"""A certificate as its coach looks at it before it is issued."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from backend.core.documents import can_make_pdf
from backend.internships.certified import ATTENDED, MINUTES, changes_since, contents_of, minutes_attended
from backend.internships.models import DOCUMENTS, Certificate, Internship


class CertificateForm(forms.Form):
    """What the coach chooses: whether the hours at the workplace stand in it, where they are known."""

    with_hours = forms.BooleanField(
        label=_("State the hours at the workplace"),
        required=False,
        help_text=_("They are known. Ask the person: few hours can be read as absence."),
    )

    def __init__(self, *args: Any, hours_are_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not hours_are_known:
            del self.fields["with_hours"]

    @property
    def chosen(self) -> bool:
        """Whether the hours stand in it."""
        return bool(self.cleaned_data.get("with_hours"))


def form_for(internship: Internship, data: Any, *, at: datetime) -> CertificateForm:
    """Return the form about `internship`, as the newest edition was chosen; at first with the hours."""
    stands = internship.certificates.current().first()
    has_hours = stands is None or any(term["key"] == ATTENDED for term in stands.contents_in("sv"))
    is_known = minutes_attended(internship, at=at) is not None
    return CertificateForm(data, initial={"with_hours": has_hours}, hours_are_known=is_known)


def context_for(internship: Internship, form: CertificateForm, *, at: datetime) -> dict[str, Any]:
    """Return what the page shows: what an edition would say, and how the one that stands differs."""
    language = get_language() or "sv"
    attended = minutes_attended(internship, at=at)
    stands = internship.certificates.current().first()
    has_hours = stands is None or any(term["key"] == ATTENDED for term in stands.contents_in("sv"))
    now = contents_of(internship, attended=attended if has_hours else None)
    return {
        "form": form,
        "internship": internship,
        "lines": now[language],
        "hours": round(attended / MINUTES) if attended else None,
        "stands": stands,
        "changes": changes_since(stands, now, language) if stands else [],
        "downloads": downloads_of(stands) if stands else [],
        "has_pdf": can_make_pdf(),
    }


def downloads_of(certificate: Certificate) -> list[dict[str, str]]:
    """Return where the documents of an edition are, the one in the reader's language first."""
    names = {"sv": _("In Swedish"), "en": _("In English")}
    first = get_language() or "sv"
    codes = sorted(DOCUMENTS, key=lambda code: code != first)
    return [
        {
            "label": str(names[code]),
            "url": reverse("internships:certificate_document", args=[certificate.pk, code]),
        }
        for code in codes
    ]
