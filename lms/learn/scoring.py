"""Judging answers and counting scores. Pure: no clock, no database, no words of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lms.catalog.path import Path, Question, QuestionType
from lms.errors import Invalid


class ChoiceNotOffered(Invalid):
    """The answer names a choice that the question does not have, or answers it in another shape."""

    code = "choice_not_offered"


@dataclass(frozen=True)
class JudgedChoice:
    """One choice as it is shown after the answer."""

    id: str
    right: bool
    chosen: bool
    feedback: str


@dataclass(frozen=True)
class Judgement:
    """What an answer was worth, and why."""

    correct: bool
    choices: tuple[JudgedChoice, ...]
    explanation: str


@dataclass(frozen=True)
class Result:
    """What a finished attempt was worth: `score` right answers of `total` questions."""

    score: int
    total: int
    passed: bool
    """True when the course asks for no mark, or the share of right answers reaches it."""


def check_shape(question: Question, chosen: Sequence[str]) -> None:
    """Refuse what could not have come from the question's own form. Raises ChoiceNotOffered."""
    offered = {choice.id for choice in question.choices}
    if not set(chosen) <= offered or len(set(chosen)) != len(chosen):
        raise ChoiceNotOffered()
    if question.type in (QuestionType.SINGLE, QuestionType.TRUE_FALSE) and len(chosen) != 1:
        raise ChoiceNotOffered()
    if question.type is QuestionType.ORDER and len(chosen) != len(offered):
        raise ChoiceNotOffered()


def is_correct(question: Question, chosen: Sequence[str]) -> bool:
    """All that is right and nothing else; for `order`, in the right order."""
    if question.type is QuestionType.ORDER:
        return tuple(chosen) == question.right_ids
    return set(chosen) == set(question.right_ids)


def judge(question: Question, chosen: Sequence[str]) -> Judgement:
    """Judge `chosen` (ids, in the order given). Raises ChoiceNotOffered.

    In an `order` question a choice is `right` where it was put at its own place, and the choices come
    back in the right order.
    """
    check_shape(question, chosen)
    if question.type is QuestionType.ORDER:
        places = {choice_id: place for place, choice_id in enumerate(chosen)}
        judged = tuple(
            JudgedChoice(choice.id, places[choice.id] == place, True, choice.feedback)
            for place, choice in enumerate(question.choices)
        )
    else:
        judged = tuple(
            JudgedChoice(choice.id, choice.right, choice.id in chosen, choice.feedback)
            for choice in question.choices
        )
    return Judgement(is_correct(question, chosen), judged, question.explanation)


def result_of(path: Path, judged: Iterable[bool]) -> Result:
    """The result of an attempt whose questions were judged `judged`."""
    total = sum(isinstance(item, Question) for item in path.items)
    score = sum(judged)
    enough = path.pass_mark is None or total == 0 or score * 100 >= path.pass_mark * total
    return Result(score, total, enough)
