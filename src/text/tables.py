#!/usr/bin/env python3
"""Makes the character tables of chars.c from the Unicode data files.

    tables.py OUTPUT

A table is a sorted list of code points at which a class begins, each packed as code point * 4 + class;
a class holds up to the next entry.
"""
import os
import sys

FOLDERS = ('/usr/share/unicode', '/usr/share/unicode/ucd')
FILES = ('Scripts.txt', 'EastAsianWidth.txt', 'UnicodeData.txt')
END = 0x110000

NORMAL, ZERO, WIDE, AMBIGUOUS = 1, 0, 2, 3
ZERO_CATEGORIES = ('Mn', 'Me', 'Cf')
# Vowels and finals of Hangul syllables in parts: they are drawn into the cells of the initial.
ZERO_JAMO = ((0x1160, 0x11FF), (0xD7B0, 0xD7FF))


def data_folder():
    for folder in FOLDERS:
        if all(os.path.exists(os.path.join(folder, name)) for name in FILES):
            return folder
    sys.exit('tables.py: the Unicode data files are missing; install the package unicode-data')


def ranges(folder, name):
    """(first, last, value) of each line of a property file."""
    with open(os.path.join(folder, name), encoding='utf-8') as lines:
        for line in lines:
            fields = [field.strip() for field in line.split('#')[0].split(';')]
            if len(fields) < 2:
                continue
            first, _, last = fields[0].partition('..')
            yield int(first, 16), int(last or first, 16), fields[1]


def categories(folder):
    """(code point, general category) of each single character."""
    with open(os.path.join(folder, 'UnicodeData.txt'), encoding='utf-8') as lines:
        for line in lines:
            fields = line.split(';')
            yield int(fields[0], 16), fields[2]


def widths(folder):
    width = bytearray([NORMAL]) * END
    classes = {'W': WIDE, 'F': WIDE, 'A': AMBIGUOUS}
    for first, last, value in ranges(folder, 'EastAsianWidth.txt'):
        if value in classes:
            width[first:last + 1] = bytes([classes[value]]) * (last + 1 - first)
    for code, category in categories(folder):
        if category in ZERO_CATEGORIES:
            width[code] = ZERO
    for first, last in ZERO_JAMO:
        width[first:last + 1] = bytes([ZERO]) * (last + 1 - first)
    return width


def han(folder):
    member = bytearray(END)
    for first, last, script in ranges(folder, 'Scripts.txt'):
        if script == 'Han':
            member[first:last + 1] = b'\1' * (last + 1 - first)
    return member


def write_table(out, name, classes):
    starts = [c for c in range(END) if c == 0 or classes[c] != classes[c - 1]]
    out.write(f'static const uint32_t {name}[] = {{\n')
    for i in range(0, len(starts), 10):
        row = ', '.join(f'0x{c * 4 + classes[c]:X}' for c in starts[i:i + 10])
        out.write(f'    {row},\n')
    out.write('};\n')


def main():
    folder = data_folder()
    with open(sys.argv[1], 'w', encoding='utf-8') as out:
        out.write('/* Made by tables.py from the Unicode data files. */\n')
        out.write(f'enum {{ WIDTH_ZERO = {ZERO}, WIDTH_NORMAL = {NORMAL}, '
                  f'WIDTH_WIDE = {WIDE}, WIDTH_AMBIGUOUS = {AMBIGUOUS} }};\n')
        write_table(out, 'width_table', widths(folder))
        write_table(out, 'han_table', han(folder))


main()
