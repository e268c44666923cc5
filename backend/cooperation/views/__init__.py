"""Pages of working with agencies, for staff and for guests."""
