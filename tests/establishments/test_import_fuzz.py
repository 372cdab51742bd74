"""Whatever the file holds, the import works or says clearly why not; and a refusal leaves nothing behind."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.db import session
from lms.establishments import queries
from lms.establishments.columns import ESTABLISHMENT_COLUMNS, UNIT_COLUMNS
from lms.establishments.commands import sentence
from lms.establishments.models import Establishment
from lms.establishments.services import ImportRefused, import_establishments

pytestmark = pytest.mark.usefixtures("db_session")

often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

LIKELY = st.sampled_from(
    [
        "", "-", "site", "group", "region", "national", "A", "B", "C", "009900010", "2A9900016", "7,5E+08",
        "BRUME2", "oui", "non", "#14295E", "0199001234", "4242", "a@b.example", "switch_off", "fr en",
        "2026-01-31", "85", "#REF!", "=1+1", "\u202e", "\u00a0",
    ]
)  # fmt: skip
CELLS = LIKELY | st.text(max_size=12)
TITLES = st.sampled_from([*ESTABLISHMENT_COLUMNS, *UNIT_COLUMNS, "", "nom"])


def survives(content: bytes, units: bytes | None = None) -> None:
    """Import inside a savepoint that is undone; only a refusal with places may come out."""
    with TemporaryDirectory() as folder:
        file, units_file = Path(folder) / "a.csv", Path(folder) / "u.csv"
        file.write_bytes(content)
        if units is not None:
            units_file.write_bytes(units)
        try:
            import_establishments(file=file, units_file=units_file if units else None, actor="fuzz")
            session.flush()
            for establishment in queries.list_establishments():
                assert queries.get_profile(establishment).fingerprint
        except ImportRefused as refusal:
            check_told(refusal)
            assert session.scalar(sa.select(sa.func.count()).select_from(Establishment)) == 0
        finally:
            session.rollback()


def check_told(refusal: ImportRefused) -> None:
    """A refusal says at least one thing, each with its place."""
    assert refusal.faults
    for fault in refusal.faults:
        assert fault.line >= 1
        assert "ligne" in sentence(fault)


def csv_of(header: list[str], rows: list[list[str]]) -> bytes:
    """A file of these cells, quoted the way it should be."""
    lines = [header, *rows]
    quoted = (";".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    return "\n".join(quoted).encode("utf-8", errors="replace")


@often
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    survives(content)


@often
@given(st.binary(max_size=200))
def test_any_bytes_below_a_good_header(content: bytes) -> None:
    survives(b"level;name;parent;finess\n" + content, b"site;unit;headcount\n" + content)


@often
@given(st.lists(TITLES, min_size=1, max_size=6), st.lists(st.lists(CELLS, max_size=7), max_size=6))
def test_any_columns_and_cells(header: list[str], rows: list[list[str]]) -> None:
    survives(csv_of(header, rows), csv_of(header, rows))


TREES = st.lists(
    st.tuples(
        st.sampled_from(["national", "region", "group", "site"]),
        st.sampled_from("ABCDEFGH"),
        st.sampled_from(["", *"ABCDEFGH"]),
        st.sampled_from(["", "", "009900010", "009900028"]),
        st.sampled_from(["", "4242", "-"]),
    ).map(list),
    min_size=1,
    max_size=8,
)
HEADER = ["level", "name", "parent", "finess", "it_support.phone"]


@often
@given(TREES)
def test_any_tree_is_imported_whole_and_again_without_change_or_refused(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.csv"
        file.write_bytes(csv_of(HEADER, rows))
        try:
            report = import_establishments(file=file, actor="fuzz")
            assert report.establishments["created"] == len(rows)
            again = import_establishments(file=file, actor="fuzz")
            assert again.establishments["unchanged"] == len(rows)
            for establishment in queries.list_establishments():
                nodes = [queries.get_establishment(node) for node in establishment.lineage]
                depths = [node.level.depth for node in nodes]
                assert depths == sorted(set(depths))
                assert [node.parent_id for node in nodes] == [None, *establishment.lineage[:-1]]
        except ImportRefused as refusal:
            check_told(refusal)
        finally:
            session.rollback()
