"""What concerns a user, as calendars read it (RFC 5545): apps register it, and no title names anybody.

A title says what it is and never of whom: whoever sees the calendar on a shared screen learns nothing of a
person. Providers are registered by apps as panels are, and read for one user.
"""

from backend.core.calendars.entries import Entry, Provider, entries_of, register
from backend.core.calendars.ics import CANCEL, REQUEST, as_ics, attached

__all__ = ["CANCEL", "REQUEST", "Entry", "Provider", "as_ics", "attached", "entries_of", "register"]
