"""Staff, units, and the door of those who were asked in."""

from django.urls import include, path

from backend.accounts.staff import views

app_name = "staff"
people = [
    path("", views.person_list, name="person_list"),
    path("ny/", views.person_invite, name="person_invite"),
    path("<uuid:pk>/", views.person_detail, name="person_detail"),
    path("<uuid:pk>/bjud-in-igen/", views.invitation_resend, name="invitation_resend"),
    path("<uuid:pk>/dra-tillbaka/", views.invitation_withdraw, name="invitation_withdraw"),
    path("<uuid:pk>/roll/", views.role_give, name="role_give"),
    path("roller/<uuid:pk>/avsluta/", views.role_end, name="role_end"),
]
units = [
    path("", views.unit_list, name="unit_list"),
    path("ny/", views.unit_create, name="unit_create"),
    path("<uuid:pk>/", views.unit_edit, name="unit_edit"),
    path("<uuid:pk>/stang/", views.unit_close, name="unit_close"),
]
urlpatterns = [
    path("medarbetare/", include(people)),
    path("enheter/", include(units)),
    path("inbjudan/", views.invitation_accept, name="invitation_accept"),
]
