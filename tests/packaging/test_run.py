"""run.py: what it decides before it installs or starts anything."""

from __future__ import annotations

import ast
import os
import signal
import sys
from pathlib import Path

import pytest

import run


@pytest.fixture
def checkout(tmp_path, monkeypatch) -> Path:
    """A checkout elsewhere, with what decides about an installation, and no .venv yet."""
    (tmp_path / "resources" / "translations").mkdir(parents=True)
    (tmp_path / "resources" / "translations" / "a.ts").write_text("<TS/>")
    for name in ("pyproject.toml", "hatch_build.py"):
        (tmp_path / name).write_text("first")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "STAMP", tmp_path / ".venv" / "stamp.txt")
    return tmp_path


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_supported_pythons_pass(version):
    run.require_python(version)


@pytest.mark.parametrize("version", [(3, 9), (3, 10), (3, 14), (4, 0)])
def test_other_pythons_are_named_and_what_is_needed(version):
    with pytest.raises(run.Stop) as stop:
        run.require_python(version)
    assert "needs Python 3.11, 3.12 or 3.13" in str(stop.value)
    assert f"this is {version[0]}.{version[1]}." in str(stop.value)


def test_an_old_python_gets_as_far_as_the_message():
    source = Path(run.__file__).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))


@pytest.mark.parametrize(
    ("arguments", "code"), [([], 2), (["nonsense"], 2), (["--help"], 0), (["help"], 0)]
)
def test_usage_is_shown_where_no_command_is_given(arguments, code, capsys):
    assert run.main(arguments) == code
    shown = capsys.readouterr().out
    assert all(f"run.py {name}" in shown for name in ("demo", "app", "test", "check"))


def test_exit_codes_pass_through():
    assert run.run([sys.executable, "-c", "raise SystemExit(7)"]) == 7


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to die of")
def test_a_signal_becomes_the_shells_exit_code():
    code = f"import os; os.kill(os.getpid(), {signal.SIGTERM.value})"
    assert run.run([sys.executable, "-c", code]) == 128 + signal.SIGTERM


@pytest.mark.parametrize(
    "name", ["pyproject.toml", "hatch_build.py", "resources/translations/a.ts"]
)
def test_the_fingerprint_changes_with_what_an_installation_depends_on(checkout, name):
    before = run.source_fingerprint()
    assert run.source_fingerprint() == before
    (checkout / name).write_text("second")
    assert run.source_fingerprint() != before


def test_the_fingerprint_changes_with_the_place(checkout, monkeypatch, tmp_path_factory):
    before = run.source_fingerprint()
    moved = checkout.rename(tmp_path_factory.mktemp("elsewhere") / "moved")
    monkeypatch.setattr(run, "ROOT", moved)
    assert run.source_fingerprint() != before


def test_a_broken_environment_is_made_anew(checkout):
    python = run.venv_python()
    python.parent.mkdir(parents=True)
    python.write_text("no program")
    leftover = checkout / ".venv" / "leftover"
    leftover.write_text("of an interrupted run")
    assert not run.imports("pip")
    run.make_venv()
    assert run.imports("pip")
    assert not run.imports("pip", "no_such_module")
    assert not leftover.exists()


def test_packages_that_were_renamed_for_64_bit_time_count_as_installed():
    listed = ["libegl1 installed", "libglib2.0-0t64 installed", "libgl1 config-files"]
    names = ("libegl1", "libglib2.0-0", "libgl1", "tesseract-ocr")
    assert run.not_installed(names, listed) == ["libgl1", "tesseract-ocr"]
    assert run.apt_line(["libgl1"]) == "sudo apt install libgl1"


def test_the_supported_pythons_are_those_of_the_package():
    project = (Path(run.__file__).parent / "pyproject.toml").read_text(encoding="utf-8")
    oldest, newest = run.OLDEST, run.NEWEST
    assert f'requires-python = ">=3.{oldest[1]},<3.{newest[1] + 1}"' in project
    for minor in range(oldest[1], newest[1] + 1):
        assert f"Python :: 3.{minor}" in project
