"""A storyboard as an author writes it: one marshmallow schema per kind of scene.

Errors are read by trainers, not by developers: they say what is wrong and what to write instead, under the
path of the field (`scenes.2.items.0.icon`). Words are `Words`, so that the loader can list what must be
translated. The same reading-speed rule applies to a translation: call `check_pace` on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates, validates_schema

from lms.forms import Words
from lms.media.storyboard_rules import (
    CHARS_PER_SECOND,
    GROUNDS,
    LONGEST,
    PLACES,
    SHORTEST,
    Title,
    check_icon,
    check_kebab,
    check_pace,
    check_place,
)

__all__ = [
    "CHARS_PER_SECOND",
    "GROUNDS",
    "LONGEST",
    "PLACES",
    "SCENE_SCHEMAS",
    "SHORTEST",
    "StoryboardSchema",
    "check_pace",
]


def _kebab() -> fields.String:
    return fields.String(required=True, validate=check_kebab)


def _ground(usual: str) -> fields.String:
    known = validate.OneOf(GROUNDS, error="The ground is one of deep, paper, accent.")
    return fields.String(load_default=usual, validate=known)


def _icon() -> fields.String:
    return fields.String(required=True, validate=check_icon)


_UNKNOWN_KEY = {"unknown": "This key is not known here; look for a typing mistake."}


class _Strict(Schema):
    class Meta:
        unknown = RAISE

    error_messages = _UNKNOWN_KEY


class _SceneSchema(_Strict):
    """What every scene has."""

    id = _kebab()
    kind = fields.String(required=True)
    seconds = fields.Float(
        required=True,
        validate=validate.Range(
            SHORTEST,
            LONGEST,
            error="A scene lasts between {min:g} and {max:g} seconds; this one has {input:g}.",
        ),
    )
    caption = Words(max_chars=240, required=True)
    when = fields.Dict(keys=fields.String(), values=fields.String())

    @validates_schema(skip_on_field_errors=False)
    def _caption_can_be_read(self, data: Mapping[str, Any], **_: Any) -> None:
        if "caption" in data and "seconds" in data:
            check_pace(data["caption"], data["seconds"])


class OpeningSchema(_SceneSchema):
    """The title of the film, the campaign's mark, the establishment's logo."""

    ground = _ground("deep")
    title = Title(max_chars=60, required=True)


class PlaceSchema(_SceneSchema):
    """An illustrated corner of the hospital, at a time of day."""

    ground = _ground("paper")
    place = fields.String(required=True, validate=check_place)
    time = Words(max_chars=12, required=True)
    title = Title(max_chars=60, required=True)
    text = Words(max_chars=110)


class HookSchema(_SceneSchema):
    """One striking sentence and one icon."""

    ground = _ground("deep")
    title = Title(max_chars=60, required=True)
    text = Words(max_chars=120, required=True)
    icon = _icon()


class FigureSchema(_SceneSchema):
    """A figure with its ring and its source: a figure without a source is not shown."""

    ground = _ground("paper")
    value = Words(max_chars=12, required=True)
    share = fields.Float(
        required=True, validate=validate.Range(0, 100, error="The share is a percentage, 0 to 100.")
    )
    title = Title(max_chars=60, required=True)
    text = Words(max_chars=120, required=True)
    source = Words(max_chars=110, required=True)


class ClueSchema(_Strict):
    """One thing that gives a message away."""

    id = _kebab()
    on = fields.String(
        required=True,
        validate=validate.OneOf(
            ("sender", "subject", "body", "button"),
            error="A clue is on one of sender, subject, body, button.",
        ),
    )
    title = Words(max_chars=28, required=True)
    text = Words(max_chars=70, required=True)


class MessageSchema(_SceneSchema):
    """A simulated message hanging from a hook, and the clues in it."""

    ground = _ground("deep")
    from_name = Words(max_chars=40, required=True)
    from_address = Words(max_chars=70, required=True)
    subject = Words(max_chars=70, required=True)
    body = Words(max_chars=220, required=True)
    button = Words(max_chars=36, required=True)
    clues = fields.List(
        fields.Nested(ClueSchema),
        required=True,
        validate=validate.Length(2, 3, error="A message shows two or three clues."),
    )


class GestureSchema(_Strict):
    """One thing to do."""

    id = _kebab()
    icon = _icon()
    text = Words(max_chars=44, required=True)


class GesturesSchema(_SceneSchema):
    """Two to four gestures side by side."""

    ground = _ground("accent")
    title = Title(max_chars=50, required=True)
    items = fields.List(
        fields.Nested(GestureSchema),
        required=True,
        validate=validate.Length(2, 4, error="Two, three or four gestures."),
    )


class SideSchema(_Strict):
    """One side of a comparison."""

    label = Words(max_chars=24, required=True)
    text = Words(max_chars=90, required=True)
    icon = _icon()


class ComparisonSchema(_SceneSchema):
    """Left, what not to do; right, what to do."""

    ground = _ground("paper")
    title = Title(max_chars=56, required=True)
    left = fields.Nested(SideSchema, required=True)
    right = fields.Nested(SideSchema, required=True)


class LineSchema(_Strict):
    """One thing said."""

    id = _kebab()
    who = fields.String(
        required=True, validate=validate.OneOf(("left", "right"), error="The speaker is left or right.")
    )
    name = Words(max_chars=28, required=True)
    text = Words(max_chars=110, required=True)


class DialogueSchema(_SceneSchema):
    """Two people talking."""

    ground = _ground("paper")
    icon_left = _icon()
    icon_right = _icon()
    lines = fields.List(
        fields.Nested(LineSchema),
        required=True,
        validate=validate.Length(2, 3, error="A dialogue has two or three lines."),
    )


class ActionSchema(_Strict):
    """One numbered step."""

    id = _kebab()
    text = Words(max_chars=64, required=True)


class StepsSchema(_SceneSchema):
    """Three to five numbered actions, in order."""

    ground = _ground("deep")
    title = Title(max_chars=50, required=True)
    items = fields.List(
        fields.Nested(ActionSchema),
        required=True,
        validate=validate.Length(3, 5, error="Three, four or five steps."),
    )


class ClosingSchema(_SceneSchema):
    """Whom to call: the establishment's own contact."""

    ground = _ground("deep")
    title = Title(max_chars=60, required=True)
    contact = fields.String(required=True)
    """A role; the catalogue knows which exist and what they hold here."""


SCENE_SCHEMAS: dict[str, type[_SceneSchema]] = {
    "opening": OpeningSchema,
    "place": PlaceSchema,
    "hook": HookSchema,
    "figure": FigureSchema,
    "message": MessageSchema,
    "gestures": GesturesSchema,
    "comparison": ComparisonSchema,
    "dialogue": DialogueSchema,
    "steps": StepsSchema,
    "closing": ClosingSchema,
}


class SceneField(fields.Field):
    """A scene, checked by the schema of its kind."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise ValidationError("A scene is a mapping: id, kind, seconds, caption…")
        kind = value.get("kind")
        if not isinstance(kind, str) or kind not in SCENE_SCHEMAS:
            known = ", ".join(SCENE_SCHEMAS)
            raise ValidationError({"kind": [f"There is no scene of kind “{kind}”; choose one of {known}."]})
        loaded: dict[str, Any] = SCENE_SCHEMAS[kind]().load(value)
        _check_unique(loaded)
        return loaded


def _check_unique(scene: Mapping[str, Any]) -> None:
    """The address of a translated word ends on these ids: two alike could not be told apart."""
    for key in ("clues", "items", "lines"):
        ids = [item["id"] for item in scene.get(key, ())]
        for index, name in enumerate(ids):
            if name in ids[:index]:
                raise ValidationError(
                    {key: {index: {"id": [f"The id “{name}” is already used in this scene."]}}}
                )


class StoryboardSchema(_Strict):
    """A whole `storyboard.yaml`."""

    title = Words(max_chars=80, required=True)
    scenes = fields.List(
        SceneField(), required=True, validate=validate.Length(1, error="A storyboard has at least one scene.")
    )

    @validates("scenes")
    def _ids_are_unique(self, scenes: list[dict[str, Any]], **_: Any) -> None:
        ids = [scene.get("id") for scene in scenes]
        for index, name in enumerate(ids):
            if name is not None and name in ids[:index]:
                raise ValidationError({index: {"id": [f"The id “{name}” is already used by another scene."]}})
