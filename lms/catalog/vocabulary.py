"""Closed lists that authors may name in a course; `establishments.labels` says them to people."""

from lms.establishments.inherit import CONTACT_FIELDS, POWER_OFF, ContactRole, RuleName

ROLES: tuple[str, ...] = tuple(role.value for role in ContactRole)

RULE_CHOICES: dict[str, tuple[str, ...]] = {RuleName.POWER_OFF.value: POWER_OFF}
"""Rules with a closed list of values, default first. Only these may stand in a `when`: nobody can write a
variant of a course for every free text an establishment may type."""

FREE_RULES: tuple[str, ...] = tuple(rule.value for rule in RuleName if rule.value not in RULE_CHOICES)
"""Rules that are words of the establishment; only these may stand in a text, as `{rule.ai_tool}`."""

AUDIENCES = ("everyone", "care", "administration", "management")

PLACEHOLDERS: tuple[str, ...] = (
    *(f"contact.{role}.{field}" for role in ROLES for field in CONTACT_FIELDS),
    *(f"rule.{rule}" for rule in FREE_RULES),
    "establishment.name",
    "establishment.short_name",
)
"""Everything that may stand between braces in words."""

FALLBACKS: tuple[str, ...] = (*PLACEHOLDERS[:-2], *(f"contact.{role}" for role in ROLES))
"""What a course may give a phrase for: every placeholder but the names, which are never missing, and a whole
contact, said on its card when it can be neither called nor written to."""
