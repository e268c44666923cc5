"""The API's addresses of what mails say."""

from django.urls import path

from backend.accounts.own_words import api

_OF = "municipalities/<uuid:municipality_id>/mails/"
_ONE = f"{_OF}<slug:kind>/<slug:language>/"
urlpatterns = [
    path(_OF, api.mails, name="mails"),
    path(_ONE, api.MailView.as_view(), name="mail"),
    path(f"{_ONE}preview/", api.preview, name="mail_preview"),
    path(f"{_ONE}end/", api.end, name="mail_end"),
]
