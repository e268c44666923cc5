"""Django's SQLite, whose file is made for its owner alone."""
