"""Participants' files in the API, and what is sent to their services."""
