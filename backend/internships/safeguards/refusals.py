"""Why nobody is placed there, or not in this way."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class PlacementRefusal(Refusal):
    """Why nobody is placed there, or not in this way: the safeguards. Each names its rule and its source."""

    NO_BASIS = (
        "no_decision",
        _(
            "State what the placement rests on: who decided, the reference, and from when until when the "
            "decision holds. Without it the intern would be an employee."
        ),
    )
    OUTSIDE_BASIS = (
        "outside_basis",
        _("The decision holds from %(first)s to %(last)s, and the placement is not within those days."),
    )
    NO_INSURANCE = "no_insurance", _("State which insurance covers the participant.")
    NO_SUPERVISOR = "no_supervisor", _("Name the supervisor.")
    KIND_NOT_OF_BASIS = (
        "kind_not_of_basis",
        _(
            "This kind of placement (%(kind)s) cannot rest on this basis (%(basis)s). It can rest on: "
            "%(admitted)s. Rule: %(source)s."
        ),
    )
    INSURANCE_NOT_OF_BASIS = (
        "insurance_not_of_basis",
        _(
            "This insurance (%(insurance)s) does not cover the placement. What covers it: %(admitted)s. "
            "Rule: %(source)s."
        ),
    )
    UNION_NOT_ASKED = (
        "union_not_asked",
        _("State when the union was asked and what it answered. Rule: %(source)s."),
    )
    UNION_ASKED_LATE = (
        "union_asked_late",
        _("The union is asked before the placement begins, not after its first day. Rule: %(source)s."),
    )
    UNION_ASKED_AHEAD = "union_asked_ahead", _("The day on which the union was asked has not come yet.")
    OBJECTION_UNDECIDED = (
        "objection_undecided",
        _(
            "The union objects. The placement can start when the unit's manager has decided so, with "
            "reasons. Rule: %(source)s."
        ),
    )
    OBJECTION_UPHELD = (
        "objection_upheld",
        _("The union objects, and the manager has decided that the placement does not start."),
    )
    UNION_SAID_OTHERWISE = (
        "union_said_otherwise",
        _("The union, asked on %(asked)s, objected: that is noted at the workplace. State the same here."),
    )
    UNION_HAS_TIME_LEFT = (
        "union_has_time_left",
        _("The union has until %(last)s to answer what it was asked on %(asked)s."),
    )
    EMPLOYER_NOT_IN_GOOD_STANDING = (
        "placement_employer_not_in_good_standing",
        _("The municipality does not place anybody with this employer at the moment."),
    )
    EMPLOYER_CHECK = (
        "employer_check_in_the_way",
        _("A check of the employer is in the way – %(obstacle)s. Rule: %(source)s."),
    )
    RISK_NOT_ASSESSED = (
        "risk_not_assessed",
        _(
            "Nobody under %(age)d begins before the risks are assessed in writing: say what they are, who "
            "assessed them and when. Rule: %(source)s."
        ),
    )
    AGE_NOT_SAID = (
        "age_not_said",
        _(
            "In this kind of placement most are under %(age)d. Write the risk assessment, or say that the "
            "person is not under %(age)d. Rule: %(source)s."
        ),
    )
    RISK_LATE = (
        "risk_assessed_late",
        _("The risks are assessed before the first day. Rule: %(source)s."),
    )
    RISK_AHEAD = "risk_assessed_ahead", _("The day on which the risks were assessed has not come yet.")
    TOO_MANY_GOALS = "too_many_goals", _("Write at most %(most)d learning goals, one a line.")
    ADAPTATION_NOT_TOLD = (
        "adaptation_not_told",
        _(
            "The participant has not released this to the workplace, and the workplace does not offer it: "
            "%(adaptations)s."
        ),
    )
    NO_RULE = "no_rule_in_force", _("There is no rule in force for this kind of placement.")
    EMPLOYER_HAS_NO_SAY = (
        "employer_has_no_say",
        _(
            "The employer has no say in who gets this kind of placement, but has been asked. "
            "Rule: %(source)s."
        ),
    )
    EMPLOYER_HAS_A_SAY = (
        "employer_has_a_say",
        _(
            "The employer has a say in who gets this kind of placement: say who said yes, or propose the "
            "person. Rule: %(source)s."
        ),
    )
    NOBODY_SAID_YES = "nobody_said_yes", _("State who said yes at the workplace, and when.")
    YES_TO_COME = "yes_to_come", _("The day on which they said yes has not come yet.")
    TOO_LONG = (
        "too_long",
        _("%(kind)s may last %(longest)s at most (%(source)s). Last possible day: %(last)s."),
    )
    TOO_LONG_AT_EMPLOYER = (
        "too_long_at_employer",
        _(
            "The person would be at this employer for %(days)d days in all, whatever the kind of placement; "
            "%(longest)d is the most. Rule: %(source)s."
        ),
    )
    NO_TIME_TO_SEEK = (
        "no_time_to_seek",
        _("At most %(hours)d hours a week, so that time is left to look for work. Rule: %(source)s."),
    )
    SAME_TASKS = (
        "same_tasks",
        _(
            "%(people)d people have had these tasks one after another, and nobody was hired. Rule: "
            "%(source)s."
        ),
    )
    NOTHING_NEW = (
        "nothing_new",
        _("Longer with the same tasks and nothing new to learn: the unit's manager decides about that."),
    )
    MANY_FOR_SUPERVISOR = (
        "many_for_supervisor",
        _("%(people)d people at once would have this supervisor; %(most)d is the most. Rule: %(source)s."),
    )
    MANY_FOR_EMPLOYEES = (
        "many_for_employees",
        _(
            "%(people)d people at once would be at this employer; %(most)d for ten employees is the most. "
            "Rule: %(source)s."
        ),
    )
    EARLY_ENDINGS = (
        "early_endings",
        _("%(people)d placements ended early here within a year because of the workplace. Rule: %(source)s."),
    )
    REDUNDANCIES = (
        "redundancies",
        _(
            "%(people)d people who worked here have been given notice within %(months)d months. Rule: "
            "%(source)s."
        ),
    )
    WRITTEN_LATE = (
        "written_late",
        _(
            "%(people)d placements at this employer were written down long after their first day, within a "
            "year. Rule: %(source)s."
        ),
    )
    UNION_OBJECTS = "union_objects", _("The union objects: the unit's manager decides, with reasons.")
    GATE_UNDECIDED = (
        "gate_undecided",
        _("The placement waits for the manager's decision. Reason: %(gates)s."),
    )
    GATE_UPHELD = (
        "gate_upheld",
        _("The manager has decided that the placement does not start: %(reason)s"),
    )
    NO_INTAKE = (
        "capacity_takes_nobody_new",
        _(
            "The workplace takes nobody new from %(first)s to %(last)s. Choose another first day, or ask the "
            "employer to take that back."
        ),
    )
    BEYOND_HOURS = (
        "capacity_hours",
        _("The workplace receives people %(most)s hours a week at most. Ask the employer about more days."),
    )
    BEYOND_PERIOD = (
        "capacity_period",
        _("The lasting places are there from %(first)s to %(last)s. Ask the employer about a longer time."),
    )
    BACKDATED = (
        "backdated",
        _("The first day is more than %(days)d days ago: say why it is written only now. Rule: %(source)s."),
    )
    ALREADY_OVER = "already_over", _("The placement would be over already. Nothing is planned afterwards.")
    OVERLAPS = (
        "overlaps",
        _("The person has another placement at this workplace from %(first)s to %(last)s."),
    )
    TOO_MANY_HOURS = (
        "too_many_hours",
        _(
            "With the person's other placements it would be %(hours)s hours a week; %(most)d is the most. "
            "Rule: %(source)s."
        ),
    )
    OPEN_CONCERN = (
        "open_concern",
        _(
            "Somebody has said that something is wrong at this workplace, and it has not been handled. "
            "Nobody is placed there until it has, or until the manager has decided so with reasons. Rule: "
            "the municipality's own, against exploitation."
        ),
    )
