"""What is built and installed finds every resource and form, without the checkout's help."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]

LIST_SHIPPED = """
import json, sys
from smsdesk.resources import form, resource
from smsdesk.wording import say
places = {"resources": resource(), "ui": form("any").parent}
print(json.dumps({
    "prefix": sys.prefix,
    "places": {name: str(place) for name, place in places.items()},
    "files": {
        f"{name}/{path.relative_to(place).as_posix()}": path.stat().st_size
        for name, place in places.items() for path in place.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts  # pip compiles verify.py
    },
    "sentence": say("errors.case_exists", path="x"),
}))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with the sdist and the wheel made from it, as `python -m build` makes them."""
    folder = tmp_path_factory.mktemp("from-sdist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT))
    return folder


@pytest.fixture(scope="module")
def wheels(built, tmp_path_factory) -> dict[str, Path]:
    """The three wheels that pip may install: of the sdist, of the checkout, and editable."""
    made = {"sdist": next(built.glob("*.whl"))}
    for kind, call in (("checkout", "build_wheel"), ("editable", "build_editable")):
        folder = tmp_path_factory.mktemp(kind)
        _run(sys.executable, "-c", f"import hatchling.build as b; b.{call}({str(folder)!r})")
        made[kind] = next(folder.glob("*.whl"))
    return made


def _run(*command: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        command, check=False, cwd=cwd, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=["sdist", "checkout", "editable"])
def installed(request, wheels, tmp_path_factory):
    """What a fresh environment with that wheel, and nothing else, says of its files."""
    place = tmp_path_factory.mktemp("installed")
    home = place / "fresh"
    venv.create(home, symlinks=os.name != "nt")
    python = str(home / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    _run(*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheels[request.param]))
    said = json.loads(_run(python, "-X", "utf8", "-c", LIST_SHIPPED, cwd=place))
    return request.param, said


def _in_checkout() -> dict[str, int]:
    return {
        path.relative_to(ROOT).as_posix(): path.stat().st_size
        for top in ("resources", "ui")
        for path in (ROOT / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_an_installation_finds_every_resource_and_form(installed):
    kind, said = installed
    home = str(ROOT) if kind == "editable" else said["prefix"]
    assert all(Path(place).is_relative_to(home) for place in said["places"].values())
    assert said["files"] == _in_checkout()
    assert "x" in said["sentence"]


def test_each_translation_is_compiled(installed):
    _, said = installed
    sources = [name for name in said["files"] if name.endswith(".ts")]
    assert sources
    assert [name for name in sources if f"{name[:-3]}.qm" not in said["files"]] == []


def test_wheels_carry_migrations_licences_and_the_command(wheels):
    for kind in ("sdist", "checkout"):
        with ZipFile(wheels[kind]) as archive:
            names = archive.namelist()
            entry_points = next(n for n in names if n.endswith("entry_points.txt"))
            assert b"smsdesk = smsdesk.__main__:main" in archive.read(entry_points)
        assert any("storage/migrations/" in name for name in names)
        assert any(name.endswith("licenses/LICENSE") for name in names)
        assert [name for name in names if "__pycache__" in name or name.startswith("tests")] == []


def test_sdist_and_checkout_give_the_same_files(wheels):
    def content(kind):
        with ZipFile(wheels[kind]) as archive:
            return {item.filename: item.CRC for item in archive.infolist()}

    assert content("sdist") == content("checkout")
