#!/usr/bin/env python3
"""Writes common/unicode_tables.h: properties and case folding as two-stage tables.

    scripts/unicode.py > common/unicode_tables.h

Source: Python's unicodedata, which is made from the Unicode Character Database; the
version stands in the head of what is written.
"""
import unicodedata

LETTER, UPPER, LOWER, DIGIT, SPACE, UNSPACED = 1, 2, 4, 8, 16, 32
SHIFT = 7
# White_Space of PropList.txt, and the two invisible ones that web pages use as such
SPACES = {*range(9, 14), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200C), 0x2028, 0x2029,
          0x202F, 0x205F, 0x3000, 0xFEFF}
# blocks whose scripts put no spaces between words; Hangul does
UNSPACED_BLOCKS = [(0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x19E0, 0x19FF),
                   (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x3035),
                   (0x3038, 0x303C), (0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF),
                   (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF),
                   (0xFF66, 0xFF9F), (0x1AFF0, 0x1B16F), (0x20000, 0x323AF)]


def properties(c):
    category = unicodedata.category(chr(c))
    bits = 0
    if category[0] in "LM":
        bits |= LETTER
        if any(a <= c <= b for a, b in UNSPACED_BLOCKS):
            bits |= UNSPACED
    if category in ("Lu", "Lt"):
        bits |= UPPER
    if category == "Ll":
        bits |= LOWER
    if category == "Nd":
        bits |= DIGIT
    if c in SPACES:
        bits |= SPACE
    return bits


def simple_fold(c):
    """C and S of CaseFolding.txt: where the full folding is longer, the lower case."""
    if 0xD800 <= c < 0xE000:
        return c
    for folded in (chr(c).casefold(), chr(c).lower()):
        if len(folded) == 1:
            return ord(folded)
    return c


def two_stage(values):
    size = 1 << SHIFT
    blocks, index = {}, []
    for at in range(0, len(values), size):
        block = tuple(values[at:at + size])
        index.append(blocks.setdefault(block, len(blocks)))
    return index, [v for block in blocks for v in block]


def table(kind, name, values, per_line=20):
    print(f"static const {kind} {name}[{len(values)}] = {{")
    for at in range(0, len(values), per_line):
        print("    " + ", ".join(map(str, values[at:at + per_line])) + ",")
    print("};\n")


def main():
    points = range(0x110000)
    deltas = [simple_fold(c) - c for c in points]
    classes = {0: 0}
    for d in deltas:
        classes.setdefault(d, len(classes))
    property_index, property_values = two_stage([properties(c) for c in points])
    fold_index, fold_values = two_stage([classes[d] for d in deltas])
    assert max(property_index + fold_index + fold_values) < 256

    print("/* Made by scripts/unicode.py from the Unicode Character Database "
          f"{unicodedata.unidata_version}. */")
    print("/* clang-format off */\n")
    names = "LETTER UPPER LOWER DIGIT SPACE UNSPACED".split()
    print("enum { " + ", ".join(f"{n} = {globals()[n]}" for n in names) + " };")
    print(f"enum {{ TABLE_SHIFT = {SHIFT} }};\n")
    table("unsigned char", "property_index", property_index)
    table("unsigned char", "property_values", property_values)
    table("unsigned char", "fold_index", fold_index)
    table("unsigned char", "fold_values", fold_values)
    table("int32_t", "fold_deltas", list(classes), 10)
    print("/* clang-format on */")


main()
