"""Segments and sound → one MP4, by copying packets: nothing is encoded again.

Copying works because every segment was encoded with the same parameter sets (SPS and PPS, the `extradata` of
the stream): the file has room for one set only, and a segment with another would decode to green blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from heapq import merge
from pathlib import Path

import av

from lms.media.stage import FPS


class SegmentsDiffer(RuntimeError):
    """Two segments were not encoded alike; joining them would give a broken film."""


def join(segments: Sequence[Path], sound: Path, path: Path) -> None:
    """Write `path`: the segments one after the other over `sound`, ready to be streamed (moov first)."""
    with (
        av.open(str(segments[0])) as first,
        av.open(str(sound)) as audio,
        av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as out,
    ):
        video_out = out.add_stream_from_template(first.streams.video[0])
        audio_out = out.add_stream_from_template(audio.streams.audio[0])
        pictures = _video_packets(segments, bytes(first.streams.video[0].codec_context.extradata or b""))
        sounds = (packet for packet in audio.demux(audio.streams.audio[0]) if packet.dts is not None)
        tracks = (((_seconds(p), 0, p) for p in pictures), ((_seconds(p), 1, p) for p in sounds))
        for _, track, packet in merge(*tracks, key=lambda item: item[:2]):
            packet.stream = (video_out, audio_out)[track]
            out.mux(packet)


def _video_packets(segments: Sequence[Path], extradata: bytes) -> Iterator[av.Packet]:
    """The packets of all segments, each moved to where its scene starts."""
    frames = 0
    for segment in segments:
        with av.open(str(segment)) as container:
            stream = container.streams.video[0]
            if bytes(stream.codec_context.extradata or b"") != extradata:
                raise SegmentsDiffer(f"{segment.name} has other SPS/PPS than the first segment")
            offset = int(Fraction(frames, FPS) / (stream.time_base or Fraction(1)))
            for packet in container.demux(stream):
                if packet.dts is None or packet.pts is None:
                    continue
                packet.pts += offset
                packet.dts += offset
                frames += 1
                yield packet


def _seconds(packet: av.Packet) -> float:
    return float((packet.dts or 0) * packet.time_base)
