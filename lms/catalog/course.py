"""A Course: the authored files of one folder, read, checked and frozen. There is no half-valid Course."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lms.catalog.overlays import Overlay
from lms.catalog.pictures import Drawing

SOURCE_LANGUAGE = "fr"
"""The language a course is complete in; the others are overlays of words."""


@dataclass(frozen=True)
class Course:
    """A course as authored, before any establishment.

    The document (`course.yaml` with its storyboards, see `addresses.py`) is kept as JSON text: text cannot be
    changed by a caller, and reading it again gives a fresh copy to work on.
    """

    slug: str
    text: str
    translations: tuple[Overlay, ...]
    drawings: tuple[tuple[str, Drawing], ...]

    @classmethod
    def of(
        cls,
        slug: str,
        document: Mapping[str, Any],
        translations: tuple[Overlay, ...] = (),
        drawings: Mapping[str, Drawing] | None = None,
    ) -> Course:
        """The course whose document has been checked."""
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return cls(slug, text, translations, tuple(sorted((drawings or {}).items())))

    def document(self) -> dict[str, Any]:
        """A copy of the document, the caller's to change."""
        copy: dict[str, Any] = json.loads(self.text)
        return copy

    @cached_property
    def _document(self) -> dict[str, Any]:
        return self.document()

    @property
    def title(self) -> str:
        """In French, as authored."""
        return str(self._document["title"])

    def title_in(self, language: str) -> str:
        """As translated; in French when the course does not speak `language`."""
        said = [overlay.values["title"] for overlay in self.translations if overlay.language == language]
        return str(said[0]) if said else self.title

    @property
    def version(self) -> str:
        """As authored, e.g. `2026.1`."""
        return str(self._document["version"])

    @property
    def budget(self) -> int:
        """Seconds the path may take."""
        return int(self._document["budget"])

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages it can be played in, French first."""
        return (SOURCE_LANGUAGE, *(overlay.language for overlay in self.translations if overlay.language))

    def translation(self, language: str) -> tuple[Overlay, ...]:
        """The overlay that turns it into `language`: none for French. KeyError for an unknown language."""
        if language == SOURCE_LANGUAGE:
            return ()
        found = tuple(overlay for overlay in self.translations if overlay.language == language)
        if not found:
            raise KeyError(language)
        return found

    def drawing(self, file: str) -> Drawing:
        """The drawing of that name. KeyError if the course has none."""
        return dict(self.drawings)[file]

    @cached_property
    def hash(self) -> str:
        """SHA-256 of everything authored: words, translations and drawings."""
        parts = [self.slug, self.text, *(overlay.hash for overlay in self.translations)]
        parts += [text for file, drawing in self.drawings for text in (file, drawing.svg)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
