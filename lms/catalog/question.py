"""A question as it is played: what is shown, what is right, and what is said of each choice.

Judging an answer is done in `learn`; here is only the data it judges with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar
from urllib.parse import quote

Area = tuple[float, float, float, float]


class QuestionType(StrEnum):
    """How a question is answered; also how its `right` marks are to be read."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    ORDER = "order"
    CLUES = "clues"


@dataclass(frozen=True)
class Picture:
    """A drawing of the course: checked SVG text, carried whole so that an old path can still be shown."""

    file: str
    alt: str
    svg: str
    width: float
    height: float

    @property
    def source(self) -> str:
        """A `data:` address for `<img src>`: drawn apart from the page, its ids and styles stay its own."""
        return "data:image/svg+xml," + quote(self.svg, safe=" =:/,;'()!*~.-_")


@dataclass(frozen=True)
class Link:
    """A link of a simulated message: what it says, and where it really leads."""

    text: str
    target: str


@dataclass(frozen=True)
class Message:
    """A simulated e-mail to be inspected. Parts are named sender, subject, body.0…, link, attachment."""

    from_name: str
    from_address: str
    subject: str
    body: tuple[str, ...]
    link: Link | None = None
    attachment: str | None = None


@dataclass(frozen=True)
class Choice:
    """One answer of a question.

    `area` is x, y, width, height in percent of the picture; `on` is a part of the message.
    True-false choices are `t` and `f`, with an empty text: the interface says it in its own words.
    """

    id: str
    text: str
    right: bool
    feedback: str
    on: str | None = None
    area: Area | None = None


@dataclass(frozen=True)
class Question:
    """A question and everything needed to judge it; the learner is never sent `right` before answering."""

    kind: ClassVar[str] = "question"

    id: str
    type: QuestionType
    prompt: str
    choices: tuple[Choice, ...]
    explanation: str
    message: Message | None = None
    picture: Picture | None = None

    @property
    def right_ids(self) -> tuple[str, ...]:
        """Ids of the right choices; for `order`, all of them in the right order."""
        return tuple(choice.id for choice in self.choices if choice.right)

    @property
    def shown_choices(self) -> tuple[Choice, ...]:
        """Choices in the order they are shown: as written, except `order`, which is never shown solved.

        Shuffled by a digest of ids, not at random: the same screen on every worker, in every language and
        after a reload.
        """
        if self.type is not QuestionType.ORDER:
            return self.choices
        shuffled = tuple(sorted(self.choices, key=self._shuffle_key))
        if shuffled == self.choices:
            return shuffled[1:] + shuffled[:1]
        return shuffled

    def _shuffle_key(self, choice: Choice) -> str:
        return hashlib.sha256(f"{self.id}/{choice.id}".encode()).hexdigest()


def question_of(document: Mapping[str, Any]) -> Question:
    message, picture = document["message"], document["picture"]
    return Question(
        id=document["id"],
        type=QuestionType(document["type"]),
        prompt=document["prompt"],
        choices=tuple(_choice_of(choice) for choice in document["choices"]),
        explanation=document["explanation"],
        message=_message_of(message) if message else None,
        picture=Picture(**picture) if picture else None,
    )


def _choice_of(document: Mapping[str, Any]) -> Choice:
    area = document["area"]
    return Choice(**{**document, "area": tuple(area) if area else None})


def _message_of(document: Mapping[str, Any]) -> Message:
    link = Link(**document["link"]) if document["link"] else None
    return Message(**{**document, "body": tuple(document["body"]), "link": link})
