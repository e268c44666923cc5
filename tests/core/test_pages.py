"""Pages that belong to no app: information, and the gallery of components."""

import pytest
from django.urls import reverse

PAGES = ["help", "components_gallery", "kept_email_list"]


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("name", PAGES)
    @pytest.mark.parametrize("language", ["sv", "en"])
    def test_open_without_signing_in(self, client, demo, name, language):
        response = client.get(reverse(f"core:{name}"), headers={"accept-language": language})

        assert response.status_code == 200
        assert f'<html lang="{language}" dir="ltr"' in response.content.decode()

    @pytest.mark.parametrize("name", ["components_gallery", "gallery_suggestions", "kept_email_list"])
    def test_development_pages_are_not_there_in_production(self, client, settings, name):
        settings.DEMO = settings.DEBUG = False

        assert client.get(reverse(f"core:{name}")).status_code == 404

    def test_searching_machines_are_told_what_is_for_everybody(self, client):
        lines = client.get("/robots.txt").content.decode().splitlines()

        assert "Disallow: /konto/" in lines
        assert not [line for line in lines if line in ("Disallow: /", "Disallow: /platser/")]

    def test_the_old_name_of_the_picture_leads_to_it(self, client):
        assert client.get("/favicon.ico").url.endswith(".svg")

    def test_the_gallery_suggests(self, client, demo):
        answer = client.get(reverse("core:gallery_suggestions"), {"q": "kök"}).json()

        assert [each["text"] for each in answer["suggestions"]] == ["Köksbiträde", "Kökshygien", "Kökschef"]

    def test_no_page_allows_inline_code(self, client, demo):
        policy = client.get(reverse("core:components_gallery")).headers["Content-Security-Policy"]

        assert "unsafe" not in policy

    def test_a_visitor_may_choose_the_language(self, client, settings):
        client.post(reverse("set_language"), {"language": "en", "next": reverse("core:help")})

        assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


@pytest.mark.django_db
class TestTitle:
    def test_says_first_that_something_must_be_mended(self, client):
        page = client.post(reverse("account_signup"), {"email": "not an address"}).content.decode()

        assert "<title>Fel: " in page

    def test_says_nothing_of_the_kind_before_anything_was_sent(self, client):
        page = client.get(reverse("account_signup")).content.decode()

        assert "<title>Fel" not in page
