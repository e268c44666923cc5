"""Vocabularies that both sides of a match use, and how the catalogue is put together."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConceptKind(TextChoices):
    SKILL = "skill", _("Skill")
    OCCUPATION = "occupation", _("Occupation")


class Tells(TextChoices):
    """What a piece of a note about a person tells."""

    SKILL = "skill", _("Skill")
    OCCUPATION = "occupation", _("Occupation")
    LANGUAGE = "language", _("Language")
    LICENCE = "licence", _("Licence")
    TRAIT = "trait", _("Trait")
    NONE = "none", _("Kept as written")


class LabelKind(TextChoices):
    PREFERRED = "preferred", _("Preferred")
    ALTERNATIVE = "alternative", _("Alternative")
    HIDDEN = "hidden", _("Only for searching")


class RelationKind(TextChoices):
    """Why two concepts are related; a coach reads the label in an explanation."""

    SYNONYM = "synonym", _("another word for it")
    BROADER = "broader", _("broader term")
    NARROWER = "narrower", _("narrower term")
    SAME_GROUP = "same_group", _("same occupation group")
    SUBSTITUTE = "substitute", _("can stand in for it")
    SHARED_OCCUPATIONS = "shared_occupations", _("used in the same occupations")
    SIMILAR_LABEL = "similar_label", _("similar words")
    OCCUPATION_SKILL = "occupation_skill", _("used in the occupation")
    OVERRIDE = "override", _("set by a job coach")


class Resolution(TextChoices):
    """What became of a text that somebody wrote."""

    ACCEPTED = "accepted", _("Recognised")
    ASK = "ask", _("Is this right?")
    CONFIRMED = "confirmed", _("Confirmed")
    NONE = "none", _("Kept as written")


class Adaptation(TextChoices):
    """Something about the work that can be arranged. Functional, never medical."""

    CALM = "calm", _("Calm environment")
    WRITTEN = "written", _("Written instructions")
    ORAL = "oral", _("Spoken instructions")
    PICTURES = "pictures", _("Instructions with pictures")
    NO_LIFTING = "no_lifting", _("No heavy lifting")
    SEATED = "seated", _("Work can be done sitting")
    PAUSES = "pauses", _("Extra breaks")
    SHORT_DAYS = "short_days", _("Short working days")
    FLEXIBLE_START = "flexible_start", _("Flexible starting time")
    STEP_UP = "step_up", _("Hours increased step by step")
    ONE_SUPERVISOR = "one_supervisor", _("The same supervisor every day")
    FEW_PEOPLE = "few_people", _("Few people around")
    NO_CUSTOMERS = "no_customers", _("No customer contact")
    NO_PHONE = "no_phone", _("No telephone")
    FIXED_TASKS = "fixed_tasks", _("The same tasks every day")
    INTERPRETER = "interpreter", _("Interpreter at the start")
    EASY_SWEDISH = "easy_swedish", _("Plain Swedish")
    STEP_FREE = "step_free", _("Step-free workplace")
    SCENT_FREE = "scent_free", _("Scent-free workplace")
    DAYTIME = "daytime", _("Daytime only")
    NO_NIGHTS = "no_nights", _("No night work")
    NOT_ALONE = "not_alone", _("Never alone at work")
    INDOORS = "indoors", _("Work indoors")
    NO_HEIGHTS = "no_heights", _("No work high up")
    NO_SCREEN = "no_screen", _("Little work at a screen")
    NO_FOOD = "no_food", _("No handling of food")
    NO_ANIMALS = "no_animals", _("No animals")
    NO_DUST = "no_dust", _("No dust or chemicals")
    NO_ALLERGENS = "no_allergens", _("Free from nuts, shellfish, flour and latex")
    ACCESSIBLE_TOILET = "accessible_toilet", _("Accessible toilet")
    WITHOUT_CAR = "without_car", _("Can be reached without a car")


class Licence(TextChoices):
    """Licences and certificates that are either held or not."""

    DRIVING_AM = "AM", _("Moped licence (AM)")
    DRIVING_B = "B", _("Driving licence B")
    DRIVING_BE = "BE", _("Driving licence BE")
    DRIVING_C = "C", _("Driving licence C")
    DRIVING_CE = "CE", _("Driving licence CE")
    DRIVING_D = "D", _("Driving licence D")
    FORKLIFT = "forklift", _("Forklift licence")
    TRAFFIC_CARD = "ykb", _("Professional driver's certificate (YKB)")
    HOT_WORK = "hot_work", _("Hot work certificate")
    CHAINSAW = "chainsaw", _("Chainsaw licence")
    FOOD_HYGIENE = "food_hygiene", _("Food hygiene certificate")
    FALL_PROTECTION = "fall_protection", _("Fall protection training")
    ID06 = "id06", _("ID06 card")


class Language(TextChoices):
    """Languages by ISO 639-1 code (639-3 where it has none), those most spoken in Sweden; Swedish first."""

    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")
    ALBANIAN = "sq", _("Albanian")
    AMHARIC = "am", _("Amharic")
    ARABIC = "ar", _("Arabic")
    BOSNIAN = "bs", _("Bosnian/Croatian/Serbian")
    DARI = "prs", _("Dari")
    SPANISH = "es", _("Spanish")
    FINNISH = "fi", _("Finnish")
    FRENCH = "fr", _("French")
    HINDI = "hi", _("Hindi")
    CHINESE = "zh", _("Chinese")
    KURMANJI = "kmr", _("Kurdish (Kurmanji)")
    SORANI = "ckb", _("Kurdish (Sorani)")
    PASHTO = "ps", _("Pashto")
    PERSIAN = "fa", _("Persian")
    POLISH = "pl", _("Polish")
    PORTUGUESE = "pt", _("Portuguese")
    ROMANI = "rom", _("Romani")
    ROMANIAN = "ro", _("Romanian")
    RUSSIAN = "ru", _("Russian")
    SOMALI = "so", _("Somali")
    SWAHILI = "sw", _("Swahili")
    SWEDISH_SIGN = "swl", _("Swedish Sign Language")
    TAGALOG = "tl", _("Tagalog")
    THAI = "th", _("Thai")
    TIGRINYA = "ti", _("Tigrinya")
    TURKISH = "tr", _("Turkish")
    GERMAN = "de", _("German")
    UKRAINIAN = "uk", _("Ukrainian")
    URDU = "ur", _("Urdu")
    VIETNAMESE = "vi", _("Vietnamese")


class LanguageLevel(TextChoices):
    """The Common European Framework's levels, in order (Council of Europe, 2001)."""

    A1 = "A1", _("A1 – single words")
    A2 = "A2", _("A2 – simple sentences")
    B1 = "B1", _("B1 – everyday talk")
    B2 = "B2", _("B2 – most situations")
    C1 = "C1", _("C1 – fluent")
    NATIVE = "C2", _("C2 – like a first language")


class Weekday(TextChoices):
    MONDAY = "1", _("Monday")
    TUESDAY = "2", _("Tuesday")
    WEDNESDAY = "3", _("Wednesday")
    THURSDAY = "4", _("Thursday")
    FRIDAY = "5", _("Friday")
    SATURDAY = "6", _("Saturday")
    SUNDAY = "7", _("Sunday")
