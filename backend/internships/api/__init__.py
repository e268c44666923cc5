"""Internships and what belongs to them in the API: the same scopes and services as the pages."""
