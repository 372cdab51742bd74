"""A drawing process: one JSON order on its standard input, one JSON line a step on its standard output."""

import contextlib
import json
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from typing import IO, Any, Self, cast

GRACE_SECONDS = 5
"""From asking to killing: the child removes its temporary files in a moment."""


class Child:
    """A running child. Leaving the `with` block leaves nothing running.

    It has a session of its own, so that Ctrl+C reaches us alone and the film is given back, not failed. If we
    are killed, it dies of the closed pipe at its next word.
    """

    def __init__(self, command: Sequence[str], order: Mapping[str, Any]) -> None:
        self.progress = 0.0
        """Share done, as last said by the child."""
        self._error = ""
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
            start_new_session=True,
        )
        self._said = cast(IO[str], self._process.stdout)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        # A child that dies before reading says why by its exit.
        with contextlib.suppress(OSError), cast(IO[str], self._process.stdin) as opened:
            json.dump(order, opened)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._listener.join()
        self._said.close()
        self._log.close()

    def _listen(self) -> None:
        """Hear progress and errors; a line that is not JSON is some library's chatter."""
        for line in self._said:
            try:
                said = json.loads(line)
                self.progress = float(said.get("progress", self.progress))
                self._error = str(said.get("error", self._error))
            except (ValueError, AttributeError):
                continue

    def is_running(self) -> bool:
        return self._process.poll() is None

    def wait(self, seconds: float) -> None:
        """Wait for its end, at most so long."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def stop(self) -> None:
        """End it: asked first, killed if it does not listen. Nothing happens if it has ended."""
        if self.is_running():
            self._process.terminate()
            self.wait(GRACE_SECONDS)
        if self.is_running():
            self._process.kill()
        self._process.wait()

    def succeeded(self) -> bool:
        return self._process.returncode == 0

    def last_words(self) -> str:
        """Why it ended, for the log: what it said, its exit code, the end of its standard error."""
        self._listener.join()
        self._log.seek(0)
        tail = self._log.read()[-2000:].decode("utf-8", "replace").strip()
        return f"exit {self._process.returncode}; {self._error or 'no error said'}\n{tail}".strip()
