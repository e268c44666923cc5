"""Addresses of participants' files, and of the participants' own pages."""

from django.urls import path, register_converter

from backend.participants.views import actions, files, lists, mine, skills
from backend.skills.urls import KindConverter


class ListConverter(KindConverter):
    """In which list of the file a text stands: `kompetenser`, `erfarenheter` or `onskemal`."""

    regex = "kompetenser|erfarenheter|onskemal"
    _kinds = {"kompetenser": "skill", "erfarenheter": "experience", "onskemal": "wish"}


register_converter(ListConverter, "list")

app_name = "participants"
urlpatterns = [
    path("deltagare/", lists.participant_list, name="participant_list"),
    path("deltagare/excel/", lists.participant_export, name="participant_export"),
    path("deltagare/skyddade/", lists.protected_list, name="protected_list"),
    path("deltagare/ny/", files.participant_create, name="participant_create"),
    path("deltagare/<uuid:pk>/", files.participant_detail, name="participant_detail"),
    path("deltagare/<uuid:pk>/andra/", files.participant_edit, name="participant_edit"),
    path("deltagare/<uuid:pk>/lasningar/", files.read_list, name="read_list"),
    path("deltagare/<uuid:pk>/kompetenser/", skills.skill_add, name="skill_add"),
    path("deltagare/<uuid:pk>/<list:kind>/<uuid:text_id>/", skills.text_edit, name="text_edit"),
    path(
        "deltagare/<uuid:pk>/<list:kind>/<uuid:text_id>/bekrafta/", skills.text_confirm, name="text_confirm"
    ),
    path("deltagare/<uuid:pk>/<list:kind>/<uuid:text_id>/betydelse/", skills.text_mend, name="text_mend"),
    path("deltagare/<uuid:pk>/<list:kind>/<uuid:text_id>/ta-bort/", skills.text_remove, name="text_remove"),
    path(
        "deltagare/<uuid:pk>/onskemal/<uuid:text_id>/till-erfarenhet/",
        skills.wish_to_experience,
        name="wish_to_experience",
    ),
    path("deltagare/<uuid:pk>/onskemal/<uuid:text_id>/behall/", skills.wish_keep, name="wish_keep"),
    path("deltagare/<uuid:pk>/kontakt/", actions.contact_record, name="contact_record"),
    path(
        "deltagare/<uuid:pk>/kontakt/<uuid:contact_id>/ta-bort/",
        actions.contact_remove,
        name="contact_remove",
    ),
    path("deltagare/<uuid:pk>/lage/<slug:to>/", actions.state_change, name="state_change"),
    path("deltagare/<uuid:pk>/bjud-in/", actions.participant_invite, name="participant_invite"),
    path("deltagare/<uuid:pk>/skydd/", actions.participant_protect, name="participant_protect"),
    path("deltagare/<uuid:pk>/skydd/hav/", actions.protection_lift, name="protection_lift"),
    path(
        "deltagare/<uuid:pk>/samtycken/<uuid:consent_id>/aterkalla/",
        actions.consent_withdraw,
        name="consent_withdraw",
    ),
    path("mina-uppgifter/", mine.my_data, name="my_data"),
    path("mina-uppgifter/allt/", mine.my_file_detail, name="my_file"),
    path("mina-uppgifter/lasningar/", mine.my_reads, name="my_reads"),
    path("mina-uppgifter/samtycken/<uuid:consent_id>/", mine.my_consent, name="my_consent"),
    path(
        "mina-uppgifter/samtycken/<uuid:consent_id>/aterkalla/",
        mine.my_consent_withdraw,
        name="my_consent_withdraw",
    ),
]
