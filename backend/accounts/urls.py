"""The pages of one's own account: allauth's, with guesses at codes counted."""

from allauth.account import views
from django.urls import include, path

from backend.accounts.signing_in.guesses import counted

urlpatterns = [
    path("login/code/confirm/", counted(views.confirm_login_code), name="account_confirm_login_code"),
    path("confirm-email/", counted(views.email_verification_sent), name="account_email_verification_sent"),
    path("", include("allauth.urls")),
]
