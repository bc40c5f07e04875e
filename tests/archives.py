"""archives.py: nsplit on archives as other programs write them, against a plain reading.

Prints TAP. The pages are invented; what comes out of every archive must be their text,
byte for byte. Then the archives are damaged: nsplit ends by itself, with status 0 or 1,
and a page whose text does not come out is never lost without a word."""
import gzip
import io
import json
import random
import shutil
import subprocess
import sys
import tarfile

COUNT = [0, 0]


def check(good, name, said=""):
    COUNT[0] += 1
    COUNT[1] += not good
    print(f"{'' if good else 'not '}ok {COUNT[0]} - {name}")
    if not good:
        print("# " + str(said)[:600].replace("\n", "\n# "))


def body(n):
    lines = [f"Page {n}: the harbour bridge – brücke 橋 {n * n}"]
    lines += [f"Paragraph {i} of page {n} says that the repair holds for {i + n} years."
              for i in range(n % 7 + 1)]
    return "\n".join(lines)


PAGES = {f"pages/{'long/' * (n % 3 * 25)}page-{n}.txt": body(n) for n in range(40)}
PAGES["pages/crlf.txt"] = "one\r\ntwo\r\n\r\nthree"
PAGES["pages/ends-with-blank-lines.txt"] = "a\nb\n\n\n"
PAGES["pages/looks-like-a-record.txt"] = "WARC/1.0\r\nContent-Length: 3\r\n\r\nabc"
PAGES["pages/" + "x" * 150 + ".txt"] = "a name too long for the old header"
PAGES["pages/512.txt"] = "k" * 512
PAGES["pages/511.txt"] = "j" * 511 + "\n"


def shown(text):
    """A page's text as nsplit gives it: lines end in a newline, none blank around it."""
    lines = text.replace("\r\n", "\n").split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


def nsplit(data):
    run = subprocess.run(["nsplit", "--whole", "-"], input=data, capture_output=True,
                         timeout=60, check=False)
    records = [json.loads(line) for line in run.stdout.decode().splitlines()]
    return run, records


def compare(name, data, key, want):
    """want: text by what key() of a record gives."""
    run, records = nsplit(data)
    got = {key(r): r["text"] for r in records}
    bad = [k for k in want if got.get(k) != shown(want[k])]
    check(run.returncode == 0 and not run.stderr and not bad and len(records) == len(want),
          name, (run.returncode, run.stderr[:200], len(records), len(want), bad[:3],
                 [got.get(b) for b in bad[:1]]))


# ---- tar ----

def by_member(record):
    return record["file"].removeprefix("-:")


def fits_ustar(name):
    return len(name) <= 240 and len(name.split("/")[-1]) <= 100


def python_tar(form):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as tar:
        folder = tarfile.TarInfo("pages/")
        folder.type = tarfile.DIRTYPE
        tar.addfile(folder)
        link = tarfile.TarInfo("pages/link")
        link.type, link.linkname = tarfile.SYMTYPE, "page-1.txt"
        tar.addfile(link)
        for name, text in PAGES.items():
            if form == tarfile.USTAR_FORMAT and not fits_ustar(name):
                continue
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            info.mtime = 1583000000.5 if form == tarfile.PAX_FORMAT else 1583000000
            tar.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()


def gnu_tar(form):
    import os
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for name, text in PAGES.items():
            if form == "v7" and len(name) > 99 or form == "ustar" and not fits_ustar(name):
                continue
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(text.encode())
            names.append(name)
        done = subprocess.run(["tar", f"--format={form}", "-C", folder, "-cf", "-", "pages"],
                              capture_output=True, check=False)
        return done.stdout, {name: PAGES[name] for name in names}


def tars():
    for form, label in ((tarfile.USTAR_FORMAT, "ustar"), (tarfile.GNU_FORMAT, "gnu"),
                        (tarfile.PAX_FORMAT, "pax")):
        data = python_tar(form)
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            want = {m.name: tar.extractfile(m).read().decode() for m in tar if m.isreg()}
        compare(f"tar of python's tarfile, {label}", data, by_member, want)
        compare(f"the same in gzip, {label}", gzip.compress(data), by_member, want)
    if not shutil.which("tar"):
        return
    for form in ("v7", "oldgnu", "gnu", "ustar", "posix"):
        data, want = gnu_tar(form)
        compare(f"tar of GNU tar, --format={form}", data, by_member, want)


# ---- WARC ----

def warc_record(kind, headers, payload, version="1.1", eol=b"\r\n"):
    """A record as the WARC specification has it: version, named fields, block, two ends."""
    fields = [("WARC-Type", kind), ("WARC-Record-ID", "<urn:uuid:0-0>"),
              ("WARC-Date", "2021-03-12T10:15:00Z"), *headers,
              ("Content-Length", str(len(payload)))]
    head = b"WARC/" + version.encode() + eol
    head += b"".join(f"{k}: {v}".encode() + eol for k, v in fields)
    return head + eol + payload + eol * 2


def warc(version="1.1", eol=b"\r\n", kind="conversion"):
    records = [warc_record("warcinfo", [("Content-Type", "application/warc-fields")],
                           b"software: invented\r\n", version, eol)]
    want = {}
    for n, text in enumerate(PAGES.values()):
        url, payload = f"https://example.org/{n}", text.encode()
        media = "text/plain"
        if kind == "response":
            payload = (b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                       + payload)
            media = "application/http; msgtype=response"
        headers = [("WARC-Target-URI", url), ("Content-Type", media)]
        if n % 2:
            headers.reverse()
        records.append(warc_record(kind, headers, payload, version, eol))
        want[url] = text
        records.append(warc_record("metadata", [("WARC-Target-URI", url)], b"a: b\r\n",
                                   version, eol))
    return records, want


def by_url(record):
    return record.get("url")


def warcs():
    for kind in ("conversion", "resource", "response"):
        records, want = warc(kind=kind)
        compare(f"WARC, {kind} records", b"".join(records), by_url, want)
        compare(f"{kind} records, a gzip member each",
                b"".join(gzip.compress(r) for r in records), by_url, want)
    for version in ("0.17", "0.18", "1.0"):
        records, want = warc(version=version)
        compare(f"WARC/{version}", b"".join(records), by_url, want)
    records, want = warc(eol=b"\n")
    compare("WARC with bare newlines", b"".join(records), by_url, want)
    compare("WARC, one gzip member around all", gzip.compress(b"".join(records)), by_url,
            want)


# ---- damage ----

def survives(name, damage, want, loss):
    """Runs nsplit on damaged archives; loss: pages may be missing, with a message."""
    bad = []
    for n, data in enumerate(damage):
        try:
            run, records = nsplit(data)
        except (subprocess.TimeoutExpired, json.JSONDecodeError) as error:
            bad.append((n, repr(error)[:100]))
            continue
        texts = {r["text"] for r in records}
        missing = [k for k in want if shown(want[k]) not in texts]
        if run.returncode not in (0, 1) or b"anitizer" in run.stderr:
            bad.append((n, run.returncode, run.stderr[-200:]))
        elif missing and (not loss or not run.stderr):
            bad.append((n, "lost", missing[:3], run.returncode, run.stderr[:200]))
    check(not bad, name, bad[:3])


def flips(data, places, rnd):
    for place in places:
        spoiled = bytearray(data)
        spoiled[place] ^= 1 << rnd.randrange(8)
        yield bytes(spoiled)


def damage():
    rnd = random.Random(7)
    records, want = warc()
    whole = b"".join(records)
    starts = [sum(map(len, records[:i])) for i in range(1, len(records), 7)]
    survives("WARC: records shuffled", (b"".join(records[:1] + rnd.sample(records[1:],
             len(records) - 1)) for _ in range(5)), want, False)
    survives("WARC: records twice", (b"".join(records[:i] + records[i:i + 2] + records[i:])
             for i in range(1, 40, 8)), want, False)
    ends = [sum(map(len, records[:i + 1])) for i in range(len(records))]
    survives("WARC: cut inside a record", (whole[:ends[i] - rnd.randrange(5, 150)]
             for i in rnd.sample(range(1, len(ends)), 25)), want, True)
    texts = {"a": "first page\nof three", "b": "second page\nof three", "c": "third\npage"}
    plain = [warc_record("conversion", [("WARC-Target-URI", f"https://example.org/{k}"),
                         ("Content-Type", "text/plain")], text.encode())
             for k, text in texts.items()]
    for size, name in ((b"5", "too short"), (b"90", "too long"), (b"9999999", "far too long"),
                       (b"-1", "negative"), (b"99999999999999999999999", "no number")):
        spoiled = plain[1].replace(b"Content-Length: 20", b"Content-Length: " + size)
        run, records_ = nsplit(plain[0] + spoiled + plain[2])
        got = [r["text"] for r in records_]
        # a block that is too long takes the next record for its own text
        kept = "".join(got) if "long" in name else got
        check(run.returncode == 1 and run.stderr.count(b"\n") == 1 and
              texts["a"] in got and (texts["c"] in kept or b"passed over" in run.stderr),
              f"WARC: a length that is {name}: one message, nothing else lost",
              (run.returncode, run.stderr, got))
    survives("WARC: bits flipped in headers", flips(whole, [s + rnd.randrange(60)
             for s in starts for _ in range(3)], rnd), {}, True)
    data = python_tar(tarfile.GNU_FORMAT)
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        wanted = {m.name: tar.extractfile(m).read().decode() for m in tar if m.isreg()}
        members = list(tar)
        headers = [m.offset_data - 512 for m in members]
    survives("tar: cut inside a header", (data[:h + rnd.randrange(1, 512)]
             for h in headers[1::2]), wanted, True)
    survives("tar: cut inside a member", (data[:h + 512 + 1]
             for h, m in zip(headers, members) if m.size > 1), wanted, True)
    survives("tar: bits flipped in headers", flips(data, [h + rnd.randrange(500)
             for h in headers[1:] for _ in range(2)], rnd), wanted, True)
    blocks = [data[i:i + 512] for i in range(0, len(data), 512)]
    survives("tar: blocks dropped", (b"".join(blocks[:i] + blocks[i + 1:])
             for i in range(3, 60, 5)), wanted, True)
    survives("tar: blocks twice", (b"".join(blocks[:i] + blocks[i:i + 1] + blocks[i:])
             for i in range(3, 60, 5)), wanted, True)
    survives("tar: blocks shuffled", (b"".join(blocks[:1] + rnd.sample(blocks[1:],
             len(blocks) - 1)) for _ in range(5)), {}, True)
    packed = b"".join(gzip.compress(r) for r in records)
    survives("gzip: members cut", (packed[:rnd.randrange(30, len(packed) - 9)]
             for _ in range(25)), want, True)
    survives("gzip: bits flipped", flips(packed, [rnd.randrange(30, len(packed))
             for _ in range(40)], rnd), want, True)


tars()
warcs()
damage()
print(f"1..{COUNT[0]}")
sys.exit(COUNT[1] > 0)
