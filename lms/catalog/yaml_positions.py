"""YAML read as events, so that every value keeps the line and the column where it was written.

A deliberately small YAML (https://yaml.org/spec/1.2.2/#103-core-schema, less what surprises people):
no anchors (hence no "billion laughs"), no tags, one document, no duplicate key, and only `true`, `false`,
`null` and plain decimal numbers are anything but text. `on`, `no`, `7:40` and `0612` stay the text that was
typed, where YAML 1.1 would have made a boolean, a number of minutes and an octal number of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

Keys = tuple[str | int, ...]
"""Where a value stands: the keys and indexes from the root of its file."""

MAX_BYTES = 256 * 1024
MAX_DEPTH = 16
MAX_VALUES = 20_000

INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,8})\.[0-9]{1,9}")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Position:
    """A place in a file; counts from 1."""

    line: int = 1
    column: int = 1


class YamlFault(Exception):
    """The text is not the YAML we read; the message says what was met and what to write instead."""

    def __init__(self, position: Position, message: str) -> None:
        super().__init__(message)
        self.position = position
        self.message = message


@dataclass
class PositionedYaml:
    """The plain value of a file, and the position of every key and value in it."""

    data: Any = None
    values: dict[Keys, Position] = field(default_factory=dict)
    keys: dict[Keys, Position] = field(default_factory=dict)
    collections: set[Keys] = field(default_factory=set)

    def at(self, keys: Keys, *, key: bool = False) -> Position:
        """Position of the value at `keys` (or of its key); of its nearest written parent if it is missing.

        A list or a mapping is where its name is, not where its first value is: that is the line to look at.
        """
        while keys and keys not in self.values:
            keys = keys[:-1]
        if keys in self.keys and (key or keys in self.collections):
            return self.keys[keys]
        return self.values.get(keys, Position())


def read_yaml(content: bytes) -> PositionedYaml:
    """Read one file. Raises YamlFault at the first thing that is not understood."""
    text = _decode(content)
    try:
        return _Builder().build(yaml.parse(text, Loader=LOADER))
    except yaml.YAMLError as error:
        raise _told(error, text) from None


def _decode(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        message = f"Ce fichier dépasse {MAX_BYTES // 1024} Ko ; un cours tient en quelques Ko."
        raise YamlFault(Position(), message)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        position = _position_of(content[: error.start].decode("utf-8", "replace"))
        message = "Ce caractère n’est pas en UTF-8. Enregistrez le fichier avec l’encodage UTF-8."
        raise YamlFault(position, message) from None
    strange = UNPRINTABLE.search(text)
    if strange:
        code = f"U+{ord(strange[0]):04X}"
        raise YamlFault(_position_of(text[: strange.start()]), f"Caractère invisible {code} : effacez-le.")
    return text


def _position_of(before: str) -> Position:
    lines = before.split("\n")
    return Position(len(lines), len(lines[-1]) + 1)


SYNTAX = (
    (
        "mapping values are not allowed",
        "Deux-points inattendus. Mettez le texte entre guillemets, ou après « | » à la ligne.",
    ),
    (
        "quoted scalar",
        "Ces guillemets ne se referment pas, ou contiennent une barre oblique inverse inconnue.",
    ),
    ("flow", "Il manque une virgule, une accolade « } » ou un crochet « ] »."),
    ("block sequence entries", "Tiret inattendu. Mettez la liste à la ligne, un tiret par ligne."),
    ("sequence entries", "Tiret inattendu. Mettez la liste à la ligne, un tiret par ligne."),
    ("block mapping", "Le retrait de cette ligne ne correspond pas à celui des lignes au-dessus."),
    ("block collection", "Le retrait de cette ligne ne correspond pas à celui des lignes au-dessus."),
    ("simple key", "Il manque « : » après le nom de la clé."),
)


def _told(error: yaml.YAMLError, text: str) -> YamlFault:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return YamlFault(Position(), "Ce fichier n’est pas du YAML lisible.")
    position = Position(mark.line + 1, mark.column + 1)
    line = text.splitlines()[mark.line] if mark.line < len(text.splitlines()) else ""
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    if "\t" in line[: mark.column + 1]:
        return YamlFault(position, "Tabulation dans le retrait. Remplacez-la par des espaces.")
    if "cannot start any token" in said:
        sign = line[mark.column : mark.column + 1]
        message = f"Un texte ne peut pas commencer par « {sign} » : mettez-le entre guillemets."
        return YamlFault(position, message)
    message = next((message for sign, message in SYNTAX if sign in said), "Ce n’est pas du YAML valide.")
    return YamlFault(position, message)


@dataclass
class _Open:
    """A list or mapping being read."""

    value: Any
    keys: Keys
    pending: str | None = None


class _Builder:
    """Makes the value from events with an explicit stack: depth is counted, never recursed into."""

    def __init__(self) -> None:
        self.result = PositionedYaml()
        self.stack: list[_Open] = []
        self.documents = 0

    def build(self, events: Iterator[Any]) -> PositionedYaml:
        for event in events:
            position = Position(event.start_mark.line + 1, event.start_mark.column + 1)
            self._refuse(event, position)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, position)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._start({} if isinstance(event, yaml.MappingStartEvent) else [], position)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self.stack.pop()
        return self.result

    def _refuse(self, event: Any, position: Position) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise YamlFault(position, "Un fichier contient un seul document : retirez « --- ».")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlFault(position, "Les ancres « & » et « * » ne sont pas lues : mettez des guillemets.")
        if getattr(event, "tag", None):
            raise YamlFault(position, "Les étiquettes « ! » ne sont pas lues : mettez des guillemets.")
        if len(self.result.values) >= MAX_VALUES:
            raise YamlFault(position, f"Ce fichier compte plus de {MAX_VALUES} valeurs.")

    def _start(self, value: Any, position: Position) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise YamlFault(position, f"Plus de {MAX_DEPTH} niveaux imbriqués.")
        keys = self._put(value, position)
        self.result.collections.add(keys)
        self.stack.append(_Open(value, keys))

    def _scalar(self, event: Any, position: Position) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.pending is None:
            self._key(parent, event.value, position)
        else:
            self._put(_value_of(event), position)

    def _key(self, parent: _Open, key: str, position: Position) -> None:
        if key in parent.value:
            first = self.result.keys[(*parent.keys, key)].line
            raise YamlFault(position, f"La clé « {key} » est déjà donnée ligne {first}.")
        parent.pending = key
        self.result.keys[(*parent.keys, key)] = position

    def _put(self, value: Any, position: Position) -> Keys:
        if not self.stack:
            self.result.data, self.result.values[()] = value, position
            return ()
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            keys = (*parent.keys, len(parent.value))
            parent.value.append(value)
        elif parent.pending is None:
            message = "Une clé est un simple mot ; un texte qui commence par « { » veut des guillemets."
            raise YamlFault(position, message)
        else:
            keys = (*parent.keys, parent.pending)
            parent.value[parent.pending] = value
            parent.pending = None
        self.result.values[keys] = position
        return keys


def _value_of(event: Any) -> str | int | float | bool | None:
    text: str = event.value
    if event.style:
        return text
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text
