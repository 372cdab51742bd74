"""Reads of the tree: codes however typed, subtrees, and profiles at a constant cost."""

import pytest
from flask import Flask

from lms.establishments import queries
from lms.establishments.inherit import Level
from lms.establishments.services import import_establishments, move_establishment
from tests.client import assert_max_queries
from tests.factories.establishments import a_file, a_site, an_establishment


@pytest.fixture
def tree(app: Flask) -> dict[str, object]:
    """A nation, a region, a group and two sites, one of them straight below the region."""
    nation = an_establishment(app, Level.NATIONAL, name="Nation", values={"primary": "#14295E"})
    region = an_establishment(
        app, Level.REGION, name="Région", parent=nation, values={"secure_messaging": "MSSanté"}
    )
    group = an_establishment(app, Level.GROUP, name="GHT", parent=region, values={"on_call.phone": "4040"})
    inside = a_site(app, name="Dedans", parent=group, values={"it_support.phone": "4242"}, units=("B", "A"))
    outside = a_site(app, name="Dehors", parent=region)
    return {"nation": nation, "region": region, "group": group, "inside": inside, "outside": outside}


def test_a_site_is_found_however_its_code_is_typed(tree, context) -> None:
    code = tree["inside"].site_code
    typed = f" {code[:3].lower()}-{code[3:].lower()} "
    assert queries.get_site(typed).id == tree["inside"].id
    assert queries.find_site(typed).id == tree["inside"].id


@pytest.mark.parametrize("typed", ["", "ZZZZZZ", "BRUME", "'; --", "é" * 500])
def test_an_unknown_code_is_an_error_a_person_can_read(typed: str, context) -> None:
    assert queries.find_site(typed) is None
    with pytest.raises(queries.SiteUnknown) as refusal:
        queries.get_site(typed)
    assert "code" in str(refusal.value.message)


def test_an_unknown_establishment_is_an_error(context) -> None:
    with pytest.raises(queries.NotFound):
        queries.get_establishment(404)


def test_a_profile_gathers_what_each_ancestor_says(tree, context) -> None:
    profile = queries.get_profile(tree["inside"])
    assert profile.palette.primary == "#14295E"
    assert profile.rules["secure_messaging"] == "MSSanté"
    assert profile.contacts["on_call"].phone == "4040"
    assert profile.sources["contacts.on_call.phone"].name == "GHT"
    assert profile.sources["contacts.it_support.phone"].level is Level.SITE
    assert not queries.get_profile(tree["outside"]).contacts["on_call"]


def test_a_profile_costs_four_queries_however_deep_the_tree(tree, context, app: Flask) -> None:
    alone = a_site(app)
    for establishment in (alone, tree["nation"], tree["inside"]):
        with assert_max_queries(app.extensions["lms.engine"], 4):
            queries.get_profile(establishment)


def test_sites_of_a_subtree_do_not_include_the_neighbours(tree, context) -> None:
    assert [site.name for site in queries.list_sites(tree["group"])] == ["Dedans"]
    assert [site.name for site in queries.list_sites(tree["region"])] == ["Dedans", "Dehors"]
    assert [site.name for site in queries.list_sites(tree["outside"])] == ["Dehors"]
    assert [site.name for site in queries.list_sites()] == ["Dedans", "Dehors"]


def test_a_subtree_is_not_taken_for_one_whose_id_starts_alike(app: Flask, context, tmp_path) -> None:
    lines = [f"site,Site {number:02}" for number in range(1, 13)]
    import_establishments(file=a_file(tmp_path, "level,name", *lines), actor="test")
    first = queries.get_establishment(1)
    assert len(queries.list_subtree(first)) == 1


def test_units_come_by_name(tree, context) -> None:
    assert [unit.name for unit in queries.list_units(tree["inside"])] == ["A", "B"]
    assert queries.list_units(tree["outside"]) == []


def test_a_moved_group_takes_its_sites_along(app: Flask, tree, db_session) -> None:
    other = an_establishment(app, Level.REGION, name="Autre région")
    group = queries.get_establishment(tree["group"].id)
    move_establishment(group, parent=queries.get_establishment(other.id))
    assert [site.name for site in queries.list_sites(other)] == ["Dedans"]
    assert [site.name for site in queries.list_sites(tree["region"])] == ["Dehors"]
    moved = queries.get_establishment(tree["inside"].id)
    assert moved.path == f"/{other.id}/{group.id}/{moved.id}/"
    assert not queries.get_profile(moved).rules["secure_messaging"]
