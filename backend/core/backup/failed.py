"""Why a backup was not made or not restored, in words for whoever runs the house."""


class BackupFailed(Exception):
    """Nothing was left half done; the words say what to mend."""
