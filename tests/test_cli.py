"""The `lms` command: a demonstration in one go, faults in sentences."""

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

LMS = str(Path(sys.executable).with_name("lms"))


def lms(*command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LMS, *command], env=environ | {"PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )


def test_the_demonstration_is_made_once_and_its_first_film_goes_first(tmp_path: Path) -> None:
    for _ in range(2):
        made = lms("demo", "--no-serve", LMS_INSTANCE_PATH=str(tmp_path))
        assert made.returncode == 0, made.stderr
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'lms.db'}")
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM establishment")).scalar() == 5
        assert connection.execute(sa.text("SELECT count(*) FROM rendition")).scalar() == 6
        assert connection.execute(sa.text("SELECT count(*) FROM rendition WHERE priority = 1")).scalar() == 1
    engine.dispose()


@pytest.mark.parametrize("command", [("courses", "check"), ("demo", "--no-serve")])
def test_wrong_settings_are_told_in_sentences(tmp_path: Path, command: tuple[str, ...]) -> None:
    told = lms(*command, LMS_INSTANCE_PATH=str(tmp_path), LMS_PORT="many", LMS_MODE="prod")
    assert told.returncode != 0
    assert "LMS_PORT" in told.stderr
    assert "LMS_MODE" in told.stderr
    assert "Traceback" not in told.stderr
