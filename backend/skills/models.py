"""The catalogue of skills and occupations, and how a text that somebody wrote was understood."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Municipality
from backend.core.constraints import is_digits
from backend.core.text.keys import Findable, SearchKeyField, SortKeyField
from backend.skills.enums import (
    ConceptKind,
    LabelKind,
    Language,
    LanguageLevel,
    RelationKind,
    Resolution,
    Tells,
)


class ConceptQuerySet(models.QuerySet["Concept"]):
    def current(self) -> Self:
        """Keep the concepts that are still part of the catalogue."""
        return self.filter(retired_at__isnull=True)

    def skills(self) -> Self:
        """Keep the skills."""
        return self.filter(kind=ConceptKind.SKILL)

    def occupations(self) -> Self:
        """Keep the occupations."""
        return self.filter(kind=ConceptKind.OCCUPATION)


class Concept(Findable):
    """One skill or occupation of the catalogue, whatever words people use for it."""

    uri = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=12, choices=ConceptKind)
    scheme = models.CharField(max_length=20)
    name_sv = models.CharField(_("name in Swedish"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    ssyk = models.CharField(_("SSYK group"), max_length=4, blank=True, db_index=True)
    sort_key = SortKeyField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering: ClassVar = ["sort_key", "id"]
        indexes: ClassVar = [models.Index(fields=["kind", "sort_key"], name="concept_kind_sort")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ssyk="") | is_digits("ssyk", count=4),
                name="concept_ssyk_digits",
                violation_error_message=_("An SSYK group has four digits."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("skills:concept_detail", args=[self.pk])

    def sorts_as(self) -> str:
        """Return what the concept stands under in a list."""
        return self.name_sv

    def words_to_find(self) -> list[str]:
        """Return the names; other words for it are found by the keys of its labels."""
        return [self.name_sv, self.name_en]

    @property
    def name(self) -> str:
        """The preferred label in the reader's language, in Swedish where there is none."""
        return (self.name_en if (get_language() or "sv").startswith("en") else "") or self.name_sv


class Label(models.Model):
    """Words for a concept in one language."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="labels")
    language = models.CharField(max_length=5)
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=LabelKind)
    search_key = SearchKeyField()

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["concept", "language", "text"], name="label_once"),
            models.UniqueConstraint(
                fields=["concept", "language"],
                condition=Q(kind=LabelKind.PREFERRED),
                name="label_one_preferred",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def words_to_find(self) -> list[str]:
        """Return the words."""
        return [self.text]


class RelationQuerySet(models.QuerySet["Relation"]):
    def holding_in(self, municipalities: Iterable[UUID]) -> Self:
        """Keep what is computed, and what was set by hand in any of `municipalities`."""
        return self.filter(Q(municipality__isnull=True) | Q(municipality__in=list(municipalities)))

    def set_by_hand_in(self, municipalities: Iterable[UUID]) -> Self:
        """Keep what was set by hand in any of `municipalities`."""
        return self.filter(municipality__in=list(municipalities))


class Relation(models.Model):
    """`source` gives credit `degree` (0–1) where `target` is asked for, and the reason why.

    What a coach has set holds in the `municipality` of the coach; what is computed has none.
    """

    source = models.ForeignKey(Concept, models.CASCADE, related_name="relations")
    target = models.ForeignKey(Concept, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=RelationKind)
    degree = models.FloatField()
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "target", "kind"],
                condition=Q(municipality__isnull=True),
                name="relation_once",
            ),
            models.UniqueConstraint(
                fields=["source", "target", "municipality"],
                condition=Q(municipality__isnull=False),
                name="relation_set_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=RelationKind.OVERRIDE, municipality__isnull=False)
                | (~Q(kind=RelationKind.OVERRIDE) & Q(municipality__isnull=True)),
                name="relation_set_by_one",
                violation_error_code="set_by_one",
                violation_error_message=_("What is set by hand belongs to one municipality."),
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="relation_not_to_itself",
                violation_error_code="related_to_itself",
                violation_error_message=_("This is the thing itself. Choose something related to it."),
            ),
            models.CheckConstraint(
                condition=Q(degree__gte=0, degree__lte=1),
                name="relation_degree",
                violation_error_code="degree",
                violation_error_message=_("The degree lies between 0 and 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    @property
    def is_set_by_hand(self) -> bool:
        """Whether a coach has set it, in place of what was computed."""
        return self.kind == RelationKind.OVERRIDE


class ConceptGroup(models.Model):
    """A group that an occupation is of, or a skill is used in: SSYK-2012, or "isco:" and an ISCO-08 code."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="groups")
    group = models.CharField(max_length=12, db_index=True)

    class Meta:
        verbose_name = _("occupation group")
        verbose_name_plural = _("occupation groups")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["concept", "group"], name="concept_group_once")
        ]

    def __str__(self) -> str:
        return self.group


SET_BY_HAND = "override"
"""Scheme of the versions that a coach made by setting what a relation is worth."""


class CatalogueVersionQuerySet(models.QuerySet["CatalogueVersion"]):
    def imports(self) -> Self:
        """Keep the versions with new words: what a coach sets changes relations alone."""
        return self.exclude(scheme=SET_BY_HAND)


class CatalogueVersion(models.Model):
    """One change of the catalogue; the key of the newest import is the version of the label index."""

    scheme = models.CharField(max_length=20)
    imported_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    retired = models.PositiveIntegerField()

    objects = CatalogueVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.imported_at:%Y-%m-%d}"


class Wording(models.Model):
    """What words mean in a municipality, as a job coach has said: a concept, a language or a licence."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    words = models.CharField(_("words"), max_length=200)
    kind = models.CharField(_("means"), max_length=12, choices=Tells)
    concept = models.ForeignKey(Concept, models.CASCADE, null=True, blank=True, related_name="+")
    code = models.CharField(_("code"), max_length=20, blank=True)
    said_at = models.DateTimeField(_("said"))

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering: ClassVar = ["words", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "words"], name="wording_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["skill", "occupation"], concept__isnull=False, code="")
                | (Q(kind__in=["language", "licence"], concept__isnull=True) & ~Q(code="")),
                name="wording_means_one_thing",
                violation_error_code="wording_means_one_thing",
                violation_error_message=_("Words mean a concept, or a language or licence."),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class ResolvedText(models.Model):
    """Words as somebody wrote them, and the concept they were understood as, if any.

    `degree` is the calibrated chance (0–1) that the concept is right, `margin` its distance to the next
    one; `index_version` says which catalogue was asked, so that a newer one can be asked again.
    """

    text = models.CharField(_("as written"), max_length=200)
    concept = models.ForeignKey(Concept, models.SET_NULL, null=True, blank=True, related_name="+")
    degree = models.FloatField(null=True, blank=True)
    margin = models.FloatField(null=True, blank=True)
    why = models.CharField(max_length=20, blank=True)
    resolution = models.CharField(max_length=10, choices=Resolution, default=Resolution.NONE)
    index_version = models.PositiveIntegerField(null=True, blank=True)
    search_key = SearchKeyField()

    class Meta:
        abstract = True

    def words_to_find(self) -> list[str]:
        """Return the words as written."""
        return [self.text]

    @property
    def name(self) -> str:
        """What a reader is shown: the concept's name when the text was understood, else the text itself."""
        return self.concept.name if self.concept and self.resolution != Resolution.ASK else self.text

    @property
    def is_recognised(self) -> bool:
        """Whether the catalogue knows what is meant."""
        return self.resolution == Resolution.ACCEPTED

    @property
    def needs_answer(self) -> bool:
        """Whether a person should say if the text was understood rightly."""
        return self.resolution == Resolution.ASK and self.concept_id is not None


def validate_spoken(value: Any) -> None:
    """Raise ValidationError unless `value` is {code of enums.Language: CEFR level, or "" for not said}."""
    levels = value.items() if isinstance(value, dict) else ()
    validate_languages({code: level or LanguageLevel.A1 for code, level in levels} if levels else value)


def validate_languages(value: Any) -> None:
    """Raise ValidationError unless `value` is {code of enums.Language: CEFR level}."""
    known = isinstance(value, dict) and set(value) <= set(Language.values)
    if not known or not set(value.values()) <= set(LanguageLevel.values):
        raise ValidationError(_("Choose a language and a level for it."), "unknown_language")
