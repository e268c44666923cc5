"""The Swedish that people read: words that said the wrong thing do not come back."""

import re

import polib
import pytest

from tests.architecture.source import ROOT

SWEDISH = ROOT / "locale" / "sv" / "LC_MESSAGES" / "django.po"
# Each with what is wrong about it.
FORBIDDEN = {
    r"förkryssa": "means ticked beforehand: say what is chosen, or what the reader ticks",
    r"ett klick": "an answer takes signing in and reading",
    r"\bsade\b": "said so by nobody: sa",
    r"större cirkel": "a distance is longer",
    r"inga följder": "sounds as if there might be some",
    r"sluta berätta": "a yes is taken back",
    r"hållbarhetsuppföljning": "sustainability is something else: uppföljning av anställning",
    r"[Gg]odtag": "an employer says yes",
    r"[Aa]ntag(et|na) (förslag|platser)": "an employer says yes",
    r"meriterande": "the word is merit",
    r"[Bb]åda sidor har fått veta": "say who was told, and who was not",
    r"Vems omständigheter": "ask which side it was",
    r"procents säkerhet": "the uncertainty is what is told",
    r"gång på gång": "sounds like a complaint: året runt",
    r"\b(din|dina) (annons|annonser|organisation)\b": "an organisation is ni",
    r"^Fyll i det här\.?$": "name the field: see core.ui.forms.NAMED",
    r"[Tt]öm en rad": "a row has a button that takes it away",
    r"avlägset|räknas lite": "say what is like it: har något som liknar lite",
    r"Håller jobbet": "ask whether the person still has it: Har NAMN jobbet kvar?",
    r"står i vägen för att|får inte vara null|fältet är obligatoriskt": "say how to mend it",
    r"och \d+ nästan|krav och .* nästan": "uppfyller båda kraven nästan",
    r"har väntat 0 dagar": "väntar sedan i dag",
    r"[Mm]ejladress|epostadress|e-mailadress|e-post-adress": "spelt e-postadress",
}
# Said to the one person who was let in.
EXCEPT = {
    "You can now write for your organisation",
    "You can now write for your organisation in Praktikbron:",
}


def translations():
    for entry in polib.pofile(str(SWEDISH)):
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            yield entry.msgid, text


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_word_that_says_the_wrong_thing(word):
    guilty = [(msgid, text) for msgid, text in translations() if re.search(word, text)]

    assert [each for each in guilty if each[0] not in EXCEPT] == [], FORBIDDEN[word]


def test_a_number_that_may_be_one_has_a_form_for_one():
    plurals = [each for each in polib.pofile(str(SWEDISH)) if each.msgid_plural]
    unset = [each.msgid for each in plurals if not all(each.msgstr_plural.get(n) for n in (0, 1))]

    assert unset == []


def test_mails_greet_once_and_sign_in_one_way():
    mails = [
        *ROOT.glob("frontend_templates/emails/*.txt"),
        *ROOT.glob("frontend_templates/account/email/*_message.txt"),
    ]
    odd = [
        mail.name
        for mail in mails
        if mail.read_text().count('{% translate "Hello!" %}') > 1
        or ('"Kind regards"' not in mail.read_text() and "extends" not in mail.read_text())
    ]

    assert mails
    assert odd == []
