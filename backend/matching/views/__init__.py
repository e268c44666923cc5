"""Pages of rankings and proposals."""
