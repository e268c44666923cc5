"""Addresses that are made to be thrown away: nobody is reached there tomorrow."""

from disposable_email_domains import blocklist


def is_thrown_away(email: str) -> bool:
    """Tell whether an address is at a service for addresses that last for minutes, or at a part of one."""
    parts = email.rpartition("@")[2].strip().rstrip(".").casefold().split(".")
    return any(".".join(parts[place:]) in blocklist for place in range(len(parts) - 1))
