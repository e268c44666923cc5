"""What happens to packages when something happens in a case."""

from datetime import datetime

from backend.accounts.models import User
from backend.cooperation.models import Package
from backend.cooperation.notifications import tell_of_its_end
from backend.participants.events import CONSENT_ENDED
from backend.participants.models import Consent


@CONSENT_ENDED.received_by("package", does="cannot be read any more; whoever could read it is told")
def tell_guest(*, subject: Consent, by: User | None, at: datetime) -> None:
    """Tell the guest that a package of theirs was taken back; a protected identity is told of to nobody."""
    for package in Package.objects.filter(consent=subject.pk).order_by("pk"):
        tell_of_its_end(package, at=at)
