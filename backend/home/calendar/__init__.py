"""The calendar of one's own that another program reads: its secret address, and what it gives."""
