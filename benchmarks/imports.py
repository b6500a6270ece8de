"""How long a published list takes to come in, in every format that `quanze import` reads.

    python -m benchmarks.imports [--rows 1000 5000] [--long 20000] [--only XLSX ODS]

The list is made up: twelve columns, one to three citations a row, duties and fees as real lists have them; the laws
are none that the register holds, so that draft records of them are made too. Each file is imported into a fresh copy of
the same register, and the records are written; `--long` is for the two formats that long lists come in. LibreOffice
makes the XLS and the ODS where it is there.
"""

from __future__ import annotations

import argparse
import csv
import html
import io
import random
import shutil
import subprocess
import tempfile
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import docx
import xlsxwriter

from benchmarks import generate, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

HEADS = (
    "序号", "项目编码", "项目名称", "职权类型", "设定依据", "实施主体",
    "承办机构", "行使层级", "责任事项", "追责情形", "收费依据及标准", "备注",
)  # fmt: skip
_LAWS = ("安全生产法", "示例行业管理条例", "示例省安全管理条例", "示例场所监督管理办法", "行政处罚法")
_NAMES = {"行政许可": "{}的许可", "行政处罚": "对违反规定{}的处罚", "行政检查": "对{}的检查"}
_SUBJECTS = ("经营烟花", "开采矿石", "储存化学品", "使用锅炉", "经营餐饮", "占用绿地", "取用地下水", "印刷书刊")
_DUTIES = "1.受理责任：公示材料。\n2.审查责任：现场核查。\n3.决定责任：作出决定。"
_OFFICE = "soffice"


def rows(count: int) -> Iterator[Sequence[str]]:
    """Yield the heads and so many items."""
    yield HEADS
    chance = random.Random(count)
    for number in range(1, count + 1):
        type_ = chance.choice([*_NAMES])
        name = _NAMES[type_].format(f"{chance.choice(_SUBJECTS)}{number}号")
        laws = chance.sample(_LAWS, chance.randint(1, 3))
        basis = "\n".join(f"《{law}》第{chance.randint(1, 60)}条第{chance.randint(1, 4)}款" for law in laws)
        yield (
            str(number),
            f"x{number:011}",
            name,
            type_,
            basis,
            "",
            "一处",
            "县级",
            _DUTIES,
            "滥用职权的",
            "不收费",
            "",
        )


def xlsx(path: Path, table: Sequence[Sequence[str]]) -> None:
    """Write a workbook."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("清单")
        for number, row in enumerate(table):
            page.write_row(number, 0, row)


def strict(path: Path, table: Sequence[Sequence[str]]) -> None:
    """Write a workbook in the namespaces of Strict Open XML."""
    whole = path.with_suffix(".whole")
    xlsx(whole, table)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(*_MAIN).replace(*_RELATED))
    whole.unlink()


_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATED = (
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
)


def text(encoding: str, mark: str, path: Path, table: Sequence[Sequence[str]]) -> None:
    """Write plain text, a mark between two cells."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=mark).writerows(table)
    path.write_bytes(buffer.getvalue().encode(encoding))


def page(path: Path, table: Sequence[Sequence[str]]) -> None:
    """Write a page with one table."""
    lines = ("".join(f"<td>{html.escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) for row in table)
    path.write_text(f"<meta charset=utf-8><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>", "utf-8")


def document(path: Path, table: Sequence[Sequence[str]]) -> None:
    """Write a document with one table."""
    book = docx.Document()
    made = book.add_table(0, len(HEADS))
    for row in table:
        for cell, said in zip(made.add_row().cells, row, strict=True):
            cell.text = said
    book.save(str(path))


def _converted(path: Path, table: Sequence[Sequence[str]]) -> None:
    """Write a workbook and let LibreOffice make another kind of it."""
    first = path.with_suffix(".xlsx")
    xlsx(first, table)
    command = (_OFFICE, "--headless", "--convert-to", path.suffix[1:], "--outdir", str(path.parent), str(first))
    subprocess.run(command, check=True, capture_output=True)
    first.unlink()


class Format(NamedTuple):
    """A format of lists, what reads it, and how the benchmark writes one."""

    extension: str
    read_by: str
    write: Callable[[Path, Sequence[Sequence[str]]], None]


FORMATS: Mapping[str, Format] = {
    "XLSX": Format("xlsx", "lxml, part by part", xlsx),
    "XLSX Strict": Format("xlsx", "lxml, part by part", strict),
    "XLS": Format("xls", "xlrd", _converted),
    "ODS": Format("ods", "lxml, part by part", _converted),
    "CSV UTF-8": Format("csv", "csv", partial(text, "utf-8-sig", ",")),
    "CSV GB18030": Format("csv", "csv", partial(text, "gb18030", ",")),
    "CSV tab": Format("txt", "csv", partial(text, "utf-16", "\t")),
    "CSV semicolon": Format("csv", "csv", partial(text, "utf-8", ";")),
    "HTML": Format("html", "lxml.html", page),
    "HTML named .xls": Format("xls", "lxml.html", page),
    "DOCX": Format("docx", "python-docx", document),
}
LONG = ("XLSX", "CSV UTF-8")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000, 5_000])
    parser.add_argument("--long", type=int, nargs="*", default=[20_000])
    parser.add_argument("--only", nargs="+", choices=FORMATS, default=[*FORMATS])
    given = parser.parse_args()
    asked = [(count, name) for count in given.rows for name in given.only]
    asked += [(count, name) for count in given.long for name in LONG if name in given.only]
    print("| Format | Read by | Rows | s | CPU s | MB | Records |\n| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        generate.write(1, Path(folder) / "register")
        for count, name in asked:
            print(_measured(Path(folder), name, count), flush=True)


def _measured(folder: Path, name: str, count: int) -> str:
    extension, read_by, write = FORMATS[name]
    if write is _converted and not shutil.which(_OFFICE):
        return f"| {name} | {read_by} | {count:,} | no LibreOffice here | | | |"
    file, root = folder / f"list.{extension}", folder / "run"
    write(file, [*rows(count)])
    shutil.copytree(folder / "register", root, ignore=shutil.ignore_patterns(".venv", "node_modules"))
    before = len([*root.glob("catalog/items/**/*.yaml")])
    command = (str(generate.ROOT / ".venv/bin/quanze"), "import", str(file), "items", "--at", "2026-01-01")
    used = measure.run((*command, "--root", str(root)), root, folder / "log.txt")
    made = len([*root.glob("catalog/items/**/*.yaml")]) - before
    shutil.rmtree(root)
    took = f"{used.wall:.1f} | {used.cpu:.1f} | {used.together / 1e6:.0f}"
    return f"| {name} | {read_by} | {count:,} | {took} | {made:,} |"


if __name__ == "__main__":
    main()
