"""One drawing → one H.264 segment: closed GOPs, the same parameter sets every time, so that segments join.

Skia draws straight into the memory of a reused frame; one conversion context turns it into YUV. A frame that
equals the one before is neither drawn nor converted: it is handed to the encoder again.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy
import skia
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from PIL import Image

from lms.media.drawing import Drawing
from lms.media.stage import FPS, HEIGHT, WIDTH, Stage

GOP_SECONDS = 4
"""A key frame at least this often: how far a seek has to decode."""
STILL_SIZE = (960, 540)
_QUALITY = {"crf": "21", "preset": "veryfast", "profile": "high", "level": "4.0"}
_X264 = "open-gop=0:scenecut=0:repeat-headers=0:bframes=0:weightp=0:rc-lookahead=5:subme=1:me=dia"
"""The first three make segments that join. The others save two fifths of the encoder's time for a fifth more
bytes: flat drawings give a finer search nothing to find."""
_BT709 = 1


class Canvas:
    """A Skia surface whose pixels are those of a video frame."""

    def __init__(self) -> None:
        self._rgba = av.VideoFrame(WIDTH, HEIGHT, "rgba")
        stride = self._rgba.planes[0].line_size
        self.pixels = numpy.frombuffer(memoryview(self._rgba.planes[0]), numpy.uint8).reshape(
            HEIGHT, stride // 4, 4
        )
        info = skia.ImageInfo.Make(WIDTH, HEIGHT, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        self._surface = skia.Surface.MakeRasterDirect(info, self.pixels, stride)
        self._converter = VideoReformatter()
        self.stage = Stage(self._surface.getCanvas())

    def to_yuv(self) -> av.VideoFrame:
        """What is drawn now, ready for the encoder."""
        return self._converter.reformat(
            self._rgba,
            WIDTH,
            HEIGHT,
            "yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.FAST_BILINEAR,
        )

    def save_still(self, path: Path) -> None:
        """What is drawn now, as a small WebP picture."""
        picture = Image.fromarray(self.pixels[:, :WIDTH, :3])
        picture.resize(STILL_SIZE, Image.Resampling.BICUBIC).save(path, "WEBP", quality=82, method=3)


def encode_scene(
    drawing: Drawing,
    path: Path,
    *,
    canvas: Canvas,
    holds: bool = True,
    on_frame: Callable[[], None] = lambda: None,
) -> int:
    """Write the segment of `drawing` at `path`; return how many of its frames had to be drawn."""
    drawn, last_state, picture = 0, None, None
    with av.open(str(path), "w", format="mp4") as container:
        stream = add_stream(container)
        for number in range(drawing.frames):
            state = drawing.time.go_to(number / FPS)
            if picture is None or state != last_state or not holds:
                drawing.paint(canvas.stage)
                picture = canvas.to_yuv()
                drawn, last_state = drawn + 1, state
            picture.pts, picture.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(picture))
            on_frame()
        container.mux(stream.encode(None))
    return drawn


def save_still(drawing: Drawing, path: Path, *, canvas: Canvas) -> None:
    """The frame of `drawing` that represents it, as WebP."""
    drawing.time.go_to(round(drawing.seconds * drawing.still_at * FPS) / FPS)
    drawing.paint(canvas.stage)
    canvas.save_still(path)


def add_stream(container: av.container.OutputContainer) -> av.VideoStream:
    """The video stream of every segment: the same parameters, or they would not join."""
    stream = container.add_stream("libx264", rate=FPS)
    stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    stream.options = {**_QUALITY, "x264-params": _X264}
    context = stream.codec_context
    context.gop_size = FPS * GOP_SECONDS
    context.color_range = context.colorspace = context.color_primaries = context.color_trc = _BT709
    context.thread_count = 2
    context.time_base = Fraction(1, FPS)
    return stream
