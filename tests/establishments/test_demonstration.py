"""The demonstration: fictional to the last digit, two sites that differ, imported like any others."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from lms.app import create_app
from lms.db import session, transaction
from lms.establishments import finess, labels, phones, queries
from lms.establishments.services import DEMONSTRATION, DEMONSTRATION_SITE, install_demonstration
from lms.migrate import upgrade_database
from lms.settings import Settings

pytestmark = pytest.mark.usefixtures("db_session")

PICTURES = sorted(DEMONSTRATION.glob("*.svg"))


def test_it_is_installed_without_a_warning_and_only_once() -> None:
    report = install_demonstration()
    assert report.warnings == []
    assert report.establishments == Counter(created=5)
    assert report.units == Counter(created=15)
    assert install_demonstration().changes == 0


@pytest.mark.postgresql
def test_it_is_the_same_on_postgresql(postgresql_url: str, settings: Settings) -> None:
    app = create_app(replace(settings, database_url=postgresql_url))
    try:
        upgrade_database(app)
        with app.app_context():
            with transaction():
                assert install_demonstration().establishments == Counter(created=5)
            with transaction():
                assert install_demonstration().changes == 0
            there = queries.get_profile(queries.get_site(DEMONSTRATION_SITE))
            session.remove()
    finally:
        app.extensions["lms.engine"].dispose()
    install_demonstration()
    here = queries.get_profile(queries.get_site(DEMONSTRATION_SITE))
    assert replace(here, establishment_id=there.establishment_id) == there


def test_documented_codes_lead_to_two_sites_of_one_group() -> None:
    install_demonstration()
    brumeval, sauges = queries.get_site(DEMONSTRATION_SITE), queries.get_site("SAUGE4")
    assert brumeval.parent_id == sauges.parent_id
    assert brumeval.lineage[:-1] == sauges.lineage[:-1]
    assert len(brumeval.lineage) == 4


def test_the_two_sites_show_inheritance_at_work() -> None:
    install_demonstration()
    brumeval = queries.get_profile(queries.get_site("BRUME2"))
    sauges = queries.get_profile(queries.get_site("SAUGE4"))
    assert brumeval.sources["contacts.it_support.phone"].name == brumeval.name
    assert sauges.sources["contacts.it_support.phone"].name == "GHT des Brumes et des Sauges"
    assert sauges.contacts["on_call"] == brumeval.contacts["on_call"]
    assert (brumeval.rules["power_off"], sauges.rules["power_off"]) == ("stay_on", "switch_off")
    assert brumeval.palette != sauges.palette
    assert brumeval.logo != sauges.logo
    assert brumeval.asks_unit
    assert not sauges.asks_unit


@pytest.mark.parametrize("code", ["BRUME2", "SAUGE4"])
def test_every_role_has_somebody_to_reach(code: str) -> None:
    install_demonstration()
    for role, contact in queries.get_profile(queries.get_site(code)).contacts.items():
        assert contact.phone or contact.email, role


def test_numbers_and_addresses_are_reserved_for_fiction() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in DEMONSTRATION.glob("*.csv"))
    numbers = re.findall(r"\b0\d(?: \d\d){4}\b", text)
    assert numbers
    assert all(number.startswith(("01 99 00", "06 39 98")) for number in numbers)
    assert all(phones.is_phone(number) for number in numbers)
    assert all(address.endswith(".example") for address in re.findall(r"@([\w.-]+)", text))
    for number in re.findall(r"\b\d{9}\b", text):
        assert finess.has_valid_key(number)
        assert number.startswith("00"), "no French department has this number"


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.stem)
def test_logos_are_drawn_letters_included(picture) -> None:
    text = picture.read_text(encoding="utf-8")
    assert "<text" not in text
    assert "<title>" in text
    assert len(text) < 20_000


def test_words_for_people_exist_in_every_language() -> None:
    for table in (labels.LEVELS, labels.ROLES, labels.FIELDS, labels.RULES):
        assert table["fr"].keys() == table["en"].keys()
        assert all(word for words in table.values() for word in words.values())
    assert labels.role_label("it_support", "en") == "IT helpdesk"
    assert labels.level_label("site", "fr") == "Site"
    assert labels.rule_label("power_off", "en") == "Workstation hit by ransomware"
    assert labels.field_label("extension", "fr") == "poste"
