"""The JSON of a case follows its published schema, and comes back as the same values."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from smsdesk.domain.errors import ExportMismatch
from smsdesk.domain.exhibits import ExhibitKind
from smsdesk.domain.findings import FindingState, Recipient, ViolationType
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.rulings import Answer
from smsdesk.services import asking, case_json, exhibits, listing, reviewing
from smsdesk.services.attaching import AttachOptions, add_files
from smsdesk.services.case_json import export_json
from smsdesk.services.case_rows import attachment_of, message_of, original_of
from smsdesk.services.cases import open_case
from smsdesk.services.jobs import Task

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "smsdesk-case-1.schema.json"
EVERYTHING = MessageQuery()


def closed(schema):
    """Return *schema* as it must hold for what we write: no key that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: closed(part) for name, part in schema.items()}
    if "required" in schema:
        return {**parts, "additionalProperties": False}
    return parts


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(closed(schema), format_checker=FormatChecker())


@pytest.fixture(scope="module")
def worked_on(demo, tmp_path_factory):
    """The sample case after a person's work on labels, texts, threads, files and exhibits."""
    tmp_path = tmp_path_factory.mktemp("worked-on")
    with open_case(shutil.copy(demo.case_path, tmp_path / "case.smscase")) as case:
        yield _worked_on(case, tmp_path)


def _worked_on(sample_case, tmp_path):
    messages = listing.messages(sample_case, listing.message_ids(sample_case, EVERYTHING))
    findings = [f.id for m in messages[:40] for f in m.findings]
    reviewing.apply(
        sample_case, reviewing.plan_decision(messages, findings[::2], FindingState.CONFIRMED)
    )
    with sample_case.work() as work:
        work.messages.set_corrected(messages[0].id, "改过的\u2028“文字”\\ \t😡")
        work.commit()
    asking.set_recipient(sample_case, messages[0].thread_id, Answer(Recipient.THIRD, "妻子"))
    asking.set_institution(sample_case, [messages[0].sender.key], "某公司")
    files = [tmp_path / "合同.bin", tmp_path / "旧.bin"]
    for path in files:
        path.write_bytes(path.name.encode())
        add_files(sample_case, [path], AttachOptions(ExhibitKind.CONTRACT), Task())
    exhibits.apply(sample_case, exhibits.plan_removal(exhibits.plan(sample_case).find("1-2")))
    plan = exhibits.plan(sample_case)
    exhibits.apply(sample_case, exhibits.plan_edit(plan.find("2-2"), {"proves": "证明甲"}))
    exhibits.apply(sample_case, exhibits.plan_move(plan, plan.find("2-3"), 1))
    return sample_case


@pytest.fixture(scope="module")
def whole(worked_on, tmp_path_factory):
    """All of it as JSON, and the log as it was before."""
    entries = listing.custody(worked_on)
    return exported(worked_on, tmp_path_factory.mktemp("whole") / "a.json"), entries


def exported(case, path, query=EVERYTHING):
    export_json(case, path, query, Task())
    return json.loads(path.read_text(encoding="utf-8"))


def errors(validator, content):
    return [
        f"{'/'.join(map(str, e.path))}: {e.message[:120]}" for e in validator.iter_errors(content)
    ]


def test_all_that_is_written_is_in_the_schema(worked_on, whole, tmp_path, validator):
    assert errors(validator, whole[0]) == []
    chosen = exported(worked_on, tmp_path / "b.json", MessageQuery(label=ViolationType.INSULT))
    assert errors(validator, chosen) == []


def test_the_schema_refuses_what_is_not_of_this_form(whole, validator):
    content = copy.deepcopy(whole[0])
    content["messages"][0]["surprise"] = 1
    content["messages"][1]["sent_at"] = "yesterday"
    del content["originals"][0]["sm3"]
    assert len(errors(validator, content)) == 3


def test_everything_comes_back_as_it_was(worked_on, whole):
    content, _ = whole
    ids = listing.message_ids(worked_on, EVERYTHING)
    assert [message_of(row) for row in content["messages"]] == listing.messages(worked_on, ids)
    originals = {o.id: o for o in listing.originals(worked_on)}
    assert {row["id"]: original_of(row) for row in content["originals"]} == originals
    with worked_on.view() as work:
        assert [attachment_of(row) for row in content["attachments"]] == work.attachments.all()
    plan = exhibits.plan(worked_on)
    assert [(e["number"], e["key"], e["proves"]) for e in content["exhibits"]] == [
        (e.number, e.key, e.texts.proves) for e in plan.exhibits
    ]
    assert [row["number"] for row in content["attachments"]] == ["1-1-01", None]
    assert content["recipients"][0]["relation"] == "妻子"
    assert content["institutions_by_hand"][0]["institution"] == "某公司"
    named = {p for row in content["messages"] for f in row["findings"] for p in f["provisions"]}
    assert {row["id"] for row in content["provisions"]} == named


def test_the_log_can_be_recomputed_from_it(whole):
    content, entries = whole
    assert [row["hash"] for row in content["custody"]] == [entry.hash for entry in entries]
    assert content["custody_head"] == {"number": len(entries), "hash": entries[-1].hash}


def test_a_choice_says_so_and_tells_nothing_of_the_rest(worked_on, tmp_path):
    insults = MessageQuery(label=ViolationType.INSULT)
    content = exported(worked_on, tmp_path / "a.json", insults)
    chosen, total = len(listing.message_ids(worked_on, insults)), content["total_messages"]
    assert len(content["messages"]) == chosen < total
    assert content["selection"]["told"] == f"选列 {chosen} 条，共 {total} 条"
    assert content["selection"]["query"] == {"label": "insult"}
    shown = {seen["sha256"] for row in content["messages"] for seen in row["sightings"]}
    assert {row["sha256"] for row in content["originals"]} == shown
    assert {i for e in content["exhibits"] for i in e["messages"]} == {
        row["id"] for row in content["messages"]
    }
    assert content["custody"] == []
    ticked = exported(worked_on, tmp_path / "b.json", MessageQuery(only=frozenset({5, 3})))
    assert ticked["selection"]["query"] == {"only": [3, 5]}
    assert {row["id"] for row in ticked["messages"]} == {3, 5}


def test_each_message_stands_on_a_line_of_its_own(sample_case, tmp_path):
    content = exported(sample_case, tmp_path / "a.json")
    lines = (tmp_path / "a.json").read_text(encoding="utf-8").split("\n")
    assert len(lines) > len(content["messages"]) + len(content["custody"])
    found = [json.loads(line.rstrip(",")) for line in lines if '"machine_text"' in line]
    assert found == content["messages"]


def test_an_empty_case_is_written_too(empty_case, tmp_path, validator):
    content = exported(empty_case, tmp_path / "a.json")
    assert errors(validator, content) == []
    assert content["messages"] == []


def test_a_message_that_would_not_come_back_is_not_delivered(sample_case, tmp_path, monkeypatch):
    monkeypatch.setattr(case_json, "message_of", lambda row: None)
    with pytest.raises(ExportMismatch):
        export_json(sample_case, tmp_path / "a.json", EVERYTHING, Task())
    assert not list(tmp_path.glob("*a*.json*"))
