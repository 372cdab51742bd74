"""A film → a folder: `video.mp4`, `captions.vtt`, `transcript.json`, `poster.webp`, `scenes/<id>.webp`.

Run in a child of its own, started afresh (`python -m lms.media.render`): Typst deadlocks a child forked
after its first compile, and a bad picture must not take the server down. Scenes already drawn come from
`segments`; whatever is being written has a temporary name until it is whole, so a killed run leaves nothing
that looks finished.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lms.media.drawing import Drawing
from lms.media.drawings import prepare, segment_key
from lms.media.encode import Canvas, encode_scene, save_still
from lms.media.film import Film
from lms.media.join import join
from lms.media.sound import find_or_make_bed

_STALE_SECONDS = 3600
"""A temporary file older than this was left by a run that was killed."""
_NICE = 10
"""Drawing a film gives way to serving pages."""


def render(film: Film, *, folder: Path, segments: Path, on_progress: Callable[[float], None]) -> None:
    """Make everything that shows `film` in `folder`; `on_progress` hears 0 to 1.

    `segments` keeps the encoded scenes of all films, by what shows in them.
    """
    segments.mkdir(parents=True, exist_ok=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(segments, folder)
    keys = [segment_key(film, number) for number in range(len(film.scenes))]
    draw_missing(film, keys, segments, on_progress)
    partial = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    try:
        _assemble(film, keys, segments, partial)
        if folder.exists():
            shutil.rmtree(folder)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    on_progress(1.0)


def draw_missing(
    film: Film,
    keys: list[str],
    segments: Path,
    on_progress: Callable[[float], None] = lambda _: None,
    *,
    holds: bool = True,
) -> int:
    """Draw the scenes whose segment is not kept yet; return the number of frames encoded."""
    missing: dict[str, int] = {}
    for number, key in enumerate(keys):
        if not segment_path(segments, key).exists():
            missing.setdefault(key, number)
    if not missing:
        return 0
    drawings = prepare(film, list(missing.values()))
    total, done, canvas = sum(drawing.frames for drawing in drawings.values()), 0, Canvas()

    def count() -> None:
        nonlocal done
        done += 1
        if done % 5 == 0:
            on_progress(0.98 * done / total)

    for key, number in missing.items():
        _draw(drawings[number], key, segments, canvas, count, holds)
    return total


def segment_path(segments: Path, key: str) -> Path:
    """Where the encoded scene of that key is kept."""
    return segments / f"{key}.mp4"


def _draw(
    drawing: Drawing, key: str, segments: Path, canvas: Canvas, count: Callable[[], None], holds: bool
) -> None:
    """The still first, then the segment: a segment that exists always has its still."""
    path = segment_path(segments, key)
    still, partial = path.with_suffix(".webp"), path.with_name(f".{key}.{os.getpid()}.part")
    try:
        save_still(drawing, partial, canvas=canvas)
        partial.replace(still)
        encode_scene(drawing, partial, canvas=canvas, holds=holds, on_frame=count)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _assemble(film: Film, keys: list[str], segments: Path, folder: Path) -> None:
    (folder / "scenes").mkdir(parents=True)
    sound = find_or_make_bed(film.starts(), film.seconds, segments)
    join([segment_path(segments, key) for key in keys], sound, folder / "video.mp4")
    (folder / "captions.vtt").write_text(film.captions_vtt(), "utf-8")
    transcript = [{"scene": scene, "text": text} for scene, text in film.transcript()]
    (folder / "transcript.json").write_text(json.dumps(transcript, ensure_ascii=False), "utf-8")
    for scene, key in zip(film.scenes, keys, strict=True):
        shutil.copyfile(segments / f"{key}.webp", folder / "scenes" / f"{scene.id}.webp")
    shutil.copyfile(segments / f"{keys[0]}.webp", folder / "poster.webp")


def _sweep(segments: Path, folder: Path) -> None:
    """Remove what killed runs left: this film's own leftovers, and old ones of any film."""
    for left in folder.parent.glob(f"{folder.name}.*.part"):
        shutil.rmtree(left, ignore_errors=True)
    for left in segments.glob(".*.part"):
        try:
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink()
        except FileNotFoundError:
            continue


def _say(**message: Any) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Read `{film, folder, segments}` on the standard input; print `{"progress": 0…1}` a line at a time."""
    # Leave by the `finally` clauses when asked to stop, so that temporary files go.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.nice(_NICE)
    order = json.load(sys.stdin)
    try:
        render(
            Film.from_document(order["film"]),
            folder=Path(order["folder"]),
            segments=Path(order["segments"]),
            on_progress=lambda share: _say(progress=round(share, 4)),
        )
    except Exception as fault:
        _say(error=f"{type(fault).__name__}: {fault}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
