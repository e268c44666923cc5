"""Words of the JobTech taxonomy (CC0) that ads use for what stands in columns here."""

from decimal import Decimal
from typing import Any, Final

from django.utils import translation

from backend.skills.enums import Language, Licence

TAXONOMY: Final = "http://data.jobtechdev.se/taxonomy/concept/"
FULL_WEEK: Final = Decimal(40)
FULL_TIME: Final = ("6YE1_gAC_R2G", "Heltid")
PART_TIME: Final = ("947z_JGS_Uk2", "Deltid")
UNTIL_FURTHER_NOTICE: Final = ("a7uU_j21_mkL", "Tills vidare")
# From so many days on; the first that is not longer is meant.
DURATIONS: Final = (
    (365, ("9RGe_UxD_FZw", "12 månader - upp till 2 år")),
    (182, ("gJRb_akA_95y", "6 månader – upp till 12 månader")),
    (91, ("Xj7x_7yZ_jEn", "3 månader – upp till 6 månader")),
    (11, ("Sy9J_aRd_ALx", "11 dagar - upp till 3 månader")),
    (0, ("cAQ8_TpB_Tdv", "Upp till 10 dagar")),
)
PERMANENT: Final = ("kpPX_CNN_gDU", "Tillsvidareanställning (inkl. eventuell provanställning)")
FOR_A_TIME: Final = ("sTu5_NBQ_udq", "Tidsbegränsad anställning")
DRIVING: Final = {
    code.value: code
    for code in (
        Licence.DRIVING_AM,
        Licence.DRIVING_B,
        Licence.DRIVING_BE,
        Licence.DRIVING_C,
        Licence.DRIVING_CE,
        Licence.DRIVING_D,
    )
}


def concept(word: tuple[str, str]) -> dict[str, Any]:
    """Return a concept as ads name it."""
    return {"concept_id": word[0], "label": word[1], "legacy_ams_taxonomy_id": None}


def by_label(label: str, uri: str = "") -> dict[str, Any]:
    """Return what is called `label`; its id only where the catalogue has it from the taxonomy itself."""
    known = uri.removeprefix(TAXONOMY) if uri.startswith(TAXONOMY) else None
    return {"concept_id": known, "label": label, "legacy_ams_taxonomy_id": None}


def in_swedish(language: str) -> str:
    """Return the name of a language as ads write it."""
    with translation.override("sv"):
        return str(Language(language).label)
