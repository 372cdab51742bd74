"""The one table of the catalogue: paths as they were played. Courses themselves are files."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, UTCDateTime


class PlayedPath(Base):
    """A path somebody began. Never changed: a changed course or contact makes another path.

    There is one row per content, not per attempt: a site that plays three courses in two languages and
    changes a phone number once leaves twelve.
    """

    __tablename__ = "played_path"

    hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    """`Path.hash`, SHA-256 in hexadecimal."""
    course: Mapped[str] = mapped_column(sa.String(80))
    """Slug of the course, so that paths of a withdrawn course can still be found."""
    version: Mapped[str] = mapped_column(sa.String(20))
    """Version its author gave it."""
    language: Mapped[str] = mapped_column(sa.String(5))
    """`fr` or `en`."""
    document: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """`Path.to_document()`: every word, right answer and local contact as they were."""
    kept_at: Mapped[datetime] = mapped_column(UTCDateTime)
    """When it was first played."""
