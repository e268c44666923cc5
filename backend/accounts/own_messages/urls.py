"""What is mailed, and when."""

from django.urls import path

from backend.accounts.own_messages import views

app_name = "own_messages"
urlpatterns = [
    path("val/", views.choice_edit, name="choice_edit"),
    path("avsta/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("tysta-timmar/<uuid:pk>/", views.quiet_edit, name="quiet_edit"),
]
