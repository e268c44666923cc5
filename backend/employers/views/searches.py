"""Saved searches: a user's own, and those of visitors, who answer from the mail."""

from functools import partial
from uuid import UUID

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, is_shown_again, status_of
from backend.employers.enums import SearchPace
from backend.employers.forms.searches import FollowForm, SearchForm
from backend.employers.models import SavedSearch
from backend.employers.pages import lines
from backend.employers.searching.news import asked_in, news_of, words_of_query
from backend.employers.searching.visitors import of_token
from backend.employers.services import searches

OWN = "employers:search_list"
ONE_CLICK = "List-Unsubscribe"


@require_GET
def search_list(request: HttpRequest) -> HttpResponse:
    """List what the reader has saved."""
    rows = SavedSearch.objects.visible_to(request.user)
    named = [(row, words_of_query(row.query)) for row in rows]
    return render(request, "employers/search_list.html", {"searches": named})


@login_not_required
@require_http_methods(["GET", "POST"])
def search_save(request: HttpRequest) -> HttpResponse:
    """Save the search that stands in the address: for who is signed in, else for a confirmed address."""
    query = asked_in(request.GET)
    if not request.user.is_authenticated:
        return _follow(request, query)
    usual = {"name": words_of_query(query) or _("All openings"), "pace": SearchPace.DAILY}
    form = SearchForm(posted(request), initial=usual)
    if request.method == "POST" and form.is_valid():
        save = partial(searches.save_search, query=query, **form.cleaned_data)
        if answer := ask_form(request, form, save, to=OWN, said=_("The search is saved.")):
            return answer
    return _form(request, form, query)


def _follow(request: HttpRequest, query: str) -> HttpResponse:
    form = FollowForm(posted(request), initial={"pace": SearchPace.WEEKLY})
    if request.method == "POST" and form.is_valid() and not is_shown_again(request):
        if not ratelimit.consume(request, action="follow_search", key=form.cleaned_data["email"].lower()):
            limited: HttpResponse = ratelimit.respond_429(request)
            return limited
        _keep_and_ask(form, query)
        return render(request, "employers/search_asked.html")
    return _form(request, form, query)


def _keep_and_ask(form: FollowForm, query: str) -> None:
    """Keep the search and mail the link; the answer is the same whatever comes of it."""
    at, language = timezone.now(), get_language() or "sv"
    name = words_of_query(query) or _("All openings")
    searches.follow_search(**form.cleaned_data, name=name, query=query, language=language, at=at)


def _form(request: HttpRequest, form: SearchForm | FollowForm, query: str) -> HttpResponse:
    context = {"form": form, "words": words_of_query(query), "back": _list_of(query)}
    return render(request, "employers/search_form.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def search_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call a saved search something else, or be told of it more or less often."""
    row = get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
    form = SearchForm(posted(request), initial={"name": row.name, "pace": row.pace})
    if request.method == "POST" and form.is_valid():
        change = partial(searches.change_search, search_id=pk, **form.cleaned_data)
        if answer := ask_form(request, form, change, to=OWN, said=_("The search is saved.")):
            return answer
    context = {"form": form, "words": words_of_query(row.query), "back": reverse(OWN)}
    return render(request, "employers/search_form.html", context, status=status_of(form))


@require_POST
def search_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete a saved search."""
    return ask(request, searches.delete_search, to=OWN, said=_("The search is deleted."), search_id=pk)


@require_GET
def search_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was new the last time that the reader was told."""
    row = get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
    rows = lines.drawn(lines.read(news_of(row)[:100]))
    context = {"search": row, "rows": rows, "all_url": _list_of(row.query)}
    return render(request, "employers/search_news.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def search_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Take the word of who has the mail that the address is theirs; to look changes nothing."""
    row = of_token(token).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        row = searches.confirm_search(token=token, at=timezone.now())
    context = {"search": row, "words": words_of_query(row.query), "all_url": _list_of(row.query)}
    return render(request, "employers/search_confirm.html", context)


@csrf_exempt  # who holds the address has the mail, and mail programs send no token (RFC 8058, 3.1)
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def search_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Delete a visitor's search and address, by one press of a mail program or on a page."""
    is_there = of_token(token).exists()
    if request.method == "POST":
        searches.stop_following(token=token, at=timezone.now())
        if ONE_CLICK in request.POST:
            return HttpResponse(status=200)
        return redirect(f"{request.path}?klart=1")
    if not is_there and "klart" not in request.GET:
        raise Http404
    return render(request, "employers/search_stop.html", {"is_there": is_there})


def _list_of(query: str) -> str:
    address = reverse("employers:opening_list")
    return f"{address}?{QueryDict(query).urlencode()}" if query else address
