"""Employers that are registered twice: which they may be, what follows when they become one, its pages."""
