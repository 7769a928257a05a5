from __future__ import annotations

import json

import pytest

from smsdesk.domain.errors import CannotWrite
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.queries import MessageQuery
from smsdesk.services import listing
from smsdesk.services.case_json import export_json
from smsdesk.services.exporting import export_pdf
from smsdesk.services.jobs import Cancelled, Task

INSULTS = MessageQuery(label=ViolationType.INSULT)


def test_a_choice_is_told_as_a_choice(sample_case, tmp_path):
    result = export_pdf(sample_case, tmp_path / "insults.pdf", INSULTS, Task())
    chosen = listing.message_ids(sample_case, INSULTS)
    everything = listing.message_ids(sample_case, MessageQuery())
    assert (result.messages, result.of_messages) == (len(chosen), len(everything))
    assert 0 < result.originals < 20


def test_the_json_holds_every_message_original_and_log_entry(sample_case, tmp_path):
    export_json(sample_case, tmp_path / "all.json", MessageQuery(), Task())
    content = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert len(content["messages"]) == listing.summary(sample_case).messages.total
    assert {o["sha256"] for o in content["originals"]} == {
        o.sha256 for o in listing.originals(sample_case)
    }
    assert [e["hash"] for e in content["custody"]] == [
        e.hash for e in listing.custody(sample_case)[:-1]
    ]


def test_the_log_names_the_export_and_its_hash(sample_case, tmp_path):
    export_json(sample_case, tmp_path / "all.json", MessageQuery(), Task())
    entry = listing.custody(sample_case)[-1]
    assert (entry.action, entry.details["file_name"]) == ("exported", "all.json")


@pytest.mark.parametrize("exporter", [export_pdf, export_json])
def test_a_cancelled_export_leaves_the_old_file_alone(sample_case, tmp_path, exporter):
    target = tmp_path / "out" / "court.pdf"
    target.parent.mkdir()
    target.write_bytes(b"an earlier export")
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        exporter(sample_case, target, MessageQuery(), task)
    assert target.read_bytes() == b"an earlier export"
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_in_the_way_is_told(sample_case, tmp_path):
    (tmp_path / "court.pdf").mkdir()
    with pytest.raises(CannotWrite):
        export_pdf(sample_case, tmp_path / "court.pdf", INSULTS, Task())
