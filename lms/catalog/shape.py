"""Going down a document and its schemas together: what is expected at a place, and where its words are."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, fields

from lms.catalog.content import ById, CourseSchema, OneOfKinds
from lms.catalog.yaml_positions import Keys
from lms.media.storyboard import SCENE_SCHEMAS, SceneField, StoryboardSchema

Shape = Schema | fields.Field | None
"""What a value must look like; None where nothing is known of it."""

COURSE, STORYBOARD = CourseSchema(), StoryboardSchema()
SCENES: dict[str, Schema] = {kind: schema() for kind, schema in SCENE_SCHEMAS.items()}


def schema_of(shape: Shape, value: Any) -> Schema | None:
    """The schema that the mapping `value` follows, or None when it is not a known mapping."""
    if isinstance(shape, Schema):
        return shape
    if isinstance(shape, OneOfKinds):
        return shape.schema_for(value)
    if isinstance(shape, SceneField):
        kind = value.get("kind") if isinstance(value, Mapping) else None
        return SCENES.get(kind) if isinstance(kind, str) else None
    if isinstance(shape, fields.Nested):
        nested = shape.schema
        return nested if isinstance(nested, Schema) else None
    return None


def inner(shape: Shape, value: Any, key: str | int) -> Shape:
    """The shape of `value[key]`."""
    if isinstance(shape, ById):
        return shape.inner
    if isinstance(shape, fields.List):
        return shape.inner
    schema = schema_of(shape, value)
    return schema.fields.get(str(key)) if schema else None


def known_keys(shape: Shape, value: Any) -> tuple[str, ...] | None:
    """The keys that may stand in `value`, or None when any may."""
    schema = schema_of(shape, value)
    return tuple(schema.fields) if schema else None


def at(shape: Shape, value: Any, keys: Keys) -> tuple[Shape, Any]:
    """The shape and the value at `keys`; (None, None) when nothing stands there."""
    for key in keys:
        shape = inner(shape, value, key)
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return shape, None
    return shape, value


def is_words(shape: Shape) -> bool:
    """Whether this is text that people read, hence translated."""
    return isinstance(shape, fields.Field) and bool(shape.metadata.get("words"))


def words_in(shape: Shape, value: Any, keys: Keys = ()) -> Iterator[Keys]:
    """Where the words of `value` are, in the order they were written. Tolerates any document."""
    if is_words(shape):
        if isinstance(value, str):
            yield keys
        return
    pairs: Any = ()
    if isinstance(value, Mapping):
        pairs = value.items()
    elif isinstance(value, list | tuple):
        pairs = enumerate(value)
    for key, content in pairs:
        yield from words_in(inner(shape, value, key), content, (*keys, key))
