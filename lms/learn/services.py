"""What a learner can decide: begin, answer, carry the attempt to another screen."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from lms.catalog import queries as catalog
from lms.catalog.path import Path, Question, VideoStep
from lms.clock import local_day, now
from lms.db import session
from lms.errors import Conflict, Invalid, NotFound, Unauthorized
from lms.establishments import queries as establishments
from lms.establishments.models import Establishment
from lms.learn import ledger
from lms.learn.counts import count
from lms.learn.events import attempt_completed
from lms.learn.models import Answer, Attempt, Shift
from lms.learn.scoring import Judgement, Result, judge, result_of
from lms.media import services as media
from lms.security import keyed_hash
from lms.settings import current_settings

LIFETIME = timedelta(hours=48)
"""How long an attempt may stay unfinished, and a resume code unused (design D3)."""
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LONGEST_READING = 600
"""Seconds counted for one attempt at most: a page left open is not reading."""


class AttemptUnknown(Unauthorized):
    """No attempt has this token: it was carried to another screen, or is too old."""

    code = "attempt_unknown"
    title = _l("Parcours fermé sur cet écran")
    message = _l("Ce parcours a été repris sur un autre écran, ou il date de plus de deux jours.")
    advice = _l("Recommencez le parcours : il dure une minute et demie.")


class ItemUnknown(NotFound):
    """The path that is played has no such item."""

    code = "item_unknown"


class UnitUnknown(Invalid):
    """The unit is not one of this establishment's."""

    code = "unit_unknown"
    message = _l("Ce service n’existe pas dans cet établissement.")
    advice = _l("Rechargez la page, puis choisissez de nouveau votre service.")


class ResumeCodeUnknown(NotFound):
    """No attempt waits under this code for this course."""

    code = "resume_code_unknown"
    title = _l("Code inconnu")
    message = _l("Ce code de reprise n’existe pas pour ce parcours, ou il a déjà servi.")
    advice = _l("Vérifiez les six caractères. Un code sert une fois et dure deux jours.")


class PathChanged(Conflict):
    """The page was loaded before the course was changed."""

    code = "path_changed"
    message = _l("Ce parcours vient d’être mis à jour.")
    advice = _l("Rechargez la page pour jouer la nouvelle version.")


@dataclass(frozen=True)
class Progress:
    """Where an attempt stands: what was answered, in playing order, and the result once completed."""

    path: Path
    establishment_id: int
    judgements: dict[str, Judgement | None]
    """By item id; None for a video or a card that was done."""
    result: Result | None

    @property
    def next_item(self) -> str | None:
        """Id of the first item not answered yet."""
        return next((item.id for item in self.path.items if item.id not in self.judgements), None)


def hash_token(token: str) -> str:
    """SHA-256 is enough for 256 bits of chance: there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin_attempt(
    *, establishment: Establishment, path: Path, unit_id: int | None = None, shift: Shift | None = None
) -> str:
    """Begin a run through `path` and return its bearer token. Raises UnitUnknown."""
    if unit_id is not None and unit_id not in {unit.id for unit in establishments.list_units(establishment)}:
        raise UnitUnknown()
    catalog.keep_path(path)
    token, at = secrets.token_urlsafe(32), now()
    attempt = Attempt(
        establishment_id=establishment.id, unit_id=unit_id, shift=shift, course=path.course,
        path_hash=path.hash, token_hash=hash_token(token), started_at=at,
    )  # fmt: skip
    session.add(attempt)
    session.flush()
    count(attempt, version=path.version, day=local_day(at, current_settings().timezone), attempts=1)
    return token


def record_answer(
    *, token: str, answer_id: UUID, item_id: str, chosen: Sequence[str]
) -> tuple[Judgement | None, Result | None]:
    """Judge and keep one answer: its judgement (None for a video or a card), and the result after the last.

    The same `answer_id` twice is the same answer: a phone that lost the network retries safely. A second
    answer to an item (another tab) changes nothing and gets the first one's judgement. The answer is durable
    before anything else is done with it; a completion that could not be written is written by the retry.
    """
    with ledger.open_ledger() as book:
        row = book.find_attempt(hash_token(token), oldest=now() - LIFETIME)
        if row is None:
            raise AttemptUnknown()
        path = catalog.get_kept_path(row.path_hash)
        item = path.find_item(item_id)
        if item is None:
            raise ItemUnknown()
        judgement = judge(item, chosen) if isinstance(item, Question) else None
        correct = judgement.correct if judgement else None
        answer = ledger.AnswerRow(item_id, str(answer_id), chosen if judgement else (), correct)
        book.add_answer(row.id, answer, at=now())
        kept = book.read_answers(row.id)
    if isinstance(item, Question) and kept[item_id].answer_id != answer.answer_id:
        judgement = judge(item, kept[item_id].choices)
    result = _result(path, {own.item: own.correct for own in kept.values()})
    if result is not None and not row.completed:
        _complete(row.id, path, result)
    return judgement, result


def get_progress(token: str) -> Progress:
    """Where the attempt of `token` stands. Raises AttemptUnknown."""
    attempt = _get_attempt(token)
    path = catalog.get_kept_path(attempt.path_hash)
    rows = session.scalars(sa.select(Answer).where(Answer.attempt_id == attempt.id))
    kept = {answer.item: answer for answer in rows}
    judgements = {
        item.id: judge(item, kept[item.id].choices) if isinstance(item, Question) else None
        for item in path.items
        if item.id in kept
    }
    result = _result(path, {item: answer.correct for item, answer in kept.items()})
    return Progress(path, attempt.establishment_id, judgements, result)


def _get_attempt(token: str) -> Attempt:
    """The attempt of `token`. Raises AttemptUnknown, also when it is too old to go on."""
    attempt = session.scalar(
        sa.select(Attempt).where(
            Attempt.token_hash == hash_token(token), Attempt.started_at > now() - LIFETIME
        )
    )
    if attempt is None:
        raise AttemptUnknown()
    return attempt


def _result(path: Path, marks: Mapping[str, bool | None]) -> Result | None:
    """The result when every item was answered, else None."""
    return result_of(path, map(bool, marks.values())) if len(marks) == len(path.items) else None


def _complete(attempt_id: int, path: Path, result: Result) -> None:
    """Mark the attempt, add to the day's counts and tell who listens; once, whoever comes first."""
    at = now()
    attempt = session.scalar(
        sa.update(Attempt)
        .where(Attempt.id == attempt_id, Attempt.completed_at.is_(None))
        .values(completed_at=at, score=result.score, passed=result.passed)
        .returning(Attempt)
    )
    if attempt is None:
        return
    count(
        attempt,
        version=path.version,
        day=local_day(at, current_settings().timezone),
        completions=1,
        passes=int(result.passed),
        seconds=min(LONGEST_READING, max(0, int((at - attempt.started_at).total_seconds()))),
    )
    attempt_completed.send(attempt, result=result)


def make_resume_code(token: str) -> str:
    """A code that carries the attempt to another screen, e.g. `K7F-2QP`; a new one replaces the last.

    Six characters of 31 (30 bits) are enough because a code only opens one course of one site, for two
    days, once, behind a rate limit, and what it opens is anonymous.
    """
    attempt = _get_attempt(token)
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(6))
    attempt.resume_hash = _hash_code(attempt.establishment_id, attempt.course, code)
    attempt.resume_until = now() + LIFETIME
    return f"{code[:3]}-{code[3:]}"


def resume_attempt(*, establishment: Establishment, course: str, code: str) -> str:
    """The new bearer token of the attempt that waits under `code`; the old screen is closed.

    Raises ResumeCodeUnknown.
    """
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    token = secrets.token_urlsafe(32)
    changed = session.execute(
        sa.update(Attempt)
        .where(
            Attempt.resume_hash == _hash_code(establishment.id, course, typed),
            Attempt.resume_until > now(),
        )
        .values(token_hash=hash_token(token), resume_hash=None, resume_until=None)
        .returning(Attempt.id)
    )
    if changed.first() is None:
        raise ResumeCodeUnknown()
    return token


def _hash_code(establishment_id: int, course: str, code: str) -> str:
    """Keyed, because a code can be guessed where a token cannot."""
    return keyed_hash("resume-code", f"{establishment_id}/{course}/{code}")


def request_films(site_code: str) -> int:
    """Ask for every film of a site, its first path first; how many there are.

    So that the first person who opens a page does not wait for what could have been made before.
    """
    profile = establishments.get_profile(establishments.get_site(site_code))
    films = [
        step.film
        for language in profile.languages
        for path in catalog.list_paths(profile, language)[0]
        for step in path.steps
        if isinstance(step, VideoStep)
    ]
    for rank, film in enumerate(films):
        media.request_rendition(film, priority=1 if rank == 0 else 0)
    return len(films)
