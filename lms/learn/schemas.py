"""What enters the player's routes, and the JSON that leaves them."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from lms.i18n import LANGUAGES
from lms.learn.models import Shift
from lms.learn.scoring import Judgement, Result


class StartSchema(Schema):
    """Beginning an attempt. `path_hash` lets us refuse a page older than the course."""

    class Meta:
        unknown = EXCLUDE

    language = fields.String(validate=validate.OneOf(LANGUAGES))
    path_hash = fields.String(validate=validate.Length(equal=64))
    unit = fields.Integer(allow_none=True)
    shift = fields.Enum(Shift, by_value=True, allow_none=True)


class AnswerSchema(Schema):
    """One answer; `answer_id` is made by the page, so that a retry is the same answer."""

    class Meta:
        unknown = EXCLUDE

    answer_id = fields.UUID(required=True)
    item = fields.String(required=True, validate=validate.Length(min=1, max=80))
    choices = fields.List(
        fields.String(validate=validate.Length(min=1, max=80)),
        load_default=list,
        validate=validate.Length(max=40),
    )


class ResumeSchema(Schema):
    """A resume code as typed."""

    class Meta:
        unknown = EXCLUDE

    code = fields.String(required=True, validate=validate.Length(min=1, max=20))


def dump_result(result: Result | None) -> dict[str, Any] | None:
    """The end of an attempt, or None while it is under way."""
    if result is None:
        return None
    return {"score": result.score, "total": result.total, "passed": result.passed}


def dump_judgement(item: str, judgement: Judgement | None) -> dict[str, Any]:
    """What the page shows after an answer; `judged` is false for a video or a card."""
    if judgement is None:
        return {"item": item, "judged": False, "correct": None, "choices": [], "explanation": ""}
    return {
        "item": item,
        "judged": True,
        "correct": judgement.correct,
        "choices": [
            {"id": choice.id, "right": choice.right, "chosen": choice.chosen, "feedback": choice.feedback}
            for choice in judgement.choices
        ],
        "explanation": judgement.explanation,
    }
