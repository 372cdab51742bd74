"""The tenant tree: establishments, their branding, contacts, local rules and units."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROLES = "'it_support', 'on_call', 'ciso', 'dpo', 'phishing_report', 'site_security', 'biomedical'"
RULES = "'power_off', 'secure_messaging', 'instant_messaging', 'password_manager', 'ai_tool', 'paper_records'"


def upgrade() -> None:
    """Create the five tables, parents first."""
    create_establishment()
    create_what_it_states()
    create_unit()


def create_establishment() -> None:
    """The tree itself."""
    op.create_table(
        "establishment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(120), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("short_name", sa.String(40), nullable=True),
        sa.Column("city", sa.String(80), nullable=True),
        sa.Column("finess", sa.String(9), nullable=True),
        sa.Column("site_code", sa.String(6), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=True),
        sa.Column("asks_unit", sa.Boolean(), nullable=True),
        sa.Column("asks_shift", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "level IN ('national', 'region', 'group', 'site')", name=op.f("ck_establishment_level")
        ),
        sa.CheckConstraint(
            "level <> 'site' OR site_code IS NOT NULL", name=op.f("ck_establishment_site_has_code")
        ),
        sa.CheckConstraint(
            "finess IS NULL OR length(finess) = 9", name=op.f("ck_establishment_finess_length")
        ),
        sa.CheckConstraint(
            "site_code IS NULL OR length(site_code) = 6", name=op.f("ck_establishment_site_code_length")
        ),
        sa.CheckConstraint(
            "parent_id IS NULL OR parent_id <> id", name=op.f("ck_establishment_not_own_parent")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["establishment.id"], name=op.f("fk_establishment_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_establishment")),
        sa.UniqueConstraint("finess", name=op.f("uq_establishment_finess")),
        sa.UniqueConstraint("site_code", name=op.f("uq_establishment_site_code")),
    )
    op.create_index(op.f("ix_establishment_parent_id"), "establishment", ["parent_id"])
    op.create_index(op.f("ix_establishment_path"), "establishment", ["path"])


def create_what_it_states() -> None:
    """Branding, contacts and rules: one row says something, no row means as above."""
    op.create_table(
        "branding",
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("primary", sa.String(7), nullable=True),
        sa.Column("accent", sa.String(7), nullable=True),
        sa.Column("logo_kind", sa.String(3), nullable=True),
        sa.Column("logo_content", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(logo_kind IS NULL) = (logo_content IS NULL)", name=op.f("ck_branding_logo_whole")
        ),
        sa.CheckConstraint("logo_kind IN ('svg', 'png')", name=op.f("ck_branding_logo_kind")),
        owner("branding"),
        sa.PrimaryKeyConstraint("establishment_id", name=op.f("pk_branding")),
    )
    op.create_table(
        "establishment_contact",
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("name", sa.String(120), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("extension", sa.String(20), nullable=True),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("hours", sa.String(120), nullable=True),
        sa.Column("note", sa.String(300), nullable=True),
        sa.CheckConstraint(f"role IN ({ROLES})", name=op.f("ck_establishment_contact_contactrole")),
        owner("establishment_contact"),
        sa.PrimaryKeyConstraint("establishment_id", "role", name=op.f("pk_establishment_contact")),
    )
    op.create_table(
        "local_rule",
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.CheckConstraint(f"rule IN ({RULES})", name=op.f("ck_local_rule_rulename")),
        owner("local_rule"),
        sa.PrimaryKeyConstraint("establishment_id", "rule", name=op.f("pk_local_rule")),
    )


def create_unit() -> None:
    """Parts of a site, with their dated head-count."""
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("headcount_date", sa.Date(), nullable=True),
        sa.CheckConstraint("headcount >= 0", name=op.f("ck_unit_headcount")),
        sa.CheckConstraint(
            "(headcount IS NULL) = (headcount_date IS NULL)", name=op.f("ck_unit_headcount_dated")
        ),
        owner("unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("establishment_id", "name", name=op.f("uq_unit_establishment_id_name")),
    )


def owner(table: str) -> sa.ForeignKeyConstraint:
    """The foreign key of what belongs to one establishment and goes with it."""
    return sa.ForeignKeyConstraint(
        ["establishment_id"],
        ["establishment.id"],
        name=op.f(f"fk_{table}_establishment_id"),
        ondelete="CASCADE",
    )


def downgrade() -> None:
    """Drop the five tables, children first."""
    for table in ("unit", "local_rule", "establishment_contact", "branding", "establishment"):
        op.drop_table(table)
