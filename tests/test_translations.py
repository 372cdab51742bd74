"""Every sentence of the interface exists in English, and every French one is typeset where it is written."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask import Flask

from lms.app import create_app
from lms.i18n import gettext, lazy_gettext, ngettext
from lms.settings import Settings

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "translations"
TEMPLATE = FOLDER / "messages.pot"
ENGLISH = FOLDER / "en" / "LC_MESSAGES" / "messages.po"
COMPILED = ENGLISH.with_suffix(".mo")

EXTRACT = "extract -k _l -k N_ --no-location --omit-header --no-wrap --sort-output"
"""As in lms/README.md, without the files: what it writes must be the recorded template, byte for byte."""

PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|\{\w+\}|<[^>]+>")
FRENCH_FAULT = re.compile(r"\w'\w|\S [?!;:»]|« |\.\.\.")
"""A straight apostrophe, an ordinary space where a no-break one belongs, three dots for an ellipsis."""

ENGLISH_FAULT = re.compile(r"\w'\w|\"|[«»]|\s[?!;:]|\u202f|\.\.\.")
"""A straight apostrophe or quotation mark, French quotation marks and spaces, three dots for an ellipsis."""


def read(path: Path) -> Catalog:
    """A catalogue, obsolete sentences included."""
    with path.open("rb") as file:
        return read_po(file, locale="en")


def sentences(catalog: Catalog) -> dict[str, Message]:
    """Messages by their French words; the header is none."""
    return {said(message.id)[0]: message for message in catalog if message.id}


def said(words: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a message, one or two."""
    return (words or "",) if isinstance(words, str | None) else tuple(words)


def french() -> Iterator[str]:
    """Every French form."""
    for message in sentences(read(TEMPLATE)).values():
        yield from said(message.id)


def english() -> Iterator[tuple[str, str]]:
    """Every French form with its English one."""
    for message in sentences(read(ENGLISH)).values():
        yield from zip(said(message.id), said(message.string), strict=True)


def test_the_template_holds_exactly_the_sentences_of_the_sources(tmp_path: Path) -> None:
    fresh = tmp_path / "messages.pot"
    options = ["-F", str(FOLDER / "babel.cfg"), "-o", str(fresh), str(ROOT)]
    CommandLineInterface().run(["pybabel", "-q", *EXTRACT.split(), *options])
    assert list(sentences(read(fresh))) == list(sentences(read(TEMPLATE))), "see lms/README.md, Working here"
    assert fresh.read_bytes() == TEMPLATE.read_bytes()


def test_the_map_gives_the_command_that_makes_the_template() -> None:
    assert EXTRACT.removeprefix("extract ") in (ROOT / "lms" / "README.md").read_text(encoding="utf-8")


def test_english_says_every_sentence_and_no_other() -> None:
    assert sentences(read(ENGLISH)).keys() == sentences(read(TEMPLATE)).keys()
    assert not read(ENGLISH).obsolete


def test_no_english_sentence_is_missing_or_doubtful() -> None:
    for words, message in sentences(read(ENGLISH)).items():
        assert all(said(message.string)), f"not translated: {words}"
        assert not message.fuzzy, f"to be read again: {words}"


def test_placeholders_and_markup_are_those_of_the_french_sentence() -> None:
    for words, translated in english():
        assert sorted(PLACEHOLDER.findall(words)) == sorted(PLACEHOLDER.findall(translated)), words


def test_the_edges_of_a_sentence_are_kept() -> None:
    for words, translated in english():
        assert translated == translated.strip()
        if len(words) > 1:
            assert words[-1] not in ".?:…" or translated[-1] == words[-1], words


def test_the_compiled_catalogue_is_the_one_that_is_read() -> None:
    with COMPILED.open("rb") as file:
        compiled = {words: said(message.string) for words, message in sentences(read_mo(file)).items()}
    assert compiled == {words: said(message.string) for words, message in sentences(read(ENGLISH)).items()}


def test_french_sentences_are_typeset_in_the_sources() -> None:
    assert [words for words in french() if FRENCH_FAULT.search(words)] == []


def test_english_sentences_are_typeset_as_english() -> None:
    assert [translated for _words, translated in english() if ENGLISH_FAULT.search(translated)] == []


def test_no_french_is_left_in_english() -> None:
    long = {words for words in french() if len(words.split()) > 2}
    assert [translated for _words, translated in english() if translated in long] == []


def test_accents_in_english_are_those_of_a_name() -> None:
    for words, translated in english():
        assert not re.search("[àâçéèêëîôùû]", translated.replace("Défenseur des droits", "")), words


@pytest.fixture
def plain_app(tmp_path: Path) -> Iterator[Flask]:
    """The application, on no database: sentences need none."""
    app = create_app(Settings(instance_path=tmp_path, secret_key="s" * 40).completed())
    yield app
    app.extensions["lms.engine"].dispose()


def test_an_english_page_speaks_english_and_a_command_french(plain_app: Flask) -> None:
    later = lazy_gettext("Mentions légales")
    with plain_app.test_request_context("/?lang=en"):
        assert gettext("Mentions légales") == str(later) == "Legal notice"
        assert ngettext("%(num)s question", "%(num)s questions", 1) == "1 question"
    with plain_app.app_context():
        assert gettext("Mentions légales") == str(later) == "Mentions légales"


@pytest.mark.parametrize("typed", [{}, {"code": ""}, {"code": "X" * 31}])
@pytest.mark.parametrize(
    ("language", "told"),
    [("fr", "Tapez les six caractères du code."), ("en", "Type the six characters of the code.")],
)
def test_a_field_filled_wrongly_is_told_in_the_language_of_the_page(
    plain_app: Flask, typed: dict[str, str], language: str, told: str
) -> None:
    answer = plain_app.test_client().post(f"/code?lang={language}", data=typed)
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
