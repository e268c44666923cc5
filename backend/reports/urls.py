"""Reports."""

from django.urls import path

from backend.reports import views

app_name = "reports"
urlpatterns = [path("oversikt/", views.overview, name="overview")]
