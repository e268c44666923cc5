"""Openings, the employer's own pages, and the staff's pages about employers."""

from django.urls import path

from backend.employers.views import browse

app_name = "employers"
urlpatterns = [
    path("platser/", browse.opening_list, name="opening_list"),
    path("platser/<uuid:pk>/", browse.opening_detail, name="opening_detail"),
    path("organisation/", browse.opening_list, name="my_organisation"),
    path("arbetsgivare/<uuid:pk>/", browse.opening_detail, name="employer_detail"),
]
