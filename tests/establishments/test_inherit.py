"""What holds at an establishment: the nearest who says something, field by field, and who that was."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.establishments.inherit import (
    ADDRESSES,
    CONTACT_FIELDS,
    DEFAULTS,
    PRODUCT,
    ContactRole,
    Layer,
    Level,
    Logo,
    Profile,
    RuleName,
    Source,
    effective,
)

PHONES = st.sampled_from(["01 99 00 12 34", "4242", "06 39 98 00 01"])
FREE_TEXTS = st.sampled_from(["un", "deux", "trois"])
COLOURS = st.sampled_from(["#14295E", "#FFC629", "#6B2151"])


def value_for(address: str) -> st.SearchStrategy:
    """Something that may be said at an address."""
    if address in ("primary", "accent"):
        return COLOURS
    if address == "logo":
        return st.sampled_from([Logo("svg", b"<svg/>"), Logo("png", b"\x89PNG")])
    if address == "languages":
        return st.sampled_from([["fr"], ["en", "fr"]])
    if address in ("asks_unit", "asks_shift"):
        return st.booleans()
    if address == "rules.power_off":
        return st.sampled_from(["stay_on", "switch_off"])
    return PHONES if address.endswith(".phone") else FREE_TEXTS


SAID = st.sets(st.sampled_from(ADDRESSES), max_size=12).flatmap(
    lambda addresses: st.fixed_dictionaries({address: value_for(address) for address in sorted(addresses)})
)
LINEAGES = st.lists(SAID, min_size=1, max_size=4).map(
    lambda layers: [
        Layer(number, list(Level)[number - 1], f"Nœud {number}", values=said)
        for number, said in enumerate(layers, start=1)
    ]
)


def shown(profile: Profile, address: str) -> object:
    """The value a profile has at an address."""
    kind, *rest = address.split(".")
    if kind == "contacts":
        return getattr(profile.contacts[rest[0]], rest[1])
    if kind == "rules":
        return profile.rules[rest[0]]
    if kind in ("primary", "accent"):
        return getattr(profile.palette, kind)
    return list(profile.languages) if kind == "languages" else getattr(profile, kind)


def goes_with_a_nearer_phone(address: str, lineage: list[Layer], speaker: int) -> bool:
    """The one exception: an extension stays behind the switchboard it belongs to."""
    if not address.endswith(".extension"):
        return False
    phone = address.replace(".extension", ".phone")
    return any(phone in layer.values for layer in lineage[speaker + 1 :])


@given(LINEAGES)
def test_a_field_set_at_a_node_is_seen_below_it_unless_overridden(lineage: list[Layer]) -> None:
    profile = effective(lineage)
    for address in ADDRESSES:
        speakers = [place for place, layer in enumerate(lineage) if address in layer.values]
        if speakers and not goes_with_a_nearer_phone(address, lineage, speakers[-1]):
            assert shown(profile, address) == lineage[speakers[-1]].values[address], address
            assert profile.sources[address] == lineage[speakers[-1]].source
        elif address in DEFAULTS:
            assert profile.sources[address] == PRODUCT
        else:
            assert not shown(profile, address)
            assert address not in profile.sources


@given(LINEAGES, SAID)
def test_a_sibling_changes_nothing(lineage: list[Layer], said: dict) -> None:
    profile = effective(lineage)
    sibling = Layer(99, Level.SITE, "Voisin", values=said)
    effective([*lineage[:-1], sibling])
    assert effective(lineage) == profile
    assert 99 not in {source.establishment_id for source in effective(lineage).sources.values()}


@given(LINEAGES)
def test_the_fingerprint_depends_on_values_and_not_on_who_said_them(lineage: list[Layer]) -> None:
    profile = effective(lineage)
    gathered = {}
    for layer in lineage:
        gathered |= layer.values
    for role in ContactRole:
        address = f"contacts.{role}.extension"
        if address in gathered and address not in profile.sources:
            gathered.pop(address)
    alone = effective([replace(lineage[-1], values=gathered)])
    assert alone.fingerprint == profile.fingerprint
    assert alone == profile
    assert len({alone, profile}) == 1


def test_another_phone_number_is_another_fingerprint() -> None:
    def fingerprint(phone: str) -> str:
        return effective([Layer(1, Level.SITE, "S", values={"contacts.ciso.phone": phone})]).fingerprint

    assert fingerprint("4242") == fingerprint("4242")
    assert fingerprint("4242") != fingerprint("4243")


def test_an_empty_text_hides_what_is_above() -> None:
    group = Layer(1, Level.GROUP, "G", values={"contacts.on_call.phone": "4242", "rules.ai_tool": "Plume"})
    site = Layer(2, Level.SITE, "S", values={"contacts.on_call.phone": "", "rules.ai_tool": ""})
    profile = effective([group, site])
    assert not profile.contacts["on_call"]
    assert profile.rules["ai_tool"] == ""
    assert "contacts.on_call.phone" not in profile.sources


def test_a_none_says_nothing() -> None:
    group = Layer(1, Level.GROUP, "G", values={"primary": "#14295E"})
    profile = effective([group, Layer(2, Level.SITE, "S", values={"primary": None})])
    assert profile.palette.primary == "#14295E"
    assert profile.sources["primary"] == Source(1, "G", Level.GROUP)


def test_an_extension_does_not_follow_another_switchboard() -> None:
    group = Layer(
        1, Level.GROUP, "G",
        values={"contacts.it_support.phone": "01 99 00 40 40", "contacts.it_support.extension": "12",
                "contacts.it_support.email": "a@b.example"},
    )  # fmt: skip
    contact = effective([group, Layer(2, Level.SITE, "S", values={"contacts.it_support.phone": "4242"})])
    assert contact.contacts["it_support"].phone == "4242"
    assert contact.contacts["it_support"].extension == ""
    assert contact.contacts["it_support"].email == "a@b.example"


def test_a_name_is_nobody_else_s() -> None:
    group = Layer(1, Level.GROUP, "Groupement", short_name="G", city="Brumeval")
    profile = effective([group, Layer(2, Level.SITE, "Hôpital de la Lande", site_code="SAUGE4")])
    assert (profile.short_name, profile.city, profile.site_code) == ("Hôpital de la Lande", "", "SAUGE4")


def test_a_profile_cannot_be_changed() -> None:
    profile = effective([Layer(1, Level.SITE, "S")])
    with pytest.raises(TypeError):
        profile.contacts["it_support"] = None
    with pytest.raises(TypeError):
        profile.rules["power_off"] = "switch_off"
    with pytest.raises(AttributeError):
        profile.name = "autre"


def test_every_role_and_rule_is_there_even_when_nobody_filled_it() -> None:
    profile = effective([Layer(1, Level.SITE, "S")])
    assert set(profile.contacts) == {role.value for role in ContactRole}
    assert set(profile.rules) == {rule.value for rule in RuleName}
    assert profile.rules["power_off"] == "stay_on"
    assert not any(profile.contacts.values())
    assert len(ADDRESSES) == 6 + len(ContactRole) * len(CONTACT_FIELDS) + len(RuleName)
