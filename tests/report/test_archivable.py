"""PDF/A-2b: our PDFs keep the rules, and the reader of the rules notices what breaks them."""

from __future__ import annotations

import dataclasses

import pikepdf
import pytest
import sample_content as sample
from archivable import broken_rules
from pikepdf import Array, Dictionary, Name

from smsdesk.report.pdf.document import write_pdf

TEXTS = ["您好，请还款。😀🔪", "再不还就上门！㛃\U0002cdb9", "老赖 \t\u200d end"]


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    path = tmp_path_factory.mktemp("story") / "court.pdf"
    write_pdf(sample.story_file(), path)
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    path = tmp_path_factory.mktemp("small") / "court.pdf"
    write_pdf(sample.small_file(TEXTS), path)
    return path


def test_a_whole_case_keeps_the_rules(story):
    assert broken_rules(story) == []


def test_strange_characters_keep_the_rules(small):
    assert broken_rules(small) == []


def test_without_an_author_the_rules_are_kept_as_well(tmp_path):
    content = sample.small_file(["您好"])
    card = dataclasses.replace(content.card, submitter="", claimant="")
    write_pdf(dataclasses.replace(content, card=card), tmp_path / "court.pdf")
    assert broken_rules(tmp_path / "court.pdf") == []


def run_a_script(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String("1"))


def attach_a_file(pdf):
    pdf.attachments["a.txt"] = b"1"


def leave_out_the_profile(pdf):
    pdf.Root.OutputIntents[0].DestOutputProfile.write(b"0" * 200)


def call_it_otherwise(pdf):
    pdf.docinfo["/Title"] = pikepdf.String("另一个")


def hide_a_link(pdf):
    link = next(link for page in pdf.pages for link in page.get("/Annots", []))
    link.F = 6


def draw_in_four_colours(pdf):
    pdf.pages[0].contents_add(b"0 0 0 1 k")


def leave_a_state_open(pdf):
    pdf.pages[0].contents_add(b"q")


def see_through_the_page(pdf):
    state = Dictionary(Type=Name.ExtGState, ca=0.5)
    pdf.pages[0].Resources.ExtGState = Dictionary(G=state)
    pdf.pages[0].Group = Dictionary(S=Name.Transparency)


def take_out_a_font(pdf):
    del next(iter(pdf.pages[0].Resources.Font.values())).FontDescriptor.FontFile2


def widen_the_letters(pdf):
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    font.Widths = Array([int(width) + 9 for width in font.Widths])


def forget_the_characters(pdf):
    next(iter(pdf.pages[0].Resources.Font.values())).ToUnicode.write(b"")


DAMAGES = [
    (run_a_script, "OpenAction"),
    (attach_a_file, "/Names"),
    (leave_out_the_profile, "6.2.3"),
    (call_it_otherwise, "6.6.3"),
    (hide_a_link, "6.3.2"),
    (draw_in_four_colours, "operator k"),
    (leave_a_state_open, "left open"),
    (see_through_the_page, "ExtGState"),
    (take_out_a_font, "6.2.11.4"),
    (widen_the_letters, "6.2.11.5"),
    (forget_the_characters, "6.2.11.7"),
]


@pytest.mark.parametrize(("damage", "said"), DAMAGES, ids=lambda x: getattr(x, "__name__", ""))
def test_what_breaks_a_rule_is_noticed(small, tmp_path, damage, said):
    with pikepdf.open(small) as pdf:
        damage(pdf)
        pdf.save(tmp_path / "broken.pdf")
    assert any(said in broken for broken in broken_rules(tmp_path / "broken.pdf"))
