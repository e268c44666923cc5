"""What mails say."""

from django.urls import path

from backend.accounts.own_words import views

app_name = "own_words"
urlpatterns = [
    path("<uuid:pk>/", views.words_list, name="words_list"),
    path("<uuid:pk>/<slug:kind>/<slug:language>/", views.words_edit, name="words_edit"),
    path("<uuid:pk>/<slug:kind>/<slug:language>/tillbaka/", views.words_end, name="words_end"),
]
