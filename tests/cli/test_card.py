"""The case card at the command line."""

from __future__ import annotations

import json
from dataclasses import asdict, fields

import pytest

from smsdesk.cli.app import run
from smsdesk.domain.cases import CaseCard
from smsdesk.services import cases, listing
from smsdesk.wording import LANGUAGES, say


@pytest.fixture
def case_path(tmp_path):
    path = tmp_path / "a.smscase"
    assert run(["new", str(path), "--title", "甲诉乙", "--loan-amount", "5 万元"]) == 0
    return path


def shown(capsys, *arguments):
    capsys.readouterr()
    code = run([str(a) for a in arguments])
    return code, capsys.readouterr()


def test_new_takes_every_field(tmp_path):
    card = CaseCard(**{f.name: f.name for f in fields(CaseCard) if f.name != "copies"}, copies=3)
    options = [part for n, v in asdict(card).items() for part in (f"--{n.replace('_', '-')}", v)]
    path = tmp_path / "b.smscase"
    assert run(["new", str(path), *map(str, options)]) == 0
    with cases.open_case(path) as case:
        assert cases.card(case) == card


def test_only_the_fields_given_change_and_the_log_says_so(case_path, capsys):
    code, printed = shown(
        capsys, "card", case_path, "--claimant", "甲", "--loan-amount", "", "--json"
    )
    wanted = CaseCard("甲诉乙", claimant="甲")
    assert (code, json.loads(printed.out)) == (0, asdict(wanted))
    with cases.open_case(case_path) as case:
        assert cases.card(case) == wanted
        entry = listing.custody(case)[-1]
    assert entry.action == "card_changed"
    assert set(entry.details) == {"claimant", "loan_amount"}


def test_showing_changes_nothing(case_path, capsys):
    code, printed = shown(capsys, "card", case_path)
    assert code == 0
    assert "--loan-amount  5 万元" in printed.out
    with cases.open_case(case_path) as case:
        assert [entry.action for entry in listing.custody(case)] == ["case_created"]


def test_a_case_keeps_a_title(case_path, capsys):
    code, printed = shown(capsys, "card", case_path, "--title", " ")
    assert code == 2
    assert "不能为空" in printed.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_name(language):
    assert all(say(f"card.{field.name}", language) for field in fields(CaseCard))
