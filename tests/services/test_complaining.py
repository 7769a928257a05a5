"""Complaint packs and drafts: what is in them, read back as whoever gets them would."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from PIL import Image

from benchmarks.made_cases import make_case
from smsdesk.domain.channels import Channel, Draft
from smsdesk.domain.errors import CannotWrite, ExportMismatch, LimitTooSmall, NothingToTell
from smsdesk.domain.exhibits import ExhibitKind
from smsdesk.domain.findings import FindingState
from smsdesk.domain.masks import MaskKind, MaskState
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.times import CHINA
from smsdesk.report.channels import channel_pages
from smsdesk.report.labels import shown_labels
from smsdesk.report.word.letter import listed
from smsdesk.services import cases, enclosing, listing, masking, reviewing
from smsdesk.services.attaching import AttachOptions, add_files
from smsdesk.services.complaining import PackOptions, make_masked_pack, make_pack
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.lettering import letter_content, write_draft
from tests.report.word_order import out_of_order

PROPOSED = MessageQuery(state=FindingState.PROPOSED)
CARD = {
    "claimant": "张女士",
    "respondent": "鹿芽快贷（虚构）；山月信管（虚构）",
    "claimant_id": "身份证号甲",
    "loan_amount": "9,000 元",
    "facts": "自述的经过。\n第二段。",
    "requests": "请道歉\n请停止",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "made.smscase"
    make_case(path, 24, 8).close()
    return path


@pytest.fixture
def case(made, tmp_path):
    opened = cases.open_case(shutil.copy(made, tmp_path / "case.smscase"))
    cases.update_card(opened, replace(cases.card(opened), **CARD))
    yield opened
    opened.close()


def pack(case, channel, tmp_path, **options):
    target = tmp_path / "pack.zip"
    result = make_pack(case, Channel(channel), target, PackOptions(**options), Task())
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        return result, {name: archive.read(name) for name in archive.namelist()}


def words(data):
    """Return all text of a Word file, tables included, in order."""
    document = docx.Document(io.BytesIO(data))
    return "\n".join(node.text or "" for node in document.element.iter() if node.tag.endswith("}t"))


def letter(files):
    return words(next(data for name, data in files.items() if name.startswith("1-")))


def confirm(case, count):
    ids = listing.message_ids(case, PROPOSED)[:count]
    for message in listing.messages(case, ids):
        reviewing.apply(case, reviewing.plan_acceptance(message))
    return ids


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_gets_a_letter_the_messages_and_the_screenshots(case, tmp_path, channel):
    result, files = pack(case, channel, tmp_path)
    text = letter(files)
    page = channel_pages()[channel]
    assert page.title in text
    wanted = set()
    for message in letter_content(
        case, MessageQuery(), only_labelled=page.only_labelled
    ).court.messages:
        assert message.text in words(files["2-短信明细表.docx"])
        wanted |= {s.original_id for s in message.sightings}
    originals = {o.sha256: o for o in listing.originals(case)}
    pictures = {n: d for n, d in files.items() if n.startswith("附件/")}
    hashes = {hashlib.sha256(data).hexdigest() for data in pictures.values()}
    assert {originals[h].id for h in hashes} == wanted
    assert (result.enclosed, result.left_out) == (len(wanted), ())
    for line in files["SHA256SUMS.txt"].decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(files[name]).hexdigest() == digest
    for name in (name for name in files if name.endswith(".docx")):
        assert out_of_order(files[name]) == []


@pytest.mark.parametrize("channel", [c for c in Channel if c != Channel.SMS_ABUSE])
def test_letters_state_facts_and_claim_no_crime(case, tmp_path, channel):
    confirm(case, 5)
    _, files = pack(case, channel, tmp_path)
    messages = listing.messages(case, listing.message_ids(case, MessageQuery()))
    for name, data in files.items():
        text = words(data) if name.endswith(".docx") else ""
        for message in messages:
            text = text.replace(message.text, "")
        assert "犯罪" not in text
        assert "《中华人民共和国刑法》" not in text
        assert "已认定" not in text
    text = letter(files)
    assert "涉嫌" in text
    assert "请予核查" in text


def test_the_card_is_in_the_letter_and_what_it_lacks_is_asked_for(case, tmp_path):
    result, files = pack(case, "lender", tmp_path)
    text = letter(files)
    for value in ("张女士", "身份证号甲", "9,000 元", "自述的经过。", "第二段。", "请道歉"):
        assert value in text
    assert "【请填写：投诉人住址】" in text
    assert "投诉人住址" in result.blanks
    assert "投诉人住址" in files["办理说明.txt"].decode("utf-8-sig")
    assert "投诉人身份证号" not in result.blanks


def test_confirmed_labels_come_first_and_proposals_are_told_apart(case, tmp_path):
    chosen = confirm(case, 5)
    result, files = pack(case, "lender", tmp_path)
    text = letter(files)
    before, after = text.split("尚待本人核对的标记")
    content = letter_content(case, MessageQuery())
    for violation, found in content.confirmed.items():
        assert {m.id for m, _ in found} <= set(chosen)
        assert f"涉嫌{content.court.labels[violation].name}" in before
    assert content.proposed
    assert all(content.court.labels[v].name in after for v in content.proposed)
    assert result.waiting == len({m.id for f in content.proposed.values() for m, _ in f})


def test_only_labelled_messages_go_where_reminders_have_no_business(case):
    before = letter_content(case, MessageQuery()).court.messages
    dropped = before[0]
    refused = [finding.id for finding in dropped.findings]
    reviewing.apply(case, reviewing.plan_decision([dropped], refused, FindingState.REJECTED))
    everything = letter_content(case, MessageQuery()).court.messages
    assert dropped.id in {m.id for m in everything}
    labelled = letter_content(case, MessageQuery(), only_labelled=True).court.messages
    assert all(shown_labels(message) for message in labelled)
    assert {m.id for m in labelled} < {m.id for m in everything}
    assert not [m for m in everything if "验证码" in m.text]


def test_an_authority_wants_the_lender_asked_first(case, tmp_path):
    result, files = pack(case, "12378", tmp_path)
    notes = files["办理说明.txt"].decode("utf-8-sig")
    assert "须先向贷款机构投诉" in notes
    assert "没有向贷款机构投诉的回执" in notes
    assert any("投诉回执" in what for what in result.blanks)
    cases.update_card(case, replace(cases.card(case), lender_complaint="1月5日，受理号 甲一"))
    result, files = pack(case, "12378", tmp_path)
    assert "1月5日，受理号 甲一" in letter(files)
    assert not any("投诉回执" in what for what in result.blanks)


def test_other_exhibits_go_where_they_belong(case, tmp_path):
    for name, kind in (
        ("回执.pdf", ExhibitKind.COMPLAINT_RECEIPT),
        ("病历.txt", ExhibitKind.MEDICAL),
    ):
        path = tmp_path / name
        path.write_bytes(f"bytes of {name}".encode())
        assert add_files(case, [path], AttachOptions(kind), Task()).added
    _, files = pack(case, "12378", tmp_path)
    (receipt,) = [n for n in files if n.endswith("回执.pdf")]
    assert files[receipt] == "bytes of 回执.pdf".encode()
    assert not [n for n in files if n.endswith("病历.txt")]
    assert "投诉的回执或答复（由本人附上）" not in letter(files)
    assert "没有向贷款机构投诉的回执" not in files["办理说明.txt"].decode("utf-8-sig")
    _, files = pack(case, "police", tmp_path)
    assert [n for n in files if n.endswith("病历.txt")]
    assert not [n for n in files if n.endswith("回执.pdf")]


def test_a_masked_pack_hides_third_persons_and_keeps_the_numbers(case, tmp_path):
    own = "110101199003070011"  # made up; its check digit is not looked at here
    cases.update_card(case, replace(cases.card(case), claimant_id=own))
    masking.apply(case, masking.plan_choice(case, "鹿芽快贷", MaskState.ADDED, MaskKind.OTHER))
    target = tmp_path / "masked.zip"
    made = make_masked_pack(case, Channel.REGULATOR, target, PackOptions(), Task())
    plain, files = pack(case, "12378", tmp_path)
    with zipfile.ZipFile(target) as archive:
        masked = {name: archive.read(name) for name in archive.namelist()}
    assert own in letter(masked)
    table = words(masked["2-短信明细表.docx"])
    assert "【鹿芽快贷】" in words(files["2-短信明细表.docx"])
    assert "【鹿芽快贷】" not in table
    assert (made.path, made.messages, made.enclosed) == (target, plain.messages, plain.enclosed)
    hashes = {o.sha256 for o in listing.originals(case)}
    shown = {hashlib.sha256(d).hexdigest() for n, d in masked.items() if n.startswith("附件/")}
    assert not shown & hashes
    notes = masked["办理说明.txt"].decode("utf-8-sig")
    assert "遮盖后的副本" in notes
    assert "逐字节复制" not in notes


@pytest.mark.parametrize("channel", ["lender", "12321"])
def test_the_list_comes_as_a_spreadsheet_too_with_the_same_rows(case, tmp_path, channel):
    _, files = pack(case, channel, tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(files["2-短信明细表.xlsx"]))
    sheet = book["短信明细表"]
    head, *rows = sheet.iter_rows(values_only=True)
    labelled = channel != "12321"
    content = letter_content(case, MessageQuery(), only_labelled=not labelled)
    assert ("标记" in head) is labelled
    assert len(rows) == len(content.court.messages)
    for row, message in zip(rows, content.court.messages, strict=True):
        told = dict(zip(head, row, strict=True))
        assert told["编号"] == content.number(message)
        assert told["短信全文（逐字）"].startswith(message.text)
        number = told["发送方"]
        assert isinstance(number, str)
        shown = told["最早接收时间（北京时间）"]
        sent = message.sent.earliest
        assert shown == (sent and sent.astimezone(CHINA).replace(tzinfo=None))
        assert told["截图"].startswith("附件")
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", sheet.dimensions)
    words_in_table = words(files["2-短信明细表.docx"])
    assert all(content.number(m) in words_in_table for m in content.court.messages)


def test_12321_gets_number_by_number_the_words_as_they_are(case, tmp_path):
    _, files = pack(case, "12321", tmp_path)
    content = letter_content(case, MessageQuery(), only_labelled=True)
    texts = {n: d.decode("utf-8-sig") for n, d in files.items() if n.startswith("原文/")}
    senders = {m.sender.key for m in content.court.messages if m.sender.number}
    assert len(texts) == len(senders)
    for message in content.court.messages:
        number = message.sender.number.removeprefix("+86")
        (own,) = [t for t in texts.values() if t.startswith(f"被举报号码：{number}\r\n")]
        assert f"{number}*{message.text}" in own.replace("\r\n", "\n")
    assert "涉嫌" not in letter(files)
    report = docx.Document(io.BytesIO(next(d for n, d in files.items() if n.startswith("1-"))))
    assert len(report.inline_shapes) == len(senders)


def test_a_limit_holds_for_the_whole_file_and_names_what_stayed_out(case, tmp_path):
    whole, _ = pack(case, "lender", tmp_path)
    size = (tmp_path / "pack.zip").stat().st_size
    limit = size * 0.7 / 1e6
    result, files = pack(case, "lender", tmp_path, limit_mb=limit)
    assert (tmp_path / "pack.zip").stat().st_size <= limit * 1e6
    assert 0 < result.enclosed < whole.enclosed
    assert result.enclosed + len(result.left_out) == whole.enclosed
    listed = files["附件清单.txt"].decode("utf-8-sig")
    assert all(one.file.sha256 in listed for one in result.left_out)
    assert f"另有 {len(result.left_out)} 件未随附" in letter(files)


def test_confirmed_screenshots_go_first_when_room_is_short(case, tmp_path):
    (chosen,) = confirm(case, 1)
    sizes = [o.size for o in listing.originals(case)]
    court = letter_content(case, MessageQuery()).court
    limits = enclosing.Limits(total=max(sizes))
    found = enclosing.enclose(case, court, limits, (), Task())
    (message,) = listing.messages(case, [chosen])
    assert {s.original_id for s in message.sightings} & set(found.shown_on)


def test_originals_are_made_smaller_only_when_a_person_says_so(case, tmp_path):
    largest = max(o.size for o in listing.originals(case))
    limit = (largest - 1) / 1e6
    plain, _ = pack(case, "lender", tmp_path, file_limit_mb=limit)
    assert plain.left_out
    shrunk, files = pack(case, "lender", tmp_path, file_limit_mb=limit, shrink=True)
    copies = {n: d for n, d in files.items() if "缩小副本" in n}
    assert copies
    assert shrunk.enclosed > plain.enclosed
    for data in copies.values():
        with Image.open(io.BytesIO(data)) as image:
            assert image.format == "JPEG"
    listed = files["附件清单.txt"].decode("utf-8-sig")
    assert all(o.sha256 in listed for o in listing.originals(case) if o.size > limit * 1e6)


def test_a_limit_below_the_texts_is_refused_and_leaves_nothing(case, tmp_path):
    with pytest.raises(LimitTooSmall) as refused:
        pack(case, "lender", tmp_path, limit_mb=0.001)
    assert float(refused.value.fields["needed"]) > 0.001
    assert not (tmp_path / "pack.zip").exists()


def test_the_same_case_gives_the_same_bytes(case, tmp_path, monkeypatch):
    at = cases.now()
    monkeypatch.setattr("smsdesk.services.exporting.now", lambda: at)
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    for target in (first, second):
        make_pack(case, Channel.LENDER, target, PackOptions(), Task())
    assert first.read_bytes() == second.read_bytes()


def test_the_log_says_what_was_written_for_whom(case, tmp_path):
    pack(case, "police", tmp_path)
    entry = listing.custody(case)[-1]
    digest = hashlib.sha256((tmp_path / "pack.zip").read_bytes()).hexdigest()
    assert (entry.action, entry.details["channel"]) == ("exported", "police")
    assert entry.details["sha256"] == digest


def test_without_a_collection_message_nothing_is_written(empty_case, tmp_path):
    with pytest.raises(NothingToTell):
        pack(empty_case, "lender", tmp_path)
    with pytest.raises(NothingToTell):
        write_draft(empty_case, Draft.SUIT, tmp_path / "a.docx", MessageQuery())
    assert not list(tmp_path.glob("*.zip")) + list(tmp_path.glob("*.docx"))


def test_changed_bytes_are_not_handed_over(case, tmp_path, monkeypatch):
    monkeypatch.setattr(enclosing, "original_bytes", lambda *_: b"changed")
    with pytest.raises(ExportMismatch):
        pack(case, "lender", tmp_path)
    assert not (tmp_path / "pack.zip").exists()


def test_stopping_leaves_an_earlier_pack_alone(case, tmp_path):
    target = tmp_path / "pack.zip"
    target.write_bytes(b"an earlier pack")
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        make_pack(case, Channel.LENDER, target, PackOptions(), task)
    assert target.read_bytes() == b"an earlier pack"


def test_a_folder_in_the_way_is_told(case, tmp_path):
    (tmp_path / "pack.zip").mkdir()
    with pytest.raises(CannotWrite):
        pack(case, "police", tmp_path)


def test_a_suit_rests_on_what_a_person_confirmed(case, tmp_path):
    target = tmp_path / "suit.docx"
    made = write_draft(case, Draft.SUIT, target, MessageQuery())
    assert any("逐条确认标记" in what for what in made.blanks)
    confirm(case, 5)
    made = write_draft(case, Draft.SUIT, target, MessageQuery())
    text = words(target.read_bytes())
    content = letter_content(case, MessageQuery())
    assert not any("逐条确认标记" in what for what in made.blanks)
    assert "尚待本人核对" not in text
    for violation in content.confirmed:
        assert f"涉嫌{content.court.labels[violation].name}" in text
    for part in ("草　稿", "民 事 起 诉 状", "案由：", "诉讼请求", "事实与理由", "请道歉"):
        assert part in text
    assert text.count("被告：") == 2


def test_a_suit_tells_what_ties_the_messages_to_the_contract(case, tmp_path):
    message = next(
        m for m in letter_content(case, MessageQuery()).court.messages if "编号" in m.text
    )
    code = "".join(c for c in message.text.split("编号")[1] if c.isalnum())
    cases.update_card(case, replace(cases.card(case), contract_number=f"合同-{code}"))
    write_draft(case, Draft.SUIT, tmp_path / "suit.docx", MessageQuery())
    text = words((tmp_path / "suit.docx").read_bytes())
    number = letter_content(case, MessageQuery()).number(message)
    assert f"合同编号末尾“{code[-4:]}”" in text
    assert number in text.split("合同编号末尾")[1]


def test_of_very_many_numbers_the_first_are_listed_and_the_rest_is_pointed_to(case):
    content = letter_content(case, MessageQuery())
    (message, *_) = content.court.messages
    numbers = {n: 2 * n for n in range(1, 200)}  # no two in a row: nothing can be put together
    court = replace(content.court, numbers=numbers)
    shown = listed(replace(content, court=court), [replace(message, id=n) for n in numbers])
    assert shown.startswith("0002、0004、")
    assert shown.endswith("等，余见《短信明细表》")
    assert shown.count("、") == 39


def test_a_demand_asks_and_does_not_threaten(case, tmp_path):
    write_draft(case, Draft.DEMAND, tmp_path / "demand.docx", MessageQuery())
    text = words((tmp_path / "demand.docx").read_bytes())
    assert "关于停止不当催收的告知函" in text
    assert "草　稿" in text
    assert "鹿芽快贷（虚构）：" in text


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../a.png", "_.._a.png"),
        ("a:b?.png", "a_b_.png"),
        ("", "_"),
        ("图" * 300 + ".png", "图" * 56 + ".png"),
        ("\ud800.png", "_.png"),
    ],
)
def test_names_are_safe_everywhere(name, safe):
    assert enclosing.safe_name(name) == safe


def test_every_note_says_how_it_is_known():
    for page in channel_pages().values():
        assert {note.status for note in page.notes} <= {"已读", "未核", "建议"}
        assert page.notes


def test_nothing_quotes_a_provision_that_was_not_verified(case, tmp_path):
    _, files = pack(case, "lender", tmp_path)
    content = letter_content(case, MessageQuery())
    unverified = {p.instrument for p in content.court.provisions.values() if p.text is None}
    text = letter(files)
    named = text.split("未核对原文，只列名称")[1]
    assert any(instrument in named for instrument in unverified)
