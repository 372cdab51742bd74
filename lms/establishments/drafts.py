"""From the records of the two files to drafts: every cell understood, or told with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lms.errors import AppError
from lms.establishments.cells import CellRefused
from lms.establishments.columns import ESTABLISHMENT_COLUMNS, IDENTITY, Column
from lms.establishments.csv_file import Record, Table
from lms.establishments.logos import MAX_PNG_BYTES, read_logo
from lms.i18n import gettext as _

IDENTITY_COLUMNS = frozenset(column.name for column in IDENTITY)


@dataclass(eq=False)
class Draft:
    """One line of the establishments file."""

    line: int
    values: dict[str, Any]
    """Value by column of the file; None for an empty cell. A column the file lacks says nothing."""
    broken: set[str] = field(default_factory=set)
    """Columns whose cell was refused."""

    @property
    def is_placeable(self) -> bool:
        """Whether enough was understood to look for its place in the tree."""
        return not self.broken & {"level", "name", "parent", "finess", "site_code"}


@dataclass(eq=False)
class UnitDraft:
    """One line of the units file."""

    line: int
    values: dict[str, Any]
    broken: set[str] = field(default_factory=set)


def read_cells(
    table: Table, record: Record, *, columns: Mapping[str, Column], required: frozenset[str]
) -> tuple[dict[str, Any], set[str]]:
    """The values of a record and the columns that were refused, each refusal told in the table."""
    values: dict[str, Any] = {}
    broken = set()
    for name, typed in record.cells.items():
        column = columns[name]
        try:
            if not typed and name in required:
                raise CellRefused(_("Cette cellule est vide."))
            values[name] = column.parse(typed) if typed else None
        except CellRefused as refusal:
            broken.add(name)
            table.add_fault(record.line, name, str(refusal), str(column.expected))
    return values, broken


def read_draft(table: Table, record: Record, *, folder: Path) -> Draft:
    """One establishment; its logo is read from `folder`, where the CSV is."""
    values, broken = read_cells(
        table, record, columns=ESTABLISHMENT_COLUMNS, required=frozenset(("level", "name"))
    )
    if values.get("logo"):
        try:
            values["logo"] = read_logo(logo_bytes(values["logo"], folder=folder))
        except CellRefused as refusal:
            table.add_fault(record.line, "logo", str(refusal), str(ESTABLISHMENT_COLUMNS["logo"].expected))
        except AppError as refusal:
            table.add_fault(record.line, "logo", str(refusal.message), str(refusal.advice))
    return Draft(record.line, values, broken)


def logo_bytes(name: str, *, folder: Path) -> bytes:
    """The content of a file named by a cell. Raises CellRefused, also for whatever is outside the folder."""
    try:
        file = (folder / name).resolve()
        if "\\" in name or not file.is_relative_to(folder.resolve()):
            raise CellRefused(_("« %(name)s » n’est pas rangé à côté du CSV.", name=name[:60]))
        with file.open("rb") as opened:
            return opened.read(MAX_PNG_BYTES + 1)
    except (OSError, RuntimeError):
        message = _("Le fichier « %(name)s » est introuvable ou illisible.", name=name[:60])
        raise CellRefused(message) from None
