"""From the bytes of a CSV file to named cells, each with its line and column.

Files come out of spreadsheets: comma, semicolon or tab, UTF-8 with or without its mark, or Windows-1252; a
first line `sep=;`; trailing empty columns. Whatever cannot be read is told with its place, never guessed.
"""

import csv
import difflib
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from lms.i18n import gettext as _

MAX_BYTES = 10_000_000
MAX_RECORDS = 20_000
MAX_CELL = 2_000

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Soft hyphens, zero-width spaces and direction marks that come with a copy and paste."""
_ERROR_CELL = re.compile(r"#(REF|N/A|NOM|NAME|VALEUR|VALUE|DIV/0|NUL|NULL|NOMBRE|NUM)[!?]?\Z", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong, or doubtful, at one place. Lines and columns count from 1; column 0 is the line."""

    file: str
    line: int
    column_number: int
    column: str
    message: str
    expected: str = ""


@dataclass(frozen=True)
class Record:
    """One line of the file that says something."""

    line: int
    cells: Mapping[str, str]
    """Text of each column of the file, spaces folded; empty when the cell is."""


@dataclass
class Table:
    """A file once read. With faults in its header there are no records."""

    file: str
    columns: tuple[str, ...] = ()
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def sorted_faults(self) -> list[Fault]:
        """In reading order, the first of each cell: a broken cell is also no phone number, and so what."""
        first = {(fault.line, fault.column_number, fault.column): fault for fault in reversed(self.faults)}
        return sorted(first.values())

    def add_fault(self, line: int, column: str, message: str, expected: str = "") -> None:
        """Say what is wrong in one cell of a line."""
        number = self.columns.index(column) + 1 if column in self.columns else 0
        self.faults.append(Fault(self.file, line, number, column, message, expected))


def read_table(content: bytes, *, file: str, known: Collection[str], required: Collection[str]) -> Table:
    """Read a whole file; `known` columns are understood, `required` ones must be there."""
    table = Table(file)
    refusal = unreadable(content)
    if refusal:
        table.add_fault(1, "", refusal, _("un fichier CSV, séparé par des points-virgules ou des virgules"))
        return table
    text = decode(content)
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        line = text.count("\n", 0, forbidden.start()) + 1
        table.add_fault(line, "", _("La ligne contient un caractère invisible."), _("du texte seulement"))
        return table
    try:
        _fill(table, text, known=known, required=required)
    except csv.Error:
        table.add_fault(
            table.records[-1].line + 1 if table.records else 1, "",
            _("Un guillemet ouvert n’est pas refermé, ou l’est au mauvais endroit."),
            _("des guillemets droits par deux autour d’une cellule"),
        )  # fmt: skip
    return table


def unreadable(content: bytes) -> str:
    """Why the file is no CSV, in a sentence; empty when it may be one."""
    if len(content) > MAX_BYTES:
        return _("Le fichier dépasse 10 Mo.")
    if not content.strip():
        return _("Le fichier est vide.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _("Ceci est un classeur, pas un CSV : choisissez « Enregistrer sous », « CSV UTF-8 ».")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _("Le fichier est en « Texte Unicode » : choisissez « Enregistrer sous », « CSV UTF-8 ».")
    return ""


def decode(content: bytes) -> str:
    """UTF-8 when it is, otherwise Windows-1252; its five unused bytes become the replacement sign."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _fill(table: Table, text: str, *, known: Collection[str], required: Collection[str]) -> None:
    """Read header and records into the table. Raises csv.Error on broken quotes."""
    rows = numbered_rows(text)
    first = next(rows, None)
    if first is None:
        table.add_fault(1, "", _("Le fichier est vide."), _("une ligne de titres"))
        return
    line, titles = first
    table.columns = tuple(re.sub(r"\s+", "_", title.strip().lower()) for title in titles)
    check_header(table, line, known=known, required=required)
    if table.faults:
        return
    for line, row in rows:
        cells = [" ".join(_INVISIBLE.sub("", cell).split()) for cell in row]
        if not any(cells):
            continue
        if len(table.records) == MAX_RECORDS:
            table.add_fault(line, "", _("Le fichier a plus de %(count)s lignes.", count=MAX_RECORDS))
            return
        check_cells(table, line, cells)
        padded = cells + [""] * (len(table.columns) - len(cells))
        named = zip(table.columns, padded, strict=False)
        table.records.append(Record(line, {name: cell for name, cell in named if name}))
    if not table.records:
        table.add_fault(line, "", _("Le fichier n’a que sa ligne de titres."), _("une ligne par objet"))


def numbered_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it starts on. Raises csv.Error."""
    spreadsheet_hint = re.match(r"sep=.[ \t]*(\r\n|\n|\r)", text, re.IGNORECASE)
    skipped = 1 if spreadsheet_hint else 0
    body = text[spreadsheet_hint.end() :] if spreadsheet_hint else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=guess_delimiter(body), strict=True)
    start = skipped + 1
    for row in reader:
        yield start, row
        start = skipped + reader.line_num + 1


def guess_delimiter(text: str) -> str:
    """The separator seen most often in the first line, semicolon when in doubt."""
    counts = Counter(character for character in text.split("\n", 1)[0] if character in ";,\t")
    return max(";,\t", key=lambda character: counts[character])


def check_header(table: Table, line: int, *, known: Collection[str], required: Collection[str]) -> None:
    """Say which titles are unknown, written twice or missing."""
    for number, name in enumerate(table.columns, start=1):
        if name and name not in known:
            close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            expected = _("« %(name)s »", name=close[0]) if close else _("un titre du modèle")
            message = _("Le titre « %(name)s » est inconnu.", name=name[:60])
            table.faults.append(Fault(table.file, line, number, name[:60], message, expected))
        elif name and name in table.columns[: number - 1]:
            message = _("Le titre « %(name)s » est écrit deux fois.", name=name)
            table.faults.append(Fault(table.file, line, number, name, message, _("chaque titre une fois")))
    for name in required:
        if name not in table.columns:
            message = _("La colonne « %(name)s » manque.", name=name)
            table.faults.append(Fault(table.file, line, 0, name, message, _("une ligne de titres complète")))


def check_cells(table: Table, line: int, cells: list[str]) -> None:
    """Say which cells no column could accept: without title, too long, broken in the spreadsheet."""
    for number, cell in enumerate(cells, start=1):
        name = table.columns[number - 1] if number <= len(table.columns) else ""
        message = ""
        if cell and not name:
            message = _("Cette cellule est remplie, mais sa colonne n’a pas de titre.")
        elif len(cell) > MAX_CELL:
            message = _("Ce texte est trop long.")
        elif _ERROR_CELL.match(cell):
            message = _("Le tableur a écrit l’erreur « %(cell)s ».", cell=cell)
        elif "\ufffd" in cell:
            message = _("Un caractère est illisible : enregistrez le fichier en « CSV UTF-8 ».")
        if message:
            table.faults.append(Fault(table.file, line, number, name, message))
