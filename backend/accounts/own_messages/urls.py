"""What is mailed, and when."""

from django.urls import path

from backend.accounts.own_messages import views

app_name = "own_messages"
urlpatterns = [
    path("val/", views.choice_edit, name="choice_edit"),
    path("sms/", views.phone_edit, name="phone_edit"),
    path("sms/kod/", views.phone_confirm, name="phone_confirm"),
    path("sms/sluta/", views.sms_stop, name="sms_stop"),
    path("avsta/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("tysta-timmar/<uuid:pk>/", views.quiet_edit, name="quiet_edit"),
]
