"""What an author may write in `course.yaml`: one marshmallow schema per kind of thing, unknown keys refused.

Schemas say the shape of each field; what links fields to each other (a question has a right answer, an
icon exists, a translation is whole) is in `checks.py`. `courses/README.md` explains each key to its authors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from lms.catalog.fault_messages import unknown_icon
from lms.catalog.icon_list import icon_names
from lms.catalog.question import QuestionType
from lms.catalog.vocabulary import AUDIENCES, FALLBACKS, ROLES
from lms.forms import Words

DEFAULT_BUDGET, HARD_LIMIT = 90, 120
"""Seconds a path may take: unless the course says otherwise, and whatever it says."""

QUESTION_TYPES = tuple(kind.value for kind in QuestionType)
PARTS = r"sender|subject|body\.(0|[1-9][0-9]?)|link|attachment"

identifier = validate.Regexp(
    r"[a-z0-9]+(-[a-z0-9]+)*\Z",
    error="Un identifiant s’écrit en minuscules, sans accent, avec des tirets : « fausse-adresse ».",
)

drawing = validate.Regexp(
    r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.svg\Z",
    error="Un dessin est un fichier SVG posé à côté de course.yaml, par exemple « bureau.svg ».",
)


def _id(**options: Any) -> fields.String:
    return fields.String(validate=[identifier, validate.Length(max=60)], **options)


def _flag(**options: Any) -> fields.Boolean:
    return fields.Boolean(truthy={True}, falsy={False}, **options)


def _when() -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.String(), validate=validate.Length(min=1))


def _role() -> fields.String:
    return fields.String(validate=validate.OneOf(ROLES))


def _icon(name: str) -> None:
    if name not in icon_names():
        raise ValidationError(unknown_icon(name))


class ById(fields.Field):
    """A mapping from an id to a thing, whose order is kept; `only` says which ids are possible."""

    def __init__(self, inner: Schema | fields.Field, *, only: Callable[[str], Any], **options: Any) -> None:
        super().__init__(**options)
        self.inner = inner
        self.only = only

    def refuses(self, name: str) -> bool:
        """Whether `name` is not a possible id."""
        try:
            self.only(name)
        except ValidationError:
            return True
        return False

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise ValidationError("Not a valid mapping type.")
        loaded: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        for name, content in value.items():
            try:
                self.only(name)
                loaded[name] = self._inner(content)
            except ValidationError as error:
                errors[name] = error.messages
        if errors:
            raise ValidationError(errors)
        return loaded

    def _inner(self, content: Any) -> Any:
        if isinstance(self.inner, Schema):
            return self.inner.load(content)
        return self.inner.deserialize(content)


class OneOfKinds(fields.Field):
    """A mapping whose `kind` says which schema it follows."""

    def __init__(self, kinds: Mapping[str, Schema], **options: Any) -> None:
        super().__init__(**options)
        self.kinds = kinds

    def schema_for(self, value: Any) -> Schema | None:
        """The schema `value` should follow, or None when it names no known kind."""
        kind = value.get("kind") if isinstance(value, Mapping) else None
        return self.kinds.get(kind) if isinstance(kind, str) else None

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, Mapping):
            raise ValidationError("Invalid input type.")
        if "kind" not in value:
            raise ValidationError({"kind": ["Missing data for required field."]})
        schema = self.schema_for(value)
        if schema is None:
            raise ValidationError({"kind": [f"Must be one of: {', '.join(self.kinds)}."]})
        return schema.load(value)


class LinkSchema(Schema):
    """A link of a simulated message."""

    text = Words(max_chars=80, required=True)
    target = Words(max_chars=120, required=True)


class SimulatedMessageSchema(Schema):
    """A simulated e-mail whose parts can be pointed at."""

    from_name = Words(max_chars=60, required=True)
    from_address = Words(max_chars=80, required=True)
    subject = Words(max_chars=100, required=True)
    body = fields.List(Words(max_chars=280), required=True, validate=validate.Length(1, 8))
    link = fields.Nested(LinkSchema)
    attachment = Words(max_chars=80)


class PictureSchema(Schema):
    """An SVG drawing of the course's folder."""

    file = fields.String(required=True, validate=drawing)
    alt = Words(max_chars=240, required=True)


class IllustrationSchema(Schema):
    """An icon by its name, or a drawing with its alternative text; `checks.py` sees which."""

    icon = fields.String(validate=_icon)
    file = fields.String(validate=drawing)
    alt = Words(max_chars=240)


class ChoiceSchema(Schema):
    """One answer; which keys it needs depends on the type of its question."""

    text = Words(max_chars=160)
    right = _flag()
    feedback = Words(max_chars=280, required=True)
    on = fields.String(
        validate=validate.Regexp(
            rf"({PARTS})\Z",
            error="Valeurs possibles : sender, subject, body.0, body.1, …, link, attachment.",
        )
    )
    area = fields.List(fields.Float(validate=validate.Range(0, 100)), validate=validate.Length(equal=4))
    when = _when()


class QuestionFields(Schema):
    """What a question has wherever it stands."""

    id = _id(required=True)
    type = fields.String(required=True, validate=validate.OneOf(QUESTION_TYPES))
    prompt = Words(max_chars=280, required=True)
    choices = ById(ChoiceSchema(), only=identifier, required=True, validate=validate.Length(2, 8))
    explanation = Words(max_chars=400, required=True)
    message = fields.Nested(SimulatedMessageSchema)
    picture = fields.Nested(PictureSchema)
    when = _when()


class TimedQuestionSchema(QuestionFields):
    """A question that stops a video: `after` a scene or `at` a second."""

    after = _id()
    at = fields.Float(validate=validate.Range(0, HARD_LIMIT))


class QuestionStepSchema(QuestionFields):
    """A question that is a step by itself."""

    kind = fields.String(required=True)


class VideoStepSchema(Schema):
    """A film told by a storyboard."""

    id = _id(required=True)
    kind = fields.String(required=True)
    title = Words(max_chars=80, required=True)
    storyboard = fields.String(
        required=True,
        validate=validate.Regexp(
            r"[a-z0-9]+(-[a-z0-9]+)*\.yaml\Z",
            error="Un storyboard est un fichier posé à côté de course.yaml, par exemple « storyboard.yaml ».",
        ),
    )
    questions = fields.List(
        fields.Nested(TimedQuestionSchema), load_default=list, validate=validate.Length(max=4)
    )
    when = _when()


class CardStepSchema(Schema):
    """A text to read."""

    id = _id(required=True)
    kind = fields.String(required=True)
    title = Words(max_chars=80, required=True)
    text = Words(max_chars=600, required=True)
    illustration = fields.Nested(IllustrationSchema)
    contacts = fields.List(_role(), load_default=list, validate=validate.Length(max=7))
    shows_gesture = _flag(load_default=False)
    when = _when()


class SourceSchema(Schema):
    """Where a fact comes from."""

    id = _id(required=True)
    title = Words(max_chars=200, required=True)
    publisher = fields.String(required=True, validate=validate.Length(1, 120))
    year = fields.Integer(required=True, strict=True, validate=validate.Range(1980, 2100))
    url = fields.String(
        validate=validate.Regexp(
            r"https://[a-z0-9.-]+\.[a-z]{2,}(/[!-~]*)?\Z",
            error="Une adresse complète commence par « https:// », sans espace ni accent.",
        )
    )


STEP_SCHEMAS: dict[str, Schema] = {
    "video": VideoStepSchema(),
    "question": QuestionStepSchema(),
    "card": CardStepSchema(),
}


class CourseSchema(Schema):
    """A whole `course.yaml`."""

    title = Words(max_chars=80, required=True)
    summary = Words(max_chars=240, required=True)
    version = fields.String(
        required=True,
        validate=validate.Regexp(
            r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}\Z",
            error="Une version s’écrit avec des chiffres, des lettres et des points, par exemple « 2026.1 ».",
        ),
    )
    themes = fields.List(_id(), required=True, validate=validate.Length(1, 6))
    audience = fields.String(load_default="everyone", validate=validate.OneOf(AUDIENCES))
    budget = fields.Integer(strict=True, load_default=DEFAULT_BUDGET, validate=validate.Range(20, HARD_LIMIT))
    scored = _flag(load_default=False)
    pass_mark = fields.Integer(strict=True, load_default=None, validate=validate.Range(1, 100))
    gesture = Words(max_chars=160, required=True)
    contacts = fields.List(_role(), required=True, validate=validate.Length(1, 7))
    fallbacks = ById(
        Words(max_chars=160),
        only=validate.OneOf(FALLBACKS),
        load_default=dict,
    )
    sources = fields.List(fields.Nested(SourceSchema), load_default=list, validate=validate.Length(max=12))
    steps = fields.List(OneOfKinds(STEP_SCHEMAS), required=True, validate=validate.Length(1, 12))
