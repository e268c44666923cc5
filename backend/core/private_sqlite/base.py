"""The database engine that settings name when DATABASE_URL is of SQLite."""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file; if it is not there, make it, and so its journals, readable by its owner only.

        One that is there is left as it is, for several accounts may share it: `check --deploy` tells of it.
        """
        if not conn_params.get("uri") or not str(conn_params["database"]).startswith("file:"):
            path = Path(conn_params["database"])
            if path.parent.is_dir() and str(path) != ":memory:":
                path.touch(mode=0o600)
        return super().get_new_connection(conn_params)
