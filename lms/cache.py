"""Things made once and kept: a small least-recently-used map per process.

Only values that are a pure function of their key are kept, so there is nothing to invalidate:
a changed course or contact has another content hash, hence another key.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class ContentCache(Generic[Key, Value]):
    """At most `size` values by content key; the least recently used leaves first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def get_or_make(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of `key`, made outside the lock if missing (two threads may both make it)."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._size:
                self._values.popitem(last=False)
        return value

    def clear(self) -> None:
        """Forget everything (tests that change files under a course's name)."""
        with self._lock:
            self._values.clear()
