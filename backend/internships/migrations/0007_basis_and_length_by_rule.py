"""Today's deciders become bases, and the rules of length get their statutes, variants and calendar months.

The rows of 0003 named wrong statutes and counted six months as 183 days; placements keep no link to a rule,
so those that stand are not touched.
"""

from datetime import date

from django.db import migrations

SEEDED_ON = date(2000, 1, 1)
TO_BASIS = {"municipality": "social_board", "school": "education"}

# kind, programme, months, days, most hours a week, the employer has a say, valid from, valid to, source,
# statute, certainty: one assignment
ASSIGNMENTS = [
    ("arbetspraktik", "none", 6, None, None, True, date(2000, 8, 1), None, "förordning 2000:634 § 7", True, "A"),
    ("arbetspraktik", "youth", 3, None, 36, True, date(2007, 12, 3), None, "förordning 2007:813 §§ 6–7", True, "A"),
    ("arbetstraning", "none", 6, None, None, True, date(2022, 12, 1), None, "förordning 2007:414 § 10", True, "A"),
    ("arbetstraning", "days_450", 12, None, None, True, date(2022, 12, 1), None, "förordning 2007:414 § 10 tredje stycket", True, "A"),
    ("arbetstraning", "youth", 3, None, None, True, date(2022, 12, 1), None, "förordning 2007:813 § 9 b", True, "A"),
    ("forstarkt_arbetstraning", "none", 12, None, None, False, date(2022, 12, 1), None, "förordning 2007:414 § 10 andra stycket", True, "A"),
    ("forstarkt_arbetstraning", "youth", 6, None, None, False, date(2022, 12, 1), None, "förordning 2007:813 § 9 c", True, "A"),
    ("yrkeskompetensbedomning", "none", None, 21, None, True, date(2020, 11, 1), None, "förordning 2000:634 §§ 7 och 14", True, "A"),
    ("arbetsprovning", "none", None, 21, None, True, date(2010, 4, 15), date(2016, 2, 1), "förordning 2000:634 § 30 a, upphävd genom 2015:947", True, "A"),
    ("arbetsprovning", "none", None, 21, None, True, date(2016, 2, 1), None, "tre veckor som förebild; ingen nationell gräns sedan 2016-02-01", False, "B"),
    ("sprakpraktik", "none", 6, None, None, True, SEEDED_ON, None, "ingen nationell gräns funnen", False, "B"),
    ("kommunal_praktik", "none", 6, None, None, True, SEEDED_ON, None, "kommunens beslut; i den individuella planen från oktober 2026 (socialtjänstlagen 12 kap.)", False, "C"),
    ("feriepraktik", "none", None, 42, None, True, SEEDED_ON, None, "kommunens beslut; ingen nationell gräns funnen", False, "D"),
    ("apl", "none", 12, None, None, True, SEEDED_ON, None, "kommunens beslut; lagen anger bara minst 15 veckor", False, "C"),
    ("prao", "none", None, 14, None, True, SEEDED_ON, None, "kommunens beslut; skollagen 10 kap. 8 a § anger bara minst 10 dagar", False, "B"),
]
# All days at one employer, whatever the kind: as long as the longest single assignment of the kind.
SUM_SOURCE = "alla dagar hos en arbetsgivare räknas ihop, mot inlåsning; strängare än lagen"
SUMS = {
    **{kind: 184 for kind, *_rest in ASSIGNMENTS},
    "forstarkt_arbetstraning": 366,
    "apl": 366,
}
SUMS_450 = {"arbetstraning": 366}

AF, BOARD, SCHOOL, FK = "arbetsformedlingen", "social_board", "education", "forsakringskassan"
STATE = "lag 1980:631 och förordning 1998:1785: statens ersättning gäller i Arbetsförmedlingens program"
OWN = "socialtjänstlagen 2025:400 12 kap.: uppdrag av socialnämnden; kommunen anger sitt eget skydd"
# basis, kinds, insurance, source, statute, certainty
BASES = [
    (AF, ["arbetspraktik", "arbetstraning", "forstarkt_arbetstraning", "yrkeskompetensbedomning"], "state", STATE, True, "C"),
    (BOARD, ["kommunal_praktik", "sprakpraktik"], "municipal", OWN, False, "C"),
    (BOARD, ["arbetsprovning", "feriepraktik"], "municipal", OWN, False, "D"),
    (SCHOOL, ["apl", "prao"], "school", "skolans huvudman försäkrar elever i utbildning", False, "D"),
    (SCHOOL, ["sprakpraktik"], "school", "praktik i sfi; skolans huvudman försäkrar", False, "D"),
    (FK, ["arbetsprovning", "arbetstraning"], "state", "rehabilitering i samarbete mellan Arbetsförmedlingen och Försäkringskassan (2000:628 § 11)", False, "D"),
]
DATED = [
    ("placement_backdated_days", 7, "egen regel: en praktik skrivs in senast en vecka efter första dagen"),
    ("placement_hours_a_week", 40, "egen regel: heltid är högst 40 timmar i veckan"),
]


def set_bases(apps, schema_editor):
    """Give each placement that stands the basis of its decider; its terms are as they were."""
    internships = apps.get_model("internships", "Internship").objects
    for decider, basis in TO_BASIS.items():
        internships.filter(basis=decider).update(basis=basis)


def set_rules(apps, schema_editor):
    rule = apps.get_model("internships", "PlacementRule").objects
    rule.filter(valid_from=SEEDED_ON, valid_to=None, programme="none", measure="assignment").delete()
    for kind, programme, months, days, hours, chooses, first, last, source, statute, sure in ASSIGNMENTS:
        rule.get_or_create(
            kind=kind,
            programme=programme,
            measure="assignment",
            valid_from=first,
            defaults={
                "longest_months": months,
                "longest_days": days,
                "most_hours_a_week": hours,
                "employer_chooses": chooses,
                "valid_to": last,
                "source": source,
                "is_statute": statute,
                "certainty": sure,
            },
        )
    sums = [(kind, "none", days) for kind, days in SUMS.items()]
    for kind, programme, days in [*sums, *((kind, "days_450", days) for kind, days in SUMS_450.items())]:
        rule.get_or_create(
            kind=kind,
            programme=programme,
            measure="at_employer",
            valid_from=SEEDED_ON,
            defaults={"longest_days": days, "source": SUM_SOURCE, "is_statute": False, "certainty": "A"},
        )


def set_what_bases_admit(apps, schema_editor):
    rule = apps.get_model("internships", "BasisRule").objects
    for basis, kinds, insurance, source, statute, sure in BASES:
        for kind in kinds:
            rule.get_or_create(
                basis=basis,
                kind=kind,
                insurance=insurance,
                valid_from=SEEDED_ON,
                defaults={"source": source, "is_statute": statute, "certainty": sure},
            )


def set_dated(apps, schema_editor):
    rule = apps.get_model("core", "DatedRule").objects
    for key, value, source in DATED:
        rule.get_or_create(key=key, valid_from=SEEDED_ON, defaults={"value": value, "source": source})


class Migration(migrations.Migration):
    dependencies = [("internships", "0006_basis_and_rules"), ("core", "0002_logs_never_change")]

    operations = [
        migrations.RunPython(each, migrations.RunPython.noop)
        for each in (set_bases, set_rules, set_what_bases_admit, set_dated)
    ]
