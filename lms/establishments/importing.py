"""From the files to a plan: everything is read, understood and placed before anything is written.

The plan holds every fault of both files, so that one reading mends them all. Doubtful values are warnings:
they are told and kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lms.establishments import cells, finess
from lms.establishments.columns import ESTABLISHMENT_COLUMNS, UNIT_COLUMNS
from lms.establishments.csv_file import MAX_BYTES, Fault, Table, read_table
from lms.establishments.drafts import Draft, UnitDraft, read_cells, read_draft
from lms.establishments.inherit import DEFAULTS, Level
from lms.establishments.placing import Node, Tree, place_all, warnings_of
from lms.i18n import gettext as _
from lms.media.colours import TEXT_ON_DEEP, WHITE, contrast, palette


@dataclass(frozen=True)
class Plan:
    """What an import would do. With faults it does nothing at all."""

    nodes: list[Node]
    """Parents before their children; each has its draft."""
    units: list[tuple[Node, UnitDraft]]
    faults: list[Fault]
    warnings: list[Fault]


def make_plan(*, file: Path, units_file: Path | None, recorded: Iterable[Node]) -> Plan:
    """Read one or both files against what is `recorded`. Raises OSError when a file cannot be opened."""
    tree = Tree(recorded)
    table = read_table(head(file), file=file.name, known=ESTABLISHMENT_COLUMNS, required=("level", "name"))
    drafts = [read_draft(table, record, folder=file.parent) for record in table.records]
    nodes = place_all(table, drafts, tree)
    warnings = [*key_warnings(table, drafts), *colour_warnings(table, drafts), *warnings_of(table, tree)]
    faults, units = table.sorted_faults(), []
    if units_file is not None:
        units_table = read_table(
            head(units_file), file=units_file.name, known=UNIT_COLUMNS, required=("site", "unit")
        )
        units = place_units(units_table, tree, is_tree_whole=not faults)
        faults += units_table.sorted_faults()
    return Plan(nodes, units, faults, sorted(warnings))


def head(file: Path) -> bytes:
    """The content of a file, no further than one byte too much."""
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def key_warnings(table: Table, drafts: Iterable[Draft]) -> list[Fault]:
    """FINESS numbers whose key is wrong: a typing mistake, or a number from a sandbox."""
    warnings = []
    for draft in drafts:
        number = draft.values.get("finess")
        if number and not finess.has_valid_key(number):
            message = _("La clé du FINESS %(number)s est fausse : vérifiez-le.", number=number)
            warnings.append(warning(table, draft.line, "finess", message))
    return warnings


def colour_warnings(table: Table, drafts: Iterable[Draft]) -> list[Fault]:
    """Main colours too light to carry white text, and what is shown instead."""
    warnings = []
    for draft in drafts:
        primary = draft.values.get("primary")
        if primary and contrast(primary, WHITE) < TEXT_ON_DEEP:
            deep = palette(primary, draft.values.get("accent") or DEFAULTS["accent"]).deep
            message = _("%(primary)s est trop clair sous du texte blanc : les fonds seront en %(deep)s.",
                        primary=primary, deep=deep)  # fmt: skip
            warnings.append(warning(table, draft.line, "primary", message))
    return warnings


def warning(table: Table, line: int, column: str, message: str) -> Fault:
    """Something doubtful in one cell."""
    return Fault(table.file, line, table.columns.index(column) + 1, column, message)


def place_units(table: Table, tree: Tree, *, is_tree_whole: bool) -> list[tuple[Node, UnitDraft]]:
    """Each unit with its site; faults go to the table.

    When the establishments file has faults, an unknown site is not blamed on the units file.
    """
    placed = []
    lines: dict[tuple[int, str], int] = {}
    for record in table.records:
        values, broken = read_cells(table, record, columns=UNIT_COLUMNS, required=frozenset(("site", "unit")))
        draft = UnitDraft(record.line, values, broken)
        check_headcount(table, draft)
        site = site_of(table, draft, tree, is_tree_whole=is_tree_whole) if "site" not in broken else None
        if site is None or "unit" in broken:
            continue
        first = lines.setdefault((id(site), cells.plain(values["unit"])), record.line)
        if first != record.line:
            message = _("C’est le même service qu’à la ligne %(line)s.", line=first)
            table.add_fault(record.line, "unit", message, _("une ligne par service"))
        placed.append((site, draft))
    return placed


def site_of(table: Table, draft: UnitDraft, tree: Tree, *, is_tree_whole: bool) -> Node | None:
    """The site a unit belongs to, or None with a fault."""
    words = draft.values["site"]
    sites = [node for node in tree.find(words) if node.level is Level.SITE]
    if len(sites) == 1:
        return sites[0]
    if sites:
        message = _("Plusieurs sites s’appellent « %(name)s ».", name=words)
    elif is_tree_whole or not tree.is_doubtful(words):
        message = _("« %(name)s » n’est pas un site connu.", name=words)
    else:
        return None
    table.add_fault(draft.line, "site", message, str(UNIT_COLUMNS["site"].expected))
    return None


def check_headcount(table: Table, draft: UnitDraft) -> None:
    """A head-count has a date, and a date a head-count: a rate is shown with both."""
    if draft.broken & {"headcount", "headcount_date"}:
        return
    headcount, day = draft.values.get("headcount"), draft.values.get("headcount_date")
    if headcount is not None and day is None:
        message = _("L’effectif n’a pas de date.")
        table.add_fault(draft.line, "headcount_date", message, str(UNIT_COLUMNS["headcount_date"].expected))
    if day is not None and headcount is None:
        message = _("Cette date n’a pas d’effectif.")
        table.add_fault(draft.line, "headcount", message, str(UNIT_COLUMNS["headcount"].expected))
