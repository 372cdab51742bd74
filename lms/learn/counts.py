"""Adding to the day's counts, in the transaction of what is counted (design D5)."""

from datetime import date
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from lms.db import Base, session
from lms.learn.models import Attempt, DailyCount

daily_count = Base.metadata.tables[DailyCount.__tablename__]
COUNTED = ("attempts", "completions", "passes", "seconds")
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def count(attempt: Attempt, *, version: str, day: date, **added: int) -> None:
    """Add `attempts`, `completions`, `passes` or `seconds` to the row of the attempt's day, or make it."""
    connection = session.connection()
    insert = INSERT[connection.dialect.name](daily_count)
    values = {name: added.get(name, 0) for name in COUNTED} | {
        "establishment_id": attempt.establishment_id,
        "unit_id": attempt.unit_id or 0,
        "shift": attempt.shift.value if attempt.shift else "",
        "course": attempt.course,
        "version": version,
        "day": day,
    }
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=list(daily_count.primary_key),
            set_={name: daily_count.c[name] + insert.excluded[name] for name in COUNTED},
        ),
        values,
    )
