"""What this slice announces; it does not know who listens."""

from blinker import Signal

attempt_completed = Signal("the last item of an attempt was answered; sent in the same transaction")
"""The sender is the `Attempt`; `result` is a `lms.learn.scoring.Result`."""
