"""Every form of the project, sent empty: each required field is refused once, in words, tied to its field."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from django import forms
from django.db import transaction
from django.forms import BaseForm, BaseFormSet
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

import backend
from backend.core import outbox
from backend.core.answering.links import link_to
from backend.core.models import Delivery
from backend.home.day.my_day import day_of_coach
from backend.internships.services import send_signing_code
from backend.matching.models import Visit
from backend.matching.telling_visits import VISIT_OFFERED, tell_who_chooses
from tests.factories import FollowUpFactory, OpeningFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.permissions.matrix import MATRIX
from tests.permissions.world import Everything

ROLES = ("coach", "participant", "employer_member", "manager", "administrator", "guest", "anonymous")
# Words that no user shall read: of the database, of the framework, of another language.
NOT_WORDS = ("null", "none", "blank", "this field", "detta fält", "det här fältet", "required", "__all__")
# Forms that are never sent empty, and why.
# Nothing in them need be filled in; what is refused is the whole.
OF_THE_WHOLE = {"CertificateForm", "RollCallForm"}
NEVER_EMPTY = {
    "backend.core.ui.gallery": "a page of the demo alone",
    "backend.demo.second_factor": "a page of the demo alone",
    "UserForm": "a page of the administration, as Django words it",
    "AssignmentForm": "a page of the administration, as Django words it",
    "AddKeyForm": "a page of allauth's, sent by the browser's own script",
    "SetUpAppForm": "a page of allauth's, which words its own refusal",
    "LookForm": "the skills that a coach may leave out; with none the evaluation is gone through as well",
    "CapacityForm": "the opening of lasting places, which has its words already",
    "ColumnsForm": "the columns of a file that somebody has handed in, which nobody in this world has",
    "AcceptanceForm": "whoever is signed in has nothing to fill in",
    "EmergencyContactForm": "left empty it takes away whom to ring",
    "CallOffForm": "one tap on one of two answers, which the service refuses when it is neither",
    "PlaceAndDistance": "filters in the address: what is not chosen narrows nothing",
    "HoursForm": "in the address; what is missing is as by default",
    "BoardForm": "in the address; what is missing is as by default",
    "WhereForm": "in the address; the page asks again for what is missing",
    "PeriodForm": "in the address; what is missing is as by default",
    "HandOverForm": "shown only when a coach has left, which nobody in this world has",
    "LanguageRow": "a row that is left empty is no row",
    "SkillRow": "a row that is left empty is no row",
    "OccupationRow": "a row that is left empty is no row",
}


@dataclass
class Sent:
    """One form of a page, as a browser sends it when nothing was filled in."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def empty(self) -> Iterator[dict[str, str]]:
        """Yield what each of its buttons sends; visible fields are sent empty or not at all."""
        for name, value in self.buttons or [("", "")]:
            yield {**self.hidden, **({name: value} if name else {})}


class FormsOfAPage(HTMLParser):
    """Collects the posting forms of a page, those of its frame left out."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.address, self.found, self.open = address, [], None
        self.feed(page.partition("<main")[2])

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Remember forms, hidden inputs and buttons."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Sent(given.get("action") or self.address) if given.get("method") == "post" else None
            self.found += [self.open] if self.open else []
        elif self.open and tag == "input" and given.get("name"):
            self.open.hidden[given["name"]] = given.get("value", "") if given.get("type") == "hidden" else ""
        elif self.open and tag in ("select", "textarea") and given.get("name"):
            self.open.hidden[given["name"]] = ""
        elif self.open and tag == "button" and "formnovalidate" not in given and not given.get("formaction"):
            self.open.buttons.append((given.get("name", ""), given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        """Leave a form."""
        if tag == "form":
            self.open = None


def below(base: type) -> Iterator[type]:
    for each in base.__subclasses__():
        yield each
        yield from below(each)


def our_forms() -> set[str]:
    """Return the names of the forms that people send."""
    for module in pkgutil.walk_packages(backend.__path__, "backend."):
        if not any(part in module.name for part in ("migrations", ".config", "bench")):
            importlib.import_module(module.name)
    found = {each for each in below(BaseForm) if each.__module__.startswith("backend.")}
    leaves = {
        each for each in found if not any(each is not other and issubclass(other, each) for other in found)
    }
    return {each.__name__ for each in leaves if not {each.__name__, each.__module__} & set(NEVER_EMPTY)}


def judged(response: Any) -> Iterator[BaseForm]:
    """Yield each form that the page shows and that was sent."""
    seen: dict[int, BaseForm] = {}
    context = response.context or []
    for layer in context if isinstance(context, list) else [context]:
        for part in layer.dicts:
            for thing in part.values():
                forms = thing.forms if isinstance(thing, BaseFormSet) else [thing]
                seen |= {id(each): each for each in forms if isinstance(each, BaseForm) and each.is_bound}
    yield from seen.values()


def faults(form: BaseForm, page: str) -> Iterator[str]:
    """Yield what is wrong with how the form refuses."""
    for name, errors in form.errors.items():
        texts, where = [str(error) for error in errors], f"{type(form).__name__}.{name}"
        if len(texts) > 1:
            yield f"{where} says it {len(texts)} times: {texts}"
        if any(word in text.casefold() for text in texts for word in NOT_WORDS):
            yield f"{where} is no help: {texts}"
        if name not in form.fields:
            tied_to_none = (
                [] if type(form).__name__ in OF_THE_WHOLE else [f"{where} is tied to no field: {texts}"]
            )
            yield from tied_to_none
            continue
        bound = form[name]
        target = bound.id_for_label or bound.auto_id
        if f'id="{bound.auto_id}_error"' not in page:
            yield f"{where} shows no error beside it"
        if not re.search(rf'aria-describedby="[^"]*\b{bound.auto_id}_error\b', page):
            yield f"{where} is not described by its error"
        if f'href="#{target}' not in page:
            yield f"{where} is not linked from the summary"


def sent_empty(client: Client, address: str) -> Iterator[tuple[str, BaseForm]]:
    """Send every form of a page empty, each in a transaction of its own, and yield the page and its forms."""
    page = client.get(address)
    if page.status_code != 200 or "html" not in page.get("Content-Type", ""):
        return
    for form in FormsOfAPage(page.content.decode(), address).found:
        for data in form.empty():
            with transaction.atomic():
                answer = client.post(form.action, data)
                for shown in judged(answer):
                    yield answer.content.decode(), shown
                transaction.set_rollback(True)


def about_a_new_pair(everything: Everything) -> Iterator[tuple[str, BaseForm]]:
    """Send what is asked of a coach who proposes or approves, and of an employer who is to answer."""
    cast, client = everything.cast, Client()
    opening = OpeningFactory(workplace=everything.workplace)
    client.force_login(cast.coach)
    yield from sent_empty(client, reverse("matching:propose", args=[opening.pk, cast.pia.pk]))
    yield from sent_empty(client, everything.waiting.get_absolute_url())
    proposal = ProposalFactory(opening=opening, participant=cast.pia, proposed_by=cast.coach)
    client.force_login(cast.employer_member)
    yield from sent_empty(client, proposal.get_absolute_url())
    follow_up = FollowUpFactory(internship=everything.internship, kind="midpoint", due_on=TODAY)
    yield from sent_empty(client, reverse("internships:follow_up_answer", args=[follow_up.pk]))
    yield from sent_empty(client, reverse("internships:evaluation_answer", args=[everything.evaluated.pk]))
    yield from sent_empty(client, by_link_about(everything.visit))
    asked = everything.asked_to_sign
    send_signing_code(agreement_id=everything.agreement.pk, by=asked.recipient, at=NOW)
    yield from sent_empty(client, link_to(asked))
    client.force_login(cast.coach)
    with override_settings(SMS_URL="file:///dev/null"):
        yield from sent_empty(client, reverse("own_messages:phone_edit"))
        yield from sent_empty(client, reverse("own_messages:phone_confirm"))
    said = {"participant_mood": "bad", "participant_answered_at": NOW}
    FollowUpFactory(internship=everything.internship, kind="extra", due_on=TODAY, **said)
    red = [each for each in day_of_coach(cast.coach, today=TODAY).rows if each.is_red and each.may_wait]
    yield from sent_empty(client, reverse("home:put_off", args=[red[0].matter, red[0].thing]))


def by_link_about(visit: Visit) -> str:
    """Return the address in a mail at which one of the times of a meeting is chosen."""
    tell_who_chooses(visit, at=NOW)
    outbox.deliver_due(at=NOW)
    return link_to(Delivery.objects.get(message__kind=VISIT_OFFERED.name, message__subject_id=visit.pk))


def by_everybody(everything: Everything) -> Iterator[tuple[str, BaseForm]]:
    """Send the forms of every address, as each role that may enter."""
    for name, door in MATRIX.items():
        for role, user in everything.cast.roles().items():
            if role in door.open_to and role in ROLES and not name.startswith("api:"):
                client = Client()
                if user is not None:
                    client.force_login(user)
                yield from sent_empty(client, reverse(name, kwargs=door.names(everything)))
    yield from about_a_new_pair(everything)
    for name in ("account_signup", "account_login", "account_request_login_code"):
        yield from sent_empty(Client(), reverse(name))


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_each_empty_field_is_refused_once_in_words_beside_it(everything: Everything) -> None:
    seen, wrong = set(), set()

    for page, form in by_everybody(everything):
        seen |= {each.__name__ for each in type(form).__mro__}
        with translation.override("sv"):
            wrong |= set(faults(form, page))

    assert not wrong, "\n".join(sorted(wrong))
    assert our_forms() - seen == set()


class Odd(forms.Form):
    email = forms.EmailField()
    day = forms.DateField()
    count = forms.IntegerField(min_value=0, max_value=9)


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("email", "namn@", "Skriv hela e-postadressen, till exempel namn@foretag.se."),
        ("day", "i morgon", "Skriv dagen som år-månad-dag, till exempel 2026-03-12."),
        ("count", "-1", "Skriv ett antal, 0 eller mer."),
        ("count", "10", "Skriv ett antal, högst 9."),
        ("count", "många", "Skriv ett helt tal med siffror."),
    ],
)
def test_what_is_odd_says_how_to_mend_it(name, typed, words):
    with translation.override("sv"):
        assert [str(each) for each in Odd({name: typed}).errors[name]] == [words]
