"""The import: an establishment is recognised, only what the file speaks of changes, twice is once."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from lms.audit import AuditEntry
from lms.db import session
from lms.establishments import queries
from lms.establishments.models import Branding, Establishment, EstablishmentContact, LocalRule, Unit
from lms.establishments.services import FileUnreadable, ImportReport, import_establishments
from tests.factories.establishments import a_file

pytestmark = pytest.mark.usefixtures("db_session")

TREE = (
    "level;name;parent;finess;site_code;it_support.phone;power_off;primary",
    "site;Site A;Groupe;009900010;BRUME2;0199001234;switch_off;#14295E",
    "group;Groupe;Région;;;4040;;",
    "région;Région;;;;;;",
    "site;Site B;Région;;;-;;",
)


def imported(folder: Path, *lines: str, **given: object) -> ImportReport:
    return import_establishments(file=a_file(folder, *lines), actor="test", **given)


def named(name: str) -> Establishment:
    return session.scalars(sa.select(Establishment).where(Establishment.name == name)).one()


def test_a_tree_is_imported_whatever_the_order_of_its_lines(tmp_path: Path) -> None:
    report = imported(tmp_path, *TREE)
    assert report.establishments == Counter(created=4)
    region, group, site = named("Région"), named("Groupe"), named("Site A")
    assert site.lineage == (region.id, group.id, site.id)
    assert dict(report.new_sites)["BRUME2"] == "Site A"
    assert len(named("Site B").site_code or "") == 6
    assert group.site_code is None


def test_what_was_imported_is_what_holds(tmp_path: Path) -> None:
    imported(tmp_path, *TREE)
    profile = queries.get_profile(queries.get_site("BRUME2"))
    assert profile.contacts["it_support"].phone == "01 99 00 12 34"
    assert profile.rules["power_off"] == "switch_off"
    assert profile.palette.primary == "#14295E"


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    imported(tmp_path, *TREE)
    before = queries.get_profile(named("Site B"))
    again = imported(tmp_path, *TREE)
    assert again.establishments == Counter(unchanged=4)
    assert again.new_sites == []
    assert queries.get_profile(named("Site B")) == before


def test_only_a_change_enters_the_audit_trail(tmp_path: Path) -> None:
    imported(tmp_path, *TREE)
    imported(tmp_path, *TREE)
    (entry,) = session.scalars(sa.select(AuditEntry))
    assert (entry.action, entry.actor) == ("establishments.import", "test")
    assert entry.subject == "etablissements.csv"
    assert entry.details["establishments"] == {"created": 4}


def test_a_finess_survives_a_new_name(tmp_path: Path) -> None:
    imported(tmp_path, *TREE)
    report = imported(tmp_path, "level;name;finess", "site;Nouveau nom;00 990 001 0")
    assert report.establishments == Counter(updated=1)
    renamed = named("Nouveau nom")
    assert renamed.site_code == "BRUME2"
    assert renamed.parent_id == named("Groupe").id


def test_without_a_finess_an_establishment_is_its_level_name_and_parent(tmp_path: Path) -> None:
    imported(tmp_path, *TREE)
    report = imported(tmp_path, "level;name;parent;city", "site;SITE  b;région;Brumeval")
    assert report.establishments == Counter(updated=1)
    other = imported(tmp_path, "level;name;parent", "site;Site B;Groupe")
    assert other.establishments == Counter(created=1)


def test_a_finess_given_later_is_added_to_what_is_known(tmp_path: Path) -> None:
    imported(tmp_path, *TREE)
    imported(tmp_path, "level;name;parent;finess", "site;Site B;Région;009900028")
    assert named("Site B").finess == "009900028"


def test_another_parent_moves_the_whole_branch(tmp_path: Path) -> None:
    imported(tmp_path, *TREE)
    report = imported(tmp_path, "level;name;parent", "region;Autre;", "group;Groupe;")
    assert report.establishments == Counter(created=2)
    report = imported(tmp_path, "level;name;parent;finess", "site;Site A;Autre;009900010")
    assert report.establishments == Counter(updated=1)
    assert named("Site A").lineage == (named("Autre").id, named("Site A").id)


def test_an_absent_column_changes_nothing_and_an_empty_cell_inherits_again(tmp_path: Path) -> None:
    imported(tmp_path, *TREE)
    imported(tmp_path, "level;name;finess", "site;Site A;009900010")
    assert queries.get_profile(named("Site A")).contacts["it_support"].phone == "01 99 00 12 34"
    imported(tmp_path, "level;name;finess;it_support.phone;power_off;primary", "site;Site A;009900010;;;")
    profile = queries.get_profile(named("Site A"))
    assert profile.contacts["it_support"].phone == "4040"
    assert profile.rules["power_off"] == "stay_on"
    for table in (Branding, LocalRule):
        assert session.scalars(sa.select(table)).all() == []


def test_a_hyphen_means_nobody(tmp_path: Path) -> None:
    imported(tmp_path, *TREE, "site;Site C;Groupe;;;-;;")
    assert not queries.get_profile(named("Site C")).contacts["it_support"]
    assert session.scalar(sa.select(sa.func.count()).select_from(EstablishmentContact)) == 4


def test_units_are_added_and_their_headcounts_updated(tmp_path: Path) -> None:
    tree = a_file(tmp_path, *TREE)
    head = "site,unit,headcount,headcount_date"
    units = a_file(tmp_path, head, 'Site A,Urgences,"1 200",31/01/2026', "BRUME2,Bloc,,", name="units.csv")
    report = import_establishments(file=tree, units_file=units, actor="test")
    assert report.units == Counter(created=2)
    units = a_file(tmp_path, head, "009900010,URGENCES,90,2026-06-30", "BRUME2,Bloc,,", name="units.csv")
    report = import_establishments(file=tree, units_file=units, actor="test")
    assert report.units == Counter(updated=1, unchanged=1)
    (unit,) = session.scalars(sa.select(Unit).where(Unit.headcount.is_not(None)))
    assert (unit.headcount, unit.headcount_date) == (90, date(2026, 6, 30))


@pytest.mark.parametrize(
    "content",
    [
        "level;name;city\nsite;Hôpital;Évry\n".encode(),
        "level;name;city\nsite;Hôpital;Évry\n".encode("utf-8-sig"),
        "level;name;city\r\nsite;Hôpital;Évry\r\n".encode("cp1252"),
        "level,name,city\rsite,Hôpital,Évry\r".encode("cp1252"),
        "sep=,\r\nLevel,NAME,City,\r\nsite,Hôpital,Évry,\r\n,,,\r\n".encode(),
        'level\tname\tcity\n"site"\t"Hôpital"\tÉvry\u200b\n'.encode(),
    ],
    ids=["utf-8", "mark", "windows", "old-mac", "hint", "tabs"],
)
def test_files_are_read_as_spreadsheets_write_them(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "etablissements.csv"
    file.write_bytes(content)
    import_establishments(file=file, actor="test")
    assert (named("Hôpital").city) == "Évry"


def test_a_logo_beside_the_file_is_kept_clean(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/><path d="M0 0h9"/></svg>'
    )
    imported(tmp_path, "level;name;logo", "site;S;logo.svg")
    logo = queries.get_profile(named("S")).logo
    assert logo
    assert "script" not in (logo.svg or "script")
    assert imported(tmp_path, "level;name;logo", "site;S;logo.svg").establishments == Counter(unchanged=1)


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    imported(tmp_path, *TREE, on_progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_file_that_does_not_open_is_an_error_a_person_can_read(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable) as refusal:
        import_establishments(file=tmp_path / "absent.csv", actor="test")
    assert "absent.csv" in str(refusal.value.message)
