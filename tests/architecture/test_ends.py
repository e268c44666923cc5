"""What core keeps of people has an end: a job deletes it, or it is said why nothing does."""

from django.apps import apps

from backend.core.running import schedule

NOBODY_IN_IT = {
    "DatedRule": "numbers and lists that the law or the municipality sets",
    "QuietHours": "when a municipality is quiet",
    "OwnWords": "what mails say; who wrote it is staff, and stands in the log too",
    "MailChannel": "whether the mail server answers",
    "ScheduledRun": "when jobs ran, and counts",
}
ENDED_BY_LAW = {
    "Digest": "is deleted when it has been sent, and with the account",
    "MessageChoice": "goes with the account",
    "AuditEntry": "the log of changes is kept as long as the archive's rules say, and only added to",
    "ReadEntry": "the log of reads likewise",
    "WrittenReason": "is deleted with the case that it tells of: disposal is decided there",
}


def test_every_table_of_core_is_ended_by_a_job_or_says_why_not() -> None:
    ended = {model.__name__ for job in schedule.jobs.values() for model in job.ends}
    tables = {model.__name__ for model in apps.get_app_config("core").get_models()}
    assert tables - ended == set(NOBODY_IN_IT) | set(ENDED_BY_LAW)


def test_sessions_and_where_they_came_from_are_ended_too() -> None:
    ended = {model._meta.label for job in schedule.jobs.values() for model in job.ends}
    assert {"sessions.Session", "usersessions.UserSession"} <= ended
