"""The municipality's own people: who works where, asked in, given roles, and let go by its administrators."""
