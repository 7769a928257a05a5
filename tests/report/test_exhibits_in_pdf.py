"""Exhibits of other kinds, figures and choices, as the finished PDF shows them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import re

import pikepdf
import pytest
import sample_content as sample
from PIL import Image

from smsdesk.domain.errors import ExportMismatch, PictureError, SetAsideReason
from smsdesk.domain.exhibits import Attachment, ExhibitKind, ExhibitRecord
from smsdesk.domain.findings import Proposal, ViolationType
from smsdesk.domain.masks import MaskReport
from smsdesk.domain.times import CHINA, SentTime, TimeBasis
from smsdesk.report.content import PictureSource
from smsdesk.report.pdf.document import page_numbers

COLLECTION = "您的借款已逾期，今天必须还款，否则后果自负，欠款{}元"


def attachment(id_, data, name, sizes):
    return Attachment(
        id_, hashlib.sha256(data).hexdigest(), "3" * 64, len(data),
        "image/jpeg" if sizes else "audio/mpeg", name, f"/files/{name}", sample.NOW, sample.NOW,
        sizes,
    )  # fmt: skip


@pytest.fixture(scope="module")
def contract():
    buffer = io.BytesIO()
    Image.effect_noise((400, 600), 60).save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture
def with_files(contract):
    """A case with a contract (a picture) and a recording, which no paper can show."""
    base = sample.small_file([COLLECTION.format(n) for n in range(1, 4)])
    picture = attachment(7, contract, "合同.jpg", ((400, 600),))
    sound = attachment(8, b"sound", "通话录音.mp3", ())
    records = [
        ExhibitRecord("f7", ExhibitKind.CONTRACT, files=(7,), proves="借款的金额和期限"),
        ExhibitRecord("f8", ExhibitKind.OTHER, files=(8,), name="通话录音"),
    ]
    plan = sample.plan_of(
        base.card, base.devices, base.originals, base.messages, [picture, sound], records
    )

    def data(file_id, page):
        if file_id != 7:
            raise PictureError(SetAsideReason.DAMAGED)
        return contract

    attached = PictureSource(data, lambda i, page: Image.open(io.BytesIO(data(i, page))))
    return dataclasses.replace(base, plan=plan, attached=attached)


def test_other_files_are_printed_or_listed_under_their_groups(printed, with_files, contract):
    pdf = printed(with_files)
    assert "第一组主体与债权债务关系" in pdf.flat
    assert "第二组短信" in pdf.flat
    assert "第三组损害后果" in pdf.flat
    assert "证明：借款的金额和期限" in pdf.flat
    assert "另附的文件" in pdf.flat
    assert hashlib.sha256(b"sound").hexdigest() in pdf.flat
    with pikepdf.open(pdf.path) as file:
        images = [
            image.read_raw_bytes()
            for page in file.pages
            for image in page.resources.get("/XObject", pikepdf.Dictionary()).values()
        ]
    assert contract in images
    numbers = page_numbers(with_files)
    at = numbers["attachment-7"]
    assert "证据1-1-01" in "".join(pdf.pages[at - 1].split())
    assert numbers["attachment-7-end"] == at


def test_a_file_that_was_changed_is_refused(printed, with_files):
    changed = dataclasses.replace(
        with_files,
        attached=PictureSource(lambda *_: sample.drawn_png(), with_files.attached.upright),
    )
    with pytest.raises(ExportMismatch):
        printed(changed)


def at(day, hour, minute=0):
    moment = dt.datetime(2025, 12, day, hour, minute, tzinfo=CHINA)
    return SentTime(moment, moment, TimeBasis.READ, f"{hour}:{minute:02}")


def test_statistics_name_the_messages_they_count(printed):
    base = sample.small_file(["甲"])
    times = [at(20, 9), at(20, 9, 4), at(20, 23), at(21, 10), at(22, 8, 30)]
    texts = [COLLECTION.format(n) for n in range(4)] + ["您的验证码是 123456，请勿告诉他人。"]
    messages = [
        sample.message(n, text, sent=sent)
        for n, (text, sent) in enumerate(zip(texts, times, strict=True), 1)
    ]
    flat = printed(sample.with_messages(base, messages)).flat
    assert "只计其中收到的催收短信4条" in flat
    assert "未计入：收到的通知、验证码等与催收无关的1条" in flat
    assert "共3条，其中夜间1条，编号0001–0003。" in flat
    assert "最短的间隔为4分钟（编号0001–0002）" in flat
    assert "达到每日3条提示线（自设，非法定标准）的有1天：2025-12-20" in flat
    assert re.search(r"其中夜间收到10003", flat)
    assert re.search(r"未计入：与催收无关的10005", flat)
    assert "短信服务记录的保存期" in flat


def test_a_choice_is_told_on_cover_catalogue_statistics_and_timeline(printed):
    base = sample.small_file([COLLECTION.format(1), COLLECTION.format(2)], total_messages=310)
    flat = printed(base).flat
    assert "选列短信2条，共310条" in flat
    assert "选列短信2条，共310条；编号为全案编号。页码为全卷连续页码" in flat
    assert "本卷所列短信2条（选列，共310条）" in flat
    assert "选列2条，共310条。短信全文" in flat


def test_reasons_come_before_words_that_no_reason_names(printed):
    base = sample.small_file(["甲"])
    first = sample.message(1, "甲乙丙丁戊己庚辛", labels=[ViolationType.INSULT])
    (finding,) = first.findings
    by_rule = dataclasses.replace(
        finding,
        proposal=Proposal(
            ViolationType.INSULT, "insult.x", ((0, 1), (4, 6)), "命中“甲”：规则。", ()
        ),
    )
    by_context = dataclasses.replace(
        finding,
        proposal=Proposal(ViolationType.INSULT, "context.kin", ((6, 7),), "依据上下文。", ()),
    )
    message = dataclasses.replace(first, findings=(by_context, by_rule))
    flat = printed(sample.with_messages(base, [message])).flat
    assert "命中“甲”：规则。（另见“戊己”）依据上下文。（另见“庚”）" in flat


def test_a_masked_copy_says_so_on_every_page(printed):
    base = sample.small_file(["甲", "乙"])
    pdf = printed(dataclasses.replace(base, masks=MaskReport(())))
    assert "脱敏副本" in pdf.pages[0]
    assert all("脱敏副本" in page for page in pdf.pages[1:])


def test_print_size_is_said_where_it_is_used(printed):
    base = sample.small_file(["甲"])
    noise = io.BytesIO()
    Image.effect_noise((1600, 2400), 90).convert("RGB").save(noise, "PNG")
    pictures = sample.Pictures({1: noise.getvalue})
    shot = sample.original(1, noise.getvalue(), "IMG_0001.PNG")
    source = PictureSource(pictures.data, pictures.upright)
    content = dataclasses.replace(base, originals=[shot], pictures=source)
    content = sample.with_messages(content, base.messages)
    whole = printed(content, "whole.pdf")
    small = printed(dataclasses.replace(content, print_size=True), "small.pdf")
    assert "打印尺寸副本" not in whole.flat
    assert small.flat.count("（打印尺寸副本）") == 1
    assert "按80毫米宽、每英寸300点缩小" in small.flat
    assert small.path.stat().st_size < whole.path.stat().st_size / 3
