"""Openings, the employer's own pages, and the staff's pages about employers."""

from django.urls import path

from backend.employers.views import (
    browse,
    editor,
    invitations,
    members,
    organisation,
    portfolio,
    verbs,
    workplaces,
)

app_name = "employers"
urlpatterns = [
    path("platser/", browse.opening_list, name="opening_list"),
    path("platser/excel/", browse.opening_export, name="opening_export"),
    path("platser/ny/", editor.opening_create, name="opening_create"),
    path("platser/<uuid:pk>/", browse.opening_detail, name="opening_detail"),
    path("platser/<uuid:pk>/andra/", editor.opening_edit, name="opening_edit"),
    path("platser/<uuid:pk>/publicera/", verbs.opening_publish, name="opening_publish"),
    path("platser/<uuid:pk>/godkann/", verbs.opening_approve, name="opening_approve"),
    path("platser/<uuid:pk>/ge-tillbaka/", verbs.opening_return, name="opening_return"),
    path("platser/<uuid:pk>/stang/", verbs.opening_close, name="opening_close"),
    path("platser/<uuid:pk>/bekrafta/", verbs.opening_refresh, name="opening_refresh"),
    path(
        "platser/<uuid:pk>/krav/<uuid:requirement_pk>/",
        verbs.requirement_settle,
        name="requirement_settle",
    ),
    path("mina-platser/", organisation.my_openings, name="my_openings"),
    path("kapacitet/", organisation.capacity_list, name="capacity_list"),
    path("kapacitet/ny/", editor.capacity_create, name="capacity_create"),
    path("organisation/", organisation.my_organisation, name="my_organisation"),
    path("organisation/ny/", organisation.register, name="register"),
    path("arbetsplatser/ny/", workplaces.workplace_create, name="workplace_create"),
    path("arbetsplatser/<uuid:pk>/", workplaces.workplace_edit, name="workplace_edit"),
    path("arbetsplatser/<uuid:pk>/anpassning/", workplaces.adaptation_answer, name="adaptation_answer"),
    path("medlemmar/<uuid:pk>/", members.membership_page, name="membership_page"),
    path("medlemmar/<uuid:pk>/godkann/", members.membership_approve, name="membership_approve"),
    path("medlemmar/<uuid:pk>/avsluta/", members.membership_end, name="membership_end"),
    path("medlemmar/<uuid:pk>/paminn/", members.membership_remind, name="membership_remind"),
    path("medlemmar/<uuid:pk>/ta-tillbaka/", members.membership_withdraw, name="membership_withdraw"),
    path("medlemmar/<uuid:pk>/samtal/", members.membership_call, name="membership_call"),
    path("medlemmar/<uuid:pk>/roll/", members.membership_role, name="membership_role"),
    path("inbjudningar/<uuid:pk>/skicka/", invitations.invitation_resend, name="invitation_resend"),
    path("inbjudningar/<uuid:pk>/ta-tillbaka/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("inbjuden/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("arbetsgivare/", portfolio.employer_list, name="employer_list"),
    path("arbetsgivare/excel/", portfolio.employer_export, name="employer_export"),
    path("arbetsgivare/<uuid:pk>/", portfolio.employer_detail, name="employer_detail"),
    path("arbetsgivare/<uuid:pk>/kontroll/", portfolio.check_create, name="check_create"),
    path("arbetsgivare/<uuid:pk>/bjud-in/", invitations.invitation_create, name="invitation_create"),
    path("arbetsgivare/<uuid:pk>/godkann/", portfolio.employer_approve, name="employer_approve"),
]
