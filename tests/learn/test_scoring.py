"""Judging is all-or-nothing per question, and refuses what no form could have sent."""

import pytest

from lms.catalog.path import Choice, Question, QuestionType
from lms.learn.scoring import ChoiceNotOffered, judge


def question(kind: QuestionType, *right: bool) -> Question:
    choices = tuple(
        Choice("abcdef"[place], f"choix {place}", mark, f"retour {place}") for place, mark in enumerate(right)
    )
    return Question("q", kind, "?", choices, "Parce que.")


@pytest.mark.parametrize(
    ("kind", "right", "chosen", "correct"),
    [
        (QuestionType.SINGLE, (False, True), ["b"], True),
        (QuestionType.SINGLE, (False, True), ["a"], False),
        (QuestionType.TRUE_FALSE, (True, False), ["a"], True),
        (QuestionType.MULTIPLE, (True, True, False), ["b", "a"], True),
        (QuestionType.MULTIPLE, (True, True, False), ["a"], False),
        (QuestionType.MULTIPLE, (True, True, False), ["a", "b", "c"], False),
        (QuestionType.CLUES, (True, False, True), ["a", "c"], True),
        (QuestionType.CLUES, (True, False, True), [], False),
        (QuestionType.ORDER, (True, True, True), ["a", "b", "c"], True),
        (QuestionType.ORDER, (True, True, True), ["b", "a", "c"], False),
    ],
)
def test_all_that_is_right_and_nothing_else_is_correct(kind, right, chosen, correct) -> None:
    assert judge(question(kind, *right), chosen).correct is correct


@pytest.mark.parametrize(
    ("kind", "chosen"),
    [
        (QuestionType.SINGLE, []),
        (QuestionType.SINGLE, ["a", "b"]),
        (QuestionType.SINGLE, ["z"]),
        (QuestionType.MULTIPLE, ["a", "a"]),
        (QuestionType.ORDER, ["a", "b"]),
        (QuestionType.ORDER, ["a", "a", "b"]),
    ],
)
def test_what_no_form_could_have_sent_is_refused(kind, chosen) -> None:
    with pytest.raises(ChoiceNotOffered):
        judge(question(kind, True, False, False), chosen)


def test_every_choice_comes_back_with_its_feedback() -> None:
    judgement = judge(question(QuestionType.SINGLE, False, True), ["a"])
    assert [(c.id, c.right, c.chosen, c.feedback) for c in judgement.choices] == [
        ("a", False, True, "retour 0"),
        ("b", True, False, "retour 1"),
    ]


def test_an_order_comes_back_in_the_right_order_with_what_was_in_its_place() -> None:
    judgement = judge(question(QuestionType.ORDER, True, True, True), ["b", "a", "c"])
    assert [(c.id, c.right) for c in judgement.choices] == [("a", False), ("b", False), ("c", True)]
