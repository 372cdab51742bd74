"""Seconds promised to a learner: what is watched, read and answered."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.catalog.duration import count_words, estimate
from lms.catalog.path import Card, Choice, Question, QuestionType
from lms.catalog.resolve import resolve
from tests.factories.catalog import a_course, a_profile


def question(kind: QuestionType, *, words: int) -> Question:
    """A question of `words` words in all, the longest feedback being the second."""
    choices = (Choice("a", "un deux", True, "un"), Choice("b", "un deux", False, "un deux trois"))
    prompt = " ".join(["mot"] * (words - 4 - 3 - 2))
    return Question("q", kind, prompt, choices, "un deux")


@pytest.mark.parametrize(
    ("kind", "answering"),
    [("single", 4), ("true-false", 4), ("multiple", 6), ("order", 8), ("clues", 8)],
)
def test_answering_takes_longer_the_more_there_is_to_do(kind: str, answering: int) -> None:
    (part,) = estimate([question(QuestionType(kind), words=20)]).parts
    assert part.answering == answering
    assert part.reading == pytest.approx(20 * 60 / 200)


def test_only_the_longest_feedback_is_read() -> None:
    (part,) = estimate([question(QuestionType.SINGLE, words=100)]).parts
    assert part.reading == pytest.approx(30)


def test_the_gesture_is_read_where_it_is_shown() -> None:
    card = Card("c", "Votre geste", "J’appelle le support.", None, (), shows_gesture=True)
    quiet = Card("d", "Votre geste", "J’appelle le support.", None, (), shows_gesture=False)
    shown, hidden = estimate([card, quiet], gesture="un deux trois quatre").parts
    assert shown.reading - hidden.reading == pytest.approx(4 * 60 / 200)


def test_the_whole_is_the_sum_of_its_parts_rounded_up(tmp_path: Path) -> None:
    path = resolve(a_course(tmp_path), overlays=(), profile=a_profile(), language="fr")
    duration = estimate(path.steps, gesture=path.gesture)
    assert [part.item_id for part in duration.parts] == [item.id for item in path.items]
    assert duration.watching == 11
    exact = duration.watching + duration.reading + duration.answering
    assert exact <= duration.seconds < exact + 1
    assert path.estimate_seconds == duration.seconds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Que faire d’abord ?", 3),
        ("Que faire d’abord\u202f?", 3),
        ("« Bonjour », dit-elle.", 2),
        ("Appelez le 01 99 00 12 34.", 3),
        ("Appelez le 01\u00a099\u00a000\u00a012\u00a034.", 3),
        ("à 7 h 40", 4),
    ],
)
def test_words_are_counted_as_a_reader_does(text: str, words: int) -> None:
    assert count_words(text) == words


@given(st.text(max_size=60), st.text(max_size=60))
def test_more_text_never_takes_less_time(one: str, other: str) -> None:
    assert count_words(f"{one} a {other}") >= max(count_words(one), count_words(other)) - 1
