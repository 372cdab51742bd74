"""The flat address of every word of a course, e.g. `steps.spot-the-sender.choices.b.feedback`.

An address survives a reordering: a thing that has an `id` is named by it, not by its rank. A translation and
a local adaptation are both mappings from such addresses to other words (design D1).

A course document is `course.yaml` as loaded, plus `storyboards`: by file stem, the films its videos show.
Words of a film are at `<stem>.<scene id>.…`, hence `storyboard.opening.title`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import fields

from lms.catalog.shape import COURSE, STORYBOARD, Shape, inner, words_in
from lms.catalog.yaml_positions import Keys

VERBATIM = ("from_address", "target")
"""Last part of the addresses whose value is an electronic address: translated, never typeset."""


def list_addresses(document: Mapping[str, Any]) -> dict[str, Keys]:
    """Address → keys of every word of a course document, in reading order."""
    addresses = {_address(document, keys): keys for keys in words_in(COURSE, document)}
    for stem, storyboard in document.get("storyboards", {}).items():
        for keys in words_in(STORYBOARD, storyboard):
            names = _names(storyboard, keys)
            scene = names[1:] if names[0] == "scenes" else names
            addresses[".".join((stem, *scene))] = ("storyboards", stem, *keys)
    return addresses


def value_at(document: Any, keys: Keys) -> Any:
    """The value that stands at `keys`. KeyError or IndexError if none does."""
    for key in keys:
        document = document[key]
    return document


def put(document: Any, keys: Keys, value: Any) -> None:
    """Replace the value at `keys`."""
    value_at(document, keys[:-1])[keys[-1]] = value


def field_at(keys: Keys, document: Mapping[str, Any]) -> fields.Field[Any]:
    """The schema field that the words at `keys` of a course document follow. TypeError if none does."""
    shape: Shape = COURSE
    value: Any = document
    if keys[0] == "storyboards":
        shape, value, keys = STORYBOARD, value_at(document, keys[:2]), keys[2:]
    for key in keys:
        shape, value = inner(shape, value, key), value[key]
    if not isinstance(shape, fields.Field):
        raise TypeError(f"{keys} is not a field")
    return shape


def _address(document: Any, keys: Keys) -> str:
    return ".".join(_names(document, keys))


def _names(value: Any, keys: Keys) -> tuple[str, ...]:
    return tuple(_named(value, keys))


def _named(value: Any, keys: Keys) -> Iterator[str]:
    """Each key, or the id of the thing it leads to when that thing stands in a list."""
    for key in keys:
        parent, value = value, value[key]
        has_id = isinstance(parent, list) and isinstance(value, Mapping) and "id" in value
        yield str(value["id"]) if has_id else str(key)
