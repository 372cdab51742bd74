"""What a film costs, as ratios: `python -m tests.benchmarks.films`.

A film of thirty seconds is drawn with and without holds; its contact is then changed; then it is joined again
from kept segments. CPU seconds of this process are compared, encoder threads included, so that a neighbour on
the machine weighs little. The floor of drawing is the encoder alone, fed with frames already drawn.
"""

import resource
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av

from lms.media import encode
from lms.media.drawings import prepare, segment_key
from lms.media.encode import Canvas
from lms.media.film import Film
from lms.media.render import draw_missing, render
from lms.media.stage import FPS
from tests.factories.films import make_film

KINDS = ("opening", "place", "message", "figure", "dialogue", "closing")


def cpu(act: Callable[[], object]) -> float:
    """CPU seconds of this process, all threads, spent in `act`."""
    begin = resource.getrusage(resource.RUSAGE_SELF)
    act()
    end = resource.getrusage(resource.RUSAGE_SELF)
    return end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime


def keys_of(film: Film) -> list[str]:
    """The segment of each scene."""
    return [segment_key(film, number) for number in range(len(film.scenes))]


def encoder_alone(film: Film, folder: Path) -> float:
    """CPU seconds to encode the frames of `film` when drawing them costs nothing."""
    spent = 0.0
    for drawing in prepare(film, list(range(len(film.scenes)))).values():
        canvas, frames = Canvas(), []
        last_state = None
        for number in range(drawing.frames):
            state = drawing.time.go_to(number / FPS)
            if state != last_state:
                drawing.paint(canvas.stage)
                picture, last_state = canvas.to_yuv(), state
            frames.append(picture)
        spent += cpu(lambda frames=frames: encode_frames(frames, folder / "floor.mp4"))
    return spent


def encode_frames(frames: list[av.VideoFrame], path: Path) -> None:
    """The same encoder, the same settings, nothing else."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = encode.add_stream(container)
        for number, frame in enumerate(frames):
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def measure(folder: Path) -> list[tuple[str, ...]]:
    """The rows of the table."""
    film = make_film(*KINDS)
    draw_missing(film, keys_of(film), made(folder / "warm"))  # fonts read, libraries loaded
    whole = cpu(lambda: draw_missing(film, keys_of(film), made(folder / "cache")))
    bare = cpu(lambda: draw_missing(film, keys_of(film), made(folder / "bare"), holds=False))
    floor = encoder_alone(film, folder)
    changed = make_film(*KINDS, contact={"phone": "01 99 00 77 77"})
    again = cpu(lambda: draw_missing(changed, keys_of(changed), folder / "cache"))
    old = set(keys_of(film))
    frames = sum(
        round(scene.seconds * FPS)
        for key, scene in zip(keys_of(changed), changed.scenes, strict=True)
        if key not in old
    )
    ready = {"folder": folder / "film", "segments": folder / "cache", "on_progress": lambda _: None}
    render(film, **ready)
    joining = min(cpu(lambda: render(film, **ready)) for _ in range(3))
    size = (folder / "film" / "video.mp4").stat().st_size / 1e6 * 30 / film.seconds
    share = frames / (film.seconds * FPS)
    return [
        ("measure", "goal", "floor", "ours", "ratio"),
        ("video s per CPU s, holds", "≥ 2.5", *speeds(film, floor, whole)),
        ("video s per CPU s, no holds", "≥ 1.3", *speeds(film, floor, bare)),
        ("frames redrawn, contact", "≤ 0.15", f"{film.seconds * FPS:.0f}", f"{frames}", f"{share:.3f}"),
        ("CPU of that", "≤ 0.15", f"{whole:.2f} s", f"{again:.2f} s", f"{again / whole:.3f}"),
        ("joining kept segments", "≤ 0.01", f"{whole:.2f} s", f"{joining:.3f} s", f"{joining / whole:.4f}"),
        ("MB for 30 s", "< 3.0", "", f"{size:.2f}", f"{size / 3:.2f}"),
    ]  # fmt: skip


def speeds(film: Film, floor: float, spent: float) -> tuple[str, str, str]:
    """Seconds of video for a CPU second: the encoder alone, ours, ours over the encoder alone."""
    return f"{film.seconds / floor:.2f}", f"{film.seconds / spent:.2f}", f"{floor / spent:.2f}"


def made(folder: Path) -> Path:
    """`folder`, which now exists."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main() -> None:
    """Print the table of ratios."""
    with tempfile.TemporaryDirectory() as folder:
        for row in measure(Path(folder)):
            print("".join(f"{cell:<32}" if place == 0 else f"{cell:>12}" for place, cell in enumerate(row)))


if __name__ == "__main__":
    main()
