"""Try to get the masked words out of masked copies again."""

from __future__ import annotations

import io
import json
import re
import zipfile
from contextlib import closing

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from smsdesk.domain.cases import CaseCard, SourceDevice
from smsdesk.domain.errors import PackageWithoutCase, WrongUse
from smsdesk.domain.findings import Recipient
from smsdesk.domain.masks import MaskKind, MaskState
from smsdesk.domain.queries import MessageQuery
from smsdesk.ocr.registry import engine
from smsdesk.resources import resource
from smsdesk.rules.masks import squeezed
from smsdesk.services import cases, listing, masking
from smsdesk.services.exhibits import plan
from smsdesk.services.formats import EXPORTERS
from smsdesk.services.importing import ImportOptions, import_paths
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.masked_copies import export_masked
from smsdesk.services.unpacking import unpack
from smsdesk.services.verifying import verify
from smsdesk.services.verifying_packages import verify_package
from tests.storage.builders import create, original

_IMAGE = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
EVERYTHING = MessageQuery()

MESSAGES = (
    "你妈叫赵桂芳，电话13800001111，我已经打过去了，她说替你还。",
    "你身份证号430102199001011237，家住望江路18号2单元602，跑不掉的。",
    "赵桂芳今天又挂我电话，你再不还我就去她小区贴告示，还有林小燕那边。",
    "把钱转到6222021234567890128，晚上八点之前到账。",
)
SECRETS = (
    "赵桂芳", "13800001111", "430102199001011237", "望江路18号", "2单元602", "6222021234567890128",
    "林小燕", "李秀英", "13700002222",
)  # fmt: skip
"""What nobody may find in a masked copy; 林小燕 is found by no rule, a person adds it."""


def screenshot(path, messages):
    """Draw a thread as a phone shows it."""
    font = ImageFont.truetype(str(resource("fonts", "NotoSansSC-Regular.ttf")), 44)
    image = Image.new("RGB", (1080, 1900), "white")
    draw = ImageDraw.Draw(image)
    draw.text((48, 30), "10:20", fill="black", font=font)
    draw.text((540, 150), "171 0123 8846", fill="black", font=font, anchor="mm")
    draw.text((540, 280), "今天 10:02", fill="grey", font=font, anchor="mm")
    y = 340
    for text in messages:
        rows = [text[i : i + 15] for i in range(0, len(text), 15)]
        height = 64 * len(rows) + 48
        draw.rounded_rectangle((40, y, 780, y + height), 36, fill=(233, 233, 235))
        for number, row in enumerate(rows):
            draw.text((76, y + 20 + 64 * number), row, fill="black", font=font)
        y += height + 40
    image.save(path, pnginfo=None)
    return path


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("masked")
    card = CaseCard(
        "张敏与某公司纠纷", claimant="张敏", claimant_id="430102199001011237",
        facts="张敏的母亲赵桂芳也收到短信。",
    )  # fmt: skip
    made = cases.create_case(folder / "case.smscase", card)
    device = SourceDevice(0, "母亲的手机", "李秀英", "", "13700002222", "", Recipient.THIRD, "母亲")
    picture = screenshot(folder / "赵桂芳 Screenshot_20251219-102001.png", MESSAGES)
    import_paths(made, [picture], ImportOptions(device=device), Task())
    masking.apply(made, masking.plan_choice(made, "林小燕", MaskState.ADDED, MaskKind.NAME))
    yield made
    made.close()


@pytest.fixture(scope="module")
def copies(case, tmp_path_factory):
    """A masked copy in every form there is."""
    folder = tmp_path_factory.mktemp("copies")
    for ending in EXPORTERS:
        export_masked(case, folder / f"copy{ending}", EVERYTHING, Task())
    return folder


def leaked(text):
    return [secret for secret in SECRETS if secret in squeezed(text)]


def strings_in(item):
    """Yield all strings that stand in an object of a PDF, however deep."""
    if isinstance(item, pikepdf.String):
        yield str(item)
        return
    inner = []
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        inner = [item[key] for key in item.keys()]  # noqa: SIM118 - not a dict
    elif isinstance(item, pikepdf.Array):
        inner = list(item)
    for one in inner:
        if not getattr(one, "is_indirect", False):
            yield from strings_in(one)


def read_again(image):
    return "".join(line.text for line in engine("ppocr").read(image.convert("RGB")).lines)


def test_the_words_are_there_to_be_masked(case):
    messages = listing.messages(case, listing.message_ids(case, EVERYTHING))
    texts = "".join(m.text for m in messages)
    shown = set(SECRETS) - {"李秀英", "13700002222"}
    assert set(leaked(texts)) == shown
    with Image.open(io.BytesIO(listing.original_bytes(case, 1))) as image:
        assert set(leaked(read_again(image))) == shown


def test_neither_text_nor_raw_bytes_of_the_pdf_tell(copies):
    path = copies / "copy.pdf"
    with closing(pypdfium2.PdfDocument(path)) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    assert leaked("".join(pages)) == []
    assert "█" in "".join(pages)
    with pikepdf.open(path) as pdf:
        streams = [o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream)
                   and o.get("/Subtype") != "/Image"]  # fmt: skip
        words = [word for item in [*pdf.objects, pdf.trailer] for word in strings_in(item)]
        titles = [item.title for item in pdf.open_outline().root]
    assert set(titles) <= set(words)  # bookmarks, information and links are all among them
    assert leaked("\n".join(words)) == []
    for data in [path.read_bytes(), *streams]:
        for secret in SECRETS:
            assert secret.encode() not in data
            assert secret.encode("utf-16-be") not in data


def test_no_engine_reads_the_words_in_pictures_of_the_pdf(copies):
    with pikepdf.open(copies / "copy.pdf") as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        images = [pikepdf.PdfImage(one) for one in streams if one.get("/Subtype") == "/Image"]
        seen = [read_again(image.as_pil_image()) for image in images]
    assert any("替你还" in text for text in seen)
    assert leaked("".join(seen)) == []


def test_the_printed_pages_show_nothing_either(copies):
    with closing(pypdfium2.PdfDocument(copies / "copy.pdf")) as document:
        with_pictures = [page for page in document if any(page.get_objects([_IMAGE]))]
        pages = [page.render(scale=2.5).to_pil() for page in with_pictures]
    assert len(pages) > 1
    seen = "".join(map(read_again, pages))
    assert "替你还" in seen
    assert leaked(seen) == []


@pytest.mark.parametrize("ending", [e for e in EXPORTERS if e != ".pdf"])
def test_other_forms_tell_nothing(copies, ending):
    data = (copies / f"copy{ending}").read_bytes()
    parts = [data]
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts += [archive.read(name) for name in archive.namelist()]
            parts.append("".join(archive.namelist()).encode())
    for part in parts:
        assert leaked(re.sub(r"<[^>]+>", "", part.decode("utf-8", "replace"))) == []


def test_pictures_of_the_package_are_new_and_tell_nothing(case, copies):
    originals = {o.sha256 for o in listing.originals(case)}
    with zipfile.ZipFile(copies / "copy.zip") as archive:
        pictures = [archive.read(n) for n in archive.namelist() if "/原件/" in n]
        listed = json.loads(archive.read("copy/data/原件清单.json"))
        notice = archive.read("copy/说明.txt").decode("utf-8-sig")
        assert not [n for n in archive.namelist() if n.endswith(".smscase") or "流转记录" in n]
    assert len(pictures) == 1
    for data in pictures:
        with Image.open(io.BytesIO(data)) as image:
            assert not image.getexif()
            assert leaked(read_again(image)) == []
    assert {file["sha256"] for file in listed["files"]} == originals
    assert "脱敏副本" in notice
    assert "身份证号：文字" in notice


def test_a_masked_package_is_checked_but_opens_as_no_case(copies, tmp_path):
    assert verify_package(copies / "copy.zip", Task()).ok
    with pytest.raises(PackageWithoutCase):
        unpack(copies / "copy.zip", tmp_path / "b.smscase", Task())


def test_numbers_are_those_of_the_full_copy(case, copies, tmp_path):
    EXPORTERS[".json"](case, tmp_path / "full.json", EVERYTHING, Task())
    full = json.loads((tmp_path / "full.json").read_text(encoding="utf-8"))
    masked = json.loads((copies / "copy.json").read_text(encoding="utf-8"))
    assert [m["id"] for m in masked["messages"]] == [m["id"] for m in full["messages"]]
    assert [len(m["text"]) for m in masked["messages"]] == [
        len(m["text"]) for m in full["messages"]
    ]
    with zipfile.ZipFile(copies / "copy.zip") as archive:
        listed = json.loads(archive.read("copy/data/原件清单.json"))["files"]
    assert [f["number"] for f in listed] == list(plan(case).originals.values())


def test_the_case_itself_stays_as_it_was(case, copies):
    assert verify(case, Task()).ok
    names = [o.file_name for o in listing.originals(case)]
    assert names == ["赵桂芳 Screenshot_20251219-102001.png"]
    assert [p.name for p in copies.iterdir() if p.name.startswith(".")] == []
    entries = [e for e in listing.custody(case) if e.action == "exported"]
    assert all("id_number" in e.details["masked"] for e in entries[: len(EXPORTERS)])


def test_asking_for_masked_words_finds_their_messages(case, tmp_path):
    result = export_masked(case, tmp_path / "a.json", MessageQuery(search="赵桂芳"), Task())
    assert result.messages == 2
    assert leaked((tmp_path / "a.json").read_text(encoding="utf-8")) == []


def test_what_was_not_read_is_left_out_and_said(tmp_path):
    case = create(tmp_path / "case.smscase")
    picture = screenshot(tmp_path / "a.png", ["赵桂芳13800001111"]).read_bytes()
    with closing(case):
        with case.work() as work:  # as after an import that was cut short before it read
            phone = work.devices.add(SourceDevice(0, "手机"))
            work.originals.add(original(picture, phone.id, file_name="a.png"), picture)
            work.commit()
        export_masked(case, tmp_path / "copy.zip", EVERYTHING, Task())
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        notice = archive.read("copy/说明.txt").decode("utf-8-sig")
        shown = archive.read(next(n for n in archive.namelist() if n.endswith("a.png")))
    assert "未识读、因而不显示的文件 1 个：a.png" in notice
    with Image.open(io.BytesIO(shown)) as image:
        assert read_again(image) == "此图未识读，脱敏副本不显示"


def test_names_that_masks_make_alike_stay_apart(tmp_path):
    case = create(tmp_path / "case.smscase")
    with closing(case):
        with case.work() as work:
            for number in ("13800001111", "13900002222"):
                work.devices.add(SourceDevice(0, number, own_number=number))
            work.commit()
        export_masked(case, tmp_path / "copy.json", EVERYTHING, Task())
    text = (tmp_path / "copy.json").read_text(encoding="utf-8")
    names = [device["name"] for device in json.loads(text)["devices"]]
    assert names == ["█" * 11, "█" * 11 + "'"]


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_a_cancelled_copy_leaves_nothing(case, tmp_path, steps):
    task, seen = Task(), []

    def stop(progress):
        seen.append(progress)
        if len(seen) > steps:
            task.cancel()

    task.on_progress = stop
    with pytest.raises(Cancelled):
        export_masked(case, tmp_path / "copy.zip", EVERYTHING, task)
    assert list(tmp_path.iterdir()) == []


# What a person says


def words_of(case):
    return {mask.words: mask.choice for mask in masking.masks(case)}


def test_masks_are_lifted_and_brought_back(case):
    lift = masking.plan_choice(case, "138 0000 1111", MaskState.LIFTED)
    assert words_of(case)["13800001111"] is None
    masking.apply(case, lift)
    assert words_of(case)["13800001111"] is MaskState.LIFTED
    masking.apply(case, lift.inverse())
    assert words_of(case)["13800001111"] is None
    assert [e.action for e in listing.custody(case)[-2:]] == ["mask_chosen"] * 2


def test_empty_words_are_refused(case):
    with pytest.raises(WrongUse):
        masking.plan_choice(case, "  ", MaskState.ADDED)
