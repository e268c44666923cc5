"""Languages in a text, by their names in several languages, with the level where it is told."""

from collections.abc import Sequence
from typing import NamedTuple

from backend.skills.enums import Language, LanguageLevel
from backend.skills.label_index.normalise import normalise

_OTHER_LANGUAGES = """
    armeniska assyriska azerbajdzjanska bengali bulgariska danska estniska georgiska grekiska hebreiska
    isländska italienska japanska koreanska kurdiska lettiska lingala litauiska makedonska meänkieli
    mongoliska nederländska norska oromo punjabi samiska slovakiska slovenska syrianska tamil tjeckiska
    ungerska uzbekiska uiguriska wolof holländska luganda kinyarwanda pidgin malajiska indonesiska
    turkmeniska tjetjenska kroatiska hausa yoruba igbo fula mandinka katalanska nepali bilen
"""
_NAMES = {
    Language.SWEDISH: "svenska sv sva sfi swedish шведська шведською السويدية سويدي سوئدی iswidhish",
    Language.ENGLISH: "engelska eng english англійська англійською الانجليزية انجليزي انگلیسی ingiriisi",
    Language.ALBANIAN: "albanska albanian",
    Language.AMHARIC: "amhariska amarinja amarinya amhara amharic",
    Language.ARABIC: "arabiska arab arabisk arabic арабська العربية عربي عربية عربی carabi",
    Language.BOSNIAN: "bosniska serbiska serbokroatiska bks bosnian serbian",
    Language.DARI: "dari دری",
    Language.SPANISH: "spanska spanish español іспанська",
    Language.FINNISH: "finska finnish suomi",
    Language.FRENCH: "franska french français французька الفرنسية",
    Language.HINDI: "hindi",
    Language.CHINESE: "kinesiska mandarin kantonesiska chinese",
    Language.KURMANJI: "kurmanji kurmandji nordkurdiska kurmanci",
    Language.SORANI: "sorani sydkurdiska",
    Language.PASHTO: "pashto pashtu pasto pashtou پشتو",
    Language.PERSIAN: "persiska farsi persian iranska فارسی الفارسية",
    Language.POLISH: "polska polish польська polski",
    Language.PORTUGUESE: "portugisiska portuguese",
    Language.ROMANI: "romani romanes romska",
    Language.ROMANIAN: "rumänska romanian",
    Language.RUSSIAN: "ryska russian російська русский русская російською الروسية",
    Language.SOMALI: "somaliska somali soomaali الصومالية",
    Language.SWAHILI: "swahili kiswahili",
    Language.SWEDISH_SIGN: "teckenspråk",
    Language.TAGALOG: "tagalog filippinska filipino",
    Language.THAI: "thailändska thai thailänska",
    Language.TIGRINYA: "tigrinska tigrinja tigrinya tigriniska التغرينية",
    Language.TURKISH: "turkiska turkish türkçe التركية ترکی",
    Language.GERMAN: "tyska german deutsch німецька الالمانية",
    Language.UKRAINIAN: "ukrainska ukrainian українська українською",
    Language.URDU: "urdu اردو",
    Language.VIETNAMESE: "vietnamesiska vietnamese",
}
_SWEDISH_NAME = {Language.PERSIAN: "persiska"}
_OWN_NAMES = frozenset(["kurmanji", "sorani", "mandarin", "serbiska", "thai", "kantonesiska"])
"""Names that say more than the first one of their language; kept as they are written."""
_LANGUAGES: dict[str, tuple[str, Language | None]] = {name: (name, None) for name in _OTHER_LANGUAGES.split()}
_LANGUAGES |= {
    normalise(name): (name if name in _OWN_NAMES else names.split()[0], code)
    for code, names in _NAMES.items()
    for name in names.split()
}
_LANGUAGES["kroatiska"] = ("kroatiska", Language.BOSNIAN)
_WORDS_ABOUT_A_LANGUAGE = """
    talar pratar kan läser skriver förstår flytande modersmål som lite litet bra god goda mycket talat prata
    tala hyfsad hyfsat i tal och o samt skrift på nivå språk språket muntligt skriftligt kunskaper är jag
    hon han läsa skriva svenskt grund grundläggande nybörjare kurs c d a b går läst pluggar studerar just nu
    klar även också ganska väldigt perfekt obehindrat native fluent good speak speaks some basic mother
    tongue и і та و рідна мова рідною اللغة لغة أم زبان مادری vardaglig enkel förstaspråk andraspråk
    hemspråk språken alfabetiserad till viss del sas
"""
_ABOUT_A_LANGUAGE = frozenset(normalise(_WORDS_ABOUT_A_LANGUAGE).split()) | frozenset(
    normalise(word) for word in _WORDS_ABOUT_A_LANGUAGE.split()
)
_LEVELS = {
    "flytande": LanguageLevel.C1,
    "obehindrat": LanguageLevel.C1,
    "perfekt": LanguageLevel.C1,
    "fluent": LanguageLevel.C1,
    "native": LanguageLevel.NATIVE,
    "modersmål": LanguageLevel.NATIVE,
    "förstaspråk": LanguageLevel.NATIVE,
    "hemspråk": LanguageLevel.NATIVE,
    "рідна": LanguageLevel.NATIVE,
    "рідною": LanguageLevel.NATIVE,
    "أم": LanguageLevel.NATIVE,
    "مادری": LanguageLevel.NATIVE,
    "nybörjare": LanguageLevel.A1,
    "grundläggande": LanguageLevel.A2,
    "basic": LanguageLevel.A2,
    "lite": LanguageLevel.A2,
    "litet": LanguageLevel.A2,
    "hyfsad": LanguageLevel.B1,
    "hyfsat": LanguageLevel.B1,
}
_LEVELS = {normalise(word): level for word, level in _LEVELS.items()}
_COURSES = {"a": LanguageLevel.A1, "b": LanguageLevel.A1, "c": LanguageLevel.A2, "d": LanguageLevel.B1}
"""The courses of sfi and the level that each leads to (National Agency for Education, 2022), but for B, whose
level in speech alone is A2."""


class LanguageStated(NamedTuple):
    """A language by its Swedish name; `code` is ours for it, if any, and `level` the one that was told."""

    name: str
    code: Language | None
    level: LanguageLevel | None


def language_named(text: str) -> LanguageStated | None:
    """Read the one language that `text` tells of, with the level if told; None for anything else."""
    stated = languages_stated(text)
    return stated[0] if len(stated) == 1 else None


def languages_stated(text: str) -> list[LanguageStated]:
    """Read the languages of a text that tells of nothing else, with their levels; none for any other text.

    A level belongs to the language that it stands beside, and a last one after several to them all.
    """
    words = normalise(text).split()
    if not any(word in _LANGUAGES for word in words):
        return []
    if not all(word in _LANGUAGES or word in _ABOUT_A_LANGUAGE or _level(word) for word in words):
        return []
    return _with_levels(words)


def language_of(word: str) -> LanguageStated | None:
    """Read one word as a language."""
    found = _LANGUAGES.get(normalise(word))
    return LanguageStated(found[0].capitalize(), found[1], None) if found else None


def _with_levels(words: Sequence[str]) -> list[LanguageStated]:
    found: list[LanguageStated] = []
    waiting: LanguageLevel | None = None
    is_first_level = True
    for place, word in enumerate(words):
        if word in _LANGUAGES:
            stated = language_of(word)
            if found and found[-1].name == "Kurdiska" and words[place - 1] == "kurdiska":
                found.pop()
            if stated and not (found and found[-1].name == stated.name):
                found.append(stated._replace(level=waiting))
            waiting = None
        level = _level(word) or _course(words, place)
        if level and found and found[-1].level is None and not _leads_on(words, place):
            alone = is_first_level and place == len(words) - 1 and not _course(words, place)
            found = [each._replace(level=level) if alone or each is found[-1] else each for each in found]
            is_first_level = False
        elif level:
            waiting, is_first_level = level, False
    return found


def _leads_on(words: Sequence[str], place: int) -> bool:
    """Tell whether a level is that of the language after it: "lite engelska", "och flytande arabiska"."""
    following = words[place + 1] if place + 1 < len(words) else ""
    return following in _LANGUAGES and not _is_code(words[place])


def _course(words: Sequence[str], place: int) -> LanguageLevel | None:
    """Read the course of sfi: "sfi C", "sfi kurs D"."""
    before = [word for word in words[max(place - 2, 0) : place] if word != "kurs"]
    return _COURSES.get(words[place]) if "sfi" in before[-1:] else None


def _level(word: str) -> LanguageLevel | None:
    return _LEVELS.get(word) or (LanguageLevel(word.upper()) if _is_code(word) else None)


def _is_code(word: str) -> bool:
    return word.upper() in LanguageLevel.values
