"""A quiet bed under the film: slow chords, and a soft pluck where the scene changes.

Generated, so that nobody's rights are at stake; about −26 dBFS RMS, so that it never covers a screen reader
or a colleague. Films of the same rhythm share one file.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy

from lms.media.film import content_hash

RATE = 48_000
LEVEL = 10 ** (-26 / 20)
"""Root mean square of the whole bed, full scale = 1."""
_VERSION = "1"
_BIT_RATE = 64_000
_FRAME = 1024
_CHORDS = (
    (220.00, 261.63, 329.63),
    (174.61, 220.00, 261.63),
    (261.63, 329.63, 392.00),
    (196.00, 246.94, 293.66),
)
_CHORD_SECONDS, _OVERLAP = 4.0, 1.4
_PLUCK = ((659.26, 0.085), (987.77, 0.045), (1318.51, 0.016))


def find_or_make_bed(starts: Sequence[float], seconds: float, folder: Path) -> Path:
    """The AAC file for scenes starting at `starts`, made once."""
    path = folder / f"bed-{content_hash([_VERSION, list(starts), seconds])[:32]}.m4a"
    if not path.exists():
        partial = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            _encode(bed(starts, seconds), partial)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    return path


def bed(starts: Sequence[float], seconds: float) -> numpy.ndarray:
    """Mono samples, −1 to 1."""
    length = int(seconds * RATE)
    samples = numpy.zeros(length, numpy.float32)
    for number in range(int(seconds / _CHORD_SECONDS) + 1):
        _add_chord(samples, int(number * _CHORD_SECONDS * RATE), _CHORDS[number % len(_CHORDS)])
    for start in starts:
        _add_pluck(samples, int((start + 0.1) * RATE))
    at = numpy.arange(length, dtype=numpy.float32) / RATE
    samples *= numpy.clip(at / 0.6, 0, 1) * numpy.clip((seconds - at) / 1.5, 0, 1)
    loudness = float(numpy.sqrt(numpy.mean(samples**2))) if length else 0.0
    return samples * (LEVEL / loudness) if loudness else samples


def _add_chord(samples: numpy.ndarray, begin: int, notes: Sequence[float]) -> None:
    part = samples[begin : begin + int((_CHORD_SECONDS + _OVERLAP) * RATE)]
    at = numpy.arange(len(part), dtype=numpy.float32) / RATE
    envelope = numpy.clip(at / _OVERLAP, 0, 1) * numpy.clip((_CHORD_SECONDS + _OVERLAP - at) / _OVERLAP, 0, 1)
    for voice, note in enumerate(notes):
        turn = numpy.float32(2 * numpy.pi * note) * at
        tone = numpy.sin(turn) + 0.3 * numpy.sin(2.003 * turn + voice) + 0.25 * numpy.sin(0.5 * turn)
        breath = 1 + 0.15 * numpy.sin(numpy.float32(2 * numpy.pi * 0.23) * at + voice)
        part += tone * envelope * breath * 0.05


def _add_pluck(samples: numpy.ndarray, begin: int) -> None:
    part = samples[begin : begin + int(1.6 * RATE)]
    at = numpy.arange(len(part), dtype=numpy.float32) / RATE
    attack = numpy.clip(at / 0.006, 0, 1)
    for note, gain in _PLUCK:
        part += numpy.sin(numpy.float32(2 * numpy.pi * note) * at) * numpy.exp(-3.4 * at) * attack * gain


def _encode(samples: numpy.ndarray, path: Path) -> None:
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=RATE, layout="mono")
        stream.bit_rate = _BIT_RATE
        for begin in range(0, len(samples), _FRAME):
            block = samples[begin : begin + _FRAME]
            block = numpy.pad(block, (0, _FRAME - len(block)))[None, :]
            frame = av.AudioFrame.from_ndarray(block.astype(numpy.float32), format="fltp", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, begin, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
