"""Tables of the tenant tree. An absent row or a null column always means "as above" (see `inherit.py`)."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Base, enum_column
from lms.establishments.inherit import ContactRole, Level, RuleName


class Establishment(Base):
    """A node of the tree: the nation, a region, a hospital group or a site."""

    __tablename__ = "establishment"
    __table_args__ = (
        sa.CheckConstraint("level <> 'site' OR site_code IS NOT NULL", name="site_has_code"),
        # A site without a code could not be reached by anybody.
        sa.CheckConstraint("finess IS NULL OR length(finess) = 9", name="finess_length"),
        # A spreadsheet that ate a leading zero must never get this far.
        sa.CheckConstraint("site_code IS NULL OR length(site_code) = 6", name="site_code_length"),
        # Codes are compared after normalising; another length could never be found again.
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_own_parent"),
        # The cheapest loop to make by mistake; longer ones are impossible because levels only go down.
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("establishment.id"), index=True)
    """None for a root; a site alone is a root too."""
    path: Mapped[str] = mapped_column(sa.String(120), index=True)
    """Ids from the root down to this one, `/1/4/17/`: a subtree is one LIKE, ancestors need no recursion."""
    level: Mapped[Level] = mapped_column(enum_column(Level))
    name: Mapped[str] = mapped_column(sa.String(160))
    short_name: Mapped[str | None] = mapped_column(sa.String(40))
    """For narrow places: a film's corner, a phone's title bar. None: the name."""
    city: Mapped[str | None] = mapped_column(sa.String(80))
    finess: Mapped[str | None] = mapped_column(sa.String(9), unique=True)
    """Text, because of leading zeros and Corsica. Unique, because the import finds an establishment by it."""
    site_code: Mapped[str | None] = mapped_column(sa.String(6), unique=True)
    """Public code of a site, typed by staff; None above sites. Unique, because it is an address."""
    languages: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """Languages offered here, in the order shown. None: as above."""
    asks_unit: Mapped[bool | None] = mapped_column(sa.Boolean)
    """Whether the player asks which unit the person works in. None: as above."""
    asks_shift: Mapped[bool | None] = mapped_column(sa.Boolean)
    """Whether the player asks day, evening or night. None: as above."""

    branding: Mapped["Branding | None"] = relationship(cascade="all, delete-orphan", uselist=False)
    contacts: Mapped[list["EstablishmentContact"]] = relationship(cascade="all, delete-orphan")
    rules: Mapped[list["LocalRule"]] = relationship(cascade="all, delete-orphan")

    @property
    def lineage(self) -> tuple[int, ...]:
        """Ids from the root down to this one, included."""
        return tuple(int(step) for step in self.path.split("/") if step)


class Branding(Base):
    """Colours and logo stated by one establishment."""

    __tablename__ = "branding"
    __table_args__ = (
        sa.CheckConstraint("(logo_kind IS NULL) = (logo_content IS NULL)", name="logo_whole"),
        # A kind without a picture, or the reverse, could not be shown.
        sa.CheckConstraint("logo_kind IN ('svg', 'png')", name="logo_kind"),
        # The only two formats that we rewrite ourselves before keeping them.
    )

    establishment_id: Mapped[int] = mapped_column(
        sa.ForeignKey("establishment.id", ondelete="CASCADE"), primary_key=True
    )
    primary: Mapped[str | None] = mapped_column(sa.String(7))
    """`#RRGGBB` as given; what is shown is the corrected palette."""
    accent: Mapped[str | None] = mapped_column(sa.String(7))
    logo_kind: Mapped[str | None] = mapped_column(sa.String(3))
    logo_content: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    """The cleaned picture, 300 KB at most. Here rather than in a file: it is small, it is saved and restored
    with its establishment, and every machine that renders a film has it."""


class EstablishmentContact(Base):
    """What one establishment states about one role; each null field is inherited, an empty one hides."""

    __tablename__ = "establishment_contact"

    establishment_id: Mapped[int] = mapped_column(
        sa.ForeignKey("establishment.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[ContactRole] = mapped_column(enum_column(ContactRole), primary_key=True)
    name: Mapped[str | None] = mapped_column(sa.String(120))
    phone: Mapped[str | None] = mapped_column(sa.String(40))
    """As read by people, `01 99 00 12 34` or an internal `4242`."""
    extension: Mapped[str | None] = mapped_column(sa.String(20))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    hours: Mapped[str | None] = mapped_column(sa.String(120))
    note: Mapped[str | None] = mapped_column(sa.String(300))


class LocalRule(Base):
    """One local rule stated by one establishment."""

    __tablename__ = "local_rule"

    establishment_id: Mapped[int] = mapped_column(
        sa.ForeignKey("establishment.id", ondelete="CASCADE"), primary_key=True
    )
    rule: Mapped[RuleName] = mapped_column(enum_column(RuleName), primary_key=True)
    value: Mapped[str] = mapped_column(sa.String(200))
    """One of `POWER_OFF` for that rule, free text for the others; empty hides what is above."""


class Unit(Base):
    """A part of a site, for rates: a ward, a department, a workshop."""

    __tablename__ = "unit"
    __table_args__ = (
        sa.UniqueConstraint("establishment_id", "name", name="uq_unit_establishment_id_name"),
        # Two units of one name could not be told apart by who chooses theirs, nor by the import.
        sa.CheckConstraint("headcount >= 0", name="headcount"),
        # A rate over fewer than nobody means nothing.
        sa.CheckConstraint("(headcount IS NULL) = (headcount_date IS NULL)", name="headcount_dated"),
        # A denominator is shown with its date, always (design D5).
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    establishment_id: Mapped[int] = mapped_column(sa.ForeignKey("establishment.id", ondelete="CASCADE"))
    """A site; groups and regions have no units of their own."""
    name: Mapped[str] = mapped_column(sa.String(120))
    headcount: Mapped[int | None] = mapped_column(sa.Integer)
    """People to be trained, the denominator of the unit's rate. None: not known yet."""
    headcount_date: Mapped[date | None] = mapped_column(sa.Date)
    """The day the head-count was true, according to who gave it."""
