"""Pages about trust in employers."""
