"""The front doors."""

from django.urls import path

from backend.home import views
from backend.home.calendar import views as calendar_views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("hem/", views.my_home, name="my_home"),
    path("hem/skjut-upp/<slug:matter>/<uuid:pk>/", views.put_off, name="put_off"),
    path("hem/klart/<slug:matter>/<uuid:pk>/", views.note_as_done, name="note_as_done"),
    path("hem/undanlagt/<uuid:pk>/ta-upp/", views.take_up, name="take_up"),
    path("sok/", views.search, name="search"),
    path("min-kalender/", calendar_views.my_calendar, name="my_calendar"),
    path("min-kalender/ny/", calendar_views.calendar_renew, name="calendar_renew"),
    path("min-kalender/aterkalla/", calendar_views.calendar_revoke, name="calendar_revoke"),
    path("kalender/<slug:token>.ics", calendar_views.calendar_feed, name="calendar_feed"),
    path("hem/overlamning/", views.hand_over_cases, name="hand_over"),
]
