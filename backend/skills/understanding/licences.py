"""Licences and certificates in a text: fields of their own, for openings remove who lacks them."""

import re

from django.utils.translation import override

from backend.skills.enums import Licence
from backend.skills.label_index.normalise import normalise

_DRIVING = {
    "b": Licence.DRIVING_B,
    "am": Licence.DRIVING_AM,
    "be": Licence.DRIVING_BE,
    "c": Licence.DRIVING_C,
    "ce": Licence.DRIVING_CE,
    "d": Licence.DRIVING_D,
}
"""The classes, the commonest first: it is offered first where only "körkort" is said."""
_OTHER_CARDS = {
    "adr": "ADR-intyg",
    "adrintyg": "ADR-intyg",
    "adrkort": "ADR-intyg",
    "liftkort": "Liftkort",
    "skyliftkort": "Liftkort",
    "skylift": "Liftkort",
    "traverskort": "Traverskort",
    "hjullastarkort": "Hjullastarkort",
    "maskinförarbevis": "Maskinförarbevis",
    "grävmaskinskort": "Maskinförarbevis",
    "ställningskort": "Ställningskort",
    "röjsågskort": "Röjsågskort",
    "taxileg": "Taxiförarlegitimation",
    "taxilegitimation": "Taxiförarlegitimation",
    "taxiförarlegitimation": "Taxiförarlegitimation",
    "väktarlicens": "Väktarlicens",
    "vapenlicens": "Vapenlicens",
    "jägarexamen": "Jägarexamen",
    "båtförarbevis": "Förarintyg för fritidsbåt",
    "förarintyg": "Förarintyg för fritidsbåt",
    "skoterkörkort": "Förarbevis för snöskoter",
    "snöskoterbevis": "Förarbevis för snöskoter",
    "traktorkort": "Traktorkort",
    "mckort": "Körkort A (motorcykel)",
    "mckörkort": "Körkort A (motorcykel)",
    "motorcykelkörkort": "Körkort A (motorcykel)",
}
"""Cards that we have no code for, without blanks, and what they are called."""
_WORDS_ABOUT_A_CARD = """
    har giltigt svenskt certifikat klass klasser nivå behörighet kort körkort och o samt a b c d e am be ce
    b1 c1 d1 de bevis manuellt automat för med utbildning tagit äger ja finns egen bil license licence
    driving driver s category категорії категорія права водійські رخصة قيادة
"""
_LICENCES: dict[str, Licence] = {
    "bilkörkort": Licence.DRIVING_B,
    "personbilskörkort": Licence.DRIVING_B,
    "lastbilskörkort": Licence.DRIVING_C,
    "busskörkort": Licence.DRIVING_D,
    "mopedkörkort": Licence.DRIVING_AM,
    "mopedkort": Licence.DRIVING_AM,
    "moppekort": Licence.DRIVING_AM,
    "moppe": Licence.DRIVING_AM,
    "eumopedkort": Licence.DRIVING_AM,
    "amkort": Licence.DRIVING_AM,
    "truckkort": Licence.FORKLIFT,
    "truckort": Licence.FORKLIFT,
    "truckcertifikat": Licence.FORKLIFT,
    "truckutbildning": Licence.FORKLIFT,
    "truckkörkort": Licence.FORKLIFT,
    "truckförarbevis": Licence.FORKLIFT,
    "trucklicens": Licence.FORKLIFT,
    "forkliftlicense": Licence.FORKLIFT,
    "forkliftlicence": Licence.FORKLIFT,
    "ykb": Licence.TRAFFIC_CARD,
    "yrkeskompetensbevis": Licence.TRAFFIC_CARD,
    "yrkesförarkompetens": Licence.TRAFFIC_CARD,
    "hetaarbeten": Licence.HOT_WORK,
    "hetaarbetencertifikat": Licence.HOT_WORK,
    "motorsågskort": Licence.CHAINSAW,
    "motorsågskörkort": Licence.CHAINSAW,
    "motorsågsbevis": Licence.CHAINSAW,
    "hygienintyg": Licence.FOOD_HYGIENE,
    "hygienpass": Licence.FOOD_HYGIENE,
    "hygienbevis": Licence.FOOD_HYGIENE,
    "livsmedelsintyg": Licence.FOOD_HYGIENE,
    "livsmedelshygienintyg": Licence.FOOD_HYGIENE,
    "fallskydd": Licence.FALL_PROTECTION,
    "fallskyddsutbildning": Licence.FALL_PROTECTION,
    "id06": Licence.ID06,
    "id06kort": Licence.ID06,
}
"""Licences as they are called, without blanks, and ours for them."""
_CARD = re.compile(r"(kör|truck|förar)kort$|legitimation$|certifikat$|intyg$|förarbevis$|yrkesbevis$")
_ABOUT_A_CARD = frozenset(_WORDS_ABOUT_A_CARD.split())
_DRIVING_WORDS = frozenset(["körkort", "korkort", "körkårt", "kort", "license", "licence", "права", "رخصة"])
_ANY_DRIVING = frozenset(["körkort", "korkort", "körkårt", "lappen", "رخصة"])
_CYRILLIC = str.maketrans("авсд", "abcd")
"""The letters of the classes as a Ukrainian keyboard writes them."""


def names_licence(text: str) -> bool:
    """Tell whether `text` is the name of a licence or certificate, and little else."""
    words = _words(text)
    rest = [word for word in words if word not in _ABOUT_A_CARD]
    if not rest:
        return _is_about_driving(words)
    joined = "".join(rest)
    return (
        joined in _LICENCES
        or joined in _OTHER_CARDS
        or joined in _ANY_DRIVING
        or all(map(_CARD.search, rest))
    )


def licences_named(text: str) -> list[Licence]:
    """List which of our licences the name of a licence may mean: several for "körkort" alone."""
    words = _words(text)
    rest = "".join(word for word in words if word not in _ABOUT_A_CARD)
    for name in ("".join(words), rest):
        if licence := _LICENCES.get(name):
            return [licence]
    if _ANY_DRIVING.union(_DRIVING_WORDS).isdisjoint(words):
        return []
    return [_DRIVING[word] for word in words if word in _DRIVING] or list(_DRIVING.values())


def licence_names(text: str) -> list[str]:
    """List the Swedish names of the licences that `text` may mean, of those without a code too."""
    with override("sv"):
        names = [str(licence.label) for licence in licences_named(text)]
    rest = "".join(word for word in _words(text) if word not in _ABOUT_A_CARD)
    if rest and rest not in _LICENCES and rest in _OTHER_CARDS:
        return [_OTHER_CARDS[rest]]
    return names


def classes_named(text: str) -> list[str]:
    """List the names of the driving classes that `text` consists of ("C, CE"), written as classes are."""
    words = re.split(r"\s*[+/]\s*|\s+", text.strip())
    if not words or not all(word.isupper() and word.casefold() in _DRIVING for word in words):
        return []
    with override("sv"):
        return [str(_DRIVING[word.casefold()].label) for word in words]


def _is_about_driving(words: list[str]) -> bool:
    if {"körkort", "korkort", "رخصة"} & set(words):
        return True
    return any(word in _DRIVING_WORDS for word in words) and any(word in _DRIVING for word in words)


def _words(text: str) -> list[str]:
    return [word.translate(_CYRILLIC) if len(word) == 1 else word for word in normalise(text).split()]
