"""Messages that did not get there: what an administrator of the municipality sees of them, and does."""
