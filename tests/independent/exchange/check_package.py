"""Checks a package as docs/exchange.md describes it, with nothing of ours.

check_package.py ZIP: hashes of all parts; prints the manifest's kind and the parts' names.
check_package.py ZIP KEY_FILE FOLDER: also opens what is sealed apart with libsodium, puts back what
was taken out of the scan with sqlite3, and leaves scan.pscan in FOLDER.
"""
import ctypes
import hashlib
import io
import json
import pathlib
import sqlite3
import sys
import zipfile


def read_package(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["format"] == "portcullis-package" and manifest["version"] == 1
    parts = {}
    for row in manifest["files"]:
        data = archive.read(row["name"])
        assert len(data) == row["bytes"], row["name"]
        assert hashlib.sha256(data).hexdigest() == row["sha256"], row["name"]
        parts[row["name"]] = data
    assert set(archive.namelist()) == set(parts) | {"manifest.json", "SHA256SUMS"}
    return manifest, parts


def open_sealed(sealed, private_key):
    sodium = ctypes.CDLL("libsodium.so.23")
    assert sodium.sodium_init() >= 0
    public_key = ctypes.create_string_buffer(32)
    assert sodium.crypto_scalarmult_base(public_key, private_key) == 0
    opened = ctypes.create_string_buffer(len(sealed) - 48)
    code = sodium.crypto_box_seal_open(opened, sealed, ctypes.c_ulonglong(len(sealed)), public_key,
                                       private_key)
    assert code == 0, "does not open"
    return opened.raw


manifest, parts = read_package(pathlib.Path(sys.argv[1]).read_bytes())
print("kind", manifest["kind"])
for name in sorted(parts):
    print("part", name)
if len(sys.argv) > 3:
    key = bytes.fromhex(pathlib.Path(sys.argv[2]).read_text().split()[0])
    inner, personal = read_package(open_sealed(parts["personal/personal.zip.sealed"], key))
    print("kind", inner["kind"])
    for name in sorted(personal):
        print("personal", name)
    scan = pathlib.Path(sys.argv[3]) / "scan.pscan"
    scan.write_bytes(parts["raw/scan.pscan"])
    taken = json.loads(personal["restore.json"])
    with sqlite3.connect(scan) as database:
        database.execute("UPDATE meta SET value = ? WHERE key = 'scan'", (taken["scan"],))
        for event in taken["events"]:
            database.execute("UPDATE event SET text = ? WHERE event_index = ?",
                             (event["text"], event["index"]))
