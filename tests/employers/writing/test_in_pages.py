"""Where remarks are read: at the field, on the opening's page by writer and approver, in the API."""

import pytest
from django.urls import reverse

from backend.employers.enums import OpeningState
from backend.employers.models import Opening
from tests.employers.test_editor import CREATE, typed
from tests.factories import OpeningFactory, WorkplaceFactory


@pytest.fixture
def workplace(cast, client):
    client.force_login(cast.employer_member)
    return WorkplaceFactory(employer=cast.bakery, name="Bageriet vid torget")


class TestEditor:
    def test_says_at_the_field_what_could_keep_people_away(self, client, workplace):
        data = typed(workplace, title="Städerska", licences=[]) | {"preview": "1"}

        page = client.post(CREATE, data).content.decode()

        at_title = page[page.index('id="remarks-title"') : page.index('id="remarks-description"')]
        assert "“Städerska”" in at_title

    def test_hinders_nothing(self, client, workplace):
        client.post(CREATE, typed(workplace, title="Städerska") | {"publish": "1"})

        assert Opening.objects.get(title="Städerska").state == OpeningState.PUBLISHED

    def test_says_it_while_the_draft_is_written_and_takes_it_back(self, client, workplace):
        htmx = {"HTTP_HX_REQUEST": "true"}
        words = typed(workplace, title="Städerska")

        saved = client.post(CREATE, words, **htmx, follow=True).content.decode()
        assert 'id="remarks-title" class="remarks" role="status" hx-swap-oob="true"' in saved
        assert "“Städerska”" in saved

        draft = Opening.objects.get(title="Städerska")
        again = {**words, "title": "Lokalvårdare"}
        edit = reverse("employers:opening_edit", args=[draft.pk])
        assert "“Städerska”" not in client.post(edit, again, **htmx, follow=True).content.decode()

    def test_keeps_the_usual_skills_that_were_ticked(self, client, workplace):
        client.post(CREATE, typed(workplace, skills=[("baka", True)], suggested=["Diska", "Baka"]))

        asked = Opening.objects.get(title="Bagare").requirements.values_list("text", "essential")
        assert list(asked) == [("baka", True), ("Diska", False)]


class TestPage:
    def test_writer_and_approver_read_it_and_nobody_else_does(self, client, cast):
        opening = OpeningFactory(
            workplace=cast.opening.workplace, description="Inga allergier.", state=OpeningState.PUBLISHED
        )
        client.logout()
        assert "Inga allergier”" not in client.get(opening.get_absolute_url()).content.decode()
        for reader in (cast.employer_member, cast.coach):
            client.force_login(reader)
            assert "“Inga allergier”" in client.get(opening.get_absolute_url()).content.decode()


class TestApi:
    def test_warns_its_writer_and_keeps_what_was_sent(self, client, workplace):
        data = {"kind": "internship", "title": "Bagare", "workplace": str(workplace.pk)}
        data |= {"description": "Perfekt svenska krävs.", "requirements": [{"text": "ung anda"}]}

        answer = client.post(reverse("api:opening-list"), data, content_type="application/json")

        assert answer.status_code == 201
        found = [(each["field"], each["words"], each["ground"]) for each in answer.json()["warnings"]]
        assert found == [
            ("description", "Perfekt svenska", "beyond_the_work"),
            ("skills", "ung anda", "age"),
        ]
