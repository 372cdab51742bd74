"""Establishments small enough to read. Values are given by column of the import file."""

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask

from lms.db import session, transaction
from lms.establishments import site_codes
from lms.establishments.inherit import Level
from lms.establishments.models import Establishment, Unit
from lms.establishments.placing import Node
from lms.establishments.stating import plant, state

NUMBERS = count(1)

SUPPORT = {"it_support.phone": "01 99 00 12 34", "it_support.email": "support@clairbois.example"}
"""What most paths need: somebody to call."""


def an_establishment(
    app: Flask,
    level: Level,
    *,
    name: str = "",
    parent: Establishment | None = None,
    units: tuple[str, ...] = (),
    values: Mapping[str, Any] | None = None,
) -> Establishment:
    """A committed establishment; a site gets a code of its own."""
    with app.test_request_context(), transaction():
        node = Node(level, name or f"Établissement {next(NUMBERS)}")
        node.site_code = site_codes.draw_site_code() if level is Level.SITE else None
        recorded = {}
        if parent is not None:
            recorded[parent.id] = parent
            node.parent = Node(parent.level, parent.name, establishment_id=parent.id)
        plant([node], recorded=recorded)
        establishment = recorded[node.establishment_id]
        state(establishment, values or {})
        session.add_all(Unit(establishment_id=establishment.id, name=unit) for unit in units)
    return establishment


def a_site(app: Flask, **given: Any) -> Establishment:
    """A committed site with a support to call; see `an_establishment`."""
    return an_establishment(app, Level.SITE, **({"values": SUPPORT} | given))


def a_file(folder: Path, *lines: str, name: str = "etablissements.csv") -> Path:
    """A CSV file of these lines."""
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
