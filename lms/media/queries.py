"""Reads of the renditions."""

from collections.abc import Collection

import sqlalchemy as sa

from lms.db import session
from lms.errors import NotFound
from lms.media.models import Rendition, RenditionState

LIGHT = sa.orm.defer(Rendition.film)
"""Nobody who reads a state needs the film's document, which is the heavy part of the row."""


def find_rendition(film_hash: str) -> Rendition | None:
    """The rendition of a film, or None if nobody asked for it."""
    query = sa.select(Rendition).where(Rendition.hash == film_hash).options(LIGHT)
    return session.scalar(query.execution_options(populate_existing=True))


class RenditionUnknown(NotFound):
    """Nobody asked for this film."""

    code = "film_unknown"


def get_rendition(film_hash: str) -> Rendition:
    """The rendition of a film. Raises RenditionUnknown."""
    rendition = find_rendition(film_hash)
    if rendition is None:
        raise RenditionUnknown()
    return rendition


def list_renditions(film_hashes: Collection[str]) -> dict[str, Rendition]:
    """The known renditions of these films, by hash, in one query."""
    if not film_hashes:
        return {}
    query = sa.select(Rendition).where(Rendition.hash.in_(film_hashes)).options(LIGHT)
    found = session.scalars(query.execution_options(populate_existing=True))
    return {rendition.hash: rendition for rendition in found}


def count_waiting_before(film_hash: str) -> int:
    """How many films go before this one, the one being drawn included; 0 if it is not waiting."""
    mine = sa.orm.aliased(Rendition)
    first = sa.or_(
        Rendition.priority > mine.priority,
        sa.and_(Rendition.priority == mine.priority, Rendition.asked_at < mine.asked_at),
    )
    query = (
        sa.select(sa.func.count())
        .select_from(mine)
        .join(
            Rendition,
            sa.or_(
                Rendition.state == RenditionState.RUNNING,
                sa.and_(Rendition.state == RenditionState.WAITING, first),
            ),
        )
        .where(mine.hash == film_hash, mine.state == RenditionState.WAITING)
    )
    return session.scalar(query) or 0


def count_by_state() -> dict[RenditionState, int]:
    """How many films there are in each state, absent states left out."""
    query = sa.select(Rendition.state, sa.func.count().label("films")).group_by(Rendition.state)
    return {row.state: row.films for row in session.execute(query)}


def list_unfinished() -> list[Rendition]:
    """Films that are not ready, in the order they are drawn; failures last."""
    query = (
        sa.select(Rendition)
        .where(Rendition.state != RenditionState.READY)
        .order_by(
            Rendition.state == RenditionState.FAILED,
            Rendition.state != RenditionState.RUNNING,
            Rendition.priority.desc(),
            Rendition.asked_at,
        )
    )
    return list(session.scalars(query.execution_options(populate_existing=True)))
