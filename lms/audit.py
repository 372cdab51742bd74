"""The trail of acts that matter: who did what to what, and when. Rows are added, never changed."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.clock import now
from lms.db import Base, UTCDateTime, session


class AuditEntry(Base):
    """One act. No personal data beyond the name of who acted, and never a secret."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime(), index=True)
    actor: Mapped[str] = mapped_column(sa.String(120))
    """Who: an account's e-mail, or `command` for the person at the server's keyboard."""
    action: Mapped[str] = mapped_column(sa.String(60))
    """Dotted verb, e.g. `establishments.import`."""
    subject: Mapped[str] = mapped_column(sa.String(200))
    """What was acted upon, readable: a name, a file."""
    establishment_id: Mapped[int | None] = mapped_column(sa.Integer, index=True)
    """Whose administrators may read it. Not a foreign key: the trail outlives what it speaks of."""
    details: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


def record(
    action: str, *, actor: str, subject: str, establishment_id: int | None = None, **details: Any
) -> None:
    """Add one act to the trail, in the same transaction as the act."""
    session.add(
        AuditEntry(
            at=now(),
            actor=actor,
            action=action,
            subject=subject,
            establishment_id=establishment_id,
            details=details,
        )
    )
