"""Pages, by whom they are for."""
