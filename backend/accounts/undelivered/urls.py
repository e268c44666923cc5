"""Messages that did not get there."""

from django.urls import path

from backend.accounts.undelivered import views

app_name = "undelivered"
urlpatterns = [
    path("", views.message_list, name="message_list"),
    path("skicka-alla-igen/", views.all_send_again, name="all_send_again"),
    path("<uuid:pk>/skicka-igen/", views.message_send_again, name="message_send_again"),
    path("<uuid:pk>/lagg-undan/", views.message_set_aside, name="message_set_aside"),
]
