"""Searching among openings: words in memory with the reason of each hit, and saved searches."""
