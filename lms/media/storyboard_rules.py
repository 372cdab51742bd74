"""Rules of a storyboard that do not depend on the kind of scene; each fault says what to write instead."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import ValidationError

from lms.forms import Words
from lms.media.icons import has_icon

GROUNDS = ("deep", "paper", "accent")
PLACES = ("nurses-station", "corridor", "office", "ward-room")
SHORTEST, LONGEST = 1.5, 12.0
"""Seconds. Below, nobody has read it; above, nobody is still looking."""
CHARS_PER_SECOND = 20
"""Captions faster than this are not read by everybody (usual ceiling of subtitling for adults)."""

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def check_pace(caption: str, seconds: float) -> None:
    """Raise ValidationError when `caption` is too long to be read in a scene of `seconds`."""
    length = len(" ".join(caption.split()))
    if length > CHARS_PER_SECOND * seconds:
        room = int(CHARS_PER_SECOND * seconds)
        raise ValidationError(
            f"The caption has {length} characters; in {seconds:g} seconds people read {room}. "
            "Shorten it or give the scene more seconds.",
            field_name="caption",
        )


def check_kebab(value: str) -> None:
    if not _KEBAB.match(value):
        raise ValidationError(
            f"“{value}” must be lower-case words joined by hyphens, for example “fake-sender”."
        )


def check_icon(value: str) -> None:
    if not has_icon(value):
        raise ValidationError(f"There is no icon “{value}”; names are those of phosphoricons.com.")


def check_lines(value: str) -> None:
    if len(value.strip().splitlines()) > 2:
        raise ValidationError("A title has one or two lines.")


def check_place(value: str) -> None:
    if value not in PLACES:
        raise ValidationError(f"No place is called “{value}”; choose one of {', '.join(PLACES)}.")


class Title(Words):
    """Big words on one or two lines; the author breaks them with a new line."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        check_lines(text)
        return text
