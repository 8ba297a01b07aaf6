#!/usr/bin/env python3
"""Makes the tables of charset.c and detect.c from Python's own codecs.

    tables.py GB18030-OUTPUT COMMON-HAN-OUTPUT

gb18030_pairs: the character of each two-byte code, by (lead - 0x81) * 190 + trail; D800 + n stands for
    gb18030_far[n], a character beyond U+FFFF.
gb18030_quads: four-byte codes of the Basic Multilingual Plane: a range begins at linear code `code`, which
    stands for `character`, and ends where the next begins; `character` 0 is a gap.
common_han: one bit for each of U+4E00-9FFF: is it one of the 3755 characters of level 1 of GB 2312?
"""
import sys

TRAILS = [t for t in range(0x40, 0xFF) if t != 0x7F]

# Python's codec is that of GB 18030-2000. Since 2005 and 2022 these codes no longer mean private
# characters; the characters that they mean now give up their four-byte codes in exchange.
CHANGED = {
    b'\xA8\xBC': 0x1E3F,
    b'\xA6\xD9': 0xFE10, b'\xA6\xDA': 0xFE12, b'\xA6\xDB': 0xFE11, b'\xA6\xDC': 0xFE13,
    b'\xA6\xDD': 0xFE14, b'\xA6\xDE': 0xFE15, b'\xA6\xDF': 0xFE16, b'\xA6\xEC': 0xFE17,
    b'\xA6\xED': 0xFE18, b'\xA6\xF3': 0xFE19, b'\xFE\x59': 0x9FB4, b'\xFE\x61': 0x9FB5,
    b'\xFE\x66': 0x9FB6, b'\xFE\x67': 0x9FB7, b'\xFE\x6D': 0x9FB8, b'\xFE\x7E': 0x9FB9,
    b'\xFE\x90': 0x9FBA, b'\xFE\xA0': 0x9FBB,
}

# Likewise, but the characters lie beyond U+FFFF.
FAR = {b'\xFE\x51': 0x20087, b'\xFE\x52': 0x20089, b'\xFE\x53': 0x200CC,
       b'\xFE\x6C': 0x215D7, b'\xFE\x76': 0x2298F, b'\xFE\x91': 0x241FE}


def codes():
    """The GB 18030 code of each character of the Basic Multilingual Plane."""
    code = {}
    for c in range(0x80, 0x10000):
        if not 0xD800 <= c <= 0xDFFF:
            code[c] = chr(c).encode('gb18030')
    by_code = {v: k for k, v in code.items()}
    for pair, new in CHANGED.items():
        old = by_code[pair]
        if old != new:
            code[old], code[new] = code[new], pair
    return code


def linear(quad):
    a, b, c, d = quad
    return ((a - 0x81) * 10 + b - 0x30) * 1260 + (c - 0x81) * 10 + d - 0x30


def pairs(code):
    table = [0] * (126 * len(TRAILS))

    def put(octets, c):
        table[(octets[0] - 0x81) * len(TRAILS) + TRAILS.index(octets[1])] = c

    for c, octets in code.items():
        if len(octets) == 2:
            put(octets, c)
    for n, octets in enumerate(FAR):
        put(octets, 0xD800 + n)
    return table


def quads(code):
    """(linear code, character) at the beginning of each range; a gap begins with character 0."""
    found = sorted((linear(octets), c) for c, octets in code.items() if len(octets) == 4)
    starts = []
    expected = None
    for lin, c in found:
        if expected is None or (lin, c) != expected:
            if expected is not None and lin != expected[0]:
                starts.append((expected[0], 0))
            starts.append((lin, c))
        expected = (lin + 1, c + 1)
    starts.append((expected[0], 0))
    return starts


def common_han():
    bits = [0] * ((0xA000 - 0x4E00) // 32)
    for lead in range(0xB0, 0xD8):
        for trail in range(0xA1, 0xFF):
            text = bytes((lead, trail)).decode('gb2312', 'replace')
            if len(text) == 1 and text != '\ufffd':
                c = ord(text) - 0x4E00
                bits[c // 32] |= 1 << c % 32
    return bits


def write_rows(out, head, cells, per_row):
    out.write(f'{head} = {{\n')
    for i in range(0, len(cells), per_row):
        out.write('    ' + ', '.join(cells[i:i + per_row]) + ',\n')
    out.write('};\n')


def main():
    code = codes()
    with open(sys.argv[1], 'w', encoding='utf-8') as out:
        out.write('/* Made by tables.py. */\n')
        write_rows(out, 'static const uint16_t gb18030_pairs[]', [f'0x{c:X}' for c in pairs(code)], 12)
        write_rows(out, 'static const uint32_t gb18030_far[]', [f'0x{c:X}' for c in FAR.values()], 6)
        write_rows(out, 'static const struct { uint16_t code, character; } gb18030_quads[]',
                   [f'{{{lin}, 0x{c:X}}}' for lin, c in quads(code)], 6)
    with open(sys.argv[2], 'w', encoding='utf-8') as out:
        out.write('/* Made by tables.py. */\n')
        write_rows(out, 'static const uint32_t common_han[]', [f'0x{b:08X}' for b in common_han()], 8)


main()
