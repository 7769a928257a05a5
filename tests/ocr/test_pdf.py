from __future__ import annotations

import io
import random
import subprocess
import sys

import numpy as np
import pikepdf
import pytest
from PIL import Image

from smsdesk.domain.errors import PictureError, SetAsideReason
from smsdesk.ocr.limits import MAX_PAGES, MAX_PIXELS
from smsdesk.ocr.loading import as_document, load_picture, page_jpeg
from smsdesk.resources import resource
from smsdesk.wording import say
from tests.ocr.paper import A4, jpeg, laid, printed, saved, scanned

Turn = Image.Transpose


@pytest.fixture(scope="module")
def shot():
    with Image.open(resource("samples", "IMG_0412.PNG")) as image:
        return image.convert("RGB").resize((585, 1266))


@pytest.fixture(scope="module")
def photo(shot):
    return jpeg(shot, quality=88)


def same(image, expected, levels=0):
    """Whether two pictures have one size and the same pixels."""
    if image.size != expected.size:
        return False
    difference = np.asarray(image, np.int16) - np.asarray(expected.convert("RGB"), np.int16)
    return np.abs(difference).max() <= levels


def reason_of(data, page=0):
    with pytest.raises(PictureError) as caught:
        load_picture(data, page)
    return caught.value.reason


def test_a_pdf_is_told_by_its_content(shot):
    data = printed(laid(shot), laid(shot, 10, 10))
    found = as_document(data)
    assert found.media_type == "application/pdf"
    assert len(found.page_sizes) == 2
    assert as_document(b"\xef\xbb\xbf\r\n" + data).media_type == "application/pdf"


def clipped(image, missing=0):
    """What draws *image* within a frame as systems print, *missing* points of it cut off."""

    def draw(canvas):
        path = canvas.beginPath()
        path.rect(20, 30, image.width / 2, image.height / 2 - missing)
        canvas.clipPath(path, stroke=0)
        laid(image, 20, 30)(canvas)

    return draw


def searchable(image):
    """What scanner programs write: the picture, and the words that they read unseen on it."""

    def draw(canvas):
        laid(image)(canvas)
        text = canvas.beginText(30, 400)
        text.setTextRenderMode(3)
        text.textLine("recognised words")
        canvas.drawText(text)

    return draw


WHOLE = {
    "fills the page": lambda shot: printed(laid(shot), size=(292.5, 633)),
    "on white paper": lambda shot: printed(laid(shot, 100, 50, 0.4)),
    "in a frame": lambda shot: printed(clipped(shot)),
    "searchable": lambda shot: printed(searchable(shot)),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_page_that_is_a_picture_gives_its_own_pixels(shot, kind):
    data = WHOLE[kind](shot)
    assert as_document(data).page_sizes == (shot.size,)
    assert same(load_picture(data).image, shot)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK"])
def test_pictures_of_all_kinds_keep_their_pixels(shot, mode):
    file = io.BytesIO()
    image = shot.convert(mode)
    image.save(file, "PDF")
    lossy = {"L": 90, "CMYK": 90}  # Pillow packs these as JPEG
    assert same(load_picture(file.getvalue()).image, image, lossy.get(mode, 0))


@pytest.mark.parametrize(
    ("rotate", "turn"),
    [(0, None), (90, Turn.ROTATE_270), (180, Turn.ROTATE_180), (270, Turn.ROTATE_90)],
)
def test_pages_are_turned_as_the_pdf_says(shot, photo, rotate, turn):
    data = scanned(photo, size=shot.size, rotate=rotate)
    with Image.open(io.BytesIO(photo)) as own:
        expected = own if turn is None else own.transpose(turn)
        assert same(load_picture(data).image, expected)
        assert as_document(data).page_sizes == (expected.size,)
    assert page_jpeg(data, 0) == (photo if turn is None else None)


@pytest.mark.parametrize(
    ("matrix", "turn"),
    [
        ((-585, 0, 0, 1266, 585, 0), Turn.FLIP_LEFT_RIGHT),
        ((585, 0, 0, -1266, 0, 1266), Turn.FLIP_TOP_BOTTOM),
        ((-585, 0, 0, -1266, 585, 1266), Turn.ROTATE_180),
        ((0, 585, -1266, 0, 1266, 0), Turn.ROTATE_90),
        ((0, -585, 1266, 0, 0, 585), Turn.ROTATE_270),
        ((0, 585, 1266, 0, 0, 0), Turn.TRANSVERSE),
        ((0, -585, -1266, 0, 1266, 585), Turn.TRANSPOSE),
    ],
)
def test_pictures_are_turned_as_the_page_lays_them(shot, photo, matrix, turn):
    data = scanned(photo, size=shot.size, matrix=matrix)
    with Image.open(io.BytesIO(photo)) as own:
        assert same(load_picture(data).image, own.transpose(turn))


def test_what_the_page_does_to_its_picture_is_shown(shot, photo):
    """Cut off, inverted, masked: the page is the evidence, not what lies hidden in the file."""
    cut = load_picture(printed(clipped(shot, missing=60))).image
    assert cut.size == shot.size
    assert cut.crop((0, 0, 585, 100)).getextrema() == ((255, 255),) * 3
    inverted = load_picture(scanned(photo, size=shot.size, Decode=[1, 0, 1, 0, 1, 0])).image
    with Image.open(io.BytesIO(photo)) as own:
        assert same(inverted, Image.fromarray(255 - np.asarray(own)), 2)
    assert page_jpeg(scanned(photo, size=shot.size, Decode=[1, 0, 1, 0, 1, 0]), 0) is None
    masked = shot.convert("RGBA")
    masked.paste((0, 0, 0, 0), (0, 0, 585, 300))
    shown = load_picture(printed(laid(masked, mask="auto"), size=(292.5, 633))).image
    assert shown.getpixel((300, 100)) == (255, 255, 255)


def test_a_page_with_more_on_it_is_drawn_fine_enough_to_be_read(shot):
    def stamped(canvas):
        laid(shot, 100, 50, 0.4)(canvas)
        canvas.drawString(120, 300, "RECEIVED")

    pair = [laid(shot, 20, 50, 0.4), laid(shot, 300, 50, 0.4)]
    for draw in (stamped, lambda canvas: [one(canvas) for one in pair]):
        image = load_picture(printed(draw)).image
        assert image.size == (2480, 3509)
    numbered = printed(
        lambda canvas: (laid(shot, scale=0.25)(canvas), canvas.drawString(9, 9, "1")),
        size=(147, 317),
    )
    width, height = load_picture(numbered).image.size  # the picture's own 288 dots an inch
    assert abs(width - shot.width) <= 4
    assert abs(height - shot.height) <= 4


def test_an_annotation_is_part_of_the_page(shot):
    pdf = pikepdf.open(io.BytesIO(printed(laid(shot), size=(292.5, 633))))
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[50, 50, 200, 200],
        C=[1, 0, 0], IC=[1, 0, 0], F=4,
    )  # fmt: skip
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])
    image = load_picture(saved(pdf)).image
    red = np.asarray(image)[-image.height // 6, image.width // 3]
    assert tuple(red) == (255, 0, 0)


def test_a_blank_page_is_a_white_picture():
    blank = load_picture(printed(lambda canvas: None)).image
    assert blank.getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize(
    "size", [(1e6, 1e6), (14_400, 14_400), (1, 14_400), (14_400, 1), (0.1, 0.1)]
)
def test_pages_of_any_size_stay_within_bounds(size):
    data = printed(lambda canvas: canvas.drawString(0, 0, "a"), size=size)
    ((width, height),) = as_document(data).page_sizes
    assert 0 < width * height <= MAX_PIXELS
    if width * height < 5_000_000:
        assert load_picture(data).image.size == (width, height)


def test_a_picture_too_large_to_decode_is_refused_alone(shot, photo):
    pdf = pikepdf.open(io.BytesIO(scanned(photo, photo, size=shot.size)))
    bomb = pdf.pages[1].Resources.XObject.Im
    bomb.Width, bomb.Height = 60_000, 60_000
    data = saved(pdf)
    assert reason_of(data, 1) == SetAsideReason.TOO_LARGE
    assert load_picture(data, 0).image.size == shot.size


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_page_whose_picture_is_cut_is_damaged_and_the_others_are_not(shot, photo, share):
    data = scanned(photo, photo[: int(len(photo) * share)], photo, size=shot.size)
    assert reason_of(data, 1) == SetAsideReason.DAMAGED
    assert load_picture(data, 2).image.size == shot.size


@pytest.mark.parametrize("change", ["cut", "altered"])
def test_a_page_whose_packed_pixels_are_not_whole_is_damaged(shot, change):
    pdf = pikepdf.open(io.BytesIO(printed(laid(shot))))
    (picture,) = pdf.pages[0].Resources.XObject.values()
    picture.write(picture.read_bytes())
    packed = bytearray(picture.read_raw_bytes() or b"")
    pdf = pikepdf.open(io.BytesIO(saved(pdf, compress_streams=True)))
    (picture,) = pdf.pages[0].Resources.XObject.values()
    packed = bytearray(picture.read_raw_bytes())
    assert picture.Filter == pikepdf.Name.FlateDecode
    if change == "cut":
        del packed[len(packed) // 2 :]
    else:
        packed[len(packed) // 2] ^= 0x55
    picture.write(bytes(packed), filter=pikepdf.Name.FlateDecode)
    assert reason_of(saved(pdf, compress_streams=False)) == SetAsideReason.DAMAGED


@pytest.mark.parametrize("missing", ["null", "[1 2]", "7", "99 0 R"])
def test_a_page_that_is_missing_is_damaged_and_the_others_are_not(missing):
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"
    tree = "<</Type/Pages/Count 2/Kids[4 0 R 3 0 R]>>"
    data = by_hand("<</Type/Catalog/Pages 2 0 R>>", tree, page, missing)
    assert len(as_document(data).page_sizes) == 2
    assert reason_of(data, 0) == SetAsideReason.DAMAGED
    assert load_picture(data, 1).image.size == (417, 417)


def by_hand(*objects):
    """A PDF of these objects, numbered from 1, just as they are."""
    data, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer <</Root 1 0 R /Size {len(objects) + 1}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return (data + end).encode()


@pytest.mark.parametrize("share", [0.02, 0.35, 0.6, 0.9, 0.99])
def test_a_pdf_that_was_cut_is_damaged(shot, photo, share):
    data = scanned(photo, photo, photo, size=shot.size)
    assert reason_of(data[: int(len(data) * share)]) == SetAsideReason.DAMAGED


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.4\n" + bytes(9999)])
def test_what_only_begins_like_a_pdf_is_damaged(data):
    assert reason_of(data) == SetAsideReason.DAMAGED


def test_a_pdf_with_a_password_is_called_encrypted(photo, shot):
    pdf = pikepdf.open(io.BytesIO(scanned(photo, size=shot.size)))
    locked = saved(pdf, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert reason_of(locked) == SetAsideReason.ENCRYPTED
    for_owners = saved(pdf, encryption=pikepdf.Encryption(owner="o", user=""))
    assert load_picture(for_owners).image.size == shot.size  # only printing or changing is locked


def test_a_pdf_without_pages_is_called_so():
    assert reason_of(saved(pikepdf.new())) == SetAsideReason.NO_PAGES


def test_too_many_pages_are_refused():
    pdf = pikepdf.new()
    for _ in range(MAX_PAGES + 1):
        pdf.add_blank_page(page_size=A4)
    assert reason_of(saved(pdf)) == SetAsideReason.TOO_MANY_PAGES


def test_javascript_and_actions_never_run(photo, shot):
    pdf = pikepdf.open(io.BytesIO(scanned(photo, size=shot.size)))
    script = pikepdf.String("while(true){app.launchURL('http://127.0.0.1:9');}")
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
    pdf.Root.OpenAction = action
    pdf.Root.AA = pikepdf.Dictionary(WC=action)
    pdf.pages[0].AA = pikepdf.Dictionary(O=action)
    assert load_picture(saved(pdf)).image.size == shot.size


def test_there_is_no_page_beyond_the_last(photo, shot):
    for page in (1, -1):
        with pytest.raises(IndexError):
            load_picture(scanned(photo, size=shot.size), page)


_READ_ALL = """
import sys
from smsdesk.ocr.loading import as_document, load_picture
data = open(sys.argv[1], "rb").read()
for page in range(len(as_document(data).page_sizes)):
    load_picture(data, page)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit on this system")
def test_two_hundred_pages_need_the_memory_of_one(tmp_path, photo, shot):
    """All decoded would take 444 MB, and twice that while they are converted."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(*[photo] * 200, size=shot.size))
    code = f"import resource; resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29)){_READ_ALL}"
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sentence_on_too_many_pages_names_the_limit(language):
    sentence = say("set_aside.too_many_pages", language)
    assert str(MAX_PAGES) in sentence.replace(",", "")


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_wrong_in_a_pdf_it_is_refused_and_nothing_else_happens(seed):
    """Bytes changed, lost and put in, as by a failing disk or a broken transfer."""
    chance = random.Random(seed)
    image = Image.new("RGB", (60, 90), "red")
    data = bytearray(printed(laid(image), lambda canvas: canvas.drawString(9, 9, "x")))
    for _ in range(chance.choice((1, 5, 50))):
        place, length = chance.randrange(len(data)), chance.randrange(1, 20)
        data[place : place + chance.choice((0, 1, length))] = chance.randbytes(length)
    damaged = b"%PDF-1.4\n" + bytes(data[9:]) + b"\n%%EOF\n"
    try:
        sizes = as_document(damaged).page_sizes
    except PictureError:
        return
    for page, size in enumerate(sizes):
        try:
            assert load_picture(damaged, page).image.size == size
        except PictureError:
            continue
