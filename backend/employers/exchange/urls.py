"""What other programs read and send; the employer's own imports."""

from django.urls import path

from backend.employers.exchange.public import feeds, sitemaps

urlpatterns = [
    path("platser/flode.atom", feeds.opening_feed, name="opening_feed"),
    path("platser/kalender.ics", feeds.opening_calendar, name="opening_calendar"),
    path("sitemap.xml", sitemaps.site_map, name="site_map"),
]
