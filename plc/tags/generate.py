#!/usr/bin/env python3
"""Checks a PLC tag table and writes tags.h, tags.cpp and the documentation page.

A wrong row is refused with one line that names file, row and field; nothing is then written.
"""

import argparse
import pathlib
import re
import sys
import tomllib

AREAS = [
    # key in the table, C++ name, title of the page's section, is a bit table, may be written
    ("discrete_input", "kDiscreteInput", "Discrete inputs (function 2)", True, False),
    ("input_register", "kInputRegister", "Input registers (function 4)", False, False),
    ("coil", "kCoil", "Coils (functions 1, 5, 15)", True, True),
    ("holding_register", "kHoldingRegister", "Holding registers (functions 3, 6, 16)", False, True),
]
TYPES = {
    "u16": ("kU16", 1, 0, 0xFFFF),
    "i16": ("kI16", 1, -0x8000, 0x7FFF),
    "u32": ("kU32", 2, 0, 0xFFFFFFFF),
    "i32": ("kI32", 2, -0x80000000, 0x7FFFFFFF),
}
SAFETY = {"chain": "kChain", "status": "kStatus", "none": "kNone"}
TOP_KEYS = {"map", "unit", "word_order"}
BIT_KEYS = {"name", "text", "safety", "access"}
REGISTER_KEYS = BIT_KEYS | {"type", "unit", "scale", "min", "max"}


class TableError(Exception):
    pass


def read_table(path):
    try:
        with open(path, "rb") as file:
            table = tomllib.load(file)
    except OSError as error:
        raise TableError(f"{path}: cannot be read: {error.strerror}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TableError(f"{path}: not TOML: {error}")

    for key in table:
        if key not in TOP_KEYS and key not in [area[0] for area in AREAS]:
            raise TableError(f"{path}: {key}: unknown key")
    for key in sorted(TOP_KEYS):
        if key not in table:
            raise TableError(f"{path}: {key}: missing")
    if not (type(table["unit"]) is int and 1 <= table["unit"] <= 247):
        raise TableError(f"{path}: unit: must be an integer from 1 to 247")
    if table["word_order"] != "high_first":
        raise TableError(f"{path}: word_order: only \"high_first\" is supported")
    if not isinstance(table["map"], str) or not re.fullmatch(r"[a-z][a-z0-9_]*", table["map"]):
        raise TableError(f"{path}: map: must be a lower-case name")

    rows = []
    seen = {}
    for key, area, _, is_bit, writable_area in AREAS:
        address = 0
        entries = table.get(key, [])
        if not isinstance(entries, list):
            raise TableError(f"{path}: {key}: must be an array of tables ([[{key}]])")
        for index, entry in enumerate(entries):
            where = f"{path}: {key}[{index}]"
            name = entry.get("name")
            if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
                raise TableError(f"{where}: name: must be lower-case words joined by _")
            where = f"{where} ({name})"
            if name in seen:
                raise TableError(f"{where}: name: already used by {seen[name]}")
            seen[name] = f"{key}[{index}]"
            allowed = BIT_KEYS if is_bit else REGISTER_KEYS
            for field in entry:
                if field not in allowed:
                    raise TableError(f"{where}: {field}: unknown field")
            text = entry.get("text")
            if not isinstance(text, str) or not text.strip() or '"' in text or "\\" in text or not text.isprintable():
                raise TableError(f"{where}: text: must be a printable sentence without quotes")
            safety = entry.get("safety")
            if safety not in SAFETY:
                raise TableError(f"{where}: safety: must be chain, status or none")
            access = entry.get("access", "read")
            if access not in ("read", "write"):
                raise TableError(f"{where}: access: must be read or write")
            if access == "write" and not writable_area:
                raise TableError(f"{where}: access: {key} cannot be written")
            if access == "write" and safety != "none":
                raise TableError(f"{where}: access: a tag of the safety classes is never written")
            row = {"name": name, "area": area, "area_key": key, "address": address, "text": text,
                   "safety": safety, "writable": access == "write"}
            if is_bit:
                row |= {"type": "bit", "cpp_type": "kBit", "words": 1, "unit": "", "scale": 1,
                        "min": 0, "max": 1}
            else:
                if entry.get("type") not in TYPES:
                    raise TableError(f"{where}: type: must be u16, i16, u32 or i32")
                cpp_type, words, raw_min, raw_max = TYPES[entry["type"]]
                unit = entry.get("unit")
                if not isinstance(unit, str) or not re.fullmatch(r"[A-Za-z0-9/%]*", unit):
                    raise TableError(f"{where}: unit: must be text such as \"mm/s\", or \"\"")
                for field in ("scale", "min", "max"):
                    if type(entry.get(field)) not in (int, float):
                        raise TableError(f"{where}: {field}: must be a number")
                scale, low, high = entry["scale"], entry["min"], entry["max"]
                if not scale > 0:
                    raise TableError(f"{where}: scale: must be positive")
                if not low < high:
                    raise TableError(f"{where}: max: must be greater than min")
                slack = scale * 1e-6
                if low < raw_min * scale - slack or high > raw_max * scale + slack:
                    field = "min" if low < raw_min * scale - slack else "max"
                    raise TableError(f"{where}: {field}: outside what {entry['type']} with scale {scale} can hold")
                row |= {"type": entry["type"], "cpp_type": cpp_type, "words": words, "unit": unit,
                        "scale": scale, "min": low, "max": high}
            address += row["words"]
            if address > 0x10000:
                raise TableError(f"{where}: address: the area has only 65536 places")
            rows.append(row)
    if not rows:
        raise TableError(f"{path}: no tags")
    if len(rows) > 255:
        raise TableError(f"{path}: more than 255 tags")
    return table, rows


def enumerator(name):
    return "k" + "".join(word.capitalize() for word in name.split("_"))


def number(value):
    return repr(float(value))


def header(table, rows, source):
    sizes = {area[0]: 0 for area in AREAS}
    for row in rows:
        sizes[row["area_key"]] += row["words"]
    enumerators = "\n".join(f"  {enumerator(row['name'])},  ///< {row['text']}." for row in rows)
    return f"""// Generated from plc/tags/{source} by plc/tags/generate.py: edit the table, not this file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "plc/tags/types.h"

namespace portcullis::plc {{

/// Every tag of the map "{table['map']}", by area and address.
enum class Tag : std::uint8_t {{
{enumerators}
}};
inline constexpr std::size_t kTagCount = {len(rows)};

inline constexpr std::uint8_t kModbusUnit = {table['unit']};

/// Addresses in use of each area, from 0 without holes: bits, or registers. By Area.
inline constexpr std::array<std::uint16_t, kAreaCount> kAreaSize = {{{{{', '.join(str(sizes[area[0]]) for area in AREAS)}}}}};

/// All rows, in the order of Tag. Static data; thread-safe.
[[nodiscard]] std::span<const TagInfo> tag_table() noexcept;
[[nodiscard]] const TagInfo& tag_info(Tag tag) noexcept;
/// By its name in the table; nothing where there is none.
[[nodiscard]] std::optional<Tag> find_tag(std::string_view name) noexcept;

}}  // namespace portcullis::plc
"""


def source_text(rows, source):
    lines = []
    for row in rows:
        lines.append(
            f"    {{\"{row['name']}\", Area::{row['area']}, {row['address']}, TagType::{row['cpp_type']}, "
            f"{row['words']}, {number(row['scale'])}, \"{row['unit']}\", {number(row['min'])}, {number(row['max'])}, "
            f"{'true' if row['writable'] else 'false'}, SafetyClass::{SAFETY[row['safety']]},\n"
            f"     \"{row['text']}\"}},")
    body = "\n".join(lines)
    return f"""// Generated from plc/tags/{source} by plc/tags/generate.py: edit the table, not this file.
#include "plc/tags/tags.h"

namespace portcullis::plc {{
namespace {{

constexpr std::array<TagInfo, kTagCount> kTagTable = {{{{
{body}
}}}};

}}  // namespace

std::span<const TagInfo> tag_table() noexcept {{ return kTagTable; }}

const TagInfo& tag_info(Tag tag) noexcept {{ return kTagTable[static_cast<std::size_t>(tag)]; }}

std::optional<Tag> find_tag(std::string_view name) noexcept {{
  for (std::size_t i = 0; i < kTagTable.size(); ++i)
    if (kTagTable[i].name == name) return static_cast<Tag>(i);
  return std::nullopt;
}}

}}  // namespace portcullis::plc
"""


def plain(value):
    return f"{value:g}" if isinstance(value, float) else str(value)


def page(table, rows, source):
    out = [f"# PLC tags: map \"{table['map']}\"", "",
           f"Generated from `plc/tags/{source}` by `plc/tags/generate.py`; edit the table, not this page.", "",
           f"Modbus unit {table['unit']}. Addresses count from 0 in each area. A 32-bit value takes two registers,",
           "the high word first. The value in its unit is the raw value times the scale. `chain` tags are part",
           "of the interlock chain; none of them, nor any `status` tag, is ever written.", ""]
    for key, _, title, is_bit, _ in AREAS:
        out += [f"## {title}", ""]
        if is_bit:
            out += ["| address | name | meaning | safety | written |", "|---|---|---|---|---|"]
        else:
            out += ["| address | name | meaning | type | scale | unit | range | safety | written |",
                    "|---|---|---|---|---|---|---|---|---|"]
        for row in rows:
            if row["area_key"] != key:
                continue
            written = "yes" if row["writable"] else "no"
            if is_bit:
                out.append(f"| {row['address']} | `{row['name']}` | {row['text']} | {row['safety']} | {written} |")
            else:
                last = row["address"] + row["words"] - 1
                address = str(row["address"]) if row["words"] == 1 else f"{row['address']}-{last}"
                out.append(
                    f"| {address} | `{row['name']}` | {row['text']} | {row['type']} | {plain(row['scale'])} | "
                    f"{row['unit']} | {plain(row['min'])} to {plain(row['max'])} | {row['safety']} | {written} |")
        out.append("")
    return "\n".join(out)


def write_if_changed(path, text):
    if path.exists() and path.read_text(encoding="utf-8") == text:
        path.touch()
        return
    path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description="Generates code and documentation from a PLC tag table.")
    parser.add_argument("--table", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path, help="folder for tags.h, tags.cpp, plc_tags.md")
    arguments = parser.parse_args()
    try:
        table, rows = read_table(arguments.table)
    except TableError as error:
        print(error, file=sys.stderr)
        return 2
    source = arguments.table.name
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_if_changed(arguments.out / "tags.h", header(table, rows, source))
    write_if_changed(arguments.out / "tags.cpp", source_text(rows, source))
    write_if_changed(arguments.out / "plc_tags.md", page(table, rows, source))
    return 0


if __name__ == "__main__":
    sys.exit(main())
