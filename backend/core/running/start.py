"""What must hold before a process serves people; web and worker ask when they start."""

from collections.abc import Callable, Iterable

from django.core.exceptions import ImproperlyConfigured

Concern = Callable[[], Iterable[str]]
"""Gives the reasons, in words, for which a process must not start; none when all is well."""

_asked: list[Concern] = []


def ask_at_start(concern: Concern) -> Concern:
    """Ask `concern` whenever a process starts; an app does so from its AppConfig."""
    _asked.append(concern)
    return concern


def refuse_unsafe_start() -> None:
    """Go on only when nothing speaks against it. Raises ImproperlyConfigured with every reason."""
    reasons = [reason for concern in _asked for reason in concern()]
    if reasons:
        raise ImproperlyConfigured(
            "Praktikbron does not start.\n" + "\n".join(f"- {each}" for each in reasons)
        )
