"""What this slice announces; it does not know who listens."""

from blinker import Signal

attempt_completed = Signal("the last item of an attempt was answered; sent in the same transaction")
"""Sent with `attempt_id: int` and `result: lms.learn.scoring.Result`."""
