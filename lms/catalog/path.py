"""A Path is what is played: one course, one establishment, one language, nothing left to look up.

Every value here is frozen and JSON-able, so that a path can be hashed, kept and shown again as it was
(design D1): words are already translated, filled with local contacts and typeset. Nothing in this module
reads a clock, a file or a database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

from lms.catalog.question import Choice, Link, Message, Picture, Question, QuestionType, question_of
from lms.establishments import phones
from lms.media.film import Film

__all__ = [
    "Card", "Choice", "ContactCard", "Icon", "Item", "Link", "Message", "Path", "Picture", "Question",
    "QuestionType", "Reference", "Step", "TimedQuestion", "VideoStep",
]  # fmt: skip

Document = dict[str, Any]


@dataclass(frozen=True)
class Icon:
    """A Phosphor icon, by name; decorative, hence no alternative text."""

    name: str


@dataclass(frozen=True)
class TimedQuestion:
    """A question that stops the video `at` so many seconds from its start."""

    at: float
    question: Question


@dataclass(frozen=True)
class VideoStep:
    """A film, and the questions that come over it, in time order."""

    kind: ClassVar[str] = "video"

    id: str
    title: str
    film: Film
    questions: tuple[TimedQuestion, ...]


@dataclass(frozen=True)
class ContactCard:
    """Whom to call here, in words ready to be shown; a field nobody filled is an empty string."""

    role: str
    label: str
    name: str
    phone: str
    extension: str
    email: str
    hours: str
    note: str

    @property
    def phone_href(self) -> str | None:
        """A `tel:` address (RFC 3966), or None when there is no number to dial."""
        return phones.phone_href(self.phone)


@dataclass(frozen=True)
class Card:
    """A text to read; `shows_gesture` asks the page to show the path's gesture with it."""

    kind: ClassVar[str] = "card"

    id: str
    title: str
    text: str
    illustration: Picture | Icon | None
    contacts: tuple[ContactCard, ...]
    shows_gesture: bool


@dataclass(frozen=True)
class Reference:
    """Where a fact of the course comes from."""

    id: str
    title: str
    publisher: str
    year: int
    url: str | None


Step = VideoStep | Question | Card
Item = VideoStep | Question | Card
"""What a learner does one at a time: a step, or a question inside a video."""


@dataclass(frozen=True)
class Path:
    """A course resolved for one establishment in one language. `course` is the slug; seconds are whole."""

    course: str
    version: str
    language: str
    title: str
    summary: str
    gesture: str
    audience: str
    themes: tuple[str, ...]
    sources: tuple[Reference, ...]
    scored: bool
    pass_mark: int | None
    estimate_seconds: int
    steps: tuple[Step, ...]
    contacts: tuple[ContactCard, ...]

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical document: the same in every process, different when any word differs."""
        canonical = json.dumps(
            self.to_document(), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        )
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Flat playing order: a video, then its questions in time order, then the next step."""
        flat: list[Item] = []
        for step in self.steps:
            flat.append(step)
            if isinstance(step, VideoStep):
                flat.extend(timed.question for timed in step.questions)
        return tuple(flat)

    @cached_property
    def _items_by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    def find_item(self, item_id: str) -> Item | None:
        """The item of that id, or None; constant time, it stands on the way of every answer."""
        return self._items_by_id.get(item_id)

    def to_document(self) -> Document:
        """JSON-able document, without the hash; `from_document` gives back an equal path."""
        return _document_of(self)

    @staticmethod
    def from_document(document: Mapping[str, Any]) -> Path:
        """The path kept in `document`; KeyError or ValueError if it is not one of ours."""
        return Path(
            **{
                **document,
                "themes": tuple(document["themes"]),
                "sources": tuple(Reference(**source) for source in document["sources"]),
                "steps": tuple(_step_of(step) for step in document["steps"]),
                "contacts": tuple(ContactCard(**contact) for contact in document["contacts"]),
            }
        )


def _document_of(value: Any) -> Any:
    if isinstance(value, Film):
        return value.to_document()
    if isinstance(value, tuple):
        return [_document_of(part) for part in value]
    if not is_dataclass(value):
        return value.value if isinstance(value, StrEnum) else value
    document = {field.name: _document_of(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, VideoStep | Question | Card):
        document["kind"] = value.kind
    return document


def _step_of(document: Mapping[str, Any]) -> Step:
    match document["kind"]:
        case "video":
            timed = (TimedQuestion(q["at"], question_of(q["question"])) for q in document["questions"])
            film = Film.from_document(document["film"])
            return VideoStep(document["id"], document["title"], film, tuple(timed))
        case "question":
            return question_of(document)
        case "card":
            return _card_of(document)
        case unknown:
            raise ValueError(f"unknown kind of step {unknown!r}")


def _card_of(document: Mapping[str, Any]) -> Card:
    drawing = document["illustration"]
    illustration = None if drawing is None else Picture(**drawing) if "svg" in drawing else Icon(**drawing)
    return Card(
        id=document["id"],
        title=document["title"],
        text=document["text"],
        illustration=illustration,
        contacts=tuple(ContactCard(**contact) for contact in document["contacts"]),
        shows_gesture=document["shows_gesture"],
    )
