"""Settings: every fault at once, secrets never guessed in production, the README's table kept true."""

import ast
import inspect
import itertools
import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from lms import settings as module
from lms.settings import ROOT, Settings, SettingsError


def documented_fields() -> dict[str, str]:
    """Variable → docstring, read from the source."""
    tree = ast.parse(inspect.getsource(module))
    body = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Settings").body
    return {
        f"LMS_{field.target.id.upper()}": " ".join(doc.value.value.split())
        for field, doc in itertools.pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(doc, ast.Expr)
    }


def test_the_readme_tells_every_setting_with_its_own_words() -> None:
    rows = re.findall(r"^\| `(LMS_\w+)` \|[^|]*\| (.*) \|$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert dict(rows) == documented_fields()


def test_every_field_is_documented() -> None:
    assert len(documented_fields()) == len(Settings.__dataclass_fields__)


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    environ = {
        "LMS_MODE": "prod",
        "LMS_PORT": "many",
        "LMS_TIMEZONE": "Europe/Valmont",
        "LMS_REDIS_URL": "localhost",
        "LMS_IDLE_SECONDS": "1",
        "LMS_SECRET_KEY": "short",
        "LMS_DURABILTY": "power",
        "LMS_COURSES_PATH": str(tmp_path / "none"),
    }
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(environ)
    assert len(caught.value.faults) == len(environ)
    for name in environ:
        assert any(fault.startswith(name) for fault in caught.value.faults), name


def test_production_refuses_to_guess_a_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="LMS_SECRET_KEY"):
        Settings.from_env({"LMS_MODE": "production", "LMS_INSTANCE_PATH": str(tmp_path / "new")})
    assert not (tmp_path / "new").exists()


def test_the_local_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    environ = {"LMS_INSTANCE_PATH": str(tmp_path)}
    first, second = Settings.from_env(environ), Settings.from_env(environ)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_settings_are_frozen(settings: Settings) -> None:
    with pytest.raises(FrozenInstanceError):
        settings.port = 80  # type: ignore[misc]


def test_the_rest_depends_on_the_instance_folder(tmp_path: Path) -> None:
    settings = Settings.from_env({"LMS_INSTANCE_PATH": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path / 'lms.db'}"
    assert settings.media_path == tmp_path / "media"
