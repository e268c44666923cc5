"""What other programs read and send; the employer's own imports."""

from django.urls import path

from backend.employers.exchange.public import feeds, sitemaps
from backend.employers.exchange.sheets import views

urlpatterns = [
    path("platser/flode.atom", feeds.opening_feed, name="opening_feed"),
    path("platser/kalender.ics", feeds.opening_calendar, name="opening_calendar"),
    path("platser/import/", views.sheet_hand_in, name="sheet_hand_in"),
    path("platser/import/mall/<str:what>/", views.sheet_template, name="sheet_template"),
    path("platser/import/<uuid:pk>/", views.sheet_rows, name="sheet_rows"),
    path("platser/import/<uuid:pk>/kolumner/", views.sheet_columns, name="sheet_columns"),
    path("sitemap.xml", sitemaps.site_map, name="site_map"),
]
