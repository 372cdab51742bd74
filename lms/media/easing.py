"""Curves of movement: each takes the progress of a movement (0–1) and gives where the thing is (0–1)."""

from __future__ import annotations


def linear(x: float) -> float:
    return x


def out(x: float) -> float:
    """Fast, then settles."""
    return 1 - (1 - x) ** 3


def out_long(x: float) -> float:
    """Very fast, then settles for a long time: headlines."""
    return 1 - (1 - x) ** 5


def in_out(x: float) -> float:
    """Leaves gently, arrives gently."""
    return 4 * x**3 if x < 0.5 else 1 - (2 - 2 * x) ** 3 / 2


def overshoot(x: float) -> float:
    """Arrives, goes past by about a tenth, comes back: once, for things that pop."""
    y = x - 1
    return 1 + 2.5 * y**3 + 1.5 * y**2


def there_and_back(x: float) -> float:
    """0 → 1 → 0: a nod, a blink."""
    return in_out(2 * x) if x < 0.5 else in_out(2 - 2 * x)
