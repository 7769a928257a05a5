"""The court PDF, written and read back."""

from __future__ import annotations

import dataclasses
import io
import re

import pikepdf
import pypdfium2
import pytest
import sample_content as sample
from PIL import Image

from smsdesk.domain.cases import ImportItem, ImportStatus
from smsdesk.domain.errors import SetAsideReason
from smsdesk.domain.findings import FindingState, ViolationType
from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Continuity
from smsdesk.domain.times import UNKNOWN_TIME, Contradiction
from smsdesk.report.pdf.document import write_pdf
from smsdesk.report.pdf.surveying import Stage
from smsdesk.report.phrases import ranges


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    content = sample.story_file()
    path = tmp_path_factory.mktemp("story") / "court.pdf"
    return content, path, write_pdf(content, path)


@pytest.fixture(scope="module")
def story_pages(story):
    with pypdfium2.PdfDocument(story[1]) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def pictures_of(pdf):
    for page in pdf.pages:
        yield from page.resources.get("/XObject", pikepdf.Dictionary()).values()


def fonts_of(pdf):
    for page in pdf.pages:
        yield from page.resources.get("/Font", pikepdf.Dictionary()).values()


def test_counts_are_those_of_the_case(story):
    content, _, facts = story
    assert (facts.messages, facts.originals) == (101, 20)
    assert facts.pages > 20
    assert len(content.messages) == 101


def test_every_message_and_number_is_there(story, story_pages):
    content, _, _ = story
    everything = "".join(story_pages)
    for number, message in enumerate(content.messages, 1):
        assert f"{number:04}" in everything
        assert "".join(message.text.split())[:12] in everything


def test_every_original_is_there_with_its_hash(story, story_pages):
    everything = "".join(story_pages)
    for original in story[0].originals:
        assert original.sha256 in everything
        assert original.sm3 in everything


def test_page_references_lead_to_the_original(story, story_pages):
    content = story[0]
    found = 0
    names = {o.id: o.file_name for o in content.originals}
    for page in story_pages:
        for page_number, exhibit in re.findall(r"原件见第(\d+)页证据(\d-\d+-\d\d)", page):
            assert f"证据{exhibit}" in story_pages[int(page_number) - 1]
            found += 1
    assert found == len(content.messages)
    annex = "".join(story_pages)
    assert all(name[:20] in annex for name in names.values())


def test_catalogue_names_the_pages_of_the_parts(story, story_pages):
    with pypdfium2.PdfDocument(story[1]) as document:
        catalogue = " ".join(document[n].get_textpage().get_text_range() for n in range(1, 6))
    first, last = re.search(r"截图局\s*部\s+(\d+)–(\d+)\s", catalogue).groups()
    assert "短信时间轴短信全文" in story_pages[int(first) - 1]
    assert "短信时间轴" in story_pages[int(last) - 1]
    assert "分类汇总" in story_pages[int(last)]


def test_pages_are_numbered(story_pages):
    for number, page in enumerate(story_pages, 1):
        assert f"第{number}页共{len(story_pages)}页" in page


def test_links_lead_there_and_back(story):
    with pikepdf.open(story[1]) as pdf:
        links = [a for page in pdf.pages for a in page.get("/Annots", [])]
        assert len(links) > 200
        assert all(int(link.F) == 4 for link in links)
        assert qualified_outline(pdf) >= 7 + 12


def qualified_outline(pdf):
    with pdf.open_outline() as outline:
        return len(outline.root) + sum(len(item.children) for item in outline.root)


def test_fonts_are_embedded_and_ours(story):
    with pikepdf.open(story[1]) as pdf:
        names = set()
        for font in fonts_of(pdf):
            names.add(str(font.BaseFont))
            assert "/FontFile2" in font.FontDescriptor
            assert "/ToUnicode" in font
    assert names
    assert all(re.fullmatch(r"/[A-Z]{6}\+Noto.*", name) for name in names)


def test_archivable(story):
    with pikepdf.open(story[1]) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.OutputIntents[0].DestOutputProfile.N == 3
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
        assert meta["dc:title"] == story[0].card.title
        assert str(pdf.docinfo["/Title"]) == story[0].card.title
        assert pdf.check_pdf_syntax() == []


def test_pictures_enter_untouched(story):
    content, path, _ = story
    jpeg = next(o for o in content.originals if o.file_name.endswith(".jpg"))
    png = next(o for o in content.originals if o.file_name.endswith(".PNG"))
    with pikepdf.open(path) as pdf:
        pictures = list(pictures_of(pdf))
        assert content.pictures.data(jpeg.id) in [p.read_raw_bytes() for p in pictures]
        wanted = content.pictures.upright(png.id, 0)
        match = [
            pikepdf.PdfImage(p).as_pil_image().convert("RGB")
            for p in pictures
            if (p.Width, p.Height) == wanted.size and p.Filter == pikepdf.Name.FlateDecode
        ]
        assert any(image.tobytes() == wanted.tobytes() for image in match)


def test_same_content_same_bytes(printed):
    content = sample.small_file(["您好，请还款。😀", "再不还就上门！", "老赖"])
    first, second = printed(content, "a.pdf"), printed(content, "b.pdf")
    assert first.path.read_bytes() == second.path.read_bytes()


def test_three_messages(printed):
    pdf = printed(sample.small_file(["第一条短信。", "第二条短信。", "第三条短信。"]))
    assert pdf.facts.messages == 3
    assert "短信3条" in pdf.flat
    assert "收到最多的一天" in pdf.flat


def test_an_empty_case_gives_a_sensible_file(printed):
    pdf = printed(sample.small_file([]))
    assert pdf.facts == dataclasses.replace(pdf.facts, messages=0, originals=0)
    assert "没有可列的短信" in pdf.flat
    assert "尚无截图原件" in pdf.flat


def test_three_hundred_messages(printed):
    texts = [f"第{n}次通知：请尽快还款，否则后果自负。" for n in range(1, 301)]
    pdf = printed(sample.small_file(texts))
    assert pdf.facts.messages == 300
    assert all(text in pdf.flat for text in texts)


def test_a_selection_says_so(printed):
    content = sample.small_file(["甲", "乙"], total_messages=310, numbers={1: 17, 2: 203})
    pdf = printed(content)
    assert "选列短信2条，共310条" in pdf.flat
    assert "0017" in pdf.flat
    assert "0203" in pdf.flat


HOSTILE = [
    "<b>粗体</b><para>&lt;script&gt;</para><img src='x'/>",
    "倒序\u202e字符\u202c与零宽\u200b空格",
    "空\x00字\x07符\x1b[31m",
    "表情😀👨\u200d👩\u200d👧和生僻字\U0002a6b2",
    "a" * 3000,
    "第一行\n\n第三行\r\n第四行",
    "。，、！？" * 50,
    "{placeholder} %s \\ ( ) (( 〔",
    "",
]


def test_hostile_text_is_printed_and_does_no_harm(printed):
    pdf = printed(sample.small_file(HOSTILE))
    assert "<b>粗体</b><para>&lt;script&gt;</para><imgsrc='x'/>" in pdf.flat
    assert "倒序〔U+202E〕字符〔U+202C〕与零宽〔U+200B〕空格" in pdf.flat
    assert "空〔U+0000〕字〔U+0007〕符〔U+001B〕" in pdf.flat
    assert "生僻字〔U+2A6B2〕" in pdf.flat
    assert pdf.flat.count("a" * 30) >= 80
    assert "{placeholder}%s\\()((〔" in pdf.flat


def test_emoji_are_drawn_with_an_embedded_font(printed):
    pdf = printed(sample.small_file(["还钱😀"]))
    with pikepdf.open(pdf.path) as file:
        assert any("NotoEmoji" in str(font.BaseFont) for font in fonts_of(file))
    assert "还钱😀" in pdf.flat


def test_a_very_long_message_goes_on_over_pages(printed):
    text = "".join(f"第{n}句，请立即还款。" for n in range(1, 500))[:5000]
    pdf = printed(sample.small_file([text, "短"]))
    assert "（续）" in pdf.flat
    body = "".join(page for page in pdf.pages if "短信时间轴" in page)
    flat = "".join(body.split())
    missing = [n for n in range(1, 400) if f"第{n}句" not in flat]
    assert len(missing) < pdf.facts.pages  # one may stand on either side of each page break


def test_a_scroll_is_cut_into_pieces_that_overlap(printed):
    data = sample.drawn_png(3, (1080, 20000))
    pictures = sample.Pictures({1: lambda: data})
    scroll = sample.original(1, data, "长图.png")
    tall = sample.message(1, "整屏短信", box=Box(20, 60, 1000, 9000))
    pdf = printed(sample.court_file([tall], [scroll], pictures, [sample.PHONE]))
    parts = re.findall(r"续(\d+)/(\d+)", pdf.flat)
    assert [int(k) for k, _ in parts] == list(range(2, int(parts[0][1]) + 1))
    assert "截图节录，完整见第" in pdf.flat
    with pikepdf.open(pdf.path) as file:
        assert len({picture.objgen for picture in pictures_of(file)}) == 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_rotated_photographs_stand_upright(printed, orientation):
    upright = Image.new("L", (90, 160), 255)
    upright.paste(0, (0, 0, 45, 80))
    stored = upright.transpose(INVERSE[orientation]) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = io.BytesIO()
    stored.convert("RGB").save(buffer, "JPEG", exif=exif, quality=95)
    data = buffer.getvalue()
    photo = sample.original(1, data, "photo.jpg")
    assert (photo.width, photo.height) == (90, 160)
    pictures = sample.Pictures({1: lambda: data})
    seen = sample.message(1, "短信", box=Box(5, 5, 85, 155))
    pdf = printed(sample.court_file([seen], [photo], pictures, [sample.PHONE]))
    assert darkest_quarter(pdf) == (0, 0)


INVERSE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def darkest_quarter(pdf):
    """Return (column, row) of the picture's darkest quarter on its annex page."""
    number = next(
        n for n, page in enumerate(pdf.pages) if "证据 1-1-01" in page and "SHA-256" in page
    )
    with pypdfium2.PdfDocument(pdf.path) as document:
        page = document[number]
        found = next(o for o in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
        left, bottom, right, top = found.get_bounds()
        image = page.render(scale=2).to_pil().convert("L")
        height = page.get_height()
    box = image.crop((left * 2, (height - top) * 2, right * 2, (height - bottom) * 2))
    small = box.resize((2, 2), Image.Resampling.BOX)
    return min(((x, y) for x in (0, 1) for y in (0, 1)), key=small.getpixel)


def picture_bytes(mode, **options):
    image = Image.new("RGB", (300, 500), "white")
    image.paste("black", (20, 60, 200, 120))
    buffer = io.BytesIO()
    image.convert(mode).save(buffer, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        picture_bytes("RGBA", format="PNG"),
        picture_bytes("P", format="PNG"),
        picture_bytes("1", format="PNG"),
        picture_bytes("L", format="PNG"),
        picture_bytes("LA", format="PNG"),
        picture_bytes("CMYK", format="JPEG"),
        picture_bytes("L", format="JPEG"),
        picture_bytes("RGB", format="JPEG", progressive=True),
        picture_bytes("RGB", format="WEBP"),
        picture_bytes("RGB", format="BMP"),
    ],
)
def test_every_picture_format_is_drawn(printed, data):
    pictures = sample.Pictures({1: lambda: data})
    shot = sample.original(1, data, "shot")
    seen = sample.message(1, "短信", box=Box(20, 60, 200, 120))
    pdf = printed(sample.court_file([seen], [shot], pictures, [sample.PHONE]))
    page = next(n for n, text in enumerate(pdf.pages) if "原件见第" in text)
    with pypdfium2.PdfDocument(pdf.path) as document:
        found = next(o for o in document[page].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
        image = found.get_bitmap().to_pil().convert("L")
    assert image.size == (300, 500)
    assert image.getpixel((100, 90)) < 20
    assert image.getpixel((250, 400)) > 235


def test_labels_are_worded_with_care(printed):
    messages = sample.small_file(["甲甲甲甲甲", "乙乙乙乙乙", "丙丙丙丙丙"]).messages
    rejected = sample.message(
        4, "丁丁丁丁丁", labels=[ViolationType.IMPERSONATION], state=FindingState.REJECTED
    )
    hint = sample.message(5, "戊戊戊戊戊", labels=[ViolationType.NUMBER_RISK])
    base = sample.small_file(["甲甲甲甲甲"])
    pdf = printed(sample.with_messages(base, [*messages, rejected, hint]))
    assert "涉嫌虚假恐吓（待确认）" in pdf.flat
    assert "冒充国家机关" not in pdf.flat
    assert "number_risk" not in pdf.flat
    assert "未核原文，仅列名称" in pdf.flat
    assert "「任何组织或者个人不得以电话" in pdf.flat
    assert "已认定违法" not in pdf.flat


def test_doubt_gaps_unknown_times_and_corrections_are_said(printed):
    base = sample.small_file(["甲甲甲甲"])
    messages = [
        sample.message(1, "甲甲甲甲", doubtful=((1, 2),)),
        sample.message(2, "乙乙乙乙", before=Continuity.GAP),
        sample.message(
            5,
            "戊戊戊戊",
            before=Continuity.LIKELY_GAP,
            in_question=True,
            labels=[ViolationType.INSULT],
        ),
        sample.message(6, "己己己己", before=Continuity.LIKELY_CONTINUOUS),
        sample.message(3, "丙丙丙丙", sent=UNKNOWN_TIME),
        sample.message(4, "丁了丁丁", corrected_text="丁丁丁丁"),
    ]
    pdf = printed(sample.with_messages(base, messages))
    assert "此处有缺口：没有截图显示其间的内容" in pdf.flat
    assert "此处可能有缺口，待确认" in pdf.flat
    assert "此处大概连续，待确认" in pdf.flat
    assert "本条可能为两条" in pdf.flat
    assert "其中 1 条可能各是两条" in pdf.flat or "其中1条可能各是两条" in pdf.flat
    assert "时间不明" in pdf.flat
    assert "程序原识读为：丁了丁丁" in pdf.flat
    assert "损坏.png" in pdf.flat


@pytest.fixture
def scan_content():
    """A PDF of five pages: the second long, the third damaged, the fifth wide; a PNG beside it."""
    sizes = ((390, 844), (390, 6000), (390, 844), (390, 844), (900, 500))
    drawn = [sample.drawn_png(n, size) for n, size in enumerate(sizes)]
    pictures = sample.Pictures({1: lambda: sample.drawn_png(9, (390, 844))})
    pictures.makers |= {(2, n): lambda n=n: drawn[n] for n in (0, 1, 3, 4)}
    scan = dataclasses.replace(
        sample.original(2, drawn[0], "客户扫描件.pdf"),
        media_type="application/pdf", page_sizes=sizes,
    )  # fmt: skip
    messages = [
        sample.message(1, "图片里的短信"),
        sample.message(2, "第一页的短信", original_id=2),
        sample.message(3, "第二页下方的短信", original_id=2, box=Box(20, 5200, 300, 5300)),
        sample.message(4, "第四第五页都有的短信", original_id=2),
    ]
    pages = {2: (0,), 3: (1,), 4: (3, 4)}
    for index, message in enumerate(messages[1:], 1):
        (seen,) = message.sightings
        on = tuple(dataclasses.replace(seen, page=page) for page in pages[message.id])
        messages[index] = dataclasses.replace(message, sightings=on)
    set_aside = [
        ImportItem(
            7, "/a/客户扫描件.pdf", ImportStatus.SET_ASIDE, 2, SetAsideReason.DAMAGED, page=2
        )
    ]
    shot = sample.original(1, sample.drawn_png(9, (390, 844)), "截图.png")
    originals = [shot, scan]
    return sample.court_file(messages, originals, pictures, [sample.PHONE], set_aside=set_aside)


def test_every_page_of_a_document_is_printed_with_its_number(printed, scan_content):
    pdf = printed(scan_content)
    assert (pdf.facts.originals, pdf.facts.messages) == (2, 4)
    for page in range(1, 6):
        assert f"第{page}页（共5页）" in pdf.flat
    assert "截图原件2件（共6页）" in pdf.flat
    with pikepdf.open(pdf.path) as file:
        assert len({picture.objgen for picture in pictures_of(file)}) == 5
    assert "900×500像素" in pdf.flat
    assert re.search(r"续2/\d", pdf.flat)


def test_a_damaged_page_is_said_where_it_would_stand_and_in_the_list(printed, scan_content):
    pdf = printed(scan_content)
    assert pdf.flat.count("此页无法显示") == 1
    assert "客户扫描件.pdf第3页" in pdf.flat.replace("\u3000", "")


def test_messages_lead_to_their_page(printed, scan_content):
    pdf = printed(scan_content)
    shown = re.findall(r"原件见第(\d+)页证据([\d-]+)(?:第(\d)页)?", pdf.flat)
    assert [page for _, _, page in shown] == ["", "1", "2", "4"]
    for sheet, number, page in shown[1:]:
        text = "".join(pdf.pages[int(sheet) - 1].split())
        assert f"证据{number}第{page}页（共5页" in text
    assert f"同一短信另见证据{shown[3][1]}第5页" in pdf.flat
    (below,) = [text for text in pdf.pages if "所见短信　0003" in text]
    assert "续 " in below  # the part of the long page that shows it


def test_a_doubtful_number_is_printed_with_its_other_readings(printed):
    base = sample.small_file(["甲甲甲甲"])
    sender = dataclasses.replace(sample.SENDER, readings=("+8617101236885",))
    messages = [sample.message(1, "甲甲甲甲", sender=sender)]
    pdf = printed(sample.with_messages(base, messages))
    assert "号码存疑：另一次识读作+8617101236885，以截图为准。" in pdf.flat


def test_a_screenshot_that_contradicts_its_moment_is_named(printed):
    base = sample.small_file(["甲甲甲甲"])
    found = (Contradiction.CLOCK, Contradiction.LABEL)
    wrong = dataclasses.replace(base.originals[0], status_clock="03:07", contradictions=found)
    pdf = printed(dataclasses.replace(base, originals=[wrong, *base.originals[1:]]))
    assert "与画面不符的截图时间" in pdf.flat
    assert "状态栏时钟03:07与截图时间" in pdf.flat
    assert "截图中的短信时间晚于截图时间" in pdf.flat
    assert "截图时间（与画面不符）" in pdf.flat
    assert "文件所记的截图时间与画面不符，见完整性说明。" in pdf.flat
    assert "与画面不符" not in printed(base).flat


@pytest.mark.parametrize("stage", [Stage.LAYING_OUT, Stage.DRAWING, Stage.WRITING, Stage.CHECKING])
def test_progress_is_told_and_stops_the_work(tmp_path, stage):
    class StopHere(Exception):
        pass

    def notify(now, done, total):
        if now == stage:
            raise StopHere

    target = tmp_path / "court.pdf"
    with pytest.raises(StopHere):
        write_pdf(sample.small_file(["甲"]), target, notify)
    assert [path.name for path in tmp_path.iterdir()] in ([], ["court.pdf"])
    assert list(tmp_path.glob(".*")) == []


def test_ranges():
    assert ranges([3, 4, 5, 9, 12, 11]) == "0003–0005、0009、0011–0012"


def test_a_thread_without_any_day_is_not_put_under_another_threads_day(printed):
    base = sample.small_file(["甲甲甲甲"])
    unknown = [sample.message(n, "乙乙", sent=UNKNOWN_TIME, thread_id=n // 3 + 1) for n in (2, 3)]
    pdf = printed(sample.with_messages(base, [sample.message(1, "甲甲甲甲"), *unknown]))
    heads = re.findall(r"另(\d)条日期未能确定|时间不明·(\d)条", pdf.flat)
    assert heads == [("1", ""), ("", "1")]  # one beside its neighbour, one of an unknown day
