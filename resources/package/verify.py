#!/usr/bin/env python3
"""核对证据包。用法：解压后在文件夹内运行 python3 verify.py，或 python3 verify.py 证据包.zip

只用 Python 3.8 以上自带的标准库，不联网，不改动任何文件。全部相符时退出码为 0，有不符时为 1。
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unicodedata
import zipfile
from pathlib import Path

LISTS = (("manifest-sha256.txt", "sha256"), ("manifest-sha512.txt", "sha512"), ("sm3.txt", "sm3"))
TAG_LISTS = (("tagmanifest-sha256.txt", "sha256"), ("tagmanifest-sha512.txt", "sha512"))
LOG, ORIGINALS = "data/流转记录.json", "data/原件清单.json"
LEFT_BY_SYSTEMS = {".ds_store", "thumbs.db", "desktop.ini"}
problems = []


def wrong(text):
    problems.append(text)
    print("  ✗ " + text)


class Folder:
    def __init__(self, path):
        self.path = path
        files = (p for p in path.rglob("*") if p.is_file())
        kept = (p for p in files if p.name.lower() not in LEFT_BY_SYSTEMS)
        found = (p.relative_to(path).as_posix() for p in kept if p.name[:2] != "._")
        self.names = {unicodedata.normalize("NFC", name) for name in found}

    def open(self, name):
        return (self.path / name).open("rb")


class Archive:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        files = [name for name in self.zip.namelist() if not name.endswith("/")]
        roots = {name.split("/")[0] for name in files}
        self.root = (roots.pop() if len(roots) == 1 else "") + "/"
        if len(files) != len(set(files)):
            wrong("压缩包内有重名文件")
        self.names = {name[len(self.root) :] for name in files}

    def open(self, name):
        return self.zip.open(self.root + name)


def text_of(package, name):
    with package.open(name) as file:
        return file.read().decode("utf-8")


def lines_of(package, name):
    for line in text_of(package, name).splitlines():
        found = re.match(r"([0-9a-fA-F]{64,128}) [ *]?(\S.*)$", line)
        if found:
            yield found.group(2), found.group(1).lower()


def digest_of(package, name, algorithm):
    state = hashlib.new(algorithm)
    with package.open(name) as file:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            state.update(chunk)
    return state.hexdigest()


def check_list(package, name, algorithm, wanted):
    if name not in package.names:
        return wrong("缺少清单 " + name)
    try:
        hashlib.new(algorithm)
    except ValueError:
        return print("  － 未核对 %s：本机的 Python 不支持 %s" % (name, algorithm.upper()))
    listed = dict(lines_of(package, name))
    before = len(problems)
    for file, digest in listed.items():
        if file not in package.names:
            wrong("缺少文件 " + file)
        elif digest_of(package, file, algorithm) != digest:
            wrong("内容与 %s 不符：%s" % (name, file))
    for file in sorted(wanted - set(listed)):
        wrong("%s 中没有列出的多余文件：%s" % (name, file))
    if len(problems) == before:
        print("  ✓ %s：%d 个文件的 %s 相符，无缺无余" % (name, len(listed), algorithm.upper()))


def check_originals(package):
    content = json.loads(text_of(package, ORIGINALS))
    if content["masked"]:
        return print("  － 未核对原件：本包为脱敏副本，图片经过遮盖，与原件的哈希不同")
    before, files = len(problems), [file for file in content["files"] if file["file"]]
    for file in files:
        if digest_of(package, file["file"], "sha256") != file["sha256"]:
            wrong("原件与入库时的 SHA-256 不符：" + file["file"])
    if len(problems) == before:
        print("  ✓ 原件清单：%d 个原件与入库时的 SHA-256 相符" % len(files))


def check_chain(package):
    """每条记录的哈希 = SHA-256(上一条的哈希 + 本条各项按键名排序的 JSON)。"""
    if LOG not in package.names:
        return print("  － 未核对流转记录：本包不含流转记录（见 说明.txt）")
    previous, number = "0" * 64, 0
    for number, row in enumerate(json.loads(text_of(package, LOG)), 1):
        fields = {key: row[key] for key in ("number", "at", "actor", "action", "details")}
        plain = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        expected = hashlib.sha256((previous + plain).encode("utf-8")).hexdigest()
        if (row["number"], row["previous_hash"], row["hash"]) != (number, previous, expected):
            return wrong("流转记录从第 %d 条起哈希链断裂" % number)
        previous = expected
    return print("  ✓ 流转记录：%d 条首尾相连，末条哈希 %s" % (number, previous))


def main():
    sys.stdout.reconfigure(errors="replace")
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    print("核对证据包：%s" % place)
    try:
        package = Folder(place) if place.is_dir() else Archive(place)
        payload = {name for name in package.names if name.startswith("data/")}
        tags = {n for n in package.names - payload if not n.startswith("tagmanifest-")}
        for name, algorithm in LISTS:
            check_list(package, name, algorithm, payload)
        for name, algorithm in TAG_LISTS:
            check_list(package, name, algorithm, tags)
        check_originals(package)
        check_chain(package)
    except Exception as error:  # noqa: BLE001 - 任何读不出的文件都是不符
        wrong("无法读完：%s" % error)
    if problems:
        print(
            "结论：不一致，共 %d 处（见上面的 ✗）。请勿使用本包，并与提交人核对。" % len(problems)
        )
        return 1
    print("结论：一致。以上各项与打包时的记录相符。")
    print("未核对：截图内容是否真实、识读的文字是否正确；也不能证明打包之前未被改动。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
