"""A sole trader's number, shown to staff who say why they need it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.core.ui.forms import posted
from backend.core.ui.http import is_shown_again, status_of
from backend.employers import services
from backend.employers.forms.numbers import NumberForm
from backend.employers.models import Employer
from backend.employers.views.access import STAFF


@role_required(*STAFF)
@require_http_methods(["GET", "POST"])
@never_cache
def number_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask why the number is needed, and show it in the answer to that alone: it stands in no address."""
    employer = get_object_or_404(Employer.objects.decidable_by(request.user), pk=pk)
    form, number = NumberForm(posted(request)), ""
    if request.method == "POST" and form.is_valid() and not is_shown_again(request):
        reader, why = signed_in(request), form.cleaned_data["why"]
        number = services.show_number(employer_id=pk, why=why, by=reader, at=timezone.now())
    context = {"employer": employer, "form": form, "number": number}
    return render(request, "employers/number_show.html", context, status=status_of(form))
