"""Words that tell of health, family, benefits, origin or belief: nothing that is kept about a person's work.

They are known in order to be passed over, and to warn whoever writes them. Nothing else is done with them.
"""

import re

_HEALTH = r"""
    sjukskriv\w* sjuk sjukdom\w* diagnos\w* adhd add asperger\w* autis\w* depress\w* deppig\w* ångest\w* oro
    ptsd trauma\w* smärt\w* värk\w* ont rygg ryggen ryggont ryggproblem ryggskott knä knän knäna knäet axeln
    axlar axlarna nacke nacken diabet\w* epilep\w* cancer\w* stroke utmatt\w* utbränd\w* opere\w*
    operation\w* mediciner medicinerar rehab rehabiliter\w* psykisk\w* psykiskt psykiatri\w* psykologkontakt
    terapi missbruk\w* alkoholist\w* alkoholproblem\w* droger drogberoende nykter\w* gravid\w* handikappad
    funktionsned\w* funktionshind\w* rullstolsburen rullstolsbunden allergi\w* astma\w* migrän\w*
    hörselskad\w* synskad\w* blind döv skadad skada skador läkarintyg läkarbesök npf dyslexi\w* ibs
    reumat\w* artros hjärtproblem krigsskad\w* tortyr\w* sömnproblem sömnsvårigheter panikattack\w*
    bipolär\w* schizofren\w* fibromyalgi blodtryck\w*
"""
_FAMILY = r"""
    ensamstående frånskild skild gift sambo änka änkling make maka makens fru frun hustru dotter dottern son
    tvillingar föräldraledig\w* mammaledig\w* pappaledig\w* barnledig\w* småbarn skilsmässa skilsmässan
    vårdnad\w*
"""
_MONEY = r"""
    försörjningsstöd\w* socialbidrag\w* bistånd\w* soc socialen a-kassa\w* akassa\w* sjukpenning\w* bidrag
    sjukersättning\w* aktivitetsersättning\w* aktivitetsstöd\w* etableringsersättning\w* bostadsbidrag\w*
    barnbidrag\w* föräldrapenning\w* försäkringskassan fk kronofogden skuld skulder skuldsatt arbetslös\w*
    arbetsförmedlingen\w* inskriven garantiersättning\w* dagersättning\w* lma pension\w*
"""
_ORIGIN = r"""
    flykting\w* asyl\w* uppehållstillstånd\w* nyanländ\w* invandra\w* muslim\w* kristen kristna jude
    judisk\w* islam ramadan bön moské\w* religio\w* troende medborgarskap\w* personnummer dömd fängelse
    kriminell\w*
"""
_WORDS = "|".join(f"{_HEALTH}{_FAMILY}{_MONEY}{_ORIGIN}".split())
_PHRASES = (
    r"\b(?:har|mina?|två|tre|fyra|fem|sex|sju|\d)\s+(?:små\s+|vuxna\s+)?barn\b",
    r"\b(?:mamma|pappa|förälder) till\b",
    r"\b(?:kan|får)\s+(?:inte|ej|aldrig)\s+(?:lyfta|stå|sitta|gå|bära|böja|sova|stressa)\b",
    r"\bbor i\b",
    r"\bkom(?:mer)? (?:till|från|hit|i(?! tid\b)|\d{4})\b",
    r"\b(?:hos|träffar|kontakt med)\s+(?:en\s+)?(?:psykolog\w*|läkare\w*|kurator\w*|terapeut\w*)\b",
    r"\bberoende av\b",
    r"\btyp [12]\b",
)
_ABOUT_ONESELF = re.compile("|".join([rf"\b(?:{_WORDS})\b", *_PHRASES]), re.IGNORECASE)
_WORK = "jobba[tr]|arbeta[tr]|arbete|vårda[tr]|stötta[tr]|hjälpt|assistent|ta(?:git)? hand om|tog hand om"
_OTHERS = "sök[at] bidrag|personer med|brukare|boende|elever|äldre|patienter"
_WORK_WITH_OTHERS = re.compile(rf"\b(?:{_WORK}|{_OTHERS})\b", re.IGNORECASE)
_NEVER_OF_WORK = re.compile(
    r"\b(?:sjukskriv\w*|ensamstående|försörjningsstöd\w*|min (?:sjukdom|diagnos|fru)|mina barn|gravid\w*)\b",
    re.IGNORECASE,
)


def is_private(text: str) -> bool:
    """Tell whether a text is about somebody's health, family, benefits, origin or belief.

    What is about work with others who have such things ("jobbat med personer med demens") is not.
    """
    if not _ABOUT_ONESELF.search(text):
        return False
    return bool(_NEVER_OF_WORK.search(text)) or not _WORK_WITH_OTHERS.search(text)
