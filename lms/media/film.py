"""A film as it will be shown: words resolved, placeholders filled, one language, one establishment.

Pure data, and the text tracks that follow from it. `Film.hash` names the finished film everywhere: the same
film asked twice is made once. Nothing here draws; see `render.py`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lms.media.colours import Palette

ENGINE_VERSION = "3"
"""Changed whenever the same film would be drawn differently: every cached film and segment is then redone."""

_CUE_CHARS = 84
"""Two lines of 42 characters: what a caption shows at once (usual practice of television subtitling)."""
_MARGIN = 0.2
"""Seconds of each scene left without caption at both ends, where the picture changes."""


@dataclass(frozen=True)
class Look:
    """What a film borrows from the establishment that shows it."""

    palette: Palette
    establishment: str
    short_name: str
    logo_svg: str | None = None
    """A sanitised SVG document. Wins over `logo_png`."""
    logo_png: bytes | None = None

    def to_document(self) -> dict[str, Any]:
        """The same as a JSON object; the PNG in base64."""
        png = base64.b64encode(self.logo_png).decode("ascii") if self.logo_png else None
        return {
            "palette": self.palette.to_document(),
            "establishment": self.establishment,
            "short_name": self.short_name,
            "logo_svg": self.logo_svg,
            "logo_png": png,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Look:
        png = document.get("logo_png")
        return cls(
            palette=Palette(**document["palette"]),
            establishment=document["establishment"],
            short_name=document["short_name"],
            logo_svg=document.get("logo_svg"),
            logo_png=base64.b64decode(png) if png else None,
        )


@dataclass(frozen=True)
class Scene:
    """One scene: what is drawn (`fields`, JSON-able, by kind: see `storyboard.py`) and what is said."""

    id: str
    kind: str
    seconds: float
    ground: str
    """`deep`, `paper` or `accent`."""
    captions: tuple[str, ...]
    fields: Mapping[str, Any]

    @classmethod
    def from_storyboard(cls, data: Mapping[str, Any]) -> Scene:
        """From a scene that a storyboard schema loaded and whose words are resolved."""
        apart = {"id", "kind", "seconds", "ground", "caption", "when"}
        lines = (line.strip() for line in data["caption"].splitlines())
        return cls(
            id=data["id"],
            kind=data["kind"],
            seconds=float(data["seconds"]),
            ground=data["ground"],
            captions=tuple(line for line in lines if line),
            fields={key: value for key, value in data.items() if key not in apart},
        )

    def to_document(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "seconds": self.seconds,
            "ground": self.ground,
            "captions": list(self.captions),
            "fields": dict(self.fields),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Scene:
        return cls(**{**document, "captions": tuple(document["captions"])})


@dataclass(frozen=True)
class Film:
    """An ordered run of scenes in one language under one look."""

    language: str
    title: str
    look: Look
    scenes: tuple[Scene, ...]

    @cached_property
    def hash(self) -> str:
        """SHA-256 (hex) of everything that shows or is heard, and of the engine that draws it."""
        return content_hash([ENGINE_VERSION, self.to_document()])

    @property
    def seconds(self) -> float:
        return sum(scene.seconds for scene in self.scenes)

    def starts(self) -> tuple[float, ...]:
        """Second at which each scene starts."""
        starts, at = [], 0.0
        for scene in self.scenes:
            starts.append(round(at, 3))
            at += scene.seconds
        return tuple(starts)

    def transcript(self) -> tuple[tuple[str, str], ...]:
        """(scene id, what is said in it), in order: the reading mode."""
        return tuple((scene.id, " ".join(scene.captions)) for scene in self.scenes)

    def captions_vtt(self) -> str:
        """The captions as WebVTT. Each line stays up in proportion to its length."""
        cues = [
            f"{_timestamp(begin)} --> {_timestamp(end)}\n{_vtt_text(text)}\n"
            for begin, end, text in self.cues()
        ]
        return "\n".join(["WEBVTT\n", *cues])

    def cues(self) -> Iterator[tuple[float, float, str]]:
        """(begin, end, text) of each caption."""
        for start, scene in zip(self.starts(), self.scenes, strict=True):
            texts = [part for line in scene.captions for part in _cue_texts(line)]
            weights = [max(len(text), 16) for text in texts]
            at, room = start + _MARGIN, scene.seconds - 2 * _MARGIN
            for text, weight in zip(texts, weights, strict=True):
                end = at + room * weight / sum(weights)
                yield at, end - 0.04, text
                at = end

    def to_document(self) -> dict[str, Any]:
        """The same as a JSON object: what the database keeps and what the rendering child reads."""
        return {
            "language": self.language,
            "title": self.title,
            "look": self.look.to_document(),
            "scenes": [scene.to_document() for scene in self.scenes],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Film:
        return cls(
            language=document["language"],
            title=document["title"],
            look=Look.from_document(document["look"]),
            scenes=tuple(Scene.from_document(scene) for scene in document["scenes"]),
        )


def content_hash(content: Any) -> str:
    """SHA-256 (hex) of canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _cue_texts(line: str) -> list[str]:
    """A long line cut into pieces of about the same length, after punctuation where there is some."""
    if len(line) <= _CUE_CHARS:
        return [line]
    middle = len(line) // 2
    spaces = [at for at, char in enumerate(line) if char == " "]
    if not spaces:
        return [line]
    cut = min(spaces, key=lambda at: abs(at - middle) - (20 if line[at - 1] in ".,;:!?…" else 0))
    return _cue_texts(line[:cut]) + _cue_texts(line[cut + 1 :])


def _timestamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _vtt_text(text: str) -> str:
    """WebVTT §4.1: the cue payload escapes the characters that open a tag; ">" also keeps "-->" out."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
