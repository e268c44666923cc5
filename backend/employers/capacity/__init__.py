"""Lasting places by day: what is offered, who has what of it, and the pages that show it."""
