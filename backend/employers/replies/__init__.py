"""Replies that an organisation keeps: the programme's to begin with, its own instead and beside."""
