"""When things move in a scene, and therefore when nothing does.

A drawing never sees the time: it only sees the values of the cues it declared. Two frames for which every
cue has the same value are the same picture, so the second one need not be drawn. That is the whole of
"holds", and it cannot be wrong as long as drawings keep no other state.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from lms.media import easing

LEAVING = 0.45
"""Seconds a scene takes to empty itself before the next one wipes it."""


class Cue:
    """One movement: progress 0 before `start`, 1 after `start + length`."""

    def __init__(self, start: float, length: float, ease: Callable[[float], float]) -> None:
        self.start, self.length, self.ease = start, length, ease
        self.value = ease(0.0)

    def progress(self, at: float) -> float:
        """How far the movement has gone at second `at`, 0 to 1."""
        return min(1.0, max(0.0, (at - self.start) / self.length))

    def go_to(self, at: float) -> float:
        """Set and give `value` for second `at`.

        Rounded to a thousandth, about a pixel for what travels across the picture: the end of an ease, where
        nothing visibly moves any more, is then a hold.
        """
        self.value = round(self.ease(self.progress(at)), 3)
        return self.value


class Beat(Cue):
    """A movement that comes back every `period` seconds, and rests in between."""

    def __init__(
        self, start: float, length: float, ease: Callable[[float], float], period: float, times: int
    ) -> None:
        super().__init__(start, length, ease)
        self.period, self.times = period, times

    def progress(self, at: float) -> float:
        turn = min(self.times - 1, max(0, math.floor((at - self.start) / self.period)))
        done = (at - self.start - turn * self.period) / self.length
        return 1.0 if turn > 0 and done <= 0 else min(1.0, max(0.0, done))


class Drift(Cue):
    """A slow movement over the whole scene, moved `rate` times a second: half the frames are free."""

    def __init__(self, seconds: float, rate: float) -> None:
        super().__init__(0.0, seconds, easing.linear)
        self.rate = rate

    def progress(self, at: float) -> float:
        return super().progress(math.floor(at * self.rate + 1e-6) / self.rate)


class Timeline:
    """The cues of one scene of `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._cues: list[Cue] = []

    def cue(self, start: float, length: float, ease: Callable[[float], float] = easing.out) -> Cue:
        """Something that happens once."""
        return self._add(Cue(start, length, ease))

    def leave(self, order: int = 0) -> Cue:
        """Something that goes away at the end; a larger `order` goes a little later."""
        start = self.seconds - LEAVING - 0.05 + min(order, 3) * 0.03
        return self._add(Cue(start, LEAVING - 0.1, easing.in_out))

    def beat(
        self,
        start: float,
        length: float,
        *,
        period: float,
        times: int = 100,
        ease: Callable[[float], float] = easing.linear,
    ) -> Cue:
        """Something that comes back."""
        return self._add(Beat(start, length, ease, period, times))

    def drift(self, rate: float = 12.5) -> Cue:
        """Something that never stops."""
        return self._add(Drift(self.seconds, rate))

    def go_to(self, at: float) -> tuple[float, ...]:
        """Set every cue for second `at`. Equal return values mean equal pictures."""
        return tuple(cue.go_to(at) for cue in self._cues)

    def _add(self, cue: Cue) -> Cue:
        self._cues.append(cue)
        return cue
