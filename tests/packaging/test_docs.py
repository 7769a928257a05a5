"""The pages beside the code say what holds: commands, dependencies, links, pictures."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import typer

import run
from smsdesk.cli.program import app
from smsdesk.domain.findings import ViolationType

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("packaging/*.md")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_command_and_option_is_described_and_no_other():
    text = _page("docs/cli.md")
    commands = typer.main.get_command(app).commands
    assert set(re.findall(r"^`smsdesk ([a-z]+) ", text, re.MULTILINE)) == set(commands)
    options = {
        option
        for command in commands.values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option != "--help"
    }
    assert options <= set(re.findall(r"--[a-z-]+", text))
    assert [label.value for label in ViolationType if f"`{label.value}`" not in text] == []


@pytest.mark.parametrize("page", ["docs/decisions.md", "docs/third-party.md"])
def test_every_dependency_has_its_reason_and_its_licence(page):
    text = _page(page).lower()
    names = [re.match(r"[\w-]+", wanted)[0].lower() for wanted in PROJECT["dependencies"]]
    assert [name for name in names if f"| {name}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_readmes_show_both_pictures_and_both_commands(page):
    text = _page(page)
    for needed in ("window.png", "court-pdf.png", "run.py demo", "run.py test"):
        assert needed in text


def test_the_readme_names_the_packages_that_run_py_looks_for():
    text = _page("README.md")
    # libxkbcommon-x11-0 brings libxkbcommon0 along.
    wanted = {*run.QT_PACKAGES, *run.XCB_PACKAGES} - {"libxkbcommon0"}
    assert [name for name in sorted(wanted) if name not in text] == []


def test_pictures_are_small_enough_for_a_page():
    pictures = sorted((ROOT / "docs" / "pictures").iterdir())
    assert pictures
    assert [path.name for path in pictures if path.stat().st_size > 300_000] == []
