"""Facts about the source that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest

from smsdesk.resources import form, resource

ROOT = Path(__file__).parents[2]
OURS = ("src", "tests", "resources", "ui", "packaging", "docs", "benchmarks", ".ci")
TEXT = {".py", ".toml", ".md", ".ui", ".ts", ".json", ".spec", ".yml", ".sh", ".svg", ""}


@cache
def _all_calls() -> list[tuple[str, str, list[str]]]:
    """Return place, function and leading literal arguments of each call of a bare name."""
    return [
        (f"{path.name}:{node.lineno}", node.func.id, _literals(node))
        for path in sorted(ROOT.glob("src/**/*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]


def _literals(call: ast.Call) -> list[str]:
    values = [arg.value if isinstance(arg, ast.Constant) else None for arg in call.args]
    return list(takewhile(lambda value: isinstance(value, str), values))


def _calls(function: str) -> list[tuple[str, list[str]]]:
    return [(place, words) for place, name, words in _all_calls() if name == function and words]


def test_every_resource_named_in_code_exists():
    named = _calls("resource")
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
