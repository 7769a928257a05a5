"""The phones of a case at the command line."""

from __future__ import annotations

import json

import pytest

from smsdesk.cli.app import run
from smsdesk.services import cases, listing


@pytest.fixture
def told(sample_case_path, capsys):
    """Run `phones` on the sample case and return the exit code and what was printed."""

    def call(*arguments):
        capsys.readouterr()
        code = run(["phones", str(sample_case_path), *arguments])
        return code, capsys.readouterr()

    return call


def names(printed):
    return [json.loads(line)["name"] for line in printed.out.splitlines()]


def test_a_phone_is_described_and_the_log_says_so(told, sample_case_path):
    code, printed = told("--json")
    assert code == 0
    name = names(printed)[0]
    code, printed = told("--phone", name, "--model", "某型手机", "--kept-by", "", "--json")
    assert code == 0
    first = json.loads(printed.out.splitlines()[0])
    assert (first["model"], first["kept_by"]) == ("某型手机", "")
    with cases.open_case(sample_case_path) as case:
        assert listing.custody(case)[-1].action == "device_described"


def test_lines_name_every_field(told):
    code, printed = told()
    assert code == 0
    for word in ("机主", "型号", "本机号码", "保管人"):
        assert word in printed.out


def test_an_unknown_phone_is_refused_and_changes_nothing(told, sample_case_path):
    code, printed = told("--phone", "没有这部", "--model", "甲")
    assert code == 2
    assert "--phone" in printed.err
    with cases.open_case(sample_case_path) as case:
        assert all(phone.model != "甲" for phone in cases.devices(case))
