"""Reads of the tenant tree."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from lms.db import Base, session
from lms.errors import NotFound
from lms.establishments import site_codes
from lms.establishments.inherit import CONTACT_FIELDS, Layer, Level, Logo, Profile, effective
from lms.establishments.models import Branding, Establishment, EstablishmentContact, LocalRule, Unit
from lms.establishments.placing import Node


def of_lineage(table: type[Base], column: Any) -> sa.Select[Any]:
    """The rows of the nodes bound to `lineage`. Made once, as plain rows: every page asks for a profile."""
    columns = [getattr(table, attribute.key) for attribute in sa.inspect(table).column_attrs]
    return sa.select(*columns).where(column.in_(sa.bindparam("lineage", expanding=True)))


NODES = of_lineage(Establishment, Establishment.id)
STATED_BRANDING = of_lineage(Branding, Branding.establishment_id)
STATED_CONTACTS = of_lineage(EstablishmentContact, EstablishmentContact.establishment_id)
STATED_RULES = of_lineage(LocalRule, LocalRule.establishment_id)


class SiteUnknown(NotFound):
    """Nobody has this code."""

    code = "site_unknown"
    title = _l("Code inconnu")
    message = _l("Aucun établissement n’a ce code.")
    advice = _l("Vérifiez les six caractères du code : ni zéro, ni un, ni I, L ou O.")


def find_site(code: str) -> Establishment | None:
    """The site of a public code, however it was typed: `BRUME2`, `brume-2`, `bru me2`."""
    meant = site_codes.normalise(code)
    if not site_codes.is_site_code(meant):
        return None
    return session.scalar(sa.select(Establishment).where(Establishment.site_code == meant))


def get_site(code: str) -> Establishment:
    """The site of a public code, however it was typed. Raises SiteUnknown."""
    site = find_site(code)
    if site is None:
        raise SiteUnknown()
    return site


def get_establishment(establishment_id: int) -> Establishment:
    """One node of the tree. Raises NotFound."""
    establishment = session.get(Establishment, establishment_id)
    if establishment is None:
        raise NotFound()
    return establishment


def list_establishments() -> Sequence[Establishment]:
    """Every node, parents before their children."""
    query = sa.select(Establishment).order_by(sa.func.length(Establishment.path), Establishment.name)
    return session.scalars(query).all()


def list_sites(establishment: Establishment | None = None) -> Sequence[Establishment]:
    """The sites of a subtree, itself included, by name; every site when no establishment is given."""
    query = sa.select(Establishment).where(Establishment.level == Level.SITE).order_by(Establishment.name)
    if establishment is not None:
        query = query.where(Establishment.path.startswith(establishment.path, autoescape=True))
    return session.scalars(query).all()


def list_units(establishment: Establishment) -> Sequence[Unit]:
    """The units of a site, by name."""
    query = sa.select(Unit).where(Unit.establishment_id == establishment.id).order_by(Unit.name)
    return session.scalars(query).all()


def list_units_of(establishment_ids: Collection[int]) -> Sequence[Unit]:
    """The units of several sites."""
    units: list[Unit] = []
    wanted = list(establishment_ids)
    for start in range(0, len(wanted), 500):
        query = sa.select(Unit).where(Unit.establishment_id.in_(wanted[start : start + 500]))
        units += session.scalars(query).all()
    return units


def list_subtree(establishment: Establishment) -> Sequence[Establishment]:
    """An establishment and everything below it."""
    query = sa.select(Establishment).where(Establishment.path.startswith(establishment.path, autoescape=True))
    return session.scalars(query).all()


def get_profile(establishment: Establishment) -> Profile:
    """What holds at one establishment: four queries, however deep the tree."""
    lineage = establishment.lineage
    values: dict[int, dict[str, Any]] = {node: {} for node in lineage}
    for row in session.execute(STATED_BRANDING, {"lineage": lineage}):
        here = values[row.establishment_id]
        here["primary"], here["accent"] = row.primary, row.accent
        here["logo"] = Logo(row.logo_kind, row.logo_content) if row.logo_kind else None
    for row in session.execute(STATED_CONTACTS, {"lineage": lineage}):
        stated = {f"contacts.{row.role}.{part}": getattr(row, part) for part in CONTACT_FIELDS}
        values[row.establishment_id].update(stated)
    for row in session.execute(STATED_RULES, {"lineage": lineage}):
        values[row.establishment_id][f"rules.{row.rule}"] = row.value
    layers = {row.id: _layer(row, values[row.id]) for row in session.execute(NODES, {"lineage": lineage})}
    return effective([layers[node] for node in lineage])


def _layer(row: Any, values: dict[str, Any]) -> Layer:
    """What one node states."""
    own = {"languages": row.languages, "asks_unit": row.asks_unit, "asks_shift": row.asks_shift}
    return Layer(
        establishment_id=row.id,
        level=row.level,
        name=row.name,
        short_name=row.short_name or "",
        site_code=row.site_code or "",
        city=row.city or "",
        values=own | values,
    )


def list_nodes() -> list[Node]:
    """The whole tree as the import sees it, parents first: one query, without branding or contacts."""
    columns = Establishment.id, Establishment.parent_id, Establishment.level, Establishment.name
    query = sa.select(*columns, Establishment.finess, Establishment.site_code)
    nodes: dict[int, Node] = {}
    for row in session.execute(query.order_by(sa.func.length(Establishment.path), Establishment.id)):
        nodes[row.id] = Node(
            level=row.level,
            name=row.name,
            finess=row.finess,
            site_code=row.site_code,
            parent=nodes[row.parent_id] if row.parent_id else None,
            establishment_id=row.id,
        )
    return list(nodes.values())
