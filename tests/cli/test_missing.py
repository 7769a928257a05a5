from __future__ import annotations

import json

from smsdesk.cli.app import run


def test_missing_lists_sentences_and_objects(sample_case_path, capsys):
    assert run(["missing", str(sample_case_path)]) == 0
    spoken = capsys.readouterr()
    assert run(["missing", str(sample_case_path), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["text"] for row in rows] == spoken.out.splitlines()
    assert f"共 {len(rows)} 项" in spoken.err
    unreviewed = next(row for row in rows if row["kind"] == "unreviewed")
    assert len(unreviewed["messages"]) == unreviewed["count"] > 0


def test_missing_speaks_english(sample_case_path, capsys):
    assert run(["--lang", "en", "missing", str(sample_case_path)]) == 0
    assert "messages are not reviewed yet" in capsys.readouterr().out
