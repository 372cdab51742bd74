"""What people type, checked by marshmallow; what they typed is kept when it is wrong."""

from collections.abc import Mapping
from typing import Any

from flask import request
from marshmallow import Schema, ValidationError, fields, validate


class Words(fields.String):
    """Text a person reads: it is translated, adapted locally, typeset and may hold placeholders.

    `max_chars` counts characters as authored, placeholders included.
    """

    def __init__(self, *, max_chars: int | None = None, **kwargs: Any) -> None:
        rules = [validate.Length(min=1, max=max_chars)]
        super().__init__(validate=rules, metadata={"words": True, "max_chars": max_chars}, **kwargs)


class Form:
    """A schema and the request that fills it.

    >>> form = Form(CodeSchema())
    >>> if form.is_submitted_and_valid(): ... form.data["code"]
    """

    def __init__(self, schema: Schema, current: Mapping[str, Any] | None = None) -> None:
        self.values: dict[str, Any] = dict(current or {})
        """What to show in the fields: the current values, or what was just typed."""
        self.errors: dict[str, list[str]] = {}
        self.data: dict[str, Any] = {}
        self._schema = schema

    def is_submitted_and_valid(self) -> bool:
        """Read the request once; on errors the typed values stay in `values`."""
        if request.method != "POST":
            return False
        lists = {name for name, field in self._schema.fields.items() if isinstance(field, fields.List)}
        typed = {
            name: request.form.getlist(name) if name in lists else request.form[name]
            for name in self._schema.fields
            if name in request.form
        }
        self.values |= typed
        try:
            self.data = self._schema.load(typed)
        except ValidationError as fault:
            self.errors = fault.normalized_messages()
            return False
        return True
