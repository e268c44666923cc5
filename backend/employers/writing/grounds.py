"""Why a word in an opening is remarked on.

The seven grounds are those of diskrimineringslagen (2008:567) 1 kap. 5 §. That an employer may not disfavour
who asks for an internship or does one stands in its 2 kap. 1 §.
"""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Ground(TextChoices):
    """What a remark is about; the first seven are those of the law."""

    SEX = "sex", _("Sex")
    GENDER = "gender_identity", _("Gender identity or expression")
    ETHNICITY = "ethnicity", _("Ethnicity")
    RELIGION = "religion", _("Religion or other belief")
    DISABILITY = "disability", _("Disability")
    ORIENTATION = "sexual_orientation", _("Sexual orientation")
    AGE = "age", _("Age")
    BEYOND = "beyond_the_work", _("More than the work needs")
    PERSONAL = "personal_data", _("Somebody's personal data")


OF_THE_LAW = (
    Ground.SEX,
    Ground.GENDER,
    Ground.ETHNICITY,
    Ground.RELIGION,
    Ground.DISABILITY,
    Ground.ORIENTATION,
    Ground.AGE,
)

WHY: dict[Ground, Promise | str] = {
    Ground.SEX: _("The work is open to everybody, whatever their sex."),
    Ground.GENDER: _("How somebody looks or dresses as a woman or a man has nothing to do with the work."),
    Ground.ETHNICITY: _("Where somebody was born, or how they sound, has nothing to do with the work."),
    Ground.RELIGION: _("What somebody believes, or wears for its sake, has nothing to do with the work."),
    Ground.DISABILITY: _("Many can do the work in their way. Nobody has to tell of their health here."),
    Ground.ORIENTATION: _("Whom somebody loves or lives with has nothing to do with the work."),
    Ground.AGE: _("The work is open to people of every age."),
    Ground.BEYOND: _("Each requirement more shuts somebody out who could have done the work."),
    Ground.PERSONAL: _("Everybody can read an opening. The job coach gives your contact details on."),
}
