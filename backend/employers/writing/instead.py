"""How to say it instead, by the key that rules.tsv names."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INSTEAD: dict[str, Promise | str] = {
    "work": _("Say what is done, and what one needs to know for it."),
    "title": _("Use a title that fits everybody, such as “cleaner”, “cashier” or “waiter or waitress”."),
    "dress": _("Say which clothes the work itself needs, for hygiene or safety, for everybody alike."),
    "lift": _("Say what is lifted and what helps: “boxes of up to 10 kg; there is a trolley”."),
    "pace": _("Say when it is busy, and how you help each other then."),
    "nothing": _("Leave it out."),
    "who": _("Leave the age out. Say how you work together, or what somebody will learn."),
    "greeting": _("Say that everybody is greeted with respect."),
    "person_first": _("Say “persons with a disability”, and what you can arrange."),
    "degree": _("Leave the degree out of an internship. Say what somebody will learn."),
    "licence": _("Ask for a driving licence only if the person will drive. Else say how one gets there."),
    "swedish": _("Say what Swedish is needed for: “understand short instructions” is often enough."),
    "years": _("Nobody needs years of work behind them for an internship. Say what is good to have tried."),
    "car": _("Say how one gets there by bus or bicycle."),
    "personal": _("Take it out. Who supervises has a field of its own, which only you and the staff see."),
}
