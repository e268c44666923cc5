"""A sole trader's organisation number is the owner's personal identity number, and is treated as one."""

import json
import logging
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.core.writing.refusals import Refused
from backend.employers import migrations
from backend.employers.enums import EmployerKind
from backend.employers.exchange.ads.importing import import_ads
from backend.employers.models import Employer, EmployerMembership
from backend.employers.models.numbers import columns_of, lookup_of
from backend.employers.organisationsnummer import kind_of
from backend.employers.services import find_or_register_employer, merge_employers, show_number
from tests.factories import EmployerFactory, MembershipFactory, OpeningFactory, UserFactory
from tests.factories.base import NOW
from tests.refusals import refused_for

NUMBER, WRITTEN = "8112189876", "811218-9876"
COORDINATION = "640883-3231"
MARKS = (NUMBER, WRITTEN, "198112189876", "19811218", "9876")


def register(cast, written=WRITTEN, *, by=None, kind="company"):
    return find_or_register_employer(
        municipality=cast.municipality,
        organisationsnummer=written,
        name="Elsas El",
        kind=kind,
        by=by or UserFactory(persona="employer", name="Elsa"),
        at=NOW,
    )


@pytest.fixture
def elsa(cast):
    return register(cast)


class TestKept:
    def test_encrypted_and_nowhere_open(self, elsa):
        table = Employer._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE name = 'Elsas El'")
            row = " ".join(str(value) for value in cursor.fetchone())

        assert not [mark for mark in MARKS[:3] if mark in row]
        assert Employer.objects.get(pk=elsa.employer.pk).own_number == WRITTEN

    @pytest.mark.parametrize("written", [WRITTEN, "19811218-9876", "8112189876", "811218 9876"])
    def test_once_however_it_is_written(self, cast, elsa, written):
        again = register(cast, written)

        assert (again.employer, again.is_new) == (elsa.employer, False)

    def test_a_coordination_number_is_one_too(self, cast):
        assert register(cast, COORDINATION).employer.is_sole_trader

    def test_two_rows_with_one_number_are_refused_by_the_database(self, elsa):
        with pytest.raises(IntegrityError), transaction.atomic():
            EmployerFactory(municipality=elsa.employer.municipality, **columns_of(NUMBER))

    @pytest.mark.parametrize(
        "columns",
        [
            {"organisationsnummer": NUMBER},
            {"organisationsnummer": ""},
            {"organisationsnummer": "", "number_index": "abc"},
            {"organisationsnummer": "5560004615", "number_index": "abc", "sealed_number": "abc"},
        ],
    )
    def test_nor_open_nor_half(self, db, columns):
        with pytest.raises(IntegrityError), transaction.atomic():
            EmployerFactory(**columns)

    def test_known_again_after_the_key_was_changed(self, cast, elsa, settings):
        earlier = settings.SECRET_KEY
        with override_settings(
            SECRET_KEY="another-key-that-is-long-enough-to-be-one", SECRET_KEY_FALLBACKS=[earlier]
        ):
            assert Employer.objects.get(**lookup_of(NUMBER)).own_number == WRITTEN
            assert not register(cast).is_new

    def test_a_copy_without_the_key_tells_nothing(self, elsa):
        with override_settings(SECRET_KEY="another-key-that-is-long-enough-to-be-one"):
            assert not Employer.objects.filter(**lookup_of(NUMBER)).exists()
            assert Employer.objects.get(pk=elsa.employer.pk).own_number == ""

    @pytest.mark.postgres
    def test_the_migration_seals_what_stood_open(self, cast):
        employer = EmployerFactory(municipality=cast.municipality, name="Elsas El")
        [name] = [each.name for each in iter_modules(migrations.__path__) if "sole_traders" in each.name]
        module = import_module(f"{migrations.__name__}.{name}")
        fields = {"organisationsnummer": NUMBER, "search_key": f" elsas el {NUMBER} "}
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with connection.schema_editor() as editor:
            theirs = [each for each in Employer._meta.constraints if each.name.endswith("open_or_sealed")]
            editor.remove_constraint(Employer, theirs[0])
            Employer.objects.filter(pk=employer.pk).update(**fields)
            module.seal(apps, editor)
            editor.add_constraint(Employer, theirs[0])

        employer.refresh_from_db()
        assert (employer.organisationsnummer, employer.own_number) == ("", WRITTEN)
        assert NUMBER not in employer.search_key


class TestKinds:
    @pytest.mark.parametrize(
        ("number", "kind"),
        [
            ("2120000142", EmployerKind.PUBLIC_BODY),  # a municipality
            ("2021005448", EmployerKind.PUBLIC_BODY),  # an authority of the state
            ("2321000016", EmployerKind.PUBLIC_BODY),  # a region
            ("2220000109", EmployerKind.PUBLIC_BODY),  # a federation of municipalities
            ("7696000009", EmployerKind.ASSOCIATION),
            ("8020000009", EmployerKind.ASSOCIATION),
            ("2520000009", EmployerKind.ASSOCIATION),  # a faith community
            ("5560004615", EmployerKind.COMPANY),
            ("9160000009", EmployerKind.COMPANY),
            (NUMBER, EmployerKind.COMPANY),
            ("2101019876", EmployerKind.COMPANY),  # somebody born in January
        ],
    )
    def test_the_number_tells_of_the_kind(self, number, kind):
        assert kind_of(number) == kind

    def test_which_is_taken_where_none_is_chosen(self, cast):
        assert register(cast, "212000-0142", kind="").employer.kind == EmployerKind.PUBLIC_BODY

    def test_a_public_bodys_number_is_no_companys(self, cast):
        with refused_for("organisation_number_public"):
            register(cast, "212000-0142")

    @pytest.mark.parametrize("kind", ["public_body", "association"])
    def test_a_person_is_neither_authority_nor_association(self, cast, kind):
        with refused_for("organisation_number_personal") as refusal:
            register(cast, kind=kind)

        assert not any(sign.isdigit() for sign in str(refusal.value.messages))
        assert not Employer.objects.filter(**lookup_of(NUMBER)).exists()

    def test_a_municipalitys_own_company_may_be_called_public(self, cast):
        assert register(cast, "556000-4615", kind="public_body").is_new

    @pytest.mark.parametrize("written", ["811318-9875", "16811218-9876", "19556000-4615"])
    def test_what_is_nobodys_number_is_refused(self, cast, written):
        with pytest.raises(Refused) as refusal:
            register(cast, written)

        assert refusal.value.codes <= {"organisation_number_checksum", "organisation_number_format"}


class TestShown:
    def test_to_its_administrator_on_its_own_page(self, client, elsa):
        client.force_login(elsa.membership.user)

        assert WRITTEN in client.get(reverse("employers:my_organisation")).content.decode()

    def test_not_to_its_other_members(self, client, elsa):
        member = MembershipFactory(employer=elsa.employer, role="contact").user
        client.force_login(member)

        assert WRITTEN not in client.get(reverse("employers:my_organisation")).content.decode()

    def test_to_staff_who_say_why_and_that_is_noted(self, client, cast, elsa):
        client.force_login(cast.coach)
        address = reverse("employers:number_show", args=[elsa.employer.pk])

        asked, shown = client.get(address), client.post(address, {"why": "Skatteskulder"})

        assert WRITTEN not in asked.content.decode()
        assert WRITTEN in shown.content.decode()
        assert "no-store" in shown.headers["Cache-Control"]
        [entry] = AuditEntry.objects.about(elsa.employer).filter(action="number_shown")
        assert (entry.by, entry.said, entry.changes) == (cast.coach, "Skatteskulder", {})

    def test_not_without_a_reason(self, client, cast, elsa):
        with refused_for("organisation_number_without_reason"):
            show_number(employer_id=elsa.employer.pk, why=" ", by=cast.coach, at=NOW)
        client.force_login(cast.coach)
        answer = client.post(reverse("employers:number_show", args=[elsa.employer.pk]), {"why": ""})

        assert answer.status_code == 422
        assert WRITTEN not in answer.content.decode()

    def test_nor_to_anybody_else(self, cast, elsa):
        for who in (elsa.membership.user, cast.employer_member, cast.participant_user):
            with pytest.raises(Employer.DoesNotExist):
                show_number(employer_id=elsa.employer.pk, why="Nyfiken", by=who, at=NOW)


@pytest.fixture
def planted(cast, elsa):
    """Everything of Elsa's that others may read."""
    EmployerMembership.objects.filter(pk=elsa.membership.pk).update(confirmed_at=NOW)
    for kind in ("job", "internship"):
        OpeningFactory(
            workplace__employer=elsa.employer, kind=kind, published_at=NOW, title=f"Elektriker {kind}"
        )
    double = EmployerFactory(municipality=cast.municipality, name="Elsas El AB")
    merge_employers(into_id=elsa.employer.pk, gone_id=double.pk, by=cast.coach, at=NOW)
    EmployerFactory(municipality=cast.municipality, name="Elsas El i Eskilstuna")
    return elsa.employer


PAGES = (
    ("employers:employer_list", ()),
    ("employers:employer_export", ()),
    ("employers:likely_doubles", ()),
    ("employers:employer_detail", ("pk",)),
    ("employers:employer_merge_with", ("pk",)),
    ("employers:employer_merge", ("pk", "bakery")),
    ("employers:employer_merge", ("bakery", "pk")),
    ("employers:facts_edit", ("pk",)),
    ("employers:check_create", ("pk",)),
    ("employers:opening_list", ()),
    ("employers:opening_export", ()),
    ("employers:opening_feed", ()),
    ("employers:opening_calendar", ()),
    ("employers:site_map", ()),
    ("api:employer-list", ()),
    ("api:employer-detail", ("pk",)),
    ("api:opening-list", ()),
    ("api:ad-list", ()),
    ("home:search", ()),
)


class TestNobodyReadsIt:
    def test_on_any_page_feed_or_export(self, client: Client, cast, planted):
        keys = {"pk": planted.pk, "bakery": cast.bakery.pk}
        client.force_login(cast.coach)
        looked_at = []
        for name, parts in PAGES:
            answer = client.get(reverse(name, args=[keys[part] for part in parts]), {"q": "Elsas"})
            looked_at.append((name, answer.status_code, told(answer)))

        assert {status for _name, status, _told in looked_at} == {200}
        assert [name for name, _status, is_told in looked_at if is_told] == []

    def test_on_the_public_pages_of_openings(self, client, planted):
        for workplace in planted.workplaces.prefetch_related("openings"):
            for opening in workplace.openings.all():
                answer = client.get(opening.get_absolute_url())
                assert (answer.status_code, told(answer)) == (200, False)

    def test_in_the_administration(self, client, cast, planted):
        client.force_login(UserFactory(persona="staff", is_staff=True, is_superuser=True))

        assert not told(client.get(reverse("admin:employers_employer_changelist"), follow=True))
        shown = {field.name for field in Employer._meta.fields if field.editable}
        assert shown.isdisjoint({"sealed_number", "number_index"})

    def test_in_ads_that_go_out(self, planted, capsys):
        call_command("export_ads")

        ads = json.loads(capsys.readouterr().out)
        assert ads
        assert not [mark for mark in MARKS[:3] if mark in json.dumps(ads)]

    def test_by_searching_for_it(self, client, cast, planted):
        client.force_login(cast.coach)
        for mark in MARKS[:3]:
            answer = client.get(reverse("employers:employer_list"), {"q": mark})
            assert str(planted) not in answer.content.decode()

    def test_in_the_logs(self, client, cast, elsa, planted, caplog):
        caplog.set_level(logging.DEBUG, logger="backend")
        register(cast)
        show_number(employer_id=planted.pk, why="Skatteskulder", by=cast.coach, at=NOW)

        rows = AuditEntry.objects.filter(subject_id__in=[planted.pk, elsa.membership.pk])
        kept = json.dumps([*rows.values_list("changes", "why")], default=str)
        assert not [mark for mark in MARKS[:3] if mark in kept or mark in caplog.text]

    def test_in_what_an_import_answers(self, cast, planted):
        ad = {"id": "1", "headline": "Elektriker", "employer": {"organization_number": "811218-9876"}}
        [known] = import_ads(ads=[ad], by=cast.coach, at=NOW, is_trial=True)
        [other] = import_ads(
            ads=[{**ad, "employer": {"organization_number": COORDINATION}}],
            by=cast.coach,
            at=NOW,
            is_trial=True,
        )

        assert "ad_of_another" not in str(known)
        assert "3231" not in str(other)


def told(answer) -> bool:
    """Tell whether the number stands in what was sent, also inside the cells of an Excel file."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    text = content.decode(errors="replace") + str(answer.headers)
    return any(mark in text for mark in MARKS[:3])
