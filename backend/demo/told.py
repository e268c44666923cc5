"""What the demo's people have told: what they can, have done and want, when they can, and what they speak."""

from datetime import date
from random import Random

from backend.demo.trades import GENERAL_SKILLS, LANGUAGES, MOTIVATIONS, TRADES, WORKED_AT, Trade
from backend.participants.services import ExperienceDraft, SkillDraft, WishDraft


def experiences(rng: Random, trade: Trade, day: date) -> list[ExperienceDraft]:
    """Return what somebody has worked as: mostly something of their trade, some nothing."""
    own = rng.sample(trade.occupations, k=rng.choice([0, 0, 1, 1, 2]))
    other = [rng.choice(rng.choice(TRADES).occupations)] if rng.random() < 0.25 else []
    return [
        ExperienceDraft(
            text,
            workplace=rng.choice(["", "", *WORKED_AT]),
            months=rng.choice([None, 3, 6, 12, 24, 36, 60, 120]),
            last_year=rng.choice([None, day.year - rng.choice([0, 1, 2, 4, 7, 12])]),
        )
        for text in [*own, *other]
    ]


def wishes(rng: Random, trade: Trade) -> list[WishDraft]:
    """Return what somebody wants: mostly work of the trade, now and then something quite else."""
    wanted = rng.sample(trade.occupations, k=rng.choice([0, 1, 1, 2]))
    if rng.random() < 0.15:
        wanted.append(rng.choice(rng.choice(TRADES).occupations))
    return [WishDraft(text, motivation=rng.choice(["", "", *MOTIVATIONS])) for text in wanted]


def hours(rng: Random) -> tuple[int, int] | tuple[None, None]:
    """Return from how many to how many hours a week; of some it is not known."""
    hours = rng.choice([5, 10, 15, 20]), rng.choice([30, 40])
    return hours if rng.random() < 0.85 else (None, None)


def languages(rng: Random) -> dict[str, str]:
    """Return levels by language; of some the level is not known."""
    swedish = rng.choices(["A2", "B1", "B2", "C2", ""], weights=[2, 4, 3, 4, 1])[0]
    return {"sv": swedish} | ({rng.choice(LANGUAGES): "C2"} if swedish != "C2" else {})


def skills(rng: Random, trade: Trade) -> list[SkillDraft]:
    """Return what somebody can: things of the trade, and some that everybody may be able to do."""
    own = rng.sample(trade.skills, k=rng.randint(2, len(trade.skills)))
    texts = [*own, *rng.sample(GENERAL_SKILLS, k=rng.randint(1, 3))]
    return [
        SkillDraft(
            _as_typed(rng, text),
            level=rng.choice([1, 2, 2, 3, 3, 4, None]),
            source=rng.choices(["self", "coach", "internship"], weights=[6, 3, 1])[0],
        )
        for text in texts
    ]


def _as_typed(rng: Random, text: str) -> str:
    """Return `text` as people type it: often in small letters, now and then with two letters swapped."""
    text = text.lower() if rng.random() < 0.5 else text
    if rng.random() < 0.08 and len(text) > 6:
        i = rng.randrange(2, len(text) - 2)
        text = text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    return text
