"""Lines of a journal: how staff and somebody were in contact, and what was agreed to do next."""
