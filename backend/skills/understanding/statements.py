"""What a text about a person may be besides a skill or an occupation: a licence, a language, a trait.

Licences and languages have fields of their own, for an opening removes who lacks them; traits are words for
people to read, and no vocabulary of ours. Plain Python: names are Swedish, as the texts are.
"""

import re
from typing import NamedTuple

from backend.skills.enums import Language, LanguageLevel, Licence
from backend.skills.label_index.normalise import normalise

_DRIVING = {
    "am": Licence.DRIVING_AM,
    "b": Licence.DRIVING_B,
    "be": Licence.DRIVING_BE,
    "c": Licence.DRIVING_C,
    "ce": Licence.DRIVING_CE,
    "d": Licence.DRIVING_D,
}
_OTHER_CARDS = """
    adr adrintyg adrkort liftkort skyliftkort traverskort hjullastarkort maskinförarbevis
    ställningskort röjsågskort taxileg taxilegitimation taxiförarlegitimation väktarlicens
"""
_WORDS_ABOUT_A_CARD = """
    har giltigt svenskt certifikat klass klasser nivå behörighet kort körkort och samt a b c d e am
    be ce b1 c1 d1 de bevis manuellt automat för med
"""
_LICENCES: dict[str, Licence | None] = {
    "bilkörkort": Licence.DRIVING_B,
    "lastbilskörkort": Licence.DRIVING_C,
    "busskörkort": Licence.DRIVING_D,
    "mopedkörkort": Licence.DRIVING_AM,
    "mopedkort": Licence.DRIVING_AM,
    "am kort": Licence.DRIVING_AM,
    "truckkort": Licence.FORKLIFT,
    "truckort": Licence.FORKLIFT,
    "truck kort": Licence.FORKLIFT,
    "truckkörkort": Licence.FORKLIFT,
    "truckförarbevis": Licence.FORKLIFT,
    "ykb": Licence.TRAFFIC_CARD,
    "yrkeskompetensbevis": Licence.TRAFFIC_CARD,
    "yrkesförarkompetens": Licence.TRAFFIC_CARD,
    "heta arbeten": Licence.HOT_WORK,
    "motorsågskort": Licence.CHAINSAW,
    "motorsågskörkort": Licence.CHAINSAW,
    "hygienintyg": Licence.FOOD_HYGIENE,
    "livsmedelsintyg": Licence.FOOD_HYGIENE,
    "fallskydd": Licence.FALL_PROTECTION,
    "fallskyddsutbildning": Licence.FALL_PROTECTION,
    "id06": Licence.ID06,
} | dict.fromkeys(_OTHER_CARDS.split())
"""Licences as they are called, and ours for them; None where we have none."""
_CARD = re.compile(r"(kör|truck|förar)kort$|legitimation$|certifikat$|intyg$|förarbevis$|yrkesbevis$")
_ABOUT_A_CARD = frozenset(_WORDS_ABOUT_A_CARD.split())

_OTHER_LANGUAGES = """
    armeniska assyriska azerbajdzjanska bengali bulgariska danska estniska georgiska grekiska
    hebreiska isländska italienska japanska koreanska kurdiska lettiska lingala litauiska makedonska
    meänkieli mongoliska nederländska norska oromo punjabi samiska slovakiska slovenska syrianska
    tamil tjeckiska ungerska uzbekiska uiguriska wolof
"""
_WORDS_ABOUT_A_LANGUAGE = """
    talar pratar kan läser skriver förstår flytande modersmål som lite litet bra god goda mycket
    hyfsad i tal och skrift på nivå språk språket muntligt skriftligt kunskaper är jag hon han
    svenskt
"""
_LANGUAGES: dict[str, Language | None] = {
    "svenska": Language.SWEDISH,
    "engelska": Language.ENGLISH,
    "albanska": Language.ALBANIAN,
    "amhariska": Language.AMHARIC,
    "arabiska": Language.ARABIC,
    "bosniska": Language.BOSNIAN,
    "kroatiska": Language.BOSNIAN,
    "serbiska": Language.BOSNIAN,
    "serbokroatiska": Language.BOSNIAN,
    "dari": Language.DARI,
    "spanska": Language.SPANISH,
    "finska": Language.FINNISH,
    "franska": Language.FRENCH,
    "hindi": Language.HINDI,
    "kinesiska": Language.CHINESE,
    "mandarin": Language.CHINESE,
    "kurmanji": Language.KURMANJI,
    "nordkurdiska": Language.KURMANJI,
    "sorani": Language.SORANI,
    "sydkurdiska": Language.SORANI,
    "pashto": Language.PASHTO,
    "persiska": Language.PERSIAN,
    "farsi": Language.PERSIAN,
    "polska": Language.POLISH,
    "portugisiska": Language.PORTUGUESE,
    "romani": Language.ROMANI,
    "rumänska": Language.ROMANIAN,
    "ryska": Language.RUSSIAN,
    "somaliska": Language.SOMALI,
    "somali": Language.SOMALI,
    "swahili": Language.SWAHILI,
    "teckenspråk": Language.SWEDISH_SIGN,
    "tagalog": Language.TAGALOG,
    "thailändska": Language.THAI,
    "thai": Language.THAI,
    "tigrinska": Language.TIGRINYA,
    "tigrinja": Language.TIGRINYA,
    "turkiska": Language.TURKISH,
    "tyska": Language.GERMAN,
    "ukrainska": Language.UKRAINIAN,
    "urdu": Language.URDU,
    "vietnamesiska": Language.VIETNAMESE,
} | dict.fromkeys(_OTHER_LANGUAGES.split())
"""Languages by their Swedish names; None where we have no code, or two ("kurdiska")."""
_ABOUT_A_LANGUAGE = frozenset(_WORDS_ABOUT_A_LANGUAGE.split())
_LEVELS = {"flytande": LanguageLevel.C1, "modersmål": LanguageLevel.NATIVE}

_WORDS_ABOUT_A_TRAIT = """
    är jag hon han mycket väldigt och person som alltid en ganska
"""
_TRAITS = {
    "noggrann": "Noggrannhet",
    "punktlig": "Punktlighet",
    "pålitlig": "Pålitlighet",
    "ansvarsfull": "Ansvarsfullhet",
    "ansvarstagande": "Ansvarstagande",
    "social": "Social förmåga",
    "utåtriktad": "Utåtriktad",
    "flexibel": "Flexibilitet",
    "stresstålig": "Stresstålighet",
    "självständig": "Självständighet",
    "självgående": "Självständighet",
    "initiativrik": "Initiativförmåga",
    "drivande": "Initiativförmåga",
    "kreativ": "Kreativitet",
    "tålmodig": "Tålamod",
    "samarbetsvillig": "Samarbetsförmåga",
    "hjälpsam": "Hjälpsamhet",
    "serviceinriktad": "Serviceinriktning",
    "serviceminded": "Serviceinriktning",
    "lugn": "Lugn",
    "glad": "Glatt humör",
    "trevlig": "Trevligt bemötande",
    "vänlig": "Vänlighet",
    "snäll": "Vänlighet",
    "ärlig": "Ärlighet",
    "ödmjuk": "Ödmjukhet",
    "lojal": "Lojalitet",
    "positiv": "Positiv inställning",
    "engagerad": "Engagemang",
    "motiverad": "Motivation",
    "målmedveten": "Målmedvetenhet",
    "envis": "Envishet",
    "uthållig": "Uthållighet",
    "strukturerad": "Struktur",
    "ordningsam": "Ordningssinne",
    "ordentlig": "Ordningssinne",
    "nyfiken": "Nyfikenhet",
    "lättlärd": "Lätt att lära",
    "läraktig": "Lätt att lära",
    "effektiv": "Effektivitet",
    "arbetsvillig": "Arbetsvilja",
    "arbetsam": "Arbetsvilja",
    "omtänksam": "Omtänksamhet",
    "empatisk": "Empati",
    "blyg": "Blyghet",
    "tyst": "Tystlåten",
    "tystlåten": "Tystlåten",
    "stark": "Styrka",
    "energisk": "Energi",
    "pigg": "Energi",
    "rolig": "Humor",
}
_ABOUT_A_TRAIT = frozenset(_WORDS_ABOUT_A_TRAIT.split())


class LanguageStated(NamedTuple):
    """A language by its Swedish name; `code` is ours for it, if any, and `level` the one that was told."""

    name: str
    code: Language | None
    level: LanguageLevel | None


def names_licence(text: str) -> bool:
    """Tell whether `text` is the name of a licence or certificate, and little else."""
    words = [word for word in normalise(text).split() if word not in _ABOUT_A_CARD]
    rest = " ".join(words)
    if not words:
        return "körkort" in normalise(text).split()
    return rest in _LICENCES or rest.replace(" ", "") in _LICENCES or all(map(_CARD.search, words))


def licences_named(text: str) -> list[Licence]:
    """List which of our licences the name of a licence may mean: several for "körkort" alone."""
    words = normalise(text).split()
    if any(word == "körkort" for word in words):
        return [_DRIVING[word] for word in words if word in _DRIVING] or list(_DRIVING.values())
    rest = [word for word in words if word not in _ABOUT_A_CARD]
    for name in (normalise(text), " ".join(rest), "".join(rest)):
        if licence := _LICENCES.get(name):
            return [licence]
    return []


def language_named(text: str) -> LanguageStated | None:
    """Read the one language that `text` tells of, with the level if told; None for anything else."""
    words = normalise(text).split()
    levels = [_LEVELS.get(word) or _as_level(word) for word in words]
    named = [word for word in words if word in _LANGUAGES]
    others = [
        word
        for word, level in zip(words, levels, strict=True)
        if level is None and word not in _LANGUAGES and word not in _ABOUT_A_LANGUAGE
    ]
    if len(named) != 1 or others:
        return None
    level = next((level for level in levels if level), None)
    return LanguageStated(named[0].capitalize(), _LANGUAGES[named[0]], level)


def trait_named(text: str) -> str | None:
    """Return the noun for the one trait that `text` is ("noggrann": "Noggrannhet"), else None."""
    words = [word for word in normalise(text).split() if word not in _ABOUT_A_TRAIT]
    return _TRAITS.get(words[0]) if len(words) == 1 else None


def _as_level(word: str) -> LanguageLevel | None:
    return LanguageLevel(word.upper()) if word.upper() in LanguageLevel.values else None
