"""Paths small enough to read, and attempts on them."""

from dataclasses import dataclass, replace
from uuid import uuid4

from flask.testing import FlaskClient

from lms.catalog import queries as catalog
from lms.catalog.path import Card, Choice, Path, Question, QuestionType
from lms.db import transaction
from lms.establishments.models import Establishment
from lms.learn import services

RIGHT = {"who": ["b"], "what": ["a", "c"]}
"""The right choices of `a_path()`."""


def a_question(item_id: str, kind: QuestionType, *right: bool) -> Question:
    choices = tuple(
        Choice("abcdef"[place], f"Choix {place}", mark, f"Retour {place}") for place, mark in enumerate(right)
    )
    return Question(item_id, kind, "Que faire\u202f?", choices, "Parce que.")


def a_path(**changes: object) -> Path:
    """Two questions and a card."""
    path = Path(
        course="essai",
        version="1",
        language="fr",
        title="Essai",
        summary="Un essai.",
        gesture="J’appelle.",
        audience="everyone",
        themes=("phishing",),
        sources=(),
        scored=True,
        pass_mark=None,
        estimate_seconds=40,
        steps=(
            a_question("who", QuestionType.SINGLE, False, True),
            a_question("what", QuestionType.MULTIPLE, True, False, True),
            Card("gesture", "À retenir", "J’appelle.", None, (), True),
        ),
        contacts=(),
    )
    return replace(path, **changes)


@dataclass
class Run:
    """An attempt under way, driven through the player's own routes."""

    client: FlaskClient
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def answer(self, item: str, choices: list[str] | None = None, answer_id: str | None = None):
        body = {"answer_id": answer_id or str(uuid4()), "item": item, "choices": choices or []}
        return self.client.post("/attempts/answers", json=body, headers=self.headers)

    def state(self):
        return self.client.get("/attempts/state", headers=self.headers | {"Accept": "application/json"})

    def finish(self) -> None:
        for item in ("who", "what", "gesture"):
            self.answer(item, RIGHT.get(item))


def begin(client: FlaskClient, site: Establishment, path: Path | None = None, **said: object) -> Run:
    """Begin an attempt on `path` at `site`."""
    with client.application.test_request_context(), transaction():
        path = path or a_path()
        catalog.keep_path(path)
        token = services.begin_attempt(establishment=site, path=path, **said)
    return Run(client, token)
