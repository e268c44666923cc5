"""Addresses of internships, follow-ups and employments."""

from django.urls import path

from backend.internships.views import (
    agreements,
    certificates,
    corrections,
    decisions,
    employments,
    evaluations,
    extensions,
    follow_ups,
    jobs,
    lists,
    placements,
    placing,
    rules,
    signing,
    thanks,
)

MOVES = {
    "start": "starta",
    "complete": "fullfolj",
    "end": "avsluta",
    "cancel": "stall-in",
    "no_show": "ingen-kom",
    "pause": "pausa",
    "return": "andra-ater",
    "resume": "ater",
}

app_name = "internships"
urlpatterns = [
    path("praktik/", lists.internship_list, name="internship_list"),
    path("praktik/excel/", lists.internship_export, name="internship_export"),
    path("praktik/regler/", rules.rule_list, name="rule_list"),
    path("min-praktik/", lists.my_internships, name="my_internships"),
    path("mina-papper/", lists.my_papers, name="my_papers"),
    path("praktik/<uuid:pk>/", placements.internship_detail, name="internship_detail"),
    path("forslag/<uuid:pk>/planera/", placements.internship_plan, name="internship_plan"),
    path("deltagare/<uuid:pk>/placera/", placing.place_find, name="place_find"),
    path("arbetsgivare/<uuid:pk>/placera/", placing.place_choose, name="place_choose"),
    path(
        "deltagare/<uuid:pk>/placera/<uuid:workplace_pk>/", placing.internship_place, name="internship_place"
    ),
    path("praktik/<uuid:pk>/ring-vid-olycka/", placing.emergency_contact, name="emergency_contact"),
    path("praktik/<uuid:pk>/samtycke/", placing.placement_consent, name="placement_consent"),
    *(
        path(
            f"praktik/<uuid:pk>/{word}/",
            placements.internship_move,
            {"verb": verb},
            name=f"internship_{verb}",
        )
        for verb, word in MOVES.items()
    ),
    path("praktik/<uuid:pk>/overenskommelse/", agreements.agreement_detail, name="agreement_detail"),
    path(
        "praktik/<uuid:pk>/overenskommelse/uppratta/", agreements.agreement_draw_up, name="agreement_draw_up"
    ),
    path("overenskommelse/<uuid:pk>/skriv-under/", agreements.agreement_sign, name="agreement_sign"),
    path("overenskommelse/<uuid:pk>/pa-papper/", agreements.agreement_on_paper, name="agreement_on_paper"),
    path("overenskommelse/<uuid:pk>/pdf/", agreements.agreement_document, name="agreement_document"),
    path("overenskommelse/<uuid:pk>/pdf/en/", agreements.agreement_translation, name="agreement_translation"),
    path("overenskommelse/<uuid:pk>/kontroll/", agreements.agreement_verify, name="agreement_verify"),
    path("underskrift/<uuid:pk>/papper/", agreements.signature_paper, name="signature_paper"),
    path("skriv-under/<str:token>/", signing.signing_detail, name="signing_detail"),
    path("skriv-under/<str:token>/kod/", signing.signing_send, name="signing_send"),
    path("skriv-under/<str:token>/oppna/", signing.signing_open, name="signing_open"),
    path("skriv-under/<str:token>/klart/", signing.signing_sign, name="signing_sign"),
    path("skriv-under/<str:token>/pdf/", signing.signing_document, name="signing_document"),
    path("tack/<int:year>/", thanks.thanks_page, name="thanks_page"),
    path("tack/<int:year>/<uuid:pk>/pdf/", thanks.thanks_document, name="thanks_document"),
    path("praktik/<uuid:pk>/intyg/", certificates.certificate_issue, name="certificate_issue"),
    path("intyg/<uuid:pk>/<slug:language>/", certificates.certificate_document, name="certificate_document"),
    path("praktik/<uuid:pk>/forlang/", extensions.internship_extend, name="internship_extend"),
    path("praktik/<uuid:pk>/forlang/genomfor/", extensions.extension_apply, name="extension_apply"),
    path("forlangning/<uuid:pk>/chefsbeslut/", extensions.extension_decide, name="extension_decide"),
    path("praktik/<uuid:pk>/nagot-ar-fel/", placements.concern_raise, name="concern_raise"),
    path("orosanmalan/<uuid:pk>/", placements.concern_handle, name="concern_handle"),
    path("praktik/<uuid:pk>/chefsbeslut/", decisions.objection_decide, name="objection_decide"),
    path("orosanmalan/<uuid:pk>/chefsbeslut/", decisions.concern_decide, name="concern_decide"),
    path("praktik/<uuid:pk>/anstallning/", employments.internship_convert, name="internship_convert"),
    path("deltagare/<uuid:pk>/anstallning/", employments.employment_create, name="employment_create"),
    path("anstallning/<uuid:pk>/", jobs.employment_detail, name="employment_detail"),
    path("anstallning/<uuid:pk>/avsluta/", jobs.employment_change, {"verb": "end"}, name="employment_end"),
    path(
        "anstallning/<uuid:pk>/ratta/",
        jobs.employment_change,
        {"verb": "correct"},
        name="employment_correct",
    ),
    path(
        "anstallning/<uuid:pk>/stryk/", jobs.employment_change, {"verb": "strike"}, name="employment_strike"
    ),
    path("praktik/<uuid:pk>/villkor/", corrections.internship_correct, name="internship_correct"),
    path("uppfoljning/<uuid:pk>/ratta/", corrections.follow_up_correct, name="follow_up_correct"),
    path("anstallning/<uuid:pk>/okant/", employments.retention_unknown, name="retention_unknown"),
    path("hallbarhet/<uuid:pk>/", employments.retention_answer, name="retention_answer"),
    path("hallbarhet/<uuid:pk>/svara/", employments.retention_reply, name="retention_reply"),
    path("utvardering/<uuid:pk>/", evaluations.evaluation_answer, name="evaluation_answer"),
    path("utvardering/<uuid:pk>/genomgangen/", evaluations.evaluation_look, name="evaluation_look"),
    path("utvardering/<uuid:pk>/inget-svar/", evaluations.evaluation_leave, name="evaluation_leave"),
    path("uppfoljning/", lists.follow_up_list, name="follow_up_list"),
    path("praktik/<uuid:pk>/ny-uppfoljning/", follow_ups.follow_up_add, name="follow_up_add"),
    path("uppfoljning/<uuid:pk>/", follow_ups.follow_up_answer, name="follow_up_answer"),
    path("uppfoljning/<uuid:pk>/ring/", follow_ups.call_want, name="call_want"),
]
