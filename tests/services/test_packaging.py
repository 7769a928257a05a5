from __future__ import annotations

import csv
import hashlib
import json
import shutil
import stat
import subprocess
import sys
import zipfile
from collections import namedtuple
from contextlib import closing

import bagit
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smsdesk.domain.cases import CaseCard
from smsdesk.domain.errors import (
    CaseChanged,
    CaseExists,
    DiskFull,
    IsPackage,
    PackageDamaged,
    PackageRefused,
    PackageWithoutCase,
)
from smsdesk.domain.findings import ViolationType
from smsdesk.domain.queries import MessageQuery
from smsdesk.services import cases, listing, packaging
from smsdesk.services.attaching import AttachOptions, add_files
from smsdesk.services.cases import open_case
from smsdesk.services.delivering import ExportResult
from smsdesk.services.exhibits import apply, plan, plan_removal
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.masked_copies import export_masked
from smsdesk.services.packaging import export_package
from smsdesk.services.unpacking import PackageKind, kind_of, open_package, unpack
from smsdesk.services.verifying import verify
from smsdesk.services.verifying_packages import verify_package

EVERYTHING = MessageQuery()
INSULTS = MessageQuery(label=ViolationType.INSULT)


@pytest.fixture(scope="module")
def packed(demo, tmp_path_factory):
    """The sample case and its package, which tests leave as they are."""
    folder = tmp_path_factory.mktemp("package")
    path = shutil.copy(demo.case_path, folder / "张某案.smscase")
    with closing(open_case(folder / path)) as case:
        result = export_package(case, folder / "证据包.zip", EVERYTHING, Task())
    return case.path, result


@pytest.fixture(scope="module")
def package(packed):
    return packed[1].path


@pytest.fixture(scope="module")
def unpacked(package, tmp_path_factory):
    """The package as a person unpacks it."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    return folder / "证据包"


@pytest.fixture(scope="module")
def choice(packed, tmp_path_factory):
    """A package of a few messages."""
    target = tmp_path_factory.mktemp("choice") / "选列.zip"
    with closing(open_case(packed[0])) as case:
        return export_package(case, target, INSULTS, Task())


def altered(package, target, change):
    """Write *package* anew with *change* done to its {name: bytes}, names below its folder."""
    with zipfile.ZipFile(package) as archive:
        files = {n.partition("/")[2]: archive.read(n) for n in archive.namelist()}
    change(files)
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"证据包/{name}", data)
    return target


def first(files, start, end=""):
    return next(name for name in sorted(files) if name.startswith(start) and name.endswith(end))


def test_it_holds_every_original_as_it_was_imported(packed, unpacked):
    with closing(open_case(packed[0])) as case:
        originals = {o.sha256: o for o in listing.originals(case)}
    rows = json.loads((unpacked / "data/原件清单.json").read_text(encoding="utf-8"))["files"]
    assert {row["sha256"] for row in rows} == originals.keys()
    for row in rows:
        data = (unpacked / row["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
        assert row["name"] == originals[row["sha256"]].file_name
        assert row["file"].split("/")[-1] == row["name"]
        assert row["file"].split("/")[2].startswith(row["number"].rpartition("-")[0])


def test_it_holds_documents_log_and_the_table_of_originals(unpacked):
    assert (unpacked / "data/证据材料.pdf").read_bytes().startswith(b"%PDF")
    assert json.loads((unpacked / "data/案件数据.json").read_text(encoding="utf-8"))["messages"]
    log = json.loads((unpacked / "data/流转记录.json").read_text(encoding="utf-8"))
    lines = (unpacked / "data/流转记录.txt").read_text(encoding="utf-8").splitlines()
    assert [line.rsplit("  ", 1)[1] for line in lines] == [entry["hash"] for entry in log]
    with (unpacked / "data/原件清单.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 21


def test_any_bagit_tool_finds_it_valid(unpacked):
    bag = bagit.Bag(str(unpacked))
    bag.validate()
    assert bag.info["External-Description"]
    assert bag.info["Payload-Oxum"].endswith(f".{len(list(bag.payload_files()))}")


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this system")
def test_sha256sum_takes_its_list(unpacked):
    run = subprocess.run(["sha256sum", "-c", "--quiet", "--strict", "manifest-sha256.txt"],
                         cwd=unpacked, check=False, capture_output=True)  # fmt: skip
    assert (run.returncode, run.stdout) == (0, b"")


def test_its_names_are_utf8_its_time_is_one_and_its_order_fixed(package):
    with zipfile.ZipFile(package) as archive:
        listed = archive.infolist()
    assert all(m.filename.isascii() or m.flag_bits & 0x800 for m in listed)
    assert len({m.date_time for m in listed}) == 1
    assert [m.filename for m in listed] == sorted(m.filename for m in listed)


def test_the_log_notes_the_package_with_its_hash(packed):
    path, result = packed
    with closing(open_case(path)) as case:
        entry = [e for e in listing.custody(case) if e.action == "exported"][-1]
    assert entry.details["sha256"] == hashlib.sha256(result.path.read_bytes()).hexdigest()
    assert entry.details["messages"] == result.messages == result.of_messages


def test_nothing_is_left_beside_it(package):
    assert {p.name for p in package.parent.iterdir() if p.suffix != ".smscase"} == {"证据包.zip"}


# The checker that goes with it


def run_checker(unpacked, *arguments, script=None):
    script = script or unpacked / "verify.py"
    return subprocess.run([sys.executable, "-I", "-X", "utf8", str(script), *map(str, arguments)],
                          check=False, capture_output=True, encoding="utf-8")  # fmt: skip


def test_the_checker_is_short(unpacked):
    assert len((unpacked / "verify.py").read_text(encoding="utf-8").splitlines()) < 150


@pytest.mark.parametrize("how", ["folder", "zip"])
def test_the_checker_says_what_it_checked(unpacked, package, how):
    run = run_checker(unpacked, *([package] if how == "zip" else []))
    assert run.returncode == 0, run.stdout + run.stderr
    for words in (
        "manifest-sha256.txt：",
        "manifest-sha512.txt：",
        "流转记录：",
        "20 个原件",
        "未核对",
    ):
        assert words in run.stdout
    assert run.stdout.count("结论：一致") == 1


def _flip(start, end=""):
    def change(files):
        name = first(files, start, end)
        files[name] = files[name][:-1] + bytes([files[name][-1] ^ 1])

    return change


def _drop(start, end=""):
    return lambda files: files.pop(first(files, start, end))


def _add(name):
    return lambda files: files.update({name: b"surplus"})


def _rehash(files):
    """Make the lists of hashes fit again, as somebody who covers traces would."""
    for algorithm in ("sha256", "sha512"):
        names = sorted(name for name in files if name.startswith("data/"))
        lines = [f"{hashlib.new(algorithm, files[n]).hexdigest()}  {n}\n" for n in names]
        files[f"manifest-{algorithm}.txt"] = "".join(lines).encode()
    for algorithm in ("sha256", "sha512"):
        tags = [n for n in sorted(files) if "/" not in n and "tagmanifest" not in n]
        lines = [f"{hashlib.new(algorithm, files[n]).hexdigest()}  {n}\n" for n in tags]
        files[f"tagmanifest-{algorithm}.txt"] = "".join(lines).encode()


def _forge_original(files):
    _flip("data/原件/", ".PNG")(files)
    _rehash(files)


def _forge_log(files):
    files["data/流转记录.json"] = files["data/流转记录.json"].replace(
        b'"number":2,', b'"number":2 ,'
    )
    rows = json.loads(files["data/流转记录.json"])
    rows[3]["actor"] = "somebody else"
    files["data/流转记录.json"] = json.dumps(rows, ensure_ascii=False).encode()
    _rehash(files)


TAMPERING = {
    "original changed": (_flip("data/原件/", ".PNG"), {"file_changed", "original_differs"}),
    "PDF changed": (_flip("data/", ".pdf"), {"file_changed"}),
    "original taken out": (_drop("data/原件/"), {"file_missing"}),
    "list taken out": (_drop("manifest-sha512.txt"), {"file_missing"}),
    "SM3 list taken out": (_drop("sm3.txt"), {"file_missing"}),
    "file put in": (_add("data/原件/x.png"), {"file_surplus"}),
    "tag file put in": (_add("x.exe"), {"file_surplus"}),
    "checker changed": (_flip("verify.py"), {"file_changed"}),
    "original and lists forged": (_forge_original, {"original_differs", "file_changed"}),
    "log and lists forged": (_forge_log, {"chain_broken", "file_changed"}),
    "log taken out": (_drop("data/流转记录.json"), {"file_missing"}),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found_by_us_and_by_the_checker(package, unpacked, tmp_path, what):
    change, kinds = TAMPERING[what]
    forged = altered(package, tmp_path / "证据包.zip", change)
    assert kinds <= {problem.kind for problem in verify_package(forged, Task()).problems}
    run = run_checker(unpacked, forged)
    assert run.returncode == 1, run.stdout
    assert "结论：不一致" in run.stdout
    with pytest.raises(PackageDamaged):
        unpack(forged, tmp_path / "new.smscase", Task())
    assert not (tmp_path / "new.smscase").exists()


def test_a_case_inside_that_was_changed_with_all_lists_is_found(package, tmp_path):
    def change(files):
        files[first(files, "data/case/")] = b"SQLite format 3\0" + b"x" * 5000
        _rehash(files)
        del files["sm3.txt"]

    forged = altered(package, tmp_path / "证据包.zip", change)
    kinds = {problem.kind for problem in verify_package(forged, Task()).problems}
    assert "case_unreadable" in kinds


# Another computer


def test_the_package_opens_as_the_case_it_was_made_of(packed, package, tmp_path):
    with (
        closing(open_case(packed[0])) as old,
        closing(open_package(package, tmp_path / "b.smscase", Task())) as new,
    ):
        assert verify(new, Task()).ok
        assert listing.originals(new) == listing.originals(old)
        ids = listing.message_ids(old, EVERYTHING)
        assert listing.messages(new, ids) == listing.messages(old, ids)
        before, log = listing.custody(old), listing.custody(new)
        assert log[:-1] == before[: len(log) - 1]
        assert log[-1].action == "case_unpacked"
        assert log[-1].details["package"] == package.name
    assert [p.name for p in tmp_path.iterdir()] == ["b.smscase"]


def test_a_file_in_the_way_is_left_alone(package, tmp_path):
    (tmp_path / "b.smscase").write_bytes(b"mine")
    with pytest.raises(CaseExists):
        unpack(package, tmp_path / "b.smscase", Task())
    assert (tmp_path / "b.smscase").read_bytes() == b"mine"


def test_a_package_in_place_of_a_case_is_told(package):
    with pytest.raises(IsPackage):
        open_case(package)


def test_a_stopped_unpacking_leaves_nothing(package, tmp_path):
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        unpack(package, tmp_path / "b.smscase", task)
    assert list(tmp_path.iterdir()) == []


# A choice


def test_a_choice_holds_its_own_originals_and_neither_case_nor_log(choice, packed):
    assert 0 < choice.messages < choice.of_messages
    with zipfile.ZipFile(choice.path) as archive:
        names = [name.partition("/")[2] for name in archive.namelist()]
        notice = archive.read("选列/说明.txt").decode("utf-8-sig")
    assert not [n for n in names if n.startswith(("data/case", "data/流转记录"))]
    assert len([n for n in names if n.startswith("data/原件/")]) == choice.originals < 20
    assert f"选列短信 {choice.messages} 条" in notice
    assert "不能作为案件打开" in notice
    assert verify_package(choice.path, Task()).ok


def test_a_choice_is_checked_but_opens_as_no_case(choice, unpacked, tmp_path):
    assert "未核对流转记录" in run_checker(unpacked, choice.path).stdout
    with pytest.raises(PackageWithoutCase):
        unpack(choice.path, tmp_path / "b.smscase", Task())


# Files of other kinds


def test_attachments_go_with_it_those_out_of_the_catalogue_too(small_case, tmp_path):
    for name in ("合同.txt", "病历.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
        add_files(small_case, [tmp_path / name], AttachOptions(), Task())
    removed = next(e for e in plan(small_case).exhibits if e.attachments[0].file_name == "病历.txt")
    apply(small_case, plan_removal(removed))
    result = export_package(small_case, tmp_path / "out.zip", EVERYTHING, Task())
    with zipfile.ZipFile(result.path) as archive:
        files = {n.partition("原件/")[2]: n for n in archive.namelist() if "/原件/" in n}
        assert {archive.read(name).decode() for name in files.values()} == {"合同.txt", "病历.txt"}
    assert "未列入目录/病历.txt" in files
    assert verify_package(result.path, Task()).ok

    export_masked(small_case, tmp_path / "masked.zip", EVERYTHING, Task())
    with zipfile.ZipFile(tmp_path / "masked.zip") as archive:
        assert not [n for n in archive.namelist() if "/原件/" in n]
        assert "合同.txt" in archive.read("masked/说明.txt").decode("utf-8-sig")
    assert verify_package(tmp_path / "masked.zip", Task()).ok


# Bad circumstances


@pytest.fixture
def small_case(tmp_path):
    case = cases.create_case(tmp_path / "small.smscase", CaseCard("=小案/件"))
    yield case
    case.close()


def test_an_empty_case_can_be_packed_and_opened(small_case, tmp_path):
    result = export_package(small_case, tmp_path / "out.zip", EVERYTHING, Task())
    assert (result.messages, result.originals) == (0, 0)
    assert verify_package(result.path, Task()).ok
    with closing(open_package(result.path, tmp_path / "b.smscase", Task())) as case:
        assert cases.card(case).title == "=小案/件"


def test_a_full_disk_is_told_before_anything_is_written(small_case, tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")(10**9, 10**9, 1000)
    monkeypatch.setattr(packaging.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DiskFull):
        export_package(small_case, tmp_path / "out.zip", EVERYTHING, Task())
    assert not (tmp_path / "out.zip").exists()


@pytest.mark.parametrize("steps", [0, 1, 5, 12, 30])
def test_a_cancelled_package_leaves_the_old_file_alone(small_case, tmp_path, steps):
    target = tmp_path / "out.zip"
    target.write_bytes(b"an earlier package")
    before = set(tmp_path.iterdir())
    task = Task()
    seen = []

    def stop(progress):
        seen.append(progress)
        if len(seen) > steps:
            task.cancel()

    task.on_progress = stop
    with pytest.raises(Cancelled):
        export_package(small_case, target, EVERYTHING, task)
    assert target.read_bytes() == b"an earlier package"
    assert set(tmp_path.iterdir()) == before


def test_work_on_the_case_while_it_is_packed_is_noticed(small_case, tmp_path, monkeypatch):
    def interfere(case, target, query, task):
        target.write_bytes(b"{}")
        cases.update_card(case, CaseCard("changed meanwhile"))
        return ExportResult(target, 0, 0, 0)

    monkeypatch.setattr(packaging, "DOCUMENTS", {".json": interfere})
    with pytest.raises(CaseChanged):
        export_package(small_case, tmp_path / "out.zip", EVERYTHING, Task())
    assert not (tmp_path / "out.zip").exists()


# Packages from strangers


def _hostile(path, **members):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("p/bagit.txt", "BagIt-Version: 1.0\n")
        for member in members.values():
            archive.writestr(*member)
    return path


def _link():
    member = zipfile.ZipInfo("p/data/link")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member, "/etc/passwd"


def _plain_encoding(path):
    """Write a name in GBK without saying so, as Windows does."""
    _hostile(path, one=("p/data/1234.txt", "x"))
    path.write_bytes(path.read_bytes().replace(b"1234.txt", "证据".encode("gbk") + b".txt"))


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("p/bagit.txt", "BagIt-Version: 1.0\n")
        for number in range(20):
            archive.writestr(f"p/data/{number}", bytes(10 << 20))


def _overlapping(path):
    """Let two entries of the list point at the same bytes."""
    _hostile(path, one=("p/data/aaaa", "x" * 5000), two=("p/data/bbbb", "x" * 5000))
    data = path.read_bytes()
    data = data[: data.index(b"p/data/bbbb") - 30] + data[data.index(b"PK\x01\x02") :]
    path.write_bytes(data)


HOSTILE = {
    "path up": (lambda p: _hostile(p, one=("p/../../x", "x")), "path"),
    "path from the root": (lambda p: _hostile(p, one=("/x", "x")), "path"),
    "drive": (lambda p: _hostile(p, one=("C:/x", "x")), "path"),
    "backslash": (lambda p: _hostile(p, one=("p\\..\\x", "x")), "path"),
    "hidden direction": (lambda p: _hostile(p, one=("p/a\u202eb", "x")), "path"),
    "symbolic link": (lambda p: _hostile(p, one=_link()), "link"),
    "same but for capitals": (
        lambda p: _hostile(p, one=("p/data/a", "1"), two=("p/data/A", "2")),
        "duplicate",
    ),
    "GBK names": (_plain_encoding, "encoding"),
    "bomb": (_bomb, "bomb"),
    "shared bytes": (_overlapping, None),
    "two folders": (lambda p: _hostile(p, one=("q/x", "x")), "no_bag"),
    "no zip": (lambda p: p.write_bytes(b"PK\x03\x04 but nothing more"), "no_zip"),
    "empty zip": (lambda p: zipfile.ZipFile(p, "w").close(), "no_bag"),
    "missing": (lambda p: None, "unreadable"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_package_is_refused_and_nothing_written(tmp_path, what):
    make, why = HOSTILE[what]
    path = tmp_path / "strange.zip"
    make(path)
    before = set(tmp_path.iterdir())
    for attempt in (
        lambda: verify_package(path, Task()),
        lambda: unpack(path, tmp_path / "b.smscase", Task()),
    ):
        with pytest.raises(PackageRefused) as caught:
            attempt()
        assert why in (None, caught.value.fields["why"])
    assert set(tmp_path.iterdir()) == before


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
ROW = st.fixed_dictionaries(
    {},
    optional={
        "number": JSON,
        "at": st.sampled_from(["2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00", "x"]) | JSON,
        "actor": JSON,
        "action": st.just("original_imported") | JSON,
        "details": JSON,
        "previous_hash": st.just("0" * 64) | JSON,
        "hash": JSON,
        "file": JSON,
        "sha256": JSON,
    },
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A package of an empty case, quick to rewrite."""
    folder = tmp_path_factory.mktemp("tiny")
    with closing(cases.create_case(folder / "tiny.smscase", CaseCard("案"))) as case:
        export_package(case, folder / "tiny.zip", EVERYTHING, Task())
    return folder


A_LISTED_HASH = {
    "number": 1,
    "at": "2026-01-01T00:00:00+00:00",
    "actor": "",
    "details": {},
    "action": "original_imported",
    "previous_hash": "0" * 64,
    "hash": [],
}


@settings(max_examples=25, deadline=None)
@example(log=[A_LISTED_HASH], files=[])
@given(log=st.lists(ROW, max_size=3) | JSON, files=st.lists(ROW, max_size=2) | JSON)
def test_lists_of_any_content_are_told_as_damage(tiny, log, files):
    def change(members):
        members["data/流转记录.json"] = json.dumps(log).encode()
        members["data/原件清单.json"] = json.dumps({"masked": False, "files": files}).encode()

    forged = altered(tiny / "tiny.zip", tiny / "forged.zip", change)
    assert not verify_package(forged, Task()).ok


def test_deeply_nested_lists_are_told_as_damage(tiny):
    def change(members):
        members["data/流转记录.json"] = b"[" * 200_000

    forged = altered(tiny / "tiny.zip", tiny / "forged.zip", change)
    kinds = {problem.kind for problem in verify_package(forged, Task()).problems}
    assert "list_broken" in kinds


def test_a_cut_off_package_is_refused(package, tmp_path):
    cut = tmp_path / "cut.zip"
    cut.write_bytes(package.read_bytes()[:-2000])
    with pytest.raises(PackageRefused):
        verify_package(cut, Task())


def test_flipped_bits_are_told_as_damage(package, tmp_path):
    broken = tmp_path / "broken.zip"
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    broken.write_bytes(data)
    with pytest.raises(PackageRefused) as caught:
        verify_package(broken, Task())
    assert caught.value.fields["why"] == "damaged"


# --- a package that was unpacked ------------------------------------------------------------------


@pytest.fixture
def folder(unpacked, tmp_path):
    """A copy of the unpacked package that a test may spoil."""
    return shutil.copytree(unpacked, tmp_path / "交来" / unpacked.name)


def test_an_unpacked_package_is_checked_as_the_zip_is(package, folder):
    assert verify_package(folder, Task()) == verify_package(package, Task())
    for name in (".DS_Store", "data/Thumbs.db", "data/case/desktop.ini"):
        (folder / name).write_bytes(b"of the system")
    assert verify_package(folder, Task()).ok
    assert verify_package(folder.parent, Task()).ok  # as Windows unpacks it: a folder in a folder


SPOILT = {
    "changed": (lambda f: (f / "说明.txt").write_text("x"), "file_changed", "说明.txt"),
    "missing": (lambda f: (f / "data/证据材料.pdf").unlink(), "file_missing", "data/证据材料.pdf"),
    "surplus": (lambda f: (f / "data/more.txt").write_text("x"), "file_surplus", "data/more.txt"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_was_done_to_an_unpacked_package_is_found(folder, what):
    spoil, kind, subject = SPOILT[what]
    spoil(folder)
    assert (kind, subject) in {(p.kind, p.subject) for p in verify_package(folder, Task()).problems}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_nothing_is_read_that_leads_out_of_an_unpacked_package(folder, tmp_path):
    (tmp_path / "secret").write_text("x")
    (folder / "data/link").symlink_to(tmp_path / "secret")
    with pytest.raises(PackageRefused) as caught:
        verify_package(folder, Task())
    assert caught.value.fields["why"] == "link"


def test_a_case_is_taken_out_of_an_unpacked_package(folder, tmp_path):
    before = sorted(folder.rglob("*"))
    with closing(open_package(folder, tmp_path / "a.smscase", Task())) as case:
        assert verify(case, Task()).ok
        entry = listing.custody(case)[-1]
    tags = (folder / "tagmanifest-sha256.txt").read_bytes()
    assert entry.details["package_sha256"] == hashlib.sha256(tags).hexdigest()
    assert sorted(folder.rglob("*")) == before
    with pytest.raises(IsPackage):
        open_case(folder)


def test_packages_are_told_from_other_archives_and_folders(package, choice, folder, tmp_path):
    assert [kind_of(path) for path in (package, folder, folder.parent)] == [
        PackageKind.WITH_CASE
    ] * 3
    assert kind_of(choice.path) is PackageKind.WITHOUT_CASE
    (folder / "sm3.txt").unlink()  # a bag, but of another program
    other = tmp_path / "截图.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.png", b"x")
    for path in (folder, tmp_path, other, tmp_path / "none"):
        assert kind_of(path) is None
