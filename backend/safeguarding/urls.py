"""Trust in employers: its page, concerns, measures, reviews, and what everybody may read and tell."""

from django.urls import path

from backend.safeguarding.views import measures, own, public, redundancies, reviews, told, trust, unions

app_name = "safeguarding"
urlpatterns = [
    path("sa-ser-vi-efter/", public.how_we_look_after, name="how_we_look_after"),
    path("sa-ser-vi-efter/beratta/", public.workplace_tell, name="workplace_tell"),
    path("sa-ser-vi-efter/tack/", public.told, name="told"),
    path("granskningar/", reviews.review_list, name="review_list"),
    path("granskningar/<uuid:pk>/", reviews.review_detail, name="review_detail"),
    path("granskningar/<uuid:pk>/underlag/", reviews.evidence_add, name="evidence_add"),
    path("granskningar/<uuid:pk>/fraga/", reviews.reply_ask, name="reply_ask"),
    path("granskningar/<uuid:pk>/avgor/", reviews.review_decide, name="review_decide"),
    path("granskningar/<uuid:pk>/avskriv/", reviews.review_dismiss, name="review_dismiss"),
    path("granskningar/<uuid:pk>/omprovning/", reviews.appeal_decide, name="appeal_decide"),
    path("var-granskning/<uuid:pk>/", own.own_review, name="own_review"),
    path("var-granskning/<uuid:pk>/svara/", own.review_reply, name="review_reply"),
    path("var-granskning/<uuid:pk>/omprovning/", own.review_appeal, name="review_appeal"),
    path("arbetsgivare/<uuid:pk>/tillit/", trust.trust_page, name="trust_page"),
    path("arbetsgivare/<uuid:pk>/oro/", trust.concern_note, name="concern_note"),
    path("arbetsgivare/<uuid:pk>/granska/", trust.review_open, name="review_open"),
    path("arbetsgivare/<uuid:pk>/atgard/", measures.measure_take, name="measure_take"),
    path("atgarder/<uuid:pk>/hav/", measures.measure_lift, name="measure_lift"),
    path("arbetsgivare/<uuid:pk>/facket/", unions.union_ask, name="union_ask"),
    path("facket/<uuid:pk>/svar/", unions.union_answer, name="union_answer"),
    path("arbetsgivare/<uuid:pk>/uppsagningar/", redundancies.redundancy_record, name="redundancy_record"),
    path("uppsagningar/<uuid:pk>/ratta/", redundancies.redundancy_correct, name="redundancy_correct"),
    path(
        "uppsagningar/<uuid:pk>/ta-tillbaka/", redundancies.redundancy_take_back, name="redundancy_take_back"
    ),
    path("oro/<uuid:pk>/arbetsgivare/", told.concern_link, name="concern_link"),
    path("oro/<uuid:pk>/", told.concern_close, name="concern_close"),
]
