"""How long a path takes: what is watched, what is read, what is answered. Pure.

Reading speed: adults read 195 ± 26 words a minute in French and 228 ± 30 in English, silent reading of the
standardised IReST texts (Trauzettel-Klosinski & Dietz, "Standardized Assessment of Reading Performance",
Investigative Ophthalmology & Visual Science 53(9), 2012, doi:10.1167/iovs.11-8284). We count 200 in every
language, so that a translation is never shorter on paper only. Answering times are ours, and to be measured.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.catalog.path import Card, Question, QuestionType, Step, VideoStep

WORDS_PER_MINUTE = 200
ANSWERING_SECONDS = {
    QuestionType.SINGLE: 4,
    QuestionType.TRUE_FALSE: 4,
    QuestionType.MULTIPLE: 6,
    QuestionType.ORDER: 8,
    QuestionType.CLUES: 8,
}


@dataclass(frozen=True)
class Part:
    """Seconds of one item of a path."""

    item_id: str
    kind: str
    watching: float = 0
    reading: float = 0
    answering: float = 0

    @property
    def seconds(self) -> float:
        """All of it."""
        return self.watching + self.reading + self.answering


@dataclass(frozen=True)
class Duration:
    """Seconds of a path, item by item."""

    parts: tuple[Part, ...]

    @property
    def watching(self) -> float:
        """Seconds of video."""
        return sum(part.watching for part in self.parts)

    @property
    def reading(self) -> float:
        """Seconds of reading."""
        return sum(part.reading for part in self.parts)

    @property
    def answering(self) -> float:
        """Seconds of choosing."""
        return sum(part.answering for part in self.parts)

    @property
    def seconds(self) -> int:
        """What is promised to the learner: rounded up."""
        return math.ceil(round(sum(part.seconds for part in self.parts), 3))


def estimate(steps: Sequence[Step], *, gesture: str = "") -> Duration:
    """The time a learner should plan. `gesture` is read on the card that shows it."""
    return Duration(tuple(_parts(steps, gesture)))


def _parts(steps: Sequence[Step], gesture: str) -> Iterator[Part]:
    for step in steps:
        if isinstance(step, VideoStep):
            yield Part(step.id, step.kind, watching=step.film.seconds)
            yield from (_question(timed.question) for timed in step.questions)
        elif isinstance(step, Question):
            yield _question(step)
        else:
            yield _card(step, gesture)


def _question(question: Question) -> Part:
    """Of the feedbacks, the longest is counted: a learner reads one, and nobody knows which."""
    message = question.message
    read = [question.prompt, question.explanation, *(choice.text for choice in question.choices)]
    read.append(max((choice.feedback for choice in question.choices), key=count_words, default=""))
    if message is not None:
        read += [message.from_name, message.from_address, message.subject, *message.body]
        read += [message.link.text if message.link else "", message.attachment or ""]
    answering = ANSWERING_SECONDS[question.type]
    return Part(question.id, question.kind, reading=_reading(read), answering=answering)


def _card(card: Card, gesture: str) -> Part:
    read = [card.title, card.text, gesture if card.shows_gesture else ""]
    return Part(card.id, card.kind, reading=_reading(read))


def _reading(texts: Sequence[str]) -> float:
    return sum(count_words(text) for text in texts) * 60 / WORDS_PER_MINUTE


def count_words(text: str) -> int:
    """Words as a reader counts them: lone punctuation is none, a phone number in pairs is one."""
    joined = re.sub(r"(?<=\d)\s(?=\d)", "", text)
    return sum(1 for word in joined.split() if re.search(r"\w", word))
