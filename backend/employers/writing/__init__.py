"""Help with the words of an opening: what keeps people away is said beside the field, and never refused."""

from backend.employers.writing.grounds import Ground
from backend.employers.writing.reading import Remark, Texts, remarks_on

__all__ = ["Ground", "Remark", "Texts", "remarks_on"]
