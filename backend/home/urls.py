"""The front doors."""

from django.urls import path

from backend.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("hem/", views.my_home, name="my_home"),
    path("hem/overlamning/", views.hand_over_cases, name="hand_over"),
]
