"""Scheduled jobs and their runs."""

from django.urls import path

from backend.accounts.job_runs import views

app_name = "job_runs"
urlpatterns = [
    path("", views.job_list, name="job_list"),
    path("<slug:name>/", views.job_detail, name="job_detail"),
    path("<slug:name>/prova/", views.job_try, name="job_try"),
    path("<slug:name>/kor/", views.job_start, name="job_start"),
]
