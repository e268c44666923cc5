"""Notes about a person: cut into pieces, each understood as the fields of the file understand it."""

import json

import pytest
from django.core.management import CommandError, call_command

from backend.skills.enums import ConceptKind, Language, LanguageLevel, Licence, Resolution
from backend.skills.services import read_note, resolve_texts
from backend.skills.understanding.languages import language_named
from backend.skills.understanding.licences import licences_named, names_licence
from backend.skills.understanding.traits import trait_named


def told(line):
    return [(each.text, str(each.kind), each.name, each.decision) for each in read_note(line)]


class TestReadNote:
    def test_tells_what_each_piece_says(self, catalogue):
        line = "Har jobbat som städare i 5 år, kan köra truck; talar arabiska flytande. B-körkort, noggrann"

        assert told(line) == [
            ("Har jobbat som städare i 5 år", "occupation", "Lokalvårdare", "accept"),
            ("kan köra truck", "skill", "Truckkörning", "accept"),
            ("talar arabiska flytande", "language", "Arabiska", "accept"),
            ("B-körkort", "licence", "Körkort B", "ask"),
            ("noggrann", "trait", "Noggrannhet", "accept"),
        ]

    def test_cuts_at_och_unless_the_whole_is_one_thing(self, catalogue):
        assert told("plocka order och köra truck") == [
            ("plocka order", "skill", "Orderplock", "accept"),
            ("köra truck", "skill", "Truckkörning", "accept"),
        ]
        assert [each.offered for each in read_note("B och C-körkort")] == [["Körkort B", "Körkort C"]]

    def test_gives_the_level_of_a_language(self, catalogue):
        assert [each.level for each in read_note("svenska B1, modersmål somaliska, dari")] == [
            "B1",
            "C2",
            None,
        ]

    def test_offers_what_it_may_be(self, catalogue):
        [unsure] = read_note("orderplockerska")

        assert (unsure.kind, unsure.decision, unsure.name) == ("skill", "ask", "Orderplock")
        assert unsure.offered[0] == "Orderplock"

    def test_finds_a_label_among_words_that_say_nothing(self, catalogue):
        assert told("har plockat order på ett lager") == [
            ("har plockat order på ett lager", "skill", "Orderplock", "accept")
        ]

    def test_finds_several_that_nothing_stands_between(self, catalogue):
        line = "plockat order kört truck B-körkort arabiska"

        assert [(each.kind, each.name) for each in read_note(line)] == [
            ("skill", "Orderplock"),
            ("skill", "Truckkörning"),
            ("licence", "Körkort B"),
            ("language", "Arabiska"),
        ]

    def test_hears_what_was_done_and_what_is_wished(self, catalogue):
        [done, wish] = read_note("har jobbat som städare i 5 år, vill köra truck")

        assert (done.way, done.years) == ("done", 5)
        assert (wish.way, wish.years, wish.name) == ("wish", None, "Truckkörning")

    def test_hears_a_wish_until_the_sentence_ends(self, catalogue):
        line = "söker praktik som städare, köra truck. plocka order"

        assert [each.way for each in read_note(line)] == ["wish", "wish", ""]

    def test_hears_how_well(self, catalogue):
        assert [each.how for each in read_note("lite brödbakning, van att köra truck")] == ["little", "well"]

    @pytest.mark.parametrize(
        "line",
        [
            "kan inte köra truck",
            "har inget körkort",
            "aldrig plockat order",
            "kan varken köra truck eller svenska",
        ],
    )
    def test_what_is_denied_is_nothing(self, catalogue, line):
        assert {each.kind for each in read_note(line)} == {"none"}

    @pytest.mark.parametrize(
        "line",
        [
            "sjukskriven, städare",
            "ADHD",
            "har tre barn",
            "försörjningsstöd sen 2020",
            "ont i ryggen",
            "flykting",
        ],
    )
    def test_what_is_private_is_nothing(self, catalogue, line):
        assert read_note(line)[0].kind == "none"

    def test_what_is_told_twice_is_told_once(self, catalogue):
        [told_once] = read_note("städare. Har varit städtant i 3 år")

        assert (told_once.name, told_once.years) == ("Lokalvårdare", 3)

    def test_reads_lines_and_bullets(self, catalogue):
        assert [each.name for each in read_note("- städare\n- köra truck\n• svenska B1")] == [
            "Lokalvårdare",
            "Truckkörning",
            "Svenska",
        ]

    @pytest.mark.parametrize("line", ["astronomi", "ssk", "🧹", "''; --"])
    def test_leaves_what_it_does_not_know(self, catalogue, line):
        assert {(each.kind, each.decision, each.name) for each in read_note(line)} <= {
            ("none", "leave", None)
        }

    @pytest.mark.parametrize("line", ["", "  ", ",;.", "\u202e"])
    def test_nothing_tells_nothing(self, catalogue, line):
        assert all(each.decision == "leave" for each in read_note(line))

    @pytest.mark.parametrize(
        "text",
        ["köra truck", "trukk", "Har plockat order", "plocka order på lager", "orderplockerska", "ssk"],
    )
    def test_says_what_the_field_of_the_file_says(self, catalogue, text):
        [columns] = resolve_texts([text], kind=ConceptKind.SKILL)
        [piece] = read_note(text)

        expected = {"accept": Resolution.ACCEPTED, "ask": Resolution.ASK, "leave": Resolution.NONE}
        assert columns["resolution"] == expected[piece.decision]


class TestCommand:
    def test_prints_one_object_a_line(self, catalogue, tmp_path, capsys):
        file = tmp_path / "notes.txt"
        file.write_text("köra truck, svenska B1\n\nssk\n", encoding="utf-8")

        call_command("read_notes", file, "--json")

        answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [answer["line"] for answer in answers] == ["köra truck, svenska B1", "", "ssk"]
        assert answers[0]["readings"] == [
            {
                "text": "köra truck",
                "kind": "skill",
                "name": "Truckkörning",
                "decision": "accept",
                "offered": [],
            },
            {
                "text": "svenska B1",
                "kind": "language",
                "name": "Svenska",
                "decision": "accept",
                "offered": [],
                "level": "B1",
            },
        ]
        assert answers[1]["readings"] == []

    def test_prints_for_people_too(self, catalogue, tmp_path, capsys):
        (tmp_path / "notes.txt").write_text("köra truck\n", encoding="utf-8")

        call_command("read_notes", tmp_path / "notes.txt")

        assert "köra truck: skill, accept, Truckkörning" in capsys.readouterr().out

    def test_refuses_a_file_in_another_encoding(self, catalogue, tmp_path):
        (tmp_path / "notes.txt").write_bytes("städa".encode("latin-1"))

        with pytest.raises(CommandError):
            call_command("read_notes", tmp_path / "notes.txt")


class TestStatements:
    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            ("B-körkort", [Licence.DRIVING_B]),
            ("körkort klass CE", [Licence.DRIVING_CE]),
            ("har truckkort", [Licence.FORKLIFT]),
            ("Truckkort A", [Licence.FORKLIFT]),
            ("YKB", [Licence.TRAFFIC_CARD]),
            ("heta arbeten", [Licence.HOT_WORK]),
            ("ADR-intyg", []),
            ("liftkort", []),
        ],
    )
    def test_name_a_licence(self, text, codes):
        assert names_licence(text)
        assert licences_named(text) == codes

    def test_may_mean_several_licences(self):
        assert len(licences_named("körkort")) == 6

    @pytest.mark.parametrize("text", ["köra bil", "spela kort", "och", "", "truckkörning", "passerkort", "B"])
    def test_name_no_licence(self, text):
        assert not names_licence(text)

    @pytest.mark.parametrize(
        ("text", "code", "level"),
        [
            ("arabiska", Language.ARABIC, None),
            ("talar lite tigrinja", Language.TIGRINYA, LanguageLevel.A2),
            ("svenska på nivå b2", Language.SWEDISH, LanguageLevel.B2),
            ("kurdiska", None, None),
        ],
    )
    def test_name_a_language(self, text, code, level):
        assert language_named(text)[1:] == (code, level)

    @pytest.mark.parametrize("text", ["arabiska köket", "svenska och engelska", "talar", ""])
    def test_name_no_language(self, text):
        assert language_named(text) is None

    def test_name_a_trait(self):
        assert trait_named("Hon är mycket noggrann") == "Noggrannhet"
        assert trait_named("noggrann städning") is None
