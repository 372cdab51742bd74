"""From a film to its files: one MP4 made of kept segments, captions, pictures; nothing half-done."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy
import pytest
from PIL import Image

from lms.media.drawings import prepare
from lms.media.encode import Canvas, encode_scene
from lms.media.film import Film
from lms.media.join import SegmentsDiffer, join
from lms.media.render import render
from lms.media.sound import LEVEL, bed, find_or_make_bed
from tests.factories.films import make_film

SHORT = {"seconds": 1.6}


def short_film(**changes: object) -> Film:
    """Three scenes, five seconds: enough for a wipe, a cut and a contact."""
    return make_film("hook", "figure", "closing", **SHORT, **changes)


@pytest.fixture(scope="module")
def segments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("segments")


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory, segments: Path) -> Iterator[tuple[Path, list[float]]]:
    """The folder of the short film, and the progress that was heard."""
    folder, heard = tmp_path_factory.mktemp("films") / "film", []
    render(short_film(), folder=folder, segments=segments, on_progress=heard.append)
    return folder, heard


def boxes(path: Path) -> list[str]:
    """Names of the top-level boxes of an MP4 (ISO/IEC 14496-12 §4.2)."""
    data, names, at = path.read_bytes(), [], 0
    while at < len(data):
        names.append(data[at + 4 : at + 8].decode("latin-1"))
        at += int.from_bytes(data[at : at + 4], "big")
    return names


def test_the_video_is_h264_and_aac_at_720p_and_25_frames(rendered: tuple[Path, list[float]]) -> None:
    with av.open(str(rendered[0] / "video.mp4")) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, video.codec_context.profile) == ("h264", "High")
        assert (video.width, video.height, video.average_rate) == (1280, 720, 25)
        assert video.codec_context.pix_fmt == "yuv420p"
        assert (audio.codec_context.name, audio.rate) == ("aac", 48_000)
        assert abs(container.duration / av.time_base - 4.8) < 0.1


def test_the_video_can_start_before_it_is_all_there(rendered: tuple[Path, list[float]]) -> None:
    names = boxes(rendered[0] / "video.mp4")
    assert names.index("moov") < names.index("mdat")


def test_every_frame_decodes_and_follows_the_one_before(rendered: tuple[Path, list[float]]) -> None:
    with av.open(str(rendered[0] / "video.mp4")) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert len(times) == 120
    assert numpy.allclose(numpy.diff(times), 0.04)


def test_each_scene_starts_on_a_key_frame(rendered: tuple[Path, list[float]]) -> None:
    with av.open(str(rendered[0] / "video.mp4")) as container:
        keys = [
            float(packet.pts * packet.time_base) for packet in container.demux(video=0) if packet.is_keyframe
        ]
    assert keys == pytest.approx([0, 1.6, 3.2])


def test_captions_transcript_and_pictures_come_with_it(rendered: tuple[Path, list[float]]) -> None:
    folder = rendered[0]
    assert (folder / "captions.vtt").read_text("utf-8") == short_film().captions_vtt()
    assert [line["scene"] for line in json.loads((folder / "transcript.json").read_text("utf-8"))] == [
        "hurry", "how-often", "contact",
    ]  # fmt: skip
    for name in ("poster.webp", "scenes/hurry.webp", "scenes/how-often.webp", "scenes/contact.webp"):
        with Image.open(folder / name) as picture:
            assert (picture.format, picture.size) == ("WEBP", (960, 540))
        assert (folder / name).stat().st_size < 60_000


def test_progress_grows_to_one(rendered: tuple[Path, list[float]]) -> None:
    heard = rendered[1]
    assert heard == sorted(heard)
    assert heard[0] < 0.2
    assert heard[-1] == 1.0


def test_the_same_film_drawn_again_elsewhere_has_the_same_bytes(
    rendered: tuple[Path, list[float]], tmp_path: Path
) -> None:
    film = make_film("hook", **SHORT)
    for name in ("one", "two"):
        render(film, folder=tmp_path / name, segments=tmp_path / f"{name}-cache", on_progress=lambda _: None)
    for name in ("video.mp4", "poster.webp", "captions.vtt"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_another_contact_draws_one_scene_again(
    rendered: tuple[Path, list[float]], segments: Path, tmp_path: Path
) -> None:
    before = {path.name for path in segments.glob("*.mp4")}
    changed = short_film(contact={"phone": "01 99 00 77 77"})
    render(changed, folder=tmp_path / "film", segments=segments, on_progress=lambda _: None)
    assert len({path.name for path in segments.glob("*.mp4")} - before) == 1


def test_a_film_already_there_is_replaced_whole(
    segments: Path, rendered: tuple[Path, list[float]], tmp_path: Path
) -> None:
    folder = tmp_path / "film"
    (folder / "scenes").mkdir(parents=True)
    (folder / "scenes" / "old.webp").write_bytes(b"old")
    render(short_film(), folder=folder, segments=segments, on_progress=lambda _: None)
    assert not (folder / "scenes" / "old.webp").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["film"]


def test_segments_encoded_otherwise_are_not_joined(
    rendered: tuple[Path, list[float]], segments: Path, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.mp4"
    with av.open(str(odd), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
        container.mux(stream.encode(av.VideoFrame(640, 360, "yuv420p")))
        container.mux(stream.encode(None))
    good = next(path for path in segments.glob("*.mp4"))
    sound = find_or_make_bed((0.0,), 1.6, tmp_path)
    with pytest.raises(SegmentsDiffer):
        join([good, odd], sound, tmp_path / "film.mp4")


def test_holds_save_drawing_and_change_no_picture(tmp_path: Path) -> None:
    canvas, film = Canvas(), make_film("figure", seconds=2.6)
    drawn = {}
    for holds in (True, False):
        drawing = prepare(film, [0])[0]
        drawn[holds] = encode_scene(drawing, tmp_path / f"{holds}.mp4", canvas=canvas, holds=holds)
    assert drawn[True] < drawn[False] == 65
    assert (tmp_path / "True.mp4").read_bytes() == (tmp_path / "False.mp4").read_bytes()


def test_the_bed_is_quiet_and_never_clips() -> None:
    samples = bed((0.0, 2.0, 4.0), 6.0)
    assert float(numpy.sqrt(numpy.mean(samples**2))) == pytest.approx(LEVEL, rel=0.01)
    assert float(numpy.abs(samples).max()) < 0.5
    assert abs(float(samples[0])) < 0.001
    assert abs(float(samples[-1])) < 0.001


def start_child(film: Film, folder: Path, segments: Path) -> subprocess.Popen[str]:
    """`python -m lms.media.render`, with its order given."""
    child = subprocess.Popen(
        [sys.executable, "-m", "lms.media.render"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    order = {"film": film.to_document(), "folder": str(folder), "segments": str(segments)}
    child.stdin.write(json.dumps(order))
    child.stdin.close()
    return child


def test_the_child_says_where_it_is_and_finishes(
    rendered: tuple[Path, list[float]], segments: Path, tmp_path: Path
) -> None:
    child = start_child(short_film(), tmp_path / "film", segments)
    said = [json.loads(line) for line in child.stdout]
    assert child.wait(30) == 0
    child.stdout.close()
    assert said[-1] == {"progress": 1.0}
    assert (tmp_path / "film" / "video.mp4").exists()


def test_the_child_says_what_went_wrong(segments: Path, tmp_path: Path) -> None:
    film = make_film("hook", **SHORT)
    film.scenes[0].fields["icon"] = "unicorn"
    child = start_child(film, tmp_path / "film", segments)
    said = [json.loads(line) for line in child.stdout]
    assert child.wait(30) == 1
    child.stdout.close()
    assert "unicorn" in said[-1]["error"]
    assert not (tmp_path / "film").exists()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_child_leaves_nothing_that_looks_finished(end: signal.Signals, tmp_path: Path) -> None:
    film = make_film("gestures", seconds=12.0)
    child = start_child(film, tmp_path / "film", tmp_path / "segments")
    child.stdout.readline()
    os.kill(child.pid, end)
    assert child.wait(10) != 0
    child.stdout.close()
    assert not (tmp_path / "film").exists()
    assert list((tmp_path / "segments").glob("*.mp4")) == []
    if end is signal.SIGTERM:
        assert list((tmp_path / "segments").glob(".*")) == []


def test_old_leftovers_of_killed_runs_are_swept(
    rendered: tuple[Path, list[float]], segments: Path, tmp_path: Path
) -> None:
    old, fresh = segments / ".old.1.part", segments / ".fresh.2.part"
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    (tmp_path / "film.123.part").mkdir()
    render(short_film(), folder=tmp_path / "film", segments=segments, on_progress=lambda _: None)
    assert not old.exists()
    assert fresh.exists()
    assert not (tmp_path / "film.123.part").exists()
