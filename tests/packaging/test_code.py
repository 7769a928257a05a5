"""Facts about the source that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from smsdesk.resources import form, resource

ROOT = Path(__file__).parents[2]
OURS = ("src", "tests", "resources", "ui", "packaging", "docs", "benchmarks", ".ci")
TEXT = {".py", ".toml", ".md", ".ui", ".ts", ".json", ".spec", ".yml", ".sh", ".svg", ""}


def _calls(function: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each call of *function* in the source, with its leading literal arguments."""
    for path in sorted(ROOT.glob("src/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function:
                literals = []
                for argument in node.args:
                    if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                        break
                    literals.append(argument.value)
                if literals:
                    yield f"{path.name}:{node.lineno}", literals


def test_every_resource_named_in_code_exists():
    named = list(_calls("resource"))
    assert len(named) > 5
    missing = []
    for place, parts in named:
        path = resource(*parts)
        # A .qm is made of the .ts beside it when the package is built.
        if not (path.exists() or (path.suffix == ".qm" and path.with_suffix(".ts").exists())):
            missing.append((place, parts))
    assert missing == []


@pytest.mark.parametrize("function", ["form", "load_form"])
def test_every_form_named_in_code_exists(function):
    missing = [(place, parts) for place, parts in _calls(function) if not form(parts[0]).is_file()]
    assert missing == []


def test_every_form_is_used():
    used = {parts[0] for function in ("form", "load_form") for _, parts in _calls(function)}
    assert {path.stem for path in (ROOT / "ui").glob("*.ui")} <= used


def test_the_command_line_loads_no_qt():
    code = (
        "import sys, smsdesk.__main__, smsdesk.cli.commands\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )
    assert loaded.stdout.strip() == "[]", loaded.stdout + loaded.stderr


def _our_texts() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXT)
    for top in OURS:
        for path in (ROOT / top).rglob("*"):
            if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts:
                yield path


def test_no_file_names_a_place_on_somebodys_machine():
    # Spelled in parts, so that this file does not find itself.
    own = re.compile("/(?:" + "|".join(["work", "root", r"home/(?!user\b)\w+"]) + r")/[\w.]")
    found = []
    for path in _our_texts():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if own.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert found == []
