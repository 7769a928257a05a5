from __future__ import annotations

from dataclasses import replace

import pytest

from smsdesk.domain.cases import ImportStatus
from smsdesk.domain.exhibits import ExhibitKind
from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import Continuity
from smsdesk.domain.missing import MissingKind, Remedy
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.times import CHINA
from smsdesk.services import cases, completeness, listing, reviewing
from smsdesk.services.attaching import AttachOptions, add_files
from smsdesk.services.importing import ImportOptions, import_paths
from smsdesk.services.jobs import Task


def lines(case):
    return {line.kind: line for line in completeness.missing(case)}


def everything(case):
    return listing.messages(case, listing.message_ids(case, MessageQuery()))


def test_an_empty_case_lacks_its_papers_and_no_messages(empty_case):
    found = lines(empty_case)
    assert set(found) == {
        MissingKind.CARD,
        MissingKind.CARD_LETTERS,
        MissingKind.RELATION,
        MissingKind.HARM,
    }


def test_each_line_counts_the_messages_to_which_it_leads(sample_case):
    found = [line for line in lines(sample_case).values() if line.remedy is Remedy.MESSAGES]
    assert found
    for line in found:
        assert len(listing.message_ids(sample_case, line.query)) == line.count > 0


def test_lines_name_the_messages_that_are_unsure(sample_case):
    found = lines(sample_case)
    messages = everything(sample_case)

    def day(moment):
        return moment and moment.astimezone(CHINA).date()

    unsure = {m.id for m in messages
              if not m.sent.earliest or day(m.sent.earliest) != day(m.sent.latest)}  # fmt: skip
    gaps = {m.id for m in messages if m.before.taken_for is Continuity.GAP}
    asked = {m.id for m in messages if m.in_question}
    for kind, ids in (
        (MissingKind.DAYS, unsure),
        (MissingKind.GAPS, gaps),
        (MissingKind.JOINS, asked),
    ):
        line = found.get(kind)
        assert (line.query.only if line else set()) == ids


def test_a_line_goes_when_what_it_asks_for_is_done(sample_case):
    messages = everything(sample_case)
    findings = [f.id for m in messages for f in m.findings if f.state is FindingState.PROPOSED]
    assert lines(sample_case)[MissingKind.PROPOSALS].count > 0
    decided = reviewing.plan_decision(messages, findings, FindingState.CONFIRMED)
    reviewing.apply(sample_case, decided)
    assert MissingKind.PROPOSALS not in lines(sample_case)


def test_the_card_is_asked_for_what_is_empty_only(empty_case):
    card = replace(cases.card(empty_case), claimant="张女士", cause=" ")
    cases.update_card(empty_case, card)
    line = lines(empty_case)[MissingKind.CARD]
    assert line.subjects == ("respondent", "cause", "facts")
    assert completeness.sentence(line) == "案件信息缺 3 项，封面要用：被投诉机构、案由、事情经过"


@pytest.mark.parametrize(
    ("kind", "settled"),
    [
        (ExhibitKind.CONTRACT, MissingKind.RELATION),
        (ExhibitKind.POLICE_RECEIPT, MissingKind.HARM),
    ],
)
def test_a_file_of_its_kind_is_what_a_group_waits_for(empty_case, tmp_path, kind, settled):
    paper = tmp_path / "a.docx"
    paper.write_bytes(b"paper")
    assert settled in lines(empty_case)
    add_files(empty_case, [paper], AttachOptions(kind), Task())
    assert settled not in lines(empty_case)


def test_files_that_were_set_aside_are_named(empty_case, tmp_path):
    paths = [tmp_path / f"{number}.png" for number in range(7)]
    for path in paths:
        path.write_bytes(b"no picture")
    import_paths(empty_case, paths, ImportOptions(), Task())
    line = lines(empty_case)[MissingKind.SET_ASIDE]
    assert line.count == 7
    assert sorted(line.subjects) == sorted(path.name for path in paths)
    assert "0.png、1.png" in completeness.sentence(line)
    assert completeness.sentence(line).endswith("4.png等")
    assert all(i.status is ImportStatus.SET_ASIDE for i in listing.set_aside(empty_case))
