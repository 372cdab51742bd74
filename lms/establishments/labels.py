"""How levels, roles, fields and rules are called in front of people, in every language of the product.

These words are not gettext messages: they end up inside films and paths, which pure functions make in a
language of their own, without a request. A page says `role_label(role, current_language())`.
"""

from collections.abc import Mapping

from lms.establishments.inherit import ContactRole, Level, RuleName

LEVELS: Mapping[str, Mapping[Level, str]] = {
    "fr": {
        Level.NATIONAL: "National",
        Level.REGION: "Région",
        Level.GROUP: "Groupement",
        Level.SITE: "Site",
    },
    "en": {
        Level.NATIONAL: "National",
        Level.REGION: "Region",
        Level.GROUP: "Hospital group",
        Level.SITE: "Site",
    },
}

ROLES: Mapping[str, Mapping[ContactRole, str]] = {
    "fr": {
        ContactRole.IT_SUPPORT: "Support informatique",
        ContactRole.ON_CALL: "Astreinte informatique",
        ContactRole.CISO: "Responsable de la sécurité informatique (RSSI)",
        ContactRole.DPO: "Délégué à la protection des données (DPO)",
        ContactRole.PHISHING_REPORT: "Signaler un message suspect",
        ContactRole.SITE_SECURITY: "Sécurité du site",
        ContactRole.BIOMEDICAL: "Service biomédical",
    },
    "en": {
        ContactRole.IT_SUPPORT: "IT helpdesk",
        ContactRole.ON_CALL: "IT on call",
        ContactRole.CISO: "Information security officer (CISO)",
        ContactRole.DPO: "Data protection officer (DPO)",
        ContactRole.PHISHING_REPORT: "Report a suspicious message",
        ContactRole.SITE_SECURITY: "Site security",
        ContactRole.BIOMEDICAL: "Biomedical engineering",
    },
}

FIELDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "name": "nom",
        "phone": "téléphone",
        "extension": "poste",
        "email": "adresse e-mail",
        "hours": "horaires",
        "note": "remarque",
    },
    "en": {
        "name": "name",
        "phone": "phone",
        "extension": "ext.",
        "email": "e-mail address",
        "hours": "hours",
        "note": "note",
    },
}

RULES: Mapping[str, Mapping[RuleName, str]] = {
    "fr": {
        RuleName.POWER_OFF: "Poste touché par un rançongiciel",
        RuleName.SECURE_MESSAGING: "Messagerie sécurisée",
        RuleName.INSTANT_MESSAGING: "Messagerie instantanée autorisée",
        RuleName.PASSWORD_MANAGER: "Gestionnaire de mots de passe",
        RuleName.AI_TOOL: "Outil d’IA autorisé",
        RuleName.PAPER_RECORDS: "Dossiers papier de secours",
    },
    "en": {
        RuleName.POWER_OFF: "Workstation hit by ransomware",
        RuleName.SECURE_MESSAGING: "Secure messaging",
        RuleName.INSTANT_MESSAGING: "Authorised instant messaging",
        RuleName.PASSWORD_MANAGER: "Password manager",
        RuleName.AI_TOOL: "Authorised AI tool",
        RuleName.PAPER_RECORDS: "Paper records for downtime",
    },
}


def level_label(level: str, language: str) -> str:
    """A level of the tree, e.g. `Région`."""
    return LEVELS[language][Level(level)]


def role_label(role: str, language: str) -> str:
    """A contact's role, e.g. `Support informatique`."""
    return ROLES[language][ContactRole(role)]


def field_label(name: str, language: str) -> str:
    """A field of a contact, e.g. `poste`."""
    return FIELDS[language][name]


def rule_label(rule: str, language: str) -> str:
    """A local rule, e.g. `Messagerie sécurisée`."""
    return RULES[language][RuleName(rule)]
