from __future__ import annotations

import hashlib
import re
import shutil

import pytest

from smsdesk.domain.errors import RulePackError
from smsdesk.domain.findings import ViolationType
from smsdesk.rules.pack import bundled_pack, load_pack
from smsdesk.rules.provisions import load_provisions

WEIGHTS = bundled_pack().with_suffix(".weights.json")
BUNDLED = bundled_pack().read_text(encoding="utf-8")
SOURCE = re.sub(r"\[weights\]\nfile = .*\nsha256 = .*\n", "", BUNDLED)
"""Copies of the pack stand in folders without the weights."""


def refused(tmp_path, source: str) -> dict[str, str]:
    path = tmp_path / "office.toml"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(RulePackError) as caught:
        load_pack(path)
    assert caught.value.fields["path"] == str(path)
    return caught.value.fields


def line_of(source: str, needle: str) -> str:
    return str(next(n for n, text in enumerate(source.splitlines(), 1) if needle in text))


def test_the_bundled_pack_names_itself():
    pack = load_pack()
    assert pack.identity.version == bundled_pack().stem == "2026-11"
    assert pack.identity.sha256 == hashlib.sha256(bundled_pack().read_bytes()).hexdigest()
    assert load_pack() is pack


def test_every_violation_type_is_explained():
    assert set(load_pack().labels) == set(ViolationType)


def test_nothing_claims_what_only_a_court_decides():
    assert "已认定违法" not in SOURCE
    whys = [rule.why for rule in load_pack().rules]
    assert all(why and not why.endswith("。") for why in whys)


def test_provisions_run_from_law_to_self_regulation():
    ranks = [
        "法律",
        "行政法规",
        "司法解释",
        "部门规章",
        "国家标准",
        "规范性文件",
        "自律规范",
        "典型案例",
    ]
    known = load_provisions()
    for info in load_pack().labels.values():
        places = [ranks.index(known[name].rank) for name in info.provisions]
        assert places == sorted(places)


def test_no_label_names_an_article_and_its_own_item():
    for info in load_pack().labels.values():
        for name in info.provisions:
            assert not any(other.startswith(f"{name}-p") for other in info.provisions)


def test_an_office_pack_is_loaded_like_the_bundled_one(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text(SOURCE.replace('version = "2026-11"', 'version = "office"'), encoding="utf-8")
    assert load_pack(path).identity.version == "office"


def test_a_syntax_error_names_its_line(tmp_path):
    fields = refused(tmp_path, SOURCE.replace("[thresholds]", "[thresholds", 1))
    assert fields["line"] == line_of(SOURCE, "[thresholds]")


@pytest.mark.parametrize(
    ("good", "bad", "near", "detail"),
    [
        ('any = ["@info"]', 'any = ["@inform"]', "@inform", "@inform"[1:]),
        ('any = ["@info"]', 'any = ["@info ~ 甲"]', "@info ~", "~"),
        ('label = "insult"', 'label = "rude"', '"insult.', "rude"),
        ('"civil-code-1003"', '"civil-code-9999"', "civil-code-9999", "civil-code-9999"),
        ("many_a_day = 10", 'many_a_day = "x"', "[thresholds]", "many_a_day"),
        ("[labels.insult]", "[labels.rude]", "[labels.rude]", "rude"),
        ("is = '1[3-9]\\d{9}'", "is = '1+'", "mobile = ", "+"),
        ("is = '1[3-9]\\d{9}'", "is = '1[3-9'", "mobile = ", "正则式"),
        ('mobile = { holds = "1",', "mobile = { holds = 1,", "mobile = ", "holds"),
        ('"诈偏"', '"诈"', '"诈"', "短"),
        ("\nsimplified = ", "\nsimple = ", "traditional =", "字数"),
        ('id = "harmless"\nany', 'id = "harmless"\nall', '"harmless"', "all"),
        ('unless = ["demand"]', 'unless = ["demands"]', '"', "demands"),
    ],
)
def test_a_semantic_error_names_its_line(tmp_path, good, bad, near, detail):
    assert good in SOURCE
    source = SOURCE.replace(good, bad, 1)
    fields = refused(tmp_path, source)
    assert detail in fields["detail"]
    assert near in source.splitlines()[int(fields["line"]) - 1]


def test_a_doubled_rule_id_is_refused(tmp_path):
    source = SOURCE.replace('id = "insult.label"', 'id = "insult.abuse"')
    assert "insult.abuse" in refused(tmp_path, source)["detail"]


def test_what_is_no_text_is_refused(tmp_path):
    path = tmp_path / "office.toml"
    path.write_bytes(b'version = "x"\n\xff\xfe')
    with pytest.raises(RulePackError) as caught:
        load_pack(path)
    assert caught.value.fields["line"] == "2"


def weighed(tmp_path, damage=None):
    """Copy the pack and its weights, the weights changed by *damage* and vouched for anew."""
    path, weights = tmp_path / bundled_pack().name, tmp_path / WEIGHTS.name
    shutil.copy(WEIGHTS, weights)
    source = BUNDLED
    if damage:
        weights.write_text(damage(WEIGHTS.read_text(encoding="utf-8")), encoding="utf-8")
        old, new = (hashlib.sha256(f.read_bytes()).hexdigest() for f in (WEIGHTS, weights))
        source = source.replace(old, new)
    path.write_text(source, encoding="utf-8")
    return path


def test_weights_lie_beside_the_pack_which_vouches_for_them(tmp_path):
    path = weighed(tmp_path)
    here, bundled = (
        pack.weigher.sums("法院立案", 0, ["debt"]) for pack in (load_pack(path), load_pack())
    )
    assert here == bundled
    other = tmp_path / "b"
    other.mkdir()
    (other / path.name).write_text(BUNDLED, encoding="utf-8")
    (other / WEIGHTS.name).write_text(WEIGHTS.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(RulePackError) as caught:
        load_pack(other / path.name)
    assert caught.value.fields["line"] == line_of(BUNDLED, "sha256")


@pytest.mark.parametrize(
    ("damage", "near"),
    [
        (lambda text: text.replace('"signs":{', '"signs":{{', 1), '"signs":'),
        (lambda text: text.replace('"立案":"', '"立案":"AAAA'), '"立案":'),
        (lambda text: text.replace('"立案":"', '"已立案":"'), '"已立案":'),
        (lambda text: text.replace('"any_alone"', '"any_other"'), '"labels":'),
    ],
)
def test_damaged_weights_are_refused_with_file_and_line(tmp_path, damage, near):
    path = weighed(tmp_path, damage)
    with pytest.raises(RulePackError) as caught:
        load_pack(path)
    fields = caught.value.fields
    assert fields["path"] == str(tmp_path / WEIGHTS.name)
    text = (tmp_path / WEIGHTS.name).read_text(encoding="utf-8")
    assert fields["line"] == line_of(text, near)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(RulePackError):
        load_pack(tmp_path / "absent.toml")
