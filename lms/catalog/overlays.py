"""Overlays: values laid over the fields of a course, by address; steps hidden, inserted, moved (design D1).

A translation is an overlay with a language; what a nation, a region, a group or a site changes is an overlay
too. Laying one never fails: an address that a new version of the course no longer has is passed over, because
an upgrade of the product must not close a site's path. `check_overlay` tells its author.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError, fields

from lms.catalog import placeholders
from lms.catalog.addresses import field_at, list_addresses, put
from lms.catalog.content import STEP_SCHEMAS
from lms.catalog.fault_messages import flat_messages, in_french
from lms.catalog.faults import expected_among
from lms.catalog.question_checks import card_faults, question_faults
from lms.catalog.shape import COURSE

SETTINGS = ("scored", "pass_mark", "budget")
"""Fields that are not words and that an establishment may still decide."""

Fault = tuple[str, str]
"""Address, and what is wrong there."""


@dataclass(frozen=True)
class Insertion:
    """A step added after the step `after`; first when None."""

    step: Mapping[str, Any]
    after: str | None = None


@dataclass(frozen=True)
class Overlay:
    """What one author lays over a course. `source` says who, in French; no language means every language."""

    source: str
    values: Mapping[str, Any] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    inserted: tuple[Insertion, ...] = ()
    order: tuple[str, ...] = ()
    """Ids of steps in their new order; a step that is not named stays after the one it followed."""
    language: str | None = None

    def __post_init__(self) -> None:
        """Own copies: nothing outside can change an overlay any more."""
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        copies = tuple(Insertion(deepcopy(dict(one.step)), one.after) for one in self.inserted)
        object.__setattr__(self, "inserted", copies)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what it says (not of who says it)."""
        inserted = [[one.after, one.step] for one in self.inserted]
        said = [dict(self.values), self.hidden, inserted, self.order, self.language]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def lay(document: dict[str, Any], overlays: Sequence[Overlay], language: str) -> None:
    """Lay on `document`, in order, the overlays that speak of `language`. Changes `document`."""
    for overlay in overlays:
        if overlay.language not in (None, language):
            continue
        _insert(document, overlay)
        _set(document, overlay)
        hidden = set(overlay.hidden)
        document["steps"] = [step for step in document["steps"] if step["id"] not in hidden]
        document["steps"] = _reordered(document["steps"], overlay.order)


def _insert(document: dict[str, Any], overlay: Overlay) -> None:
    for insertion in overlay.inserted:
        ids = [step["id"] for step in document["steps"]]
        at = ids.index(insertion.after) + 1 if insertion.after in ids else 0
        if insertion.step.get("id") not in ids:
            document["steps"].insert(at, _loaded(insertion.step))


def _loaded(step: Mapping[str, Any]) -> dict[str, Any]:
    loaded: dict[str, Any] = STEP_SCHEMAS[str(step["kind"])].load(step)
    return loaded


def _set(document: dict[str, Any], overlay: Overlay) -> None:
    addresses = list_addresses(document)
    for address, value in overlay.values.items():
        if address in addresses:
            put(document, addresses[address], value)
        elif address in SETTINGS:
            document[address] = value


def _reordered(steps: list[dict[str, Any]], order: Sequence[str]) -> list[dict[str, Any]]:
    """Named steps in the given order; each of the others behind the step it already followed."""
    ranks = {step_id: rank for rank, step_id in enumerate(order)}
    groups: dict[int, list[dict[str, Any]]] = {-1: []}
    rank = -1
    for step in steps:
        rank = ranks.get(step["id"], rank)
        groups.setdefault(rank, []).append(step)
    return [step for rank in sorted(groups) for step in groups[rank]]


def check_overlay(document: Mapping[str, Any], overlay: Overlay) -> tuple[Fault, ...]:
    """What does not fit: unknown addresses, values of the wrong kind, unknown or faulty steps."""
    return (*_value_faults(document, overlay), *_step_faults(document, overlay))


def _value_faults(document: Mapping[str, Any], overlay: Overlay) -> Iterator[Fault]:
    laid = deepcopy(dict(document))
    if not list(_insertion_faults(laid, overlay)):
        _insert(laid, overlay)
    addresses = list_addresses(laid)
    for address, value in overlay.values.items():
        if address in addresses:
            shape: fields.Field[Any] = field_at(addresses[address], laid)
        elif address in SETTINGS and overlay.language is None:
            shape = COURSE.fields[address]
        else:
            yield address, f"Adresse inconnue dans ce cours. {expected_among(address, addresses, shown=3)}"
            continue
        try:
            shape.deserialize(value)
        except ValidationError as error:
            for keys, message in flat_messages(error.messages):
                yield ".".join((address, *map(str, keys))), in_french(message)
        if isinstance(value, str):
            yield from ((address, message) for message in placeholders.faults_in(value))


def _step_faults(document: Mapping[str, Any], overlay: Overlay) -> Iterator[Fault]:
    yield from _insertion_faults(document, overlay)
    known = [step["id"] for step in document["steps"]]
    known += [str(one.step.get("id")) for one in overlay.inserted]
    for name, ids in (("hidden", overlay.hidden), ("order", overlay.order)):
        for step_id in ids:
            if step_id not in known:
                yield f"{name}.{step_id}", f"Étape inconnue. {expected_among(step_id, known)}"
    if len(set(overlay.order)) != len(overlay.order):
        yield "order", "Une étape est nommée deux fois."


def _insertion_faults(document: Mapping[str, Any], overlay: Overlay) -> Iterator[Fault]:
    known = [step["id"] for step in document["steps"]]
    for one in overlay.inserted:
        name = f"inserted.{one.step.get('id', '?')}"
        if one.after is not None and one.after not in known:
            yield f"{name}.after", f"Étape inconnue. {expected_among(one.after, known)}"
        if one.step.get("id") in known:
            yield f"{name}.id", "Cet identifiant est déjà celui d’une étape."
        known.append(str(one.step.get("id")))
        yield from ((f"{name}{address}", message) for address, message in _inserted_faults(one.step))


def _inserted_faults(step: Mapping[str, Any]) -> Iterator[Fault]:
    """An inserted step is a question or a card, without a file: an overlay has no folder to keep one in."""
    if step.get("kind") not in ("question", "card"):
        yield ".kind", "Une étape ajoutée est une question ou une carte."
        return
    try:
        loaded = _loaded(step)
    except ValidationError as error:
        for keys, message in flat_messages(error.messages):
            yield "".join(f".{key}" for key in keys), in_french(message)
        return
    checks = question_faults if step["kind"] == "question" else card_faults
    for keys, message in checks(loaded):
        yield "".join(f".{key}" for key in keys), message
    if "picture" in loaded or "file" in loaded.get("illustration", {}):
        yield ".picture", "Une étape ajoutée n’a pas de dessin ; choisissez une icône."
