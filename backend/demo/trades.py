"""The trades of the demo municipality: what the workplaces do, ask for and are called."""

from dataclasses import dataclass

from backend.employers.enums import EmployerKind


@dataclass(frozen=True)
class Trade:
    """One kind of work: what it is called, what it takes, how an opening describes it, and who offers it."""

    occupations: tuple[str, ...]
    skills: tuple[str, ...]
    description: str
    employers: tuple[tuple[str, EmployerKind], ...]
    licences: tuple[str, ...] = ()
    adaptations: tuple[str, ...] = ("written", "one_supervisor", "pauses")


COMPANY = EmployerKind.COMPANY
PUBLIC = EmployerKind.PUBLIC_BODY
SOCIAL = EmployerKind.SOCIAL_ENTERPRISE
CLUB = EmployerKind.ASSOCIATION

TRADES = (
    Trade(
        ("Köksbiträde", "Diskare", "Restaurangbiträde"),
        (
            "Disk",
            "Städa kök",
            "Förbereda mat",
            "Skala och hacka grönsaker",
            "Livsmedelshygien",
            "Servera mat",
        ),
        "Du hjälper kocken med att skölja, skala och hacka, du diskar och du håller köket rent. Vi äter "
        "lunch tillsammans. Du får kläder och skor av oss.",
        (
            ("Åns Värdshus AB", COMPANY),
            ("Lunchköket Björken AB", COMPANY),
            ("Kommunens måltidsservice", PUBLIC),
            ("Smaka Tillsammans", SOCIAL),
        ),
    ),
    Trade(
        ("Kafébiträde", "Bageribiträde", "Barista"),
        ("Kaffebryggning", "Kassaarbete", "Baka kaffebröd", "Göra smörgåsar", "Kafédisk", "Gott bemötande"),
        "Du gör smörgåsar, brygger kaffe, plockar disk och pratar med gästerna. Vi börjar lugnt: den första "
        "veckan går du bredvid.",
        (
            ("Bageri Kornet AB", COMPANY),
            ("Café Ekorren AB", COMPANY),
            ("Kafé Öppna Dörren", SOCIAL),
            ("Hembygdsföreningen Exempelstad", CLUB),
        ),
    ),
    Trade(
        ("Lokalvårdare", "Kontorsstädare", "Trappstädare"),
        ("Städning", "Moppning", "Golvvård", "Kunskap om rengöringsmedel", "Städa toaletter och våtrum"),
        "Du städar kontor och trapphus tillsammans med en van kollega. Du lär dig golvvård och vilka medel "
        "som passar till vad.",
        (
            ("Blanka Golv AB", COMPANY),
            ("Exempelstads Städservice AB", COMPANY),
            ("Kommunens lokalvård", PUBLIC),
            ("Städkooperativet Gnistan", SOCIAL),
        ),
        adaptations=("fixed_tasks", "few_people", "no_phone", "pauses"),
    ),
    Trade(
        ("Vårdbiträde", "Servicevärd", "Äldreomsorgsvärd"),
        ("Äldreomsorg", "Måltidsstöd", "Socialt sällskap", "Basala hygienrutiner", "Promenadsällskap"),
        "Du sitter med vid måltider, följer med på promenader och gör det fint i de gemensamma rummen. Du "
        "gör inga medicinska uppgifter.",
        (
            ("Äldreboendet Linden", PUBLIC),
            ("Hemtjänst Mälarstrand AB", COMPANY),
            ("Väntjänsten i Exempelstad", CLUB),
            ("Vårdcentralen Ekbacken", PUBLIC),
        ),
        adaptations=("oral", "one_supervisor", "easy_swedish", "daytime"),
    ),
    Trade(
        ("Barnskötare", "Barnskötarassistent", "Elevassistent"),
        ("Barnomsorg", "Leka med barn", "Utevistelse med barn", "Läsa för barn", "Skapande med barn"),
        "Du är med barnen inne och ute, läser, leker och hjälper till vid måltider. Du är aldrig ensam med "
        "en barngrupp.",
        (
            ("Förskolan Kastanjen", PUBLIC),
            ("Föräldrakooperativet Myran", CLUB),
            ("Grundskolan Vreten", PUBLIC),
        ),
    ),
    Trade(
        ("Butikssäljare, dagligvaror", "Varupåfyllare", "Second hand-säljare"),
        ("Fronta och snygga till hyllor", "Kassaarbete", "Datumkontroll", "Kundservice", "Prismärkning"),
        "Du packar upp varor, håller hyllorna fina och hjälper kunder att hitta. Kassan lär vi dig när du "
        "känner dig redo.",
        (
            ("Torgets Livs AB", COMPANY),
            ("Järnboden i Exempelstad AB", COMPANY),
            ("Återbruket Andra Varvet", SOCIAL),
            ("Kyrkans second hand", CLUB),
        ),
        adaptations=("flexible_start", "written", "step_up"),
    ),
    Trade(
        ("Lagerarbetare", "Orderplockare", "Packare"),
        ("Orderplock", "Packa paket", "Varumottagning", "Pallhantering", "Skanna streckkoder"),
        "Du plockar beställningar, packar och ställer pallar i ordning. Vi arbetar i lag och byter uppgift "
        "under dagen.",
        (
            ("Nordlager i Exempelstad AB", COMPANY),
            ("Paketcentralen AB", COMPANY),
            ("Snabbgods Entreprenad AB", COMPANY),
        ),
        licences=("forklift",),
        adaptations=("fixed_tasks", "no_customers", "written"),
    ),
    Trade(
        ("Fastighetsskötare", "Vaktmästare", "Fastighetsskötarassistent"),
        ("Fastighetsskötsel", "Enkla reparationer", "Byta lampor", "Snöröjning", "Felanmälan"),
        "Du följer med på ronden, byter lampor, lagar småsaker och håller ordning ute och inne.",
        (
            ("Exempelbostäder AB", COMPANY),
            ("Kommunens fastighetsenhet", PUBLIC),
            ("Bostadsrättsservice AB", COMPANY),
        ),
        licences=("B",),
        adaptations=("one_supervisor", "few_people", "no_phone"),
    ),
    Trade(
        ("Trädgårdsarbetare", "Parkarbetare", "Stadsodlare"),
        ("Trädgårdsarbete", "Gräsklippning", "Rensa ogräs", "Plantera", "Arbeta utomhus", "Beskärning"),
        "Du planterar, rensar, vattnar och klipper. Vi är ute i alla väder och dricker mycket kaffe.",
        (
            ("Stadsodlingen Exempelstad", SOCIAL),
            ("Gröna Händer AB", COMPANY),
            ("Kommunens parkenhet", PUBLIC),
            ("Koloniföreningen Solrosen", CLUB),
        ),
        adaptations=("calm", "few_people", "short_days", "step_up"),
    ),
    Trade(
        ("Snickarbiträde", "Möbelrenoverare", "Målarbiträde"),
        ("Snickeri", "Använda handverktyg", "Måla", "Montera möbler", "Spackla och slipa", "Mäta"),
        "Du slipar, målar, mäter och monterar. En snickare visar dig ett moment i taget.",
        (
            ("Snickeri Tallen AB", COMPANY),
            ("Målarfirman Regnbågen AB", COMPANY),
            ("Verkstan Nytt Liv", SOCIAL),
        ),
    ),
    Trade(
        ("Verkstadsbiträde", "Montör", "Bilverkstadsbiträde"),
        ("Enkel montering", "Kvalitetskontroll", "Mätverktyg", "Däckbyte", "Använda elverktyg"),
        "Du monterar, mäter och håller ordning på verktygen. Säkerheten går före tempot.",
        (
            ("Exempelstads Mekaniska AB", COMPANY),
            ("Bilhörnan AB", COMPANY),
            ("Ventilverken AB", COMPANY),
            ("Svetskompaniet AB", COMPANY),
        ),
        adaptations=("fixed_tasks", "no_customers", "pictures"),
    ),
    Trade(
        ("Cykelmekaniker", "Cykelverkstadsbiträde", "Rekonditionerare, hjälpmedel"),
        ("Cykelreparation", "Laga punktering", "Plocka isär cyklar", "Vårda verktyg"),
        "Du lagar punkteringar, byter bromsar och gör gamla cyklar körklara igen.",
        (("Cykelköket", CLUB), ("Cykelverkstan Rullande Hjul", SOCIAL), ("Exempelstads Cykel AB", COMPANY)),
        adaptations=("calm", "flexible_start", "pauses", "easy_swedish"),
    ),
    Trade(
        ("Sömmare", "Syateljébiträde", "Textilåterbrukare"),
        ("Sömnad", "Symaskin", "Ändra kläder", "Laga kläder", "Återbruk av textil"),
        "Du lagar och syr om kläder och lär dig flera maskiner. Ateljén är liten och lugn.",
        (("Syateljé Nål och Tråd", SOCIAL), ("Skrädderi Elegant AB", COMPANY), ("Tygbanken", CLUB)),
        adaptations=("calm", "seated", "few_people", "pictures"),
    ),
    Trade(
        ("Återvinningsarbetare", "Återbruksarbetare", "Sorterare återbruk"),
        ("Sortera återvinning", "Bedöma vad som kan återbrukas", "Sortera skänkta varor", "Laga elektronik"),
        "Du sorterar det som kommer in och ser vad som kan få nytt liv. Du får skyddskläder.",
        (("Återvinningscentralen Lund", PUBLIC), ("Prylbanken", SOCIAL), ("Miljöpartners AB", COMPANY)),
        adaptations=("fixed_tasks", "pauses", "step_up"),
    ),
    Trade(
        ("Kontorsassistent", "Receptionist", "Föreningsassistent"),
        ("Receptionsarbete", "Svara i telefon", "Registrera uppgifter", "E-post", "Boka tider", "Arkivering"),
        "Du tar emot besökare, sorterar post och hjälper till med bokningar och register.",
        (
            ("Kommunens kontaktcenter", PUBLIC),
            ("Redovisningsbyrån Siffran AB", COMPANY),
            ("Idrottsalliansen", CLUB),
            ("Studieförbundet Läslust", CLUB),
        ),
        adaptations=("written", "seated", "flexible_start", "calm"),
    ),
    Trade(
        ("IT-assistent", "Datoråterbrukare", "Digital handledare"),
        ("IT-support", "Laga datorer", "Installera program", "Återställa begagnade datorer"),
        "Du tömmer, testar och gör i ordning begagnade datorer, och hjälper besökare med e-legitimation.",
        (
            ("Digidel-huset", PUBLIC),
            ("Andra Chansen Data", SOCIAL),
            ("Nätverkarna i Exempelstad AB", COMPANY),
        ),
        adaptations=("calm", "written", "seated"),
    ),
    Trade(
        ("Djurskötare", "Hunddagisskötare", "Lantarbetare"),
        ("Utfodra djur", "Stallarbete", "Rasta hundar", "Rengöra burar och boxar", "Arbeta utomhus"),
        "Du matar, mockar och ger djuren omsorg. Du ska tycka om att vara ute.",
        (
            ("Ridklubben Hoven", CLUB),
            ("Hunddagiset Nosen AB", COMPANY),
            ("Lantgården Solhaga", SOCIAL),
            ("Djurhemmet", CLUB),
        ),
        adaptations=("calm", "few_people", "no_customers"),
    ),
)

# The workplace that a safeguard should notice: intern after intern, no hire, early endings.
LOOKS_EXPLOITATIVE = "Snabbgods Entreprenad AB"
GENERAL_SKILLS = (
    "Samarbete",
    "Passa tider",
    "Svenska i tal",
    "Svenska i skrift",
    "Grundläggande engelska",
    "Kundservice",
    "Ordning i förråd",
    "Fysiskt arbete",
    "Noggrannhet",
    "Grundläggande datorvana",
)
# Localities and districts of the municipality on whose map the demo is drawn.
PLACES = (
    "Eskilstuna",
    "Torshälla",
    "Skogstorp",
    "Hällbybrunn",
    "Fröslunda",
    "Nyfors",
    "Skiftinge",
    "Årby",
    "Ärla",
)
LANGUAGES = ("ar", "so", "ti", "fa", "uk", "es", "tr", "pl", "kmr", "th")

WORKED_AT = (
    "ett familjeföretag",
    "i kommunen",
    "ett bemanningsföretag",
    "sommarjobb",
    "utomlands",
)
MOTIVATIONS = (
    "Har provat och trivdes.",
    "Vill arbeta med händerna.",
    "Tycker om att träffa människor.",
    "Vill ha ett arbete nära hemmet.",
    "En vän arbetar med det.",
)
