"""Columns that hold a row's words as they are sorted and looked for.

A key is computed whenever its column is written, from what the row itself says (`sorts_as`,
`words_to_find`, `codes_to_find`). Whoever writes single columns of a row names its keys with them.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connections, models

from backend.core.text.folding import fold, fold_code
from backend.core.text.sorting import LONGEST_KEY, sort_key
from backend.core.text.sounds import sounds_in

KEYS = ("sort_key", "search_key", "sound_key")
SEARCH_KEYS = ("search_key", "sound_key")


def search_key(words: Iterable[str], codes: Iterable[str] = ()) -> str:
    """Return the folded words and codes, each once, each between spaces."""
    folded = [word for text in words for word in fold(text).split()]
    codes = [code for text in codes for code in (*fold(text).split(), fold_code(text))]
    return _between_spaces([*folded, *codes])


def sound_key(words: Iterable[str]) -> str:
    """Return how the words sound, each sound once, each between spaces."""
    heard = [sounds for text in words for sounds in sounds_in(text).values()]
    return _between_spaces([sound for sounds in heard for sound in sounds])


def _between_spaces(words: Iterable[str]) -> str:
    return f" {' '.join(dict.fromkeys(word for word in words if word))} "


class SortKeyField(models.CharField):  # type: ignore[type-arg]
    """Where the row stands in Swedish alphabetical order."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST_KEY, "editable": False, "default": "", **kwargs})

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001 - Django's signature
        """Compute the key of a row that is written."""
        model_instance.sort_key = sort_key(model_instance.sorts_as())
        return str(model_instance.sort_key)


class _KeyField(models.TextField):  # type: ignore[type-arg]
    """A key of what the row's method `of` says; migrations know only the column."""

    def __init__(self, *, of: str = "words_to_find", **kwargs: Any) -> None:
        self.of = of
        super().__init__(**{"editable": False, "default": "", **kwargs})


class SearchKeyField(_KeyField):
    """The row's words and codes, folded."""

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001 - Django's signature
        """Compute the key of a row that is written."""
        codes: list[str] = getattr(model_instance, "codes_to_find", list)()
        key = search_key(getattr(model_instance, self.of)(), codes)
        setattr(model_instance, self.attname, key)
        return key


class SoundKeyField(_KeyField):
    """How the row's words sound."""

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001 - Django's signature
        """Compute the key of a row that is written."""
        key = sound_key(getattr(model_instance, self.of)())
        setattr(model_instance, self.attname, key)
        return key


class Findable(models.Model):
    """A row that is looked for by its words and codes."""

    search_key = SearchKeyField()
    sound_key = SoundKeyField()

    class Meta:
        abstract = True

    def words_to_find(self) -> list[str]:
        """Return the texts whose words lead to the row."""
        raise NotImplementedError

    def codes_to_find(self) -> list[str]:
        """Return codes and numbers, which are found with and without their dashes and spaces."""
        return []


def fill_keys(rows: Any, **columns: Callable[[Any], str]) -> None:
    """Write `columns` of all of `rows` anew; for migrations, whose models do not know the methods above."""
    model, names = rows.model, list(columns)
    connection = connections[rows.db]
    key = model._meta.pk
    values = [
        (*(columns[name](row) for name in names), key.get_db_prep_value(row.pk, connection))
        for row in rows.order_by("pk").iterator(chunk_size=1000)
    ]
    quoted = [f"{connection.ops.quote_name(name)} = %s" for name in names]
    table = connection.ops.quote_name(model._meta.db_table)
    pk = connection.ops.quote_name(key.column)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {', '.join(quoted)} WHERE {pk} = %s", values)  # noqa: S608
