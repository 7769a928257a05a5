from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.report.package.names import distinct, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("IMG_0412.PNG", "IMG_0412.PNG"),
        ("截屏2025-10-19 23.41.02.png", "截屏2025-10-19 23.41.02.png"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a<b>:"c|d?.png', "a_b___c_d_.png"),
        ("CON.png", "_CON.png"),
        ("con", "_con"),
        ("console.png", "console.png"),
        ("100%.png", "100_.png"),
        ("a\u202egnp.exe", "a_gnp.exe"),
        ("line\nend.png", "line_end.png"),
        ("half\ud800.png", "half_.png"),
        ("name. . ", "name"),
        ("...", "_"),
        ("", "_"),
        ("长" * 300 + ".jpeg", "长" * 60 + ".jpeg"),
        ("e\u0301.png", "\u00e9.png"),
    ],
)
def test_names_are_kept_where_they_can_be(name, safe):
    assert safe_name(name) == safe


@given(st.text())
def test_any_name_becomes_one_that_windows_takes(name):
    safe = safe_name(name)
    assert safe
    assert len(safe.encode()) <= 255
    assert not set(safe) & set('<>:"/\\|?*%\n\r\0')
    assert safe.strip(" .") == safe
    assert safe_name(safe) == safe


@given(st.lists(st.sampled_from(["a.png", "A.png", "a (2).png", "b", "B", "a?.png", "a*.png"])))
def test_no_two_files_get_names_that_one_system_takes_for_the_same(names):
    found = distinct(names)
    assert len(found) == len(names)
    assert len({name.casefold() for name in found}) == len(found)


def test_the_second_of_a_name_is_numbered():
    assert distinct(["a.png", "A.PNG", "a.png"]) == ["a.png", "A (2).PNG", "a (3).png"]
