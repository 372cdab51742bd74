"""The house, held by tests: the ladder, sizes, guards, addresses, mirrors, nothing unused (design §3)."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "lms").rglob("*.py"))
SLICES = {"media", "establishments", "catalog", "learn", "pages"}
FORBIDDEN_NAMES = {"utils", "util", "common", "core", "helpers", "helper", "manager", "base", "misc"}
TEMPLATES = sorted((ROOT / "lms").rglob("templates/**/*.html"))
PRIVATE_MODULES = {"views", "schemas", "listeners"}
"""What a slice may not import from another one."""
PURE = {
    "scoring",
    "resolve",
    "colours",
    "inherit",
    "finess",
    "duration",
    "film",
    "path",
    "question",
    "contrast",
}
"""Nouns that hold rules: they know neither the web nor the database."""
LONG_TEXTS = {".py", ".js", ".css", ".html"}


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def imports_of(module: Path) -> list[str]:
    """Full names of what a module imports, `from a import b` giving `a.b`."""
    names = []
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def test_imports_go_down_the_ladder() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--config", "pyproject.toml", "--no-cache"]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_every_slice_stands_on_the_ladder() -> None:
    folders = {init.parent.name for init in (ROOT / "lms").glob("*/__init__.py")}
    assert folders == SLICES


def test_plumbing_knows_no_slice() -> None:
    for module in (ROOT / "lms").glob("*.py"):
        if module.stem in ("app", "cli"):
            continue
        for name in imports_of(module):
            assert not (name.startswith("lms.") and name.split(".")[1] in SLICES), f"{module.name}: {name}"


def test_a_slice_shows_no_view_schema_or_listener_to_another() -> None:
    for module in MODULES:
        own = module.relative_to(ROOT).parts[1]
        for name in imports_of(module):
            parts = name.split(".")
            if parts[0] == "lms" and len(parts) > 2 and parts[1] in SLICES - {own} and module.stem != "app":
                assert parts[2] not in PRIVATE_MODULES, f"{module}: {name}"


def test_pure_rules_know_neither_web_nor_database() -> None:
    for module in MODULES:
        if module.stem in PURE and module.parent.name in SLICES:
            for name in imports_of(module):
                assert name.split(".")[0] not in ("flask", "sqlalchemy"), f"{module}: {name}"


def test_models_services_and_queries_do_not_see_the_request() -> None:
    for module in MODULES:
        if module.stem in ("models", "queries", "services"):
            for name in imports_of(module):
                assert name not in ("flask.request", "flask.g", "flask.session"), f"{module}: {name}"
                assert not name.endswith(".commit"), f"{module}: {name}"
            assert "session.commit" not in module.read_text(encoding="utf-8"), module


def test_nothing_of_ours_is_imported_inside_a_function() -> None:
    for module in MODULES:
        for function in ast.walk(tree_of(module)):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.ImportFrom):
                        assert not (node.module or "").startswith("lms"), f"{module}:{node.lineno}"


def test_an_init_is_one_docstring() -> None:
    for module in MODULES:
        if module.name == "__init__.py":
            body = tree_of(module).body
            assert len(body) == 1, module
            assert ast.get_docstring(tree_of(module)), module


def test_files_stay_under_300_lines() -> None:
    sources = [file for folder in ("lms", "static", "tests") for file in (ROOT / folder).rglob("*")]
    for file in sources:
        if file.suffix in LONG_TEXTS and file.is_file():
            lines = len(file.read_text(encoding="utf-8").splitlines())
            assert lines <= 300, f"{file.relative_to(ROOT)}: {lines} lines"


def test_functions_stay_under_40_lines_and_views_under_20() -> None:
    for module in MODULES:
        allowed = 20 if module.stem == "views" else 40
        if "migrations" in module.parts:
            continue
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                doc = ast.get_docstring(node, clean=False)
                told = (first.end_lineno or 0) - first.lineno + 1 if doc is not None else 0
                length = (node.end_lineno or node.lineno) - node.lineno + 1 - told
                assert length <= allowed, (
                    f"{module.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines"
                )


def test_modules_have_names_that_say_something() -> None:
    for module in MODULES:
        assert module.stem not in FORBIDDEN_NAMES, module
        assert module.parent.name not in FORBIDDEN_NAMES, module


def test_every_module_says_the_one_thing_its_reader_must_know() -> None:
    for module in MODULES:
        assert ast.get_docstring(tree_of(module)), module


def test_every_route_says_who_may(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        assert getattr(view, "__guard__", None) is not None, rule


def test_addresses_are_kebab_case_and_typed(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        fixed = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9./-]*", fixed), rule
        for variable in re.findall(r"<([^>]+)>", rule.rule):
            assert ":" in variable, f"{rule}: say the type of <{variable}>"


@pytest.mark.parametrize("folder", ["static", "tests"])
def test_folders_mirror_the_slices(folder: str) -> None:
    shared = {
        "static": {"core"},
        "tests": {"factories", "browser", "benchmarks", "__pycache__"},
    }[folder]
    found = {path.name for path in (ROOT / folder).iterdir() if path.is_dir()}
    assert found <= SLICES | shared


def test_every_template_and_macro_is_used() -> None:
    sources = "\n".join(file.read_text(encoding="utf-8") for file in [*TEMPLATES, *MODULES])
    for template in TEMPLATES:
        parts = template.relative_to(ROOT / "lms").parts
        name = "/".join(parts[1:]) if parts[0] == "templates" else "/".join((parts[0], *parts[2:]))
        assert f'"{name}"' in sources, f"{name} is not used"
        for macro in re.findall(r"{%-?\s*macro\s+(\w+)", template.read_text(encoding="utf-8")):
            uses = len(re.findall(rf"\b{macro}\b", sources))
            assert uses > 1, f"{name}: macro {macro} is not used"


def test_every_static_file_is_used() -> None:
    sources = "\n".join(
        file.read_text(encoding="utf-8")
        for file in [
            *TEMPLATES,
            *MODULES,
            *(ROOT / "static").rglob("*.js"),
            *(ROOT / "static").rglob("*.css"),
        ]
    )
    for file in (ROOT / "static").rglob("*"):
        if file.is_file():
            name = file.relative_to(ROOT / "static").as_posix()
            assert name in sources or name.removesuffix(".js") in sources, f"{name} is not used"


def test_top_level_holds_what_the_design_says() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    top = {line.split("/")[0] for line in tracked.splitlines()}
    asked = {"pyproject.toml", "lms", "courses", "translations", "static", "tests", "wsgi.py", "README.md"}
    assert {name for name in top if not name.startswith(".")} <= asked | {"LICENSE", "constraints.txt"}
