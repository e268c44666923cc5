"""A file between its steps: sealed, its owner's alone, for a day."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Self
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.core.running import schedule
from backend.core.sealed import seal, unseal
from backend.employers.exchange.bringing_in import Outcome, Result
from backend.employers.exchange.sheets.reading import Cell, Line
from backend.employers.models import SHEETS_KEPT, HandedInSheet

OPENINGS, CAPACITY, ADS = "openings", "capacity", "ads"
_PURPOSE: Final = b"sheets"


@dataclass(frozen=True)
class Handed:
    """What was handed in, for whom, how its columns are read, and what became of its rows so far."""

    what: str
    employer: str
    lines: Sequence[Line] = ()
    ads: Sequence[Any] = ()
    headings: int = 0
    columns: dict[int, str] = field(default_factory=dict)
    results: Sequence[Result] = ()
    is_tried: bool = False
    is_done: bool = False

    @property
    def is_capacity(self) -> bool:
        """Whether the rows are lasting places."""
        return self.what == CAPACITY

    @property
    def rows(self) -> Sequence[Line]:
        """The rows below the headings."""
        return self.lines[self.headings + 1 :]

    def with_results(self, results: Sequence[Result], *, is_done: bool) -> Self:
        """Return it with what became of its rows; when all is done the rows are needed no more."""
        kept: dict[str, Any] = {"lines": (), "ads": ()} if is_done else {}
        return replace(self, results=results, is_tried=True, is_done=is_done, **kept)

    def sealed(self) -> str:
        """Return it encrypted."""
        return seal(json.dumps(asdict(self), default=_packed).encode(), purpose=_PURPOSE)


def opened(sheet: HandedInSheet) -> Handed:
    """Return what is kept. Raises HandedInSheet.DoesNotExist when its key is no longer known."""
    content = unseal(sheet.content, purpose=_PURPOSE)
    if content is None:
        raise HandedInSheet.DoesNotExist
    kept = json.loads(content)
    kept["lines"] = [
        Line(each["number"], [_unpacked(cell) for cell in each["cells"]]) for each in kept["lines"]
    ]
    kept["columns"] = {int(at): name for at, name in kept["columns"].items()}
    kept["results"] = [_result(each) for each in kept["results"]]
    return Handed(**kept)


def forget_sheets(at: datetime) -> str:
    """Forget files that were handed in more than a day ago."""
    return f"forgot {HandedInSheet.objects.filter(at__lte=at - SHEETS_KEPT).delete()[0]}"


def _result(kept: dict[str, Any]) -> Result:
    opening = UUID(kept["opening"]) if kept["opening"] else None
    return Result(kept["number"], kept["title"], Outcome(kept["outcome"]), kept["words"], opening)


def _packed(value: Any) -> Any:
    return {"day": value.isoformat()} if isinstance(value, date) else str(value)


def _unpacked(cell: Any) -> Cell:
    return date.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell


FORGET_SHEETS = schedule.register(
    schedule.Job(
        "forget_sheets",
        timedelta(hours=1),
        forget_sheets,
        ends=(HandedInSheet,),
        title=_("Forget files that were imported"),
        tells=_("A file that somebody was importing is deleted after a day."),
    )
)
