"""Openings and lasting places out of CSV and Excel files: read, columns guessed, tried, and then written."""
