"""What a coach hands in of an agreement that was signed on paper."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.documents import HandedIn, read_handed_in
from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker
from backend.internships.enums import Party
from backend.internships.models import Agreement


class PaperForm(forms.Form):
    """The paper that somebody has signed, and who has."""

    parties = forms.MultipleChoiceField(
        label=_("Who has signed the paper?"), choices=Party, widget=forms.CheckboxSelectMultiple
    )
    signer = forms.CharField(
        label=_("Who signed for the employer?"),
        max_length=150,
        required=False,
        help_text=_("The name as it stands on the paper."),
    )
    signed_on = WorkingDate(label=_("Signed on"), widget=DatePicker)
    paper = forms.FileField(
        label=_("The paper"),
        help_text=_("A photo (JPEG or PNG) or a scan (PDF), 10 MB at most."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signed = {each.party for each in agreement.signatures.all()}
        left = [(party.value, party.label) for party in Party if party not in signed]
        if Party.EMPLOYER in signed:
            del self.fields["signer"]
        cast("forms.MultipleChoiceField", self.fields["parties"]).choices = left

    def clean_paper(self) -> HandedIn:
        """Take the file by what its bytes are."""
        return read_handed_in(self.cleaned_data["paper"])

    @property
    def signed(self) -> dict[str, Any]:
        """What the service wants to know."""
        return dict(self.cleaned_data)
