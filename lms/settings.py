"""Settings: read once from `LMS_*` variables, frozen, every fault reported at once.

The README's table is tested against this file: the docstring below a field is its documentation.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask import current_app

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: `courses/`, `static/` and `translations/` stand beside `lms/`."""


class SettingsError(Exception):
    """What is wrong with the environment, one line a fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("Réglages refusés :\n" + "\n".join(f"  - {fault}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """Everything an operator may decide."""

    mode: str = "local"
    """`local` (one command, SQLite, jobs run beside the server) or `production` (guesses no secret)."""
    secret_key: str = ""
    """Key of every keyed hash and signature, 32 characters or more.
    Generated once into the instance folder in local mode; obligatory in production."""
    instance_path: Path = ROOT / "instance"
    """Folder of what this installation owns: database, films, generated key."""
    database_url: str = ""
    """SQLAlchemy URL, e.g. `postgresql+psycopg://user@host/name`. Empty: SQLite in the instance folder."""
    durability: str = "process"
    """What an acknowledged answer survives on SQLite: `process` (kill -9) or `power` (power cut, slower)."""
    redis_url: str = ""
    """Redis for the job queue and the rate limits when several machines serve.
    Empty: a queue in the instance folder, limits counted by each process."""
    media_path: Path = Path()
    """Folder of the rendered films. Empty: `media` in the instance folder."""
    courses_path: Path = ROOT / "courses"
    """Folder of the course files."""
    public_url: str = ""
    """Address people reach, e.g. `https://cyber.ch-valmont.example`; used in QR codes.
    Empty: the address of the request."""
    home_site: str = ""
    """Site code whose page is the home page. Empty: the home page asks for a code."""
    idle_seconds: int = 60
    """Inactivity after which the player warns, then clears the screen of a shared computer."""
    timezone: str = "Europe/Paris"
    """Where a day begins and ends, for daily counts."""
    host: str = "127.0.0.1"
    """Address the server listens on."""
    port: int = 8000
    """Port the server listens on."""
    workers: int = 0
    """Web processes. 0: one per core, at most four."""
    trusted_proxies: int = 0
    """Number of reverse proxies in front whose `X-Forwarded-*` headers are believed."""
    sendfile_prefix: str = ""
    """Internal location from which the reverse proxy sends films (`X-Accel-Redirect`), e.g. `/films/`.
    Empty: we send them ourselves."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the `LMS_*` variables. Raises SettingsError naming every fault, not only the first."""
        values, faults = {}, []
        known = {f"LMS_{field.name.upper()}": field for field in fields(cls)}
        for name in environ:
            if name.startswith("LMS_") and name not in known:
                faults.append(f"{name} : réglage inconnu")
        for name, field in known.items():
            raw = environ.get(name, "").strip()
            if not raw:
                continue
            try:
                values[field.name] = PARSERS[field.type](raw)
            except ValueError:
                faults.append(f"{name} : nombre entier attendu, « {raw} » reçu")
        settings = cls(**values)
        faults += settings.faults()
        if faults:
            raise SettingsError(faults)
        return settings.completed()

    def faults(self) -> list[str]:
        """What does not hold, in sentences that name the variable."""
        rules: tuple[tuple[bool, str], ...] = (
            (self.mode in ("local", "production"), "LMS_MODE : « local » ou « production »"),
            (self.durability in ("process", "power"), "LMS_DURABILITY : « process » ou « power »"),
            (not self.secret_key or len(self.secret_key) >= 32, "LMS_SECRET_KEY : 32 caractères au moins"),
            (
                self.mode != "production" or bool(self.secret_key),
                "LMS_SECRET_KEY : obligatoire en production",
            ),
            (self.courses_path.is_dir(), f"LMS_COURSES_PATH : dossier introuvable, {self.courses_path}"),
            (10 <= self.idle_seconds <= 600, "LMS_IDLE_SECONDS : entre 10 et 600"),
            (self.timezone in available_timezones(), "LMS_TIMEZONE : fuseau inconnu, ex. Europe/Paris"),
            (0 < self.port < 65536, "LMS_PORT : entre 1 et 65535"),
            (0 <= self.workers <= 64, "LMS_WORKERS : entre 0 et 64"),
            (0 <= self.trusted_proxies <= 5, "LMS_TRUSTED_PROXIES : entre 0 et 5"),
            (
                _is_url(self.public_url, ("http", "https")),
                "LMS_PUBLIC_URL : adresse http(s)://… sans barre finale",
            ),
            (_is_url(self.redis_url, ("redis", "rediss", "unix")), "LMS_REDIS_URL : adresse redis://…"),
            (
                _is_url(self.database_url, ("sqlite", "postgresql+psycopg")),
                "LMS_DATABASE_URL : sqlite:///… ou postgresql+psycopg://…",
            ),
            (
                not self.sendfile_prefix or self.sendfile_prefix[0] == self.sendfile_prefix[-1] == "/",
                "LMS_SENDFILE_PREFIX : entre deux barres, ex. /films/",
            ),
        )
        return [sentence for holds, sentence in rules if not holds]

    def completed(self) -> "Settings":
        """The same, what depends on the instance folder filled in; makes the folder and the local key."""
        self.instance_path.mkdir(parents=True, exist_ok=True)
        instance = self.instance_path.resolve()
        return Settings(
            **{
                **{field.name: getattr(self, field.name) for field in fields(self)},
                "instance_path": instance,
                "secret_key": self.secret_key or local_secret_key(instance),
                "database_url": self.database_url or f"sqlite:///{instance / 'lms.db'}",
                "media_path": self.media_path.resolve() if self.media_path != Path() else instance / "media",
                "public_url": self.public_url.rstrip("/"),
            }
        )

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.timezone)


PARSERS: dict[Any, Callable[[str], Any]] = {str: str, int: int, Path: Path}


def _is_url(value: str, schemes: tuple[str, ...]) -> bool:
    """Whether `value` is empty or starts with one of `schemes`."""
    return not value or (value.partition("://")[0] in schemes and "://" in value)


def local_secret_key(instance: Path) -> str:
    """The key of a local installation: generated once, readable by its owner only."""
    file = instance / "secret-key"
    try:
        with file.open("x") as opened:
            file.chmod(0o600)
            opened.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text().strip()


def current_settings() -> Settings:
    """The settings of the current application."""
    return current_app.extensions["lms.settings"]
