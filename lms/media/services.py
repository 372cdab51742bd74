"""What is decided about renditions: a film is asked for, taken, advanced, finished, given back, given up.

Every change of state is one UPDATE that names the state it expects: two workers, on two machines, cannot
both take a film, and one that was thought dead cannot spoil the run that replaced it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from lms import jobs
from lms.clock import now
from lms.db import session
from lms.media import queries
from lms.media.film import Film
from lms.media.models import Rendition, RenditionState
from lms.media.places import is_finished
from lms.settings import current_settings

RENDER_WAITING = "media.render-waiting"
"""The job that draws films, see `worker.py`."""

LEASE = timedelta(seconds=20)
"""How long a run may be silent before it counts as dead. It says where it is every second."""
PAUSES = (timedelta(seconds=5), timedelta(seconds=30))
"""Before the second and the third try: what fails at once fails for good, a full disk may be emptied."""
MAX_TRIES = len(PAUSES) + 1
RETRY_AFTER = timedelta(minutes=15)
"""A film that was given up is begun again when someone opens it this much later."""

N_ = str
"""Marks words for translation; the row keeps them in French, whoever shows them translates."""

GAVE_UP = N_("La vidéo n’a pas pu être préparée. Le texte reste lisible : prévenez le support informatique.")
TOO_LONG = N_("La préparation de la vidéo a pris trop de temps. Prévenez le support informatique.")
KEPT_DYING = N_("La préparation de la vidéo s’est arrêtée plusieurs fois. Prévenez le support informatique.")

WAITING, RUNNING, READY, FAILED = RenditionState


@dataclass(frozen=True)
class Claim:
    """The right to draw one film, until the lease ends or somebody else holds the row."""

    film_hash: str
    name: str
    film: dict[str, Any]
    tries: int


def request_rendition(film: Film, *, priority: int = 0) -> Rendition:
    """Ask for a film, in the caller's transaction; asking again changes nothing but may raise its priority.

    A film that stands on disk already (its row was lost with a database) is ready at once.
    """
    rendition = queries.find_rendition(film.hash)
    if rendition is None:
        _insert(film, priority)
        rendition = queries.get_rendition(film.hash)
    changed = _revived(rendition) or _raised(rendition, priority)
    if not changed:
        return rendition
    values = {"asked_at": now(), "priority": max(priority, rendition.priority)} | changed
    as_seen = sa.and_(Rendition.hash == film.hash, Rendition.state == rendition.state)
    _update(sa.update(Rendition).where(as_seen).values(values))
    jobs.wake_after_commit(RENDER_WAITING)
    return queries.get_rendition(film.hash)


def retry_failed() -> int:
    """Put every film that was given up back into the queue, on the order of a person; how many."""
    again = {"state": WAITING, "tries": 0, "reason": None, "lease_until": None, "asked_at": now()}
    jobs.wake_after_commit(RENDER_WAITING)
    return _update(sa.update(Rendition).where(Rendition.state == FAILED).values(again))


def _insert(film: Film, priority: int) -> None:
    """The first row of a film; another worker may be faster, and is then right."""
    ready = is_finished(current_settings().media_path, film.hash)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {
        "hash": film.hash,
        "state": READY if ready else WAITING,
        "priority": priority,
        "asked_at": now(),
        "progress": 1.0 if ready else 0.0,
        "film": film.to_document(),
        "tries": 0,
        "created_at": now(),
        "ready_at": now() if ready else None,
    }
    session.execute(dialect.insert(Rendition).values(row).on_conflict_do_nothing())
    if not ready:
        jobs.wake_after_commit(RENDER_WAITING)


def _revived(rendition: Rendition) -> dict[str, Any]:
    """What puts back into the queue a film that was given up some time ago, or whose files are gone."""
    lost = rendition.state is READY and not is_finished(current_settings().media_path, rendition.hash)
    rested = (
        rendition.state is FAILED and rendition.lease_until is not None and rendition.lease_until <= now()
    )
    if lost or rested:
        return {
            "state": WAITING,
            "tries": 0,
            "progress": 0.0,
            "reason": None,
            "lease_until": None,
            "ready_at": None,
        }
    return {}


def _raised(rendition: Rendition, priority: int) -> dict[str, Any]:
    """What moves a waiting film forward."""
    return {"priority": priority} if rendition.state is WAITING and rendition.priority < priority else {}


def _is_free(present: datetime) -> sa.ColumnElement[bool]:
    """Rows that may be taken: waiting and not pausing, or held by a run that fell silent."""
    rested = sa.or_(Rendition.lease_until.is_(None), Rendition.lease_until <= present)
    return sa.or_(
        sa.and_(Rendition.state == WAITING, rested),
        sa.and_(Rendition.state == RUNNING, Rendition.lease_until <= present),
    )


def is_anything_free() -> bool:
    """Whether `take_next` would find something now."""
    return bool(session.scalar(sa.select(sa.exists().where(_is_free(now())))))


def take_next() -> Claim | None:
    """Take the film that goes first, or None when none is to be drawn now. The caller commits at once.

    A film whose run died (its lease has ended) is taken again, up to `MAX_TRIES`.
    """
    present = now()
    _give_up_what_kept_dying(present)
    free = _is_free(present)
    first = (
        sa.select(Rendition.hash)
        .where(free)
        .order_by(Rendition.priority.desc(), Rendition.asked_at, Rendition.hash)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = session.execute(
        sa.update(Rendition)
        .where(Rendition.hash == first.scalar_subquery(), free)
        .values(
            state=RUNNING, claim=secrets.token_hex(16), lease_until=present + LEASE, progress=0.0,
            tries=Rendition.tries + 1, reason=None,
        )
        .returning(Rendition.hash, Rendition.claim, Rendition.film, Rendition.tries),
        execution_options={"synchronize_session": False},
    ).first()  # fmt: skip
    return Claim(*taken) if taken else None


def _give_up_what_kept_dying(present: datetime) -> None:
    """A film that kills whatever draws it (no memory left, for instance) is not tried for ever."""
    dead = sa.and_(Rendition.state == RUNNING, Rendition.lease_until <= present, Rendition.tries >= MAX_TRIES)
    given_up = {"state": FAILED, "claim": None, "reason": KEPT_DYING, "lease_until": present + RETRY_AFTER}
    _update(sa.update(Rendition).where(dead).values(given_up))


def advance(claim: Claim, *, progress: float) -> bool:
    """Say how far the run is and keep the film a while longer. False: the film is no longer ours, stop."""
    return _change(claim, progress=min(max(progress, 0.0), 1.0), lease_until=now() + LEASE)


def finish(claim: Claim) -> bool:
    """The film stands in its folder."""
    return _change(claim, state=READY, claim=None, lease_until=None, progress=1.0, ready_at=now())


def give_back(claim: Claim) -> bool:
    """We were told to stop: the film waits again, at once, and this run does not count."""
    tries = max(0, claim.tries - 1)
    return _change(claim, state=WAITING, claim=None, lease_until=None, progress=0.0, tries=tries)


def fail(claim: Claim, *, reason: str) -> bool:
    """The run failed: try again after a pause, or give up and say why."""
    if claim.tries < MAX_TRIES:
        pause = PAUSES[claim.tries - 1]
        return _change(claim, state=WAITING, claim=None, lease_until=now() + pause, progress=0.0)
    return _change(claim, state=FAILED, claim=None, lease_until=now() + RETRY_AFTER, reason=reason)


def _change(claim: Claim, /, **values: Any) -> bool:
    """Change the row if the claim still holds it."""
    held = sa.and_(
        Rendition.hash == claim.film_hash, Rendition.claim == claim.name, Rendition.state == RUNNING
    )
    return _update(sa.update(Rendition).where(held).values(values)) == 1


def _update(statement: sa.Update) -> int:
    """Execute; the number of rows changed. Loaded rows are left alone: whoever shows one reads it again."""
    done = session.execute(statement, execution_options={"synchronize_session": False})
    return cast("sa.CursorResult[Any]", done).rowcount
