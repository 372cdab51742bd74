"""A translation says everything the French says, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.factories.catalog import Files, course_files, faults_of, write_course, write_files

Change = Callable[[Files], Any]

TRANSLATION_FAULTS: list[tuple[Change, str, str]] = [
    (lambda words: words.pop("gesture"), "gesture", "Il manque la traduction de « gesture »."),
    (lambda words: words.update(gestre="I call."), "gestre", "Vouliez-vous dire « gesture »"),
    (lambda words: words.update(title="T" * 81), "title", "Longueur attendue : de 1 à 80."),
    (lambda words: words.update(title=12), "title", "Un texte est attendu"),
    (lambda words: words.update(title=None), "title", "Une valeur est attendue"),
    (lambda words: words.update(title=" "), "title", "Ce texte est vide."),
    (lambda words: words.update(gesture="Call {contact.me.phone}"), "gesture", "Repère inconnu"),
    (
        lambda words: words.update({"steps.gesture.text": "Call IT."}),
        "steps.gesture.text",
        "Le repère « {contact.it_support.phone} » du texte français manque ici.",
    ),
    (
        lambda words: words.update({"storyboard.ward.caption": "A very long caption. " * 8}),
        "storyboard.ward.caption",
        "en 4 s on en lit 80",
    ),
]


@pytest.mark.parametrize(("change", "field", "message"), TRANSLATION_FAULTS)
def test_a_translation_is_refused(tmp_path: Path, change: Change, field: str, message: str) -> None:
    write_course(tmp_path, course_files())
    words = yaml.safe_load((tmp_path / "en.yaml").read_text(encoding="utf-8"))
    change(words)
    write_files(tmp_path, {"en.yaml": words})
    (fault,) = faults_of(tmp_path)
    assert (fault.file, fault.field) == ("en.yaml", field)
    assert message in fault.message


def test_a_course_without_english_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path, course_files())
    (fault,) = faults_of(tmp_path)
    assert (fault.file, fault.message) == ("en.yaml", "Ce fichier est introuvable.")
