"""Agencies, what they are sent, what their guests read, and what has been done for a person before."""

from django.urls import path

from backend.cooperation.views import agencies, guests, interventions, packages

app_name = "cooperation"
urlpatterns = [
    path("samverkansparter/", agencies.agency_list, name="agency_list"),
    path("samverkansparter/ny/", agencies.agency_add, name="agency_add"),
    path("samverkansparter/<uuid:pk>/", agencies.agency_detail, name="agency_detail"),
    path("samverkansparter/<uuid:pk>/andra/", agencies.agency_change, name="agency_change"),
    path("samverkansparter/<uuid:pk>/kontakt/", agencies.agency_contact_add, name="agency_contact_add"),
    path("kontaktpersoner/<uuid:pk>/dag/", agencies.agency_contact_prolong, name="agency_contact_prolong"),
    path("kontaktpersoner/<uuid:pk>/avsluta/", agencies.agency_contact_end, name="agency_contact_end"),
    path("deltagare/<uuid:pk>/paket/nytt/", packages.package_create, name="package_create"),
    path("paket/<uuid:pk>/", packages.package_detail, name="package_detail"),
    path("paket/<uuid:pk>/utskrift/", packages.package_print, name="package_print"),
    path("paket/<uuid:pk>/lamnat/", packages.package_handed_over, name="package_handed_over"),
    path("deltagare/<uuid:pk>/insatser/", interventions.intervention_list, name="intervention_list"),
    path("deltagare/<uuid:pk>/insatser/nya/", interventions.intervention_add, name="intervention_add"),
    path("insatser/<uuid:pk>/andra/", interventions.intervention_change, name="intervention_change"),
    path("insatser/<uuid:pk>/ta-bort/", interventions.intervention_remove, name="intervention_remove"),
    path("mina-uppgifter/insatser/", interventions.my_interventions, name="my_interventions"),
    path("till-oss/", guests.my_packages, name="my_packages"),
    path("till-oss/<uuid:pk>/", guests.package_read, name="package_read"),
    path("till-oss/<uuid:pk>/pdf/", guests.package_pdf, name="package_pdf"),
    path("till-oss/<uuid:pk>/json/", guests.package_json, name="package_json"),
    path("till-oss/<uuid:pk>/mottaget/", guests.package_acknowledge, name="package_acknowledge"),
]
