"""What holds at one establishment, and where each value comes from.

An establishment states only what is its own; everything else comes from the nearest ancestor that says
something, field by field, and in the end from the product. In a layer a missing address means "as above" and
an empty text means "nothing here": it hides what an ancestor says, because a wrong number is worse than none.

One exception to *field by field*: an extension lives behind a switchboard, so an establishment that gives its
own phone for a role does not receive the extension that goes with its ancestor's phone.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum, auto
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from lms.establishments import phones
from lms.media.colours import Palette, palette


class Level(StrEnum):
    """Place in the tree; any level may be skipped, a child is always strictly below its parent."""

    NATIONAL = "national"
    REGION = "region"
    GROUP = "group"
    SITE = "site"

    @property
    def depth(self) -> int:
        """0 for the nation, 3 for a site."""
        return list(Level).index(self)


class ContactRole(StrEnum):
    """Whom staff call or write to, in the establishment itself: a nurse never calls a national body."""

    IT_SUPPORT = "it_support"
    ON_CALL = "on_call"
    CISO = "ciso"
    DPO = "dpo"
    PHISHING_REPORT = "phishing_report"
    SITE_SECURITY = "site_security"
    BIOMEDICAL = "biomedical"


class RuleName(StrEnum):
    """Local rules quoted by courses, valued by their name in lower case; free text, except `power_off`."""

    POWER_OFF = auto()
    """What to do with a workstation that ransomware has reached. Official advice is to leave it on (evidence
    is in memory); some CISOs say otherwise, and theirs is the word that counts on their site."""
    SECURE_MESSAGING = auto()
    INSTANT_MESSAGING = auto()
    PASSWORD_MANAGER = auto()
    AI_TOOL = auto()
    PAPER_RECORDS = auto()


STAY_ON, SWITCH_OFF = "stay_on", "switch_off"
POWER_OFF: tuple[str, ...] = (STAY_ON, SWITCH_OFF)
"""The values of the rule `power_off`, default first."""

CONTACT_FIELDS: tuple[str, ...] = ("name", "phone", "extension", "email", "hours", "note")


@dataclass(frozen=True)
class Contact:
    """Whom to reach for one role; a field nobody filled is an empty text."""

    name: str = ""
    phone: str = ""
    extension: str = ""
    email: str = ""
    hours: str = ""
    note: str = ""

    @property
    def phone_href(self) -> str | None:
        """A `tel:` address, or None when there is no number to dial."""
        return phones.phone_href(self.phone)

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return any(asdict(self).values())


@dataclass(frozen=True)
class Logo:
    """A cleaned picture: SVG that went through the allow-list, or PNG written by ourselves."""

    kind: str
    """`svg` or `png`."""
    content: bytes

    @property
    def svg(self) -> str | None:
        """The drawing as text, or None when the logo is a PNG."""
        return self.content.decode() if self.kind == "svg" else None

    @property
    def png_base64(self) -> str | None:
        """The picture as base64 text, ready for a JSON document, or None when the logo is an SVG."""
        return b64encode(self.content).decode("ascii") if self.kind == "png" else None

    @cached_property
    def hash(self) -> str:
        """sha256 of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Source:
    """Who said it. The product itself has neither id nor level."""

    establishment_id: int | None
    name: str
    level: Level | None


PRODUCT = Source(None, "Tous Cybervigilants", None)

DEFAULTS: Mapping[str, Any] = MappingProxyType(
    {
        "primary": "#12303F",
        "accent": "#F2B84B",
        "languages": ("fr", "en"),
        "asks_unit": False,
        "asks_shift": False,
        "rules.power_off": STAY_ON,
    }
)
"""What the product says when nobody in the tree does, by address."""

ADDRESSES: tuple[str, ...] = (
    "primary", "accent", "logo", "languages", "asks_unit", "asks_shift",
    *(f"contacts.{role}.{part}" for role in ContactRole for part in CONTACT_FIELDS),
    *(f"rules.{rule}" for rule in RuleName),
)  # fmt: skip
"""Everything that is inherited. A name, a town or a site code is nobody else's."""


@dataclass(frozen=True)
class Layer:
    """One establishment's own values. `values` maps addresses (see `ADDRESSES`) to what is said here."""

    establishment_id: int
    level: Level
    name: str
    short_name: str = ""
    site_code: str = ""
    city: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> Source:
        """How a reader is told that a value comes from here."""
        return Source(self.establishment_id, self.name, self.level)


@dataclass(frozen=True, eq=False)
class Profile:
    """What holds at one establishment. Equal when every value is, wherever the values come from."""

    establishment_id: int
    level: Level
    name: str
    short_name: str
    """The name itself when there is no shorter one; never an ancestor's."""
    site_code: str
    city: str
    logo: Logo | None
    palette: Palette
    contacts: Mapping[str, Contact]
    """Every role is there, in the order of `ContactRole`; a contact is false when it says nothing."""
    rules: Mapping[str, str]
    """Every rule is there; a free one that nobody filled is an empty text."""
    languages: tuple[str, ...]
    asks_unit: bool
    asks_shift: bool
    sources: Mapping[str, Source]
    """By address, e.g. `contacts.it_support.phone`; addresses without a value are absent."""

    @cached_property
    def fingerprint(self) -> str:
        """sha256 of the canonical JSON of every value, not of the sources: a key for what is made from it."""
        values = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "sources"}
        values["logo"] = self.logo and [self.logo.kind, self.logo.hash]
        values["palette"] = asdict(self.palette)
        values["contacts"] = {role: asdict(contact) for role, contact in self.contacts.items()}
        values["rules"] = dict(self.rules)
        text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        """Same content."""
        return isinstance(other, Profile) and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        """By content, so that a profile can be the key of a cache."""
        return hash(self.fingerprint)


brand_palette = lru_cache(maxsize=1_024)(palette)
"""The palette of two colours, computed once a process: every page of a site asks for the same."""


def effective(layers: Sequence[Layer]) -> Profile:
    """The profile of the last layer; `layers` go from the root down to it, and there is at least one."""
    here = layers[-1]
    values, sources = _gather(layers)
    contacts = {
        role.value: Contact(**{part: values.get(f"contacts.{role}.{part}", "") for part in CONTACT_FIELDS})
        for role in ContactRole
    }
    return Profile(
        establishment_id=here.establishment_id,
        level=here.level,
        name=here.name,
        short_name=here.short_name or here.name,
        site_code=here.site_code,
        city=here.city,
        logo=values.get("logo"),
        palette=brand_palette(values["primary"], values["accent"]),
        contacts=MappingProxyType(contacts),
        rules=MappingProxyType({rule.value: values.get(f"rules.{rule}", "") for rule in RuleName}),
        languages=tuple(values["languages"]),
        asks_unit=values["asks_unit"],
        asks_shift=values["asks_shift"],
        sources=MappingProxyType(sources),
    )


def _gather(layers: Sequence[Layer]) -> tuple[dict[str, Any], dict[str, Source]]:
    """The nearest value of each address and who said it; empty texts hide, then disappear."""
    values: dict[str, Any] = dict(DEFAULTS)
    sources = dict.fromkeys(DEFAULTS, PRODUCT)
    for layer in layers:
        said = {address: value for address, value in layer.values.items() if value is not None}
        for role in ContactRole:
            if said.get(f"contacts.{role}.phone"):
                said.setdefault(f"contacts.{role}.extension", "")
        values |= said
        sources |= dict.fromkeys(said, layer.source)
    kept = {address: value for address, value in values.items() if value != ""}
    return kept, {address: source for address, source in sources.items() if address in kept}
