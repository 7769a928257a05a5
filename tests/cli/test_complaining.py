"""Complaint packs and drafts at the command line."""

from __future__ import annotations

import zipfile

import pytest

from benchmarks.made_cases import make_case
from smsdesk.domain.channels import Channel, Draft


@pytest.fixture(scope="module")
def case_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "made.smscase"
    make_case(path, 12, 4).close()
    return path


@pytest.mark.parametrize("channel", Channel)
def test_complain_writes_a_pack_and_asks_for_what_is_missing(command, case_path, tmp_path, channel):
    target = tmp_path / "out.zip"
    code, out, err = command("complain", case_path, channel, target)
    assert (code, out) == (0, f"{target}\n")
    assert "没有发送给任何人" in err
    assert "【请填写：…】" in err
    with zipfile.ZipFile(target) as archive:
        assert "办理说明.txt" in archive.namelist()


@pytest.mark.parametrize("kind", Draft)
def test_draft_writes_a_word_file(command, case_path, tmp_path, kind):
    target = tmp_path / "out.docx"
    code, out, err = command("--lang", "en", "draft", case_path, kind, target)
    assert (code, out) == (0, f"{target}\n")
    assert "no legal advice" in err
    assert target.read_bytes()[:2] == b"PK"


def test_what_does_not_fit_is_listed_and_the_code_says_so(command, case_path, tmp_path):
    code, _, err = command(
        "complain", case_path, "lender", tmp_path / "a.zip", "--file-limit-mb", "0.001"
    )
    assert code == 1
    assert "未随附：" in err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("complain", "CASE", "bank", "a.zip"), 2),
        (("complain", "CASE", "lender", "a.pdf"), 2),
        (("complain", "CASE", "lender", "a.zip", "--limit-mb", "0"), 2),
        (("complain", "CASE", "lender", "a.zip", "--limit-mb", "nan"), 2),
        (("complain", "CASE", "lender", "a.zip", "--limit-mb", "0.001"), 2),
        (("complain", "CASE", "lender", "a.zip", "--only", "search=没有这句话"), 2),
        (("complain", "missing.smscase", "lender", "a.zip"), 3),
        (("draft", "CASE", "suit", "a.pdf"), 2),
        (("draft", "CASE", "will", "a.docx"), 2),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(command, case_path, tmp_path, arguments, code):
    real = [case_path if a == "CASE" else tmp_path / a if a[:2] == "a." else a for a in arguments]
    got, out, err = command(*real)
    assert (got, out) == (code, "")
    assert err
    assert list(tmp_path.iterdir()) == []
