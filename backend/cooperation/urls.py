"""Agencies, what they are sent, what their guests read, and what has been done for a person before."""

from django.urls import path

from backend.cooperation.views import agencies, case_reviews, guests, interventions, packages, seated

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
    path("genomgangar/", case_reviews.review_list, name="review_list"),
    path("genomgangar/ny/", case_reviews.review_plan, name="review_plan"),
    path("genomgangar/<uuid:pk>/", case_reviews.review_detail, name="review_detail"),
    path("genomgangar/<uuid:pk>/deltagare/ny/", case_reviews.review_case_add, name="review_case_add"),
    path("genomgangar/<uuid:pk>/borja/", case_reviews.review_hold, name="review_hold"),
    path("genomgangar/<uuid:pk>/stall-in/", case_reviews.review_call_off, name="review_call_off"),
    path("genomgangar/<uuid:pk>/avsluta/", case_reviews.review_close, name="review_close"),
    path("genomgangar/<uuid:pk>/protokoll/", case_reviews.review_minutes, name="review_minutes"),
    path("genomgangar/<uuid:pk>/utskrift/<uuid:seat>/", case_reviews.review_print, name="review_print"),
    path("genomgangar/<uuid:pk>/<uuid:case>/", case_reviews.review_case, name="review_case"),
    path("genomgangar/<uuid:pk>/<uuid:case>/bort/", case_reviews.review_case_off, name="review_case_off"),
    path("deltagare/<uuid:pk>/genomgang/", case_reviews.participant_to_review, name="participant_to_review"),
    path("atgarder/<uuid:pk>/klar/", case_reviews.action_done, name="action_done"),
    path("till-oss/", guests.my_packages, name="my_packages"),
    path("till-oss/<uuid:pk>/", guests.package_read, name="package_read"),
    path("till-oss/<uuid:pk>/pdf/", guests.package_pdf, name="package_pdf"),
    path("till-oss/<uuid:pk>/json/", guests.package_json, name="package_json"),
    path("till-oss/<uuid:pk>/mottaget/", guests.package_acknowledge, name="package_acknowledge"),
    path("till-oss/genomgang/<uuid:pk>/", seated.my_review, name="my_review"),
    path("till-oss/genomgang/<uuid:pk>/pdf/", seated.my_review_pdf, name="my_review_pdf"),
    path("till-oss/atgard/<uuid:pk>/klar/", seated.my_action_done, name="my_action_done"),
]
