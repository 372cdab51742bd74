"""YAML is read with the place of every value, and what we do not read is refused in plain French."""

import pytest
import yaml

from lms.catalog import yaml_positions
from lms.catalog.yaml_positions import MAX_BYTES, Position, YamlFault, read_yaml


def refusal(text: str | bytes) -> YamlFault:
    with pytest.raises(YamlFault) as caught:
        read_yaml(text.encode() if isinstance(text, str) else text)
    return caught.value


def test_every_key_and_value_knows_where_it_was_written() -> None:
    sheet = read_yaml(b"title: a\nsteps:\n  - id: b\n    on: sender\n")
    assert sheet.data == {"title": "a", "steps": [{"id": "b", "on": "sender"}]}
    assert sheet.at(("steps", 0, "on")) == Position(4, 9)
    assert sheet.at(("steps", 0, "on"), key=True) == Position(4, 5)
    assert sheet.at(("steps", 0)) == Position(3, 5)


def test_a_missing_value_is_placed_at_its_parent() -> None:
    sheet = read_yaml(b"steps:\n  - id: b\n")
    assert sheet.at(("steps", 0, "title")) == Position(2, 5)
    assert sheet.at(("nowhere", 3)) == Position(1, 1)


def test_words_that_yaml_1_1_turns_into_something_else_stay_words() -> None:
    text = "on: no\ntime: 7:40\nphone: 0612\nday: 2026-11-21\nmore: 1_000\nhex: 0x10\nexp: 1e3\ninf: .inf"
    assert read_yaml(text.encode()).data == {
        "on": "no", "time": "7:40", "phone": "0612", "day": "2026-11-21", "more": "1_000", "hex": "0x10",
        "exp": "1e3", "inf": ".inf",
    }  # fmt: skip


def test_numbers_flags_and_nothing_are_read() -> None:
    sheet = read_yaml(b"a: 12\nb: -1.5\nc: true\nd: False\ne:\nf: ~\ng: 'true'\nh: \"12\"")
    assert list(sheet.data.values()) == [12, -1.5, True, False, None, None, "true", "12"]


def test_a_number_too_long_to_be_one_stays_text() -> None:
    assert read_yaml(b"a: " + b"9" * 5000).data == {"a": "9" * 5000}


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_yaml("\ufefftitle: a".encode()).data == {"title": "a"}


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("title: a\ntitle: b", 2, 1, "La clé « title » est déjà donnée ligne 1."),
        ("a:\n\t- b", 2, 1, "Tabulation dans le retrait. Remplacez-la par des espaces."),
        ("a: b: c", 1, 5, "Deux-points inattendus."),
        ("a: Bonjour : oui", 1, 12, "Deux-points inattendus."),
        ("a: 'b", 1, 4, "Ces guillemets ne se referment pas"),
        ('a: "\\q"', 1, 5, "Ces guillemets ne se referment pas"),
        ("a: @b", 1, 4, "Un texte ne peut pas commencer par « @ »"),
        ("a: [b\nc: d", 2, 2, "Il manque une virgule"),
        ("a: {b", 2, 1, "Il manque une virgule"),
        ("- a\nb: c", 2, 1, "Le retrait de cette ligne"),
        ("a:\n  b: c\n d: e", 3, 2, "Le retrait de cette ligne"),
        ("a: - b", 1, 4, "Tiret inattendu."),
        ("a\nb: c", 2, 2, ""),
        ("a: &x b", 1, 4, "Les ancres"),
        ("a: *x", 1, 4, "Les ancres"),
        ("a: !!python/object:os.system b", 1, 4, "Les étiquettes"),
        ("a: 1\n--- \nb: 2", 2, 1, "Un fichier contient un seul document"),
        ("{a: 1}: b", 1, 1, "Une clé est un simple mot"),
        ("a: b\nc: \x07", 2, 4, "Caractère invisible U+0007"),
        ("%YAML 3", 1, 8, "Ce n’est pas du YAML valide."),
    ],
)
def test_what_is_not_read_is_refused_with_its_place(text: str, line: int, column: int, message: str) -> None:
    fault = refusal(text)
    assert message in fault.message
    assert fault.position.line == line
    assert abs(fault.position.column - column) <= 2


def test_a_file_in_another_encoding_says_where_it_starts_to_be() -> None:
    fault = refusal("a: b\nc: été".encode("latin-1"))
    assert fault.position == Position(2, 4)
    assert "UTF-8" in fault.message


def test_a_thousand_laughs_are_refused_at_the_first_anchor() -> None:
    pairs = zip("abcdef", "bcdefg", strict=True)
    laughs = "a: &a [ha, ha]\n" + "\n".join(f"{c}: &{c} [*{b}, *{b}]" for b, c in pairs)
    assert refusal(laughs).position == Position(1, 4)


def test_depth_size_and_number_of_values_are_bounded() -> None:
    assert "niveaux" in refusal("[" * 500 + "]" * 500).message
    assert "Ko" in refusal("a: " + "b" * MAX_BYTES).message
    assert "valeurs" in refusal("\n".join("- a" for _ in range(30_000))).message


def test_the_reader_written_in_python_finds_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML installed without libyaml must not tell authors another line."""
    text = b"title: a\nsteps:\n  - id: b\n    text: |-\n      c\n      d\n"
    fast = read_yaml(text)
    monkeypatch.setattr(yaml_positions, "LOADER", yaml.SafeLoader)
    assert read_yaml(text) == fast
    assert refusal("a:\n\t- b").position == Position(2, 1)
