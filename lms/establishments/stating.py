"""Writing what an establishment states: only what the file speaks of, and whether it changed anything."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from lms.db import session
from lms.establishments.inherit import CONTACT_FIELDS, ContactRole, Logo, RuleName
from lms.establishments.models import Branding, Establishment, EstablishmentContact, LocalRule
from lms.establishments.placing import Node

OWN = ("short_name", "city", "languages", "asks_unit", "asks_shift")


def load_stated(ids: Iterable[int]) -> dict[int, Establishment]:
    """Establishments with all they state, by id, in a number of queries that does not grow line by line."""
    everything = (
        selectinload(Establishment.branding),
        selectinload(Establishment.contacts),
        selectinload(Establishment.rules),
    )
    wanted = list(ids)
    found: dict[int, Establishment] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        query = sa.select(Establishment).where(Establishment.id.in_(some)).options(*everything)
        found |= {establishment.id: establishment for establishment in session.scalars(query)}
    return found


def plant(nodes: Sequence[Node], *, recorded: dict[int, Establishment]) -> None:
    """Make establishments that state nothing yet, below parents that are `recorded`, and record them there.

    All in one flush: a path holds an id, so ids must be known, and a flush a line costs five times more.
    """
    made = []
    for node in nodes:
        establishment = Establishment(
            parent_id=node.parent.establishment_id if node.parent else None,
            path="/",
            level=node.level,
            name=node.name,
            finess=node.finess,
            site_code=node.site_code,
            branding=None,
            contacts=[],
            rules=[],
        )
        made.append((node, establishment))
    session.add_all(establishment for _node, establishment in made)
    session.flush()
    for node, establishment in made:
        above = recorded[establishment.parent_id].path if establishment.parent_id else "/"
        establishment.path = f"{above}{establishment.id}/"
        node.establishment_id = establishment.id
        recorded[establishment.id] = establishment


def rename(establishment: Establishment, node: Node) -> bool:
    """Give the name and numbers of the placed line; whether anything changed."""
    identity = {"name": node.name, "finess": node.finess, "site_code": node.site_code}
    return assign(establishment, identity)


def assign(row: object, values: Mapping[str, Any]) -> bool:
    """Set the attributes that differ; whether any did."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def state(establishment: Establishment, values: Mapping[str, Any]) -> bool:
    """Write the values of a line, by column; None takes back what was stated. Whether anything changed."""
    own = {column: values[column] for column in OWN if column in values}
    return any(
        [
            assign(establishment, own),
            state_branding(establishment, values),
            state_contacts(establishment, values),
            state_rules(establishment, values),
        ]
    )


def state_branding(establishment: Establishment, values: Mapping[str, Any]) -> bool:
    """Colours and logo; a branding that says nothing is no row."""
    stated = {column: values[column] for column in ("primary", "accent") if column in values}
    if "logo" in values:
        logo: Logo | None = values["logo"]
        stated["logo_kind"] = logo.kind if logo else None
        stated["logo_content"] = logo.content if logo else None
    if establishment.branding is None:
        if not any(stated.values()):
            return False
        establishment.branding = Branding(**stated)
        return True
    changed = assign(establishment.branding, stated)
    branding = establishment.branding
    if not (branding.primary or branding.accent or branding.logo_kind):
        establishment.branding = None
    return changed


def state_contacts(establishment: Establishment, values: Mapping[str, Any]) -> bool:
    """Contacts, role by role; an empty text is stated, None is not."""
    by_role = {contact.role: contact for contact in establishment.contacts}
    changed = False
    for role in ContactRole:
        stated = {part: values[f"{role}.{part}"] for part in CONTACT_FIELDS if f"{role}.{part}" in values}
        contact = by_role.get(role)
        if contact is None:
            if any(value is not None for value in stated.values()):
                establishment.contacts.append(EstablishmentContact(role=role, **stated))
                changed = True
            continue
        changed |= assign(contact, stated)
        if all(getattr(contact, part) is None for part in CONTACT_FIELDS):
            establishment.contacts.remove(contact)
    return changed


def state_rules(establishment: Establishment, values: Mapping[str, Any]) -> bool:
    """Local rules, one by one."""
    by_name = {rule.rule: rule for rule in establishment.rules}
    changed = False
    for name in RuleName:
        if name.value not in values:
            continue
        value, rule = values[name.value], by_name.get(name)
        if rule is None and value is not None:
            establishment.rules.append(LocalRule(rule=name, value=value))
            changed = True
        elif rule is not None and value is None:
            establishment.rules.remove(rule)
            changed = True
        elif rule is not None:
            changed |= assign(rule, {"value": value})
    return changed
