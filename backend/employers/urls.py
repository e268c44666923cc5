"""Openings, the employer's own pages, and the staff's pages about employers."""

from django.urls import URLPattern, include, path

from backend.employers.capacity import hours_page
from backend.employers.capacity import views as capacity
from backend.employers.merging import views as merging
from backend.employers.views import (
    browse,
    contacts,
    editor,
    invitations,
    members,
    numbers,
    on_behalf,
    organisation,
    portfolio,
    replies,
    searches,
    several,
    verbs,
    workplaces,
)
from backend.employers.views.access import View, follows_merger


def of_one(rest: str, view: View, *, name: str) -> URLPattern:
    """Return an address about one employer, which leads on when that was merged into another."""
    return path(f"arbetsgivare/<uuid:pk>/{rest}", follows_merger(view), name=name)


app_name = "employers"
urlpatterns = [
    path("", include("backend.employers.exchange.urls")),
    path("platser/", browse.opening_list, name="opening_list"),
    path("platser/excel/", browse.opening_export, name="opening_export"),
    path("platser/ny/", editor.opening_create, name="opening_create"),
    path("platser/vanliga-kompetenser/", editor.usual_skills, name="usual_skills"),
    path("platser/<uuid:pk>/", browse.opening_detail, name="opening_detail"),
    path("platser/<uuid:pk>/andra/", editor.opening_edit, name="opening_edit"),
    path("platser/<uuid:pk>/publicera/", verbs.opening_publish, name="opening_publish"),
    path("platser/<uuid:pk>/godkann/", verbs.opening_approve, name="opening_approve"),
    path("platser/<uuid:pk>/ge-tillbaka/", verbs.opening_return, name="opening_return"),
    path("platser/<uuid:pk>/stang/", verbs.opening_close, name="opening_close"),
    path("platser/<uuid:pk>/pausa/", verbs.opening_pause, name="opening_pause"),
    path("platser/<uuid:pk>/ateruppta/", verbs.opening_resume, name="opening_resume"),
    path("platser/<uuid:pk>/bekrafta/", verbs.opening_refresh, name="opening_refresh"),
    path(
        "platser/<uuid:pk>/krav/<uuid:requirement_pk>/",
        verbs.requirement_settle,
        name="requirement_settle",
    ),
    path("sparade-sokningar/", searches.search_list, name="search_list"),
    path("sparade-sokningar/spara/", searches.search_save, name="search_save"),
    path("sparade-sokningar/<uuid:pk>/", searches.search_edit, name="search_edit"),
    path("sparade-sokningar/<uuid:pk>/ta-bort/", searches.search_delete, name="search_delete"),
    path("sparade-sokningar/<uuid:pk>/nytt/", searches.search_open, name="search_open"),
    path("bevakning/<str:token>/", searches.search_confirm, name="search_confirm"),
    path("bevakning/<str:token>/sluta/", searches.search_stop, name="search_stop"),
    path("platser/<uuid:pk>/kopiera/", several.opening_copy, name="opening_copy"),
    path("mina-platser/flera/", several.several, name="several"),
    path("mina-platser/", organisation.my_openings, name="my_openings"),
    path("kapacitet/", organisation.capacity_list, name="capacity_list"),
    path("kapacitet/ny/", capacity.capacity_create, name="capacity_create"),
    path("kapacitet/kalender/", capacity.capacity_calendar, name="capacity_calendar"),
    path("kapacitet/<uuid:pk>/", capacity.capacity_detail, name="capacity_detail"),
    path("kapacitet/<uuid:pk>/andra/", capacity.capacity_edit, name="capacity_edit"),
    path("kapacitet/<uuid:pk>/undantag/", capacity.exception_add, name="exception_add"),
    path("kapacitet/undantag/<uuid:pk>/ta-tillbaka/", capacity.exception_withdraw, name="exception_withdraw"),
    path("arbetsplatstimmar/", hours_page.workplace_hours, name="workplace_hours"),
    path("arbetsplatstimmar/excel/", hours_page.workplace_hours_export, name="workplace_hours_export"),
    path("organisation/", organisation.my_organisation, name="my_organisation"),
    path("organisation/ny/", organisation.register, name="register"),
    path("arbetsplatser/ny/", workplaces.workplace_create, name="workplace_create"),
    path("arbetsplatser/<uuid:pk>/", workplaces.workplace_edit, name="workplace_edit"),
    path("arbetsplatser/<uuid:pk>/anpassning/", workplaces.adaptation_answer, name="adaptation_answer"),
    path("medlemmar/<uuid:pk>/", members.membership_page, name="membership_page"),
    path("medlemmar/<uuid:pk>/godkann/", members.membership_approve, name="membership_approve"),
    path("medlemmar/<uuid:pk>/avsluta/", members.membership_end, name="membership_end"),
    path("medlemmar/<uuid:pk>/lamna/", members.membership_leave, name="membership_leave"),
    path("medlemmar/<uuid:pk>/paminn/", members.membership_remind, name="membership_remind"),
    path("medlemmar/<uuid:pk>/ta-tillbaka/", members.membership_withdraw, name="membership_withdraw"),
    path("medlemmar/<uuid:pk>/samtal/", members.membership_call, name="membership_call"),
    path("medlemmar/<uuid:pk>/roll/", members.membership_role, name="membership_role"),
    path("inbjudningar/<uuid:pk>/skicka/", invitations.invitation_resend, name="invitation_resend"),
    path("inbjudningar/<uuid:pk>/ta-tillbaka/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("inbjuden/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("arbetsgivare/", portfolio.employer_list, name="employer_list"),
    path("arbetsgivare/excel/", portfolio.employer_export, name="employer_export"),
    path("arbetsgivare/ny/", on_behalf.employer_register, name="employer_register"),
    path("arbetsgivare/dubbletter/", merging.likely_list, name="likely_doubles"),
    of_one("", portfolio.employer_detail, name="employer_detail"),
    of_one("kalender/", capacity.employer_calendar, name="employer_calendar"),
    of_one("kontroll/", portfolio.check_create, name="check_create"),
    of_one("uppgifter/", organisation.facts_edit, name="facts_edit"),
    of_one("nummer/", numbers.number_show, name="number_show"),
    of_one("bjud-in/", invitations.invitation_create, name="invitation_create"),
    of_one("kontakt/", contacts.employer_contact_record, name="employer_contact_record"),
    of_one(
        "kontakt/<uuid:contact_id>/ta-bort/", contacts.employer_contact_remove, name="employer_contact_remove"
    ),
    of_one("svar/", replies.reply_list, name="reply_list"),
    of_one("svar/nytt/", replies.reply_add, name="reply_add"),
    of_one("svar/<slug:key>/", replies.reply_edit, name="reply_edit"),
    of_one("svar/<slug:key>/ta-bort/", replies.reply_remove, name="reply_remove"),
    of_one("sla-ihop/", merging.other_choose, name="employer_merge_with"),
    of_one("sla-ihop/<uuid:other_pk>/", merging.employer_merge, name="employer_merge"),
    of_one("inte-samma/<uuid:other_pk>/", merging.employers_keep_apart, name="employers_keep_apart"),
    of_one("godkann/", portfolio.employer_approve, name="employer_approve"),
]
