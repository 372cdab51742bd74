"""What is refused, word for word: the place, what is wrong, what was expected; and nothing half-imported."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from lms.db import session
from lms.establishments.commands import sentence
from lms.establishments.csv_file import Fault
from lms.establishments.models import Establishment
from lms.establishments.services import ImportRefused, import_establishments
from tests.factories.establishments import a_file

pytestmark = pytest.mark.usefixtures("db_session")


def plain(fault: Fault) -> str:
    """A fault in words with the spaces of a keyboard; tests/test_translations.py watches the French ones."""
    return sentence(fault).replace("\u202f", " ").replace("\u00a0", " ")


def refusals(file: Path, units_file: Path | None = None) -> list[str]:
    """The sentences of a refused import, after checking that nothing was recorded."""
    before = session.scalar(sa.select(sa.func.count()).select_from(Establishment))
    with pytest.raises(ImportRefused) as refusal:
        import_establishments(file=file, units_file=units_file, actor="test")
    assert session.scalar(sa.select(sa.func.count()).select_from(Establishment)) == before
    return [plain(fault).removeprefix(f"{fault.file}, ") for fault in refusal.value.faults]


def test_every_fault_is_told_at_once_in_reading_order(tmp_path: Path) -> None:
    file = a_file(
        tmp_path,
        "level;name;parent;finess;asks_unit;primary;it_support.phone;it_support.email;power_off",
        "site;Bon;;009900010;oui;#12303F;0199001234;a@b.example;stay_on",
        "clinique;Faux;;7,50712E+08;peut-être;bleu;199001234;a@b;éteindre",
        ";;;10990001;;;appelez;;",
        "site;Perdu;Nulle part;12345;;;;;",
    )
    assert refusals(file) == [
        "ligne 3, colonne 1 « level » : « clinique » n’est pas un niveau. "
        "Attendu : national, region, group ou site.",
        "ligne 3, colonne 4 « finess » : Le tableur a remplacé le numéro par « 7,50712E+08 » : des chiffres "
        "sont perdus. Mettez la colonne au format Texte, puis retapez le numéro. "
        "Attendu : neuf caractères, par exemple 009900036 (cellule au format Texte).",
        "ligne 3, colonne 5 « asks_unit » : « peut-être » n’est ni oui ni non. Attendu : oui ou non.",
        "ligne 3, colonne 6 « primary » : « bleu » n’est pas une couleur. "
        "Attendu : une couleur, par exemple #12303F.",
        "ligne 3, colonne 7 « it_support.phone » : Il manque le zéro du début, sans doute retiré par le "
        "tableur : « 01 99 00 12 34 » ? "
        "Attendu : un numéro à dix chiffres, un numéro interne, ou « - » pour aucun.",
        "ligne 3, colonne 8 « it_support.email » : « a@b » n’est pas une adresse e-mail. "
        "Attendu : une adresse e-mail, ou « - » pour aucune.",
        "ligne 3, colonne 9 « power_off » : « éteindre » n’est pas une consigne connue. "
        "Attendu : stay_on (laisser allumé) ou switch_off (éteindre).",
        "ligne 4, colonne 1 « level » : Cette cellule est vide. Attendu : national, region, group ou site.",
        "ligne 4, colonne 2 « name » : Cette cellule est vide. Attendu : 160 caractères au plus.",
        "ligne 4, colonne 4 « finess » : Il manque un chiffre : le tableur a sans doute retiré le zéro du "
        "début. Mettez la colonne au format Texte et écrivez « 010990001 ». "
        "Attendu : neuf caractères, par exemple 009900036 (cellule au format Texte).",
        "ligne 4, colonne 7 « it_support.phone » : « appelez » n’est pas un numéro de téléphone. "
        "Attendu : un numéro à dix chiffres, un numéro interne, ou « - » pour aucun.",
        "ligne 5, colonne 4 « finess » : « 12345 » n’est pas un numéro FINESS. "
        "Attendu : neuf caractères, par exemple 009900036 (cellule au format Texte).",
    ]


@pytest.mark.parametrize(
    ("header", "sentence_told"),
    [
        ("level;nom", "ligne 1, colonne 2 « nom » : Le titre « nom » est inconnu. Attendu : « name »."),
        ("level;zzz;name", "ligne 1, colonne 2 « zzz » : Le titre « zzz » est inconnu. "
                           "Attendu : un titre du modèle."),
        ("level;name;name", "ligne 1, colonne 3 « name » : Le titre « name » est écrit deux fois. "
                            "Attendu : chaque titre une fois."),
        ("name", "ligne 1 « level » : La colonne « level » manque. Attendu : une ligne de titres complète."),
    ],
)  # fmt: skip
def test_a_wrong_header_is_told(header: str, sentence_told: str, tmp_path: Path) -> None:
    assert sentence_told in refusals(a_file(tmp_path, header, "site;A;B"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Le fichier est vide."),
        (b"  \r\n ", "Le fichier est vide."),
        (b"PK\x03\x04....", "Ceci est un classeur"),
        ("level;name".encode("utf-16"), "Texte Unicode"),
        (b"level;name\n", "que sa ligne de titres"),
        (b"level;name\nsite;A\x00B\n", "caractère invisible"),
        (b'level;name\nsite;"A\n', "guillemet"),
        (b'level;name\nsite;"A"B\n', "guillemet"),
        (b"level;name\nsite;A\x81\n", "illisible"),
        (b"level;name\nsite;A;B\n", "n’a pas de titre"),
        (b"level;name\nsite;#REF!\n", "#REF!"),
        (b"level;name\nsite;" + b"A" * 3_000, "trop long"),
        (b"level;name\nsite;" + b"A" * 161, "161 caractères"),
        (b"x" * 10_000_001, "10 Mo"),
    ],
    ids=range(14),
)
def test_what_is_no_csv_file_is_told(content: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / "etablissements.csv"
    file.write_bytes(content)
    assert any(told in sentence_told for sentence_told in refusals(file))


@pytest.mark.parametrize(
    ("lines", "place", "told"),
    [
        (["site;A;Nulle part;;"], "ligne 2, colonne 3", "n’est ni dans ce fichier, ni déjà enregistré"),
        (["site;A;;;", "site;B;A;;"], "ligne 3, colonne 3", "n’est pas d’un niveau supérieur"),
        (["group;G;H;;", "group;H;G;;"], "ligne 2, colonne 3", "n’est ni dans"),
        (["site;A;;;", "site;a;;;"], "ligne 3, colonne 2", "même établissement qu’à la ligne 2"),
        (["site;A;;009900010;", "site;B;;009900010;"], "ligne 3, colonne 4", "qu’à la ligne 2"),
        (["site;A;;;BRUME2", "site;B;;;brume-2"], "ligne 3, colonne 5", "même établissement qu’à la ligne 2"),
        (["group;G;;;BRUME2"], "ligne 2, colonne 5", "Seul un site a un code"),
        (["site;A;;;BRUME0"], "ligne 2, colonne 5", "n’est pas un code de site"),
        (["region;R;;;", "region;r;X;;", "group;X;R;;"], "ligne 3, colonne 3", "n’est ni dans"),
        (["region;G;;;", "group;G;;;", "site;S;G;;"], "ligne 4, colonne 3", "Plusieurs établissements"),
    ],
    ids=range(10),
)
def test_what_has_no_place_in_the_tree_is_told(
    lines: list[str], place: str, told: str, tmp_path: Path
) -> None:
    found = refusals(a_file(tmp_path, "level;name;parent;finess;site_code", *lines))
    assert any(sentence_told.startswith(place) and told in sentence_told for sentence_told in found), found


def test_a_recorded_establishment_keeps_its_level_and_its_code(tmp_path: Path) -> None:
    head = "level;name;finess;site_code"
    import_establishments(
        file=a_file(tmp_path, head, "site;A;009900010;BRUME2", "site;B;009900028;SAUGE4"), actor="test"
    )
    (told,) = refusals(a_file(tmp_path, head, "group;A;009900010;"))
    assert "déjà enregistré à un autre niveau" in told
    (told,) = refusals(a_file(tmp_path, head, "site;A;009900010;SAUGE4"))
    assert "Ce code est celui de « B »" in told


def test_children_of_a_faulty_line_are_not_blamed(tmp_path: Path) -> None:
    file = a_file(tmp_path, "level;name;parent;finess", "group;G;;zzz", "site;S;G;", "site;T;S;")
    assert [told[:7] for told in refusals(file)] == ["ligne 2"]


def test_lines_are_counted_as_an_editor_shows_them(tmp_path: Path) -> None:
    file = a_file(tmp_path, "level;name;city", 'site;"A', '";B', "", "site;B;C", "zzz;D;E")
    assert [told[:7] for told in refusals(file)] == ["ligne 6"]


@pytest.mark.parametrize(
    ("logo", "told"),
    [
        ("absent.svg", "introuvable"),
        ("../dehors.svg", "n’est pas rangé à côté"),
        ("/etc/hostname", "n’est pas rangé à côté"),
        ("..\\dehors.svg", "n’est pas rangé à côté"),
        ("é" * 190, "introuvable"),
        ("texte.svg", "pas converti en tracés"),
        ("etablissements.csv", "ni un dessin SVG ni une image PNG"),
    ],
)
def test_a_logo_that_cannot_be_used_is_told(logo: str, told: str, tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>CH</text></svg>'
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "texte.svg").write_text(drawing)
    (tmp_path / "dehors.svg").write_text(drawing)
    (sentence_told,) = refusals(a_file(folder, "level;name;logo", f"site;S;{logo}"))
    assert "colonne 3" in sentence_told
    assert told in sentence_told


def test_a_symbolic_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "logo.svg").symlink_to("/etc/hostname")
    (told,) = refusals(a_file(folder, "level;name;logo", "site;S;logo.svg"))
    assert "n’est pas rangé à côté" in told


def test_faults_of_the_units_file_are_told_with_those_of_the_tree(tmp_path: Path) -> None:
    tree = a_file(tmp_path, "level;name", "group;G", "site;S")
    units = a_file(
        tmp_path,
        "site;unit;headcount;headcount_date",
        "G;Urgences;;",
        "S;Urgences;85;",
        "S;urgences;;",
        "S;;;",
        "S;Bloc;beaucoup;46053",
        "S;Labo;;31/02/2026",
        "S;Accueil;;2026-01-31",
        name="units.csv",
    )
    assert refusals(tree, units) == [
        "ligne 2, colonne 1 « site » : « G » n’est pas un site connu. "
        "Attendu : le nom, le FINESS ou le code d’un site.",
        "ligne 3, colonne 4 « headcount_date » : L’effectif n’a pas de date. "
        "Attendu : une date, par exemple 2026-01-31.",
        "ligne 4, colonne 2 « unit » : C’est le même service qu’à la ligne 3. "
        "Attendu : une ligne par service.",
        "ligne 5, colonne 2 « unit » : Cette cellule est vide. Attendu : 120 caractères au plus.",
        "ligne 6, colonne 3 « headcount » : « beaucoup » n’est pas un nombre de personnes. "
        "Attendu : un nombre entier de personnes.",
        "ligne 6, colonne 4 « headcount_date » : Le tableur a écrit la date comme le nombre 46053. "
        "Attendu : une date, par exemple 2026-01-31.",
        "ligne 7, colonne 4 « headcount_date » : « 31/02/2026 » n’est pas une date. "
        "Attendu : une date, par exemple 2026-01-31.",
        "ligne 8, colonne 3 « headcount » : Cette date n’a pas d’effectif. "
        "Attendu : un nombre entier de personnes.",
    ]


def test_what_is_doubtful_is_told_and_imported(tmp_path: Path) -> None:
    head = "level;name;finess;site_code;primary"
    file = a_file(tmp_path, head, "site;A;1B0064166;BRUME2;#FFD400", "site;B;009900028;;#14295E")
    report = import_establishments(file=file, actor="test")
    assert [plain(warning) for warning in report.warnings] == [
        "etablissements.csv, ligne 2, colonne 3 « finess » : La clé du FINESS 1B0064166 est fausse : "
        "vérifiez-le.",
        "etablissements.csv, ligne 2, colonne 5 « primary » : #FFD400 est trop clair sous du texte blanc : "
        "les fonds seront en #12303F.",
    ]
    report = import_establishments(
        file=a_file(tmp_path, head, "site;A;1B0064166;SAUGE4;", "site;B;009900036;;"), actor="test"
    )
    told = [plain(warning) for warning in report.warnings]
    assert any("les affiches qui portent BRUME2" in warning for warning in told)
    assert any("existe déjà ici avec le FINESS 009900028" in warning for warning in told)
