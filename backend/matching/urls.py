"""Rankings and proposals."""

from django.urls import path

from backend.matching.views import (
    answers,
    board,
    exposure,
    judgements,
    proposals,
    propose,
    rankings,
    renewal,
    visits,
)

app_name = "matching"
urlpatterns = [
    path("platser/<uuid:opening_id>/kandidater/", rankings.candidates, name="candidates"),
    path("platser/<uuid:opening_id>/kandidater/utkast/", rankings.draft_create, name="draft_create"),
    path("deltagare/<uuid:participant_id>/platser/", rankings.openings_for, name="openings_for"),
    path("deltagare/<uuid:participant_id>/dorrar/", rankings.skills_to_learn, name="skills_to_learn"),
    path("platser/<uuid:opening_id>/kandidater/<uuid:participant_id>/", rankings.why, name="why"),
    path("platser/<uuid:opening_id>/foresla/<uuid:participant_id>/", propose.propose, name="propose"),
    path(
        "platser/<uuid:opening_id>/kandidater/<uuid:participant_id>/omdome/", judgements.judge, name="judge"
    ),
    path("fordelning/", board.board, name="board"),
    path("fordelning/utkast/", board.draft, name="board_draft"),
    path("fordelning/nytt/", board.news, name="news"),
    path("fordelning/exponering/", exposure.exposure, name="exposure"),
    path("fordelning/<uuid:opening_id>/<uuid:participant_id>/", board.choose, name="board_choose"),
    path("forslag/", proposals.proposal_list, name="proposal_list"),
    path("forslag/excel/", proposals.proposal_export, name="proposal_export"),
    path("forslag/<uuid:pk>/", proposals.proposal_detail, name="proposal_detail"),
    path("forslag/<uuid:pk>/ja/", answers.accept, name="accept"),
    path("forslag/<uuid:pk>/intervju/", answers.interview, name="interview"),
    path("forslag/<uuid:pk>/nej/", answers.decline, name="decline"),
    path("forslag/<uuid:pk>/svara-med-ord/", answers.answer_in_words, name="answer_in_words"),
    path("forslag/<uuid:pk>/aterkalla/", answers.withdraw, name="withdraw"),
    path("forslag/<uuid:pk>/samtycke/", renewal.consent_renew, name="consent_renew"),
    path("forslag/<uuid:pk>/svar/", answers.answer, name="answer"),
    path("forslag/<uuid:pk>/mote/", visits.offer, name="visit_offer"),
    path("moten/<uuid:pk>/flytta/", visits.move, name="visit_move"),
    path("moten/<uuid:pk>/stall-in/", visits.cancel, name="visit_cancel"),
    path("moten/<uuid:pk>/hur-det-gick/", visits.note, name="visit_note"),
    path("moten/<uuid:pk>/mote.ics", visits.calendar_file, name="visit_file"),
    path("moten/<uuid:pk>/<uuid:time_id>/", visits.choose, name="visit_choose"),
    path("mina-forslag/", proposals.my_proposals, name="my_proposals"),
]
