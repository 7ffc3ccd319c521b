"""Computes a scan file's seal from the words of docs/pscan.sql, with nothing of ours."""
import hashlib
import sqlite3
import sys

TABLES = {
    "meta": ("key, value", "key", "WHERE key <> 'seal_sha256'"),
    "raw_block": ("block_index, first_line, line_count, encoding, raw_bytes, crc32c, data", "block_index", ""),
    "calibration_frame": ("kind, line_count, dose_mean_counts, temperature_c, taken_utc, mean, variance", "kind", ""),
    "wedge_step": ("material, areal_density_g_cm2, line_count, transmission_high, transmission_low",
                   "material, areal_density_g_cm2", ""),
    "radiation_line": ("line_index, utc, text", "line_index", ""),
    "event": ("event_index, utc, kind, text", "event_index", ""),
}


def column_bytes(value):
    if value is None:
        return b"-;"
    if isinstance(value, float):
        data = (str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)).encode()
    elif isinstance(value, int):
        data = str(value).encode()
    elif isinstance(value, str):
        data = value.encode()
    else:
        data = bytes(value)
    return str(len(data)).encode() + b":" + data + b";"


database = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
digest = hashlib.sha256()
for table, (columns, order, where) in TABLES.items():
    digest.update(table.encode() + b"\n")
    for row in database.execute(f"SELECT {columns} FROM {table} {where} ORDER BY {order}"):
        for value in row:
            digest.update(column_bytes(value))
print(digest.hexdigest())
