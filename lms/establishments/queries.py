"""Reads of the tenant tree."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from lms.db import session
from lms.errors import NotFound
from lms.establishments import site_codes
from lms.establishments.inherit import CONTACT_FIELDS, Layer, Level, Logo, Profile, effective
from lms.establishments.models import Branding, Establishment, EstablishmentContact, LocalRule, Unit
from lms.establishments.placing import Node


class SiteUnknown(NotFound):
    """Nobody has this code."""

    code = "site_unknown"
    title = _l("Code inconnu")
    message = _l("Aucun établissement n’a ce code.")
    advice = _l("Vérifiez les six caractères du code : ni zéro, ni un, ni I, L ou O.")


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
    _add_branding(values)
    _add_contacts(values)
    _add_rules(values)
    nodes = session.scalars(sa.select(Establishment).where(Establishment.id.in_(lineage))).all()
    by_id = {node.id: node for node in nodes}
    return effective([_layer(by_id[node], values[node]) for node in lineage])


def _layer(node: Establishment, values: dict[str, Any]) -> Layer:
    """What one node states."""
    own = {"languages": node.languages, "asks_unit": node.asks_unit, "asks_shift": node.asks_shift}
    return Layer(
        establishment_id=node.id,
        level=node.level,
        name=node.name,
        short_name=node.short_name or "",
        site_code=node.site_code or "",
        city=node.city or "",
        values=own | values,
    )


def _add_branding(values: dict[int, dict[str, Any]]) -> None:
    """Add colours and logos to the values of each node."""
    for branding in session.scalars(sa.select(Branding).where(Branding.establishment_id.in_(values))):
        here = values[branding.establishment_id]
        here["primary"], here["accent"] = branding.primary, branding.accent
        if branding.logo_kind and branding.logo_content:
            here["logo"] = Logo(branding.logo_kind, branding.logo_content)


def _add_contacts(values: dict[int, dict[str, Any]]) -> None:
    """Add contacts, field by field, to the values of each node."""
    query = sa.select(EstablishmentContact).where(EstablishmentContact.establishment_id.in_(values))
    for contact in session.scalars(query):
        for part in CONTACT_FIELDS:
            values[contact.establishment_id][f"contacts.{contact.role}.{part}"] = getattr(contact, part)


def _add_rules(values: dict[int, dict[str, Any]]) -> None:
    """Add local rules to the values of each node."""
    for rule in session.scalars(sa.select(LocalRule).where(LocalRule.establishment_id.in_(values))):
        values[rule.establishment_id][f"rules.{rule.rule}"] = rule.value


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
