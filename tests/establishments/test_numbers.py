"""FINESS numbers, site codes and phone numbers, as people and spreadsheets write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.establishments import finess, phones, site_codes


@pytest.mark.parametrize("number", ["009900010", "009900028", "2A9900016", "0B0193488"])
def test_a_right_key_is_recognised_letters_of_corsica_included(number: str) -> None:
    assert finess.is_finess(number)
    assert finess.has_valid_key(number)


def test_the_official_sandbox_hands_out_a_wrong_key() -> None:
    assert finess.is_finess("1B0064166")
    assert not finess.has_valid_key("1B0064166")


@given(st.from_regex(r"[0-9][0-9AB][0-9]{6}", fullmatch=True), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(body: str, place: int, shift: int) -> None:
    number = next(body + str(key) for key in range(10) if finess.has_valid_key(body + str(key)))
    if number[place].isdigit():
        mistyped = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
        assert not finess.has_valid_key(mistyped)


@pytest.mark.parametrize("typed", ["00 990 001 0", "00.99.00.01.0", "009900010 ", "2a9900016"])
def test_a_finess_is_understood_however_it_is_grouped(typed: str) -> None:
    assert finess.is_finess(finess.normalise(typed))


@pytest.mark.parametrize("typed", ["7,50712E+08", "7.5E+08", "7,5e8", "9,9E+06"])
def test_a_scientific_notation_is_recognised(typed: str) -> None:
    assert finess.is_scientific(typed)


@pytest.mark.parametrize("typed", ["009900010", "2B0000001", "BRUME2", ""])
def test_ordinary_texts_are_no_scientific_notation(typed: str) -> None:
    assert not finess.is_scientific(typed)


def test_a_lost_zero_is_recognised() -> None:
    assert finess.lost_its_zero("10990001")
    assert not finess.lost_its_zero("009900010")
    assert not finess.lost_its_zero("0990001")


@pytest.mark.parametrize("typed", ["BRUME2", "brume2", "bru-me2", " B R U M E 2 ", "ＢＲＵＭＥ２", "bru‑me2"])
def test_a_site_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert site_codes.normalise(typed) == "BRUME2"


@pytest.mark.parametrize("typed", ["BRUME0", "BRUMEO", "BRUME1", "BRUMEI", "BRUMEL", "BRUME", "BRUME22", ""])
def test_nothing_is_guessed_from_a_wrong_code(typed: str) -> None:
    assert not site_codes.is_site_code(site_codes.normalise(typed))


def test_drawn_codes_are_codes_and_no_spreadsheet_reads_them_as_numbers() -> None:
    codes = {site_codes.draw_site_code() for _ in range(2_000)}
    assert len(codes) > 1_990
    assert all(site_codes.is_site_code(code) and not site_codes.looks_like_a_number(code) for code in codes)
    assert site_codes.looks_like_a_number("234E56")


@pytest.mark.parametrize(
    ("typed", "read", "href"),
    [
        ("0199001234", "01 99 00 12 34", "tel:+33199001234"),
        ("01.99.00.12.34", "01 99 00 12 34", "tel:+33199001234"),
        ("+33 (0)1 99 00 12 34", "01 99 00 12 34", "tel:+33199001234"),
        ("0033199001234", "01 99 00 12 34", "tel:+33199001234"),
        ("06 39 98 12 34", "06 39 98 12 34", "tel:+33639981234"),
        ("0639 12 34 56", "06 39 12 34 56", "tel:+262639123456"),
        ("0262 90 00 00", "02 62 90 00 00", "tel:+262262900000"),
        ("4242", "4242", "tel:4242"),
        ("15", "15", "tel:15"),
        ("+41 22 555 00 00", "+41 22 555 00 00", "tel:+41225550000"),
    ],
)
def test_a_phone_is_read_in_pairs_and_dialled_abroad(typed: str, read: str, href: str) -> None:
    assert phones.is_phone(typed)
    assert phones.format_phone(typed) == read
    assert phones.phone_href(typed) == href
    assert phones.phone_href(read) == href


@pytest.mark.parametrize("typed", ["", "le standard", "1", "01 99 00 12", "0099001234", "01 99 00 12 34 56"])
def test_what_cannot_be_dialled_has_no_address(typed: str) -> None:
    assert phones.phone_href(typed) is None


def test_a_number_that_lost_its_zero_is_recognised() -> None:
    assert phones.lost_its_zero("199001234")
    assert not phones.lost_its_zero("4242")


@given(st.text(max_size=30))
def test_formatting_twice_is_formatting_once(typed: str) -> None:
    assert phones.format_phone(phones.format_phone(typed)) == phones.format_phone(typed)
