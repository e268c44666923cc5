"""No page and no API address reads rows before it has asked who is reading."""

import ast
import re

from tests.architecture.source import Module, modules, modules_in

# A read is scoped when it names the reader (`listed_for(user)`), or takes what is open to everybody.
SCOPES = {"visible_to", "read_by", "decidable_by", "managed_by", "listed_for", "published", "none"}
READERS = {"user", "coach", "reader", "signed_in", "in_units_beside"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
LOOKUPS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404"}

# What everybody may read, or who reads only about itself: module and function, with the reason.
OPEN = {
    "backend/internships/views/rules.py:rule_list": "rules, the same for every reader",
    "backend/core/views.py:message_open": "updates the row it has just found to be the reader's own",
    "backend/safeguarding/views/public.py:_form": "names of employers with anything published",
    "backend/core/views.py:kept_email_list": "a page of the demo, where every person is made up",
}
# What a page, a list, a panel or a figure reads of rows that somebody has scoped already.
SCOPED_BEFORE = {
    "backend/cooperation/telling.py:earlier_efforts": "of a case that is open, for its coach to choose from",
    "backend/cooperation/pages/panels.py:on_my_consent": "of a consent whose page is open",
    "backend/cooperation/pages/at_the_table.py:review_to_agency": "of a seat that the reader sits on",
    "backend/cooperation/pages/case_reviews.py:prepared": "of a person on an agenda that the reader may list",
    "backend/accounts/own_messages/forms.py:__init__": "the reader's own choice",
    "backend/home/calendar/address.py:make_calendar_address": "the writer's own address",
    "backend/home/calendar/address.py:revoke_calendar_address": "the writer's own address",
    "backend/home/calendar/address.py:reader_of": "whose secret address it is",
    "backend/employers/pages/inviting.py:proposed": "of an employer that the reader administers",
    "backend/employers/pages/inviting.py:way_in": "whether the address of an invitation has an account",
    "backend/employers/pages/filters.py:in_occupation": "narrows the openings that it is given",
    "backend/employers/pages/filters.py:published_areas": "names of municipalities with anything published",
    "backend/employers/pages/filters.py:in_field": "narrows the openings that it is given",
    "backend/employers/pages/filters.py:_of_the_employer": "narrows the employers that it is given",
    "backend/employers/pages/catalogue.py:__getitem__": "keys found in the reader's scope (listed_openings)",
    "backend/employers/pages/columns.py:_last_contact": "days alone, of employers whose list is shown",
    "backend/employers/pages/liveliness.py:with_unused_places": "narrows the employers that it is given",
    "backend/employers/pages/liveliness.py:_contact": "yes or no, of employers that are given",
    "backend/employers/pages/liveliness.py:_opening": "yes or no, of employers that are given",
    "backend/internships/pages/panels.py:_going_on": "yes or no, of employers that are given",
    "backend/internships/pages/thanks.py:years_at": "a day alone, at the reader's own employers",
    "backend/internships/pages/thanks.py:years_at_employers": "counts alone, at the reader's own employers",
    "backend/matching/pages/panels.py:_answered": "yes or no, of employers that are given",
    "backend/matching/pages/panels.py:share_answered": "a share, of employers whose list is shown",
    "backend/matching/pages/answering.py:_proposal": "what a signed link names, of who is still asked",
    "backend/safeguarding/pages/good_signs.py:good_signs": "counts alone, at an employer whose page is open",
    "backend/safeguarding/pages/forms.py:OwnTellForm": "names of municipalities, as who registers reads them",
    "backend/safeguarding/pages/pending.py:pending_at": "counts alone, at an employer whose page is open",
    "backend/participants/access_log.py:_entries": "looks at a file that is open",
    "backend/participants/access_log.py:_people": "names of staff who looked at a file that is open",
    "backend/participants/forms.py:__init__": "names of staff who may handle a protected case, of its unit",
    "backend/participants/forms.py:coaches_of": "names of coaches, of the units given",
    "backend/participants/listing/filters.py:_offer_coaches": "names of coaches in the reader's units",
    "backend/accounts/staff/forms.py:__init__": "the units and municipalities of the administrator (run_by)",
    "backend/activities/pages/at_workplace.py:_reported": "yes or no, of sessions that the reader may mark",
    "backend/home/day/attendance.py:unmarked": "of the cases that the coach answers for, as given",
    "backend/home/cases/casebook.py:in_unit": "counts alone, in a unit of the administrator's",
    "backend/home/cases/casebook.py:coached_by": "counts alone, in a unit of the administrator's",
    "backend/home/cases/casebook.py:stranded": "counts alone, in a unit of the administrator's",
    "backend/home/day/people.py:_to_call": "narrows files that are visible_to the coach by what is open",
    "backend/home/day/placements.py:follow_ups": "of the cases that the coach answers for, as given",
    "backend/home/day/placements.py:evaluations": "of the cases that the coach answers for, as given",
    "backend/home/day/placements.py:internships_of": "of the cases that the coach answers for, as given",
    "backend/internships/pages/presenting.py:extensions": "versions of an internship whose page is open",
    "backend/home/day/placements.py:retention": "of the cases that the coach answers for, as given",
    "backend/internships/pages/thanks.py:thanks_to": "mails to an employer that the page has scoped",
    "backend/internships/pages/papers.py:with_papers": "of internships that are visible_to the reader",
    "backend/home/day/placements.py:_signatures": "of the internships of the coach's cases, as given",
    "backend/home/day/proposals.py:_phones": "numbers of employers that the coach has proposed somebody to",
    "backend/home/day/proposals.py:proposals": "of the cases that the coach answers for, as given",
    "backend/home/services.py:_keep": "writes what stands in the day of who puts it aside",
    "backend/home/services.py:take_up": "the row that it has just found in the day of who takes it up",
    "backend/home/day/my_day.py:_without_aside": "what was put aside of rows that stand in the reader's day",
    "backend/home/cases/open_cases.py:open_cases": "narrows the cases that it is given",
    "backend/home/cases/open_cases.py:units_without_anybody": "counts, of the administrator's municipalities",
    "backend/internships/pages/for_employers.py:thanks_to": "counts alone, at the reader's own employers",
    "backend/internships/pages/for_employers.py:of_ended_placements": "keys of consents that it silences",
    "backend/internships/pages/panels.py:_known_of_employer": "counts and moments, at an employer as given",
    "backend/internships/pages/panels.py:internships_at_employer": "counts, of employers whose list is shown",
    "backend/internships/pages/panels.py:jobs_at_employer": "counts, of employers whose list is shown",
    "backend/internships/pages/presenting.py:contact_of": "of an internship whose page is open",
    "backend/internships/pages/presenting.py:corrections": "versions of a row whose page is open",
    "backend/matching/board/news.py:_taken": "of people in the reader's scope (matched_people)",
    "backend/matching/board/recent.py:read_recent": "of people and openings in the reader's scopes",
    "backend/matching/pages/for_employers.py:of_proposals_that_tell_nothing": "keys of consents it silences",
    "backend/matching/pages/visits.py:with_visits": "meetings about proposals that it is given",
    "backend/matching/pages/answering.py:_of": "what a signed link names, of who is still asked",
    "backend/matching/pages/panels.py:_of_what_is_stopped": "counts, of proposals visible_to the reader",
    "backend/matching/pages/panels.py:open_proposals": "counts, of people whose list is shown",
    "backend/matching/pages/panels.py:time_to_answer": "a mean, of employers whose list is shown",
    "backend/matching/rankings/exposure.py:_shown": "keys, counted; who is named is asked of a scope",
    "backend/matching/rankings/judged.py:with_words": "the reader's own word (by) on pairs of a ranking",
    "backend/matching/rankings/judged.py:qrels": "keys and gains for evaluation, findable people alone",
    "backend/matching/rankings/before_asking.py:between": "what has been between people in a scope given",
    "backend/matching/rankings/before_asking.py:with_known": "yes or no of employers, beside openings given",
    "backend/matching/rankings/ranking.py:rank_for_opening": "the one opening whose page is open",
    "backend/matching/rankings/ranking.py:rank_people_among": "the one opening whose page is open",
    "backend/matching/rankings/ranking.py:rank_for_participant": "the one person whose file is open",
    "backend/matching/rankings/ranking.py:rank_openings_among": "the one person whose file is open",
    "backend/participants/file/enrolment.py:version": "the version of the file whose form is open",
    "backend/participants/listing/filters.py:skilled": "narrows the list that it is given",
    "backend/participants/telling/releasable.py:released_adaptations": "codes, of the one consent given",
    "backend/participants/telling/told.py:released_on": "what is released of findable people, by keys",
    "backend/reports/figures.py:evaluations_arrived": "figures of the units given; counts alone",
    "backend/reports/figures.py:internship_first": "narrows jobs of the units given",
    "backend/reports/figures.py:led_to_job": "figures of the units given; counts alone",
    "backend/reports/figures.py:openings_by_state": "figures of the municipalities given; counts alone",
    "backend/internships/pages/answering.py:_follow_up": "what a signed link names, of who is still asked",
    "backend/internships/pages/answering.py:_evaluation": "what a signed link names, of who is still asked",
    "backend/internships/pages/answering.py:_retention": "what a signed link names, of who is still asked",
    "backend/internships/pages/signing.py:link_of": "what a signed link names, of who is still asked",
    "backend/internships/pages/by_phone.py:_employers_phones": "who speaks for a given employer",
    "backend/reports/figures.py:overdue_follow_ups": "figures of the units given; counts alone",
    "backend/reports/figures.py:paid_jobs": "figures of the units given; counts alone",
    "backend/internships/pages/excel.py:_first_jobs": "of people in the rows given, which are logged",
    "backend/reports/figures.py:per_unit": "figures of the units given; counts alone",
    "backend/reports/figures.py:per_month": "figures of the units given; counts alone",
    "backend/reports/figures.py:waiting_for_answers": "figures of the units given; counts alone",
    "backend/reports/figures.py:_jobs_after": "figures of the units given; counts alone",
    "backend/skills/pages/related.py:_set_in": "who has set relations of the reader's municipalities",
    "backend/employers/management/commands/import_ads.py:handle": "by who runs the house, and logged",
    "backend/matching/management/commands/export_judgements.py:handle": "by who runs the house, and logged",
    "backend/matching/management/commands/match_opening.py:handle": "by who runs the house, and logged",
    "backend/matching/management/commands/match_participant.py:handle": "by who runs the house, and logged",
}
# Who acts is nobody: what happens to a case is followed, jobs run, and messages say where to read. Whoever
# gets one is asked again when it is delivered, and no message holds anything of a person (canary crawl).
FOR_NOBODY = ("jobs.py", "receivers.py", "notifications.py", "audiences.py")
SHOWING = re.compile(
    r"/(panels|presenting|my_day|next_step|open_cases|access_log|forms|filters|menu|telling|figures)\.py$"
    r"|/(pages|home|reports|file|listing|board|rankings|telling|commands)/|/(jobs|receivers|notifications|audiences)\.py$"
)
# Facts that are nobody's: the same for every reader.
PUBLIC_MODELS = {
    "CatalogueVersion",
    "Concept",
    "Label",
    "Locality",
    "MunicipalityArea",
    "Postcode",
    "Relation",
}


def unscoped_reads(module: Module) -> list[str]:
    """Name each read in `module` that neither takes a scope nor names who reads."""
    parents = {child: node for node in ast.walk(module.tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(module.tree):
        if not (_is_manager(node) or _is_lookup_by_class(node)):
            continue
        read = _whole_chain(node, parents) if isinstance(node, ast.Attribute) else node
        if not _is_scoped(read):
            found.append(f"{module.name}:{_function_around(node, parents)}")
    return found


def _is_manager(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in MANAGERS
        and isinstance(node.value, ast.Name)
        and node.value.id not in PUBLIC_MODELS
    )


def _is_lookup_by_class(node: ast.AST) -> bool:
    """Tell whether this is `get_object_or_404(Model, …)`, which reads through the plain manager."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in LOOKUPS
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id[0].isupper()
        and node.args[0].id not in PUBLIC_MODELS
    )


def _whole_chain(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> ast.AST:
    """Return the longest `Model.objects.a().b()` that starts at `node`."""
    while True:
        parent = parents.get(node)
        continues = isinstance(parent, ast.Attribute) or (
            isinstance(parent, ast.Call) and parent.func is node
        )
        if parent is None or not continues:
            return node
        node = parent


def _is_scoped(read: ast.AST) -> bool:
    attributes = {node.attr for node in ast.walk(read) if isinstance(node, ast.Attribute)}
    names = {node.id for node in ast.walk(read) if isinstance(node, ast.Name)}
    return bool(attributes & SCOPES or (attributes | names) & READERS)


def _function_around(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            return node.name
    return "module"


class TestReadsAreScoped:
    def test_views_and_api_ask_who_is_reading(self):
        found = {read for module in modules_in("views", "api", "exports") for read in unscoped_reads(module)}

        assert found - set(OPEN) == set(), (
            "start from .visible_to(user) or another queryset method that takes the reader"
        )

    def test_panels_lists_figures_and_commands_read_what_is_scoped(self):
        """Each read there names its reader, or stands with the scope that it was given."""
        showing = [
            each
            for each in modules()
            if SHOWING.search(each.name) and each.app not in ("demo", "core") and "/views" not in each.name
        ]
        by_hand = {
            read
            for module in showing
            if not module.name.endswith(FOR_NOBODY)
            for read in unscoped_reads(module)
        }

        assert len(showing) > 60
        assert by_hand - set(SCOPED_BEFORE) == set()

    def test_no_exception_is_left_over(self):
        found = {read for module in modules() for read in unscoped_reads(module)}

        assert set(OPEN) | set(SCOPED_BEFORE) <= found

    def test_an_unscoped_read_is_noticed(self):
        source = """
def by_manager(request): return Opening.objects.filter(pk=1).first()
def by_lookup(request): return get_object_or_404(Opening, pk=1)
def everything(request): return render(request, {"rows": Opening.objects.all()})
def bare(request): return get_object_or_404(Opening.objects, pk=1)
def scoped(request): return Opening.objects.filter(pk=1).visible_to(request.user).first()
def scoped_lookup(request): return get_object_or_404(Opening.objects.decidable_by(someone), pk=1)
def own(request): return Message.objects.filter(recipient=request.user)
def catalogue(request): return Concept.objects.all()
"""
        module = Module(modules()[0].path, ast.parse(source))

        noticed = {read.rpartition(":")[2] for read in unscoped_reads(module)}

        assert noticed == {"by_manager", "by_lookup", "everything", "bare"}


class TestProtectedIdentity:
    def test_who_may_be_found_is_said_in_one_place(self):
        """Other apps ask `findable()`, `is_findable` or a scope, which say the same everywhere."""
        by_themselves = {
            module.name
            for module in modules()
            if module.app not in ("participants", "demo") and "is_protected" in module.path.read_text()
        }

        assert by_themselves == set()
