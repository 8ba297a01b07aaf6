#!/usr/bin/env python3
"""Makes the character tables of chars.c from the Unicode data files.

    tables.py OUTPUT

A table is a sorted list of code points at which a class begins, each packed as code point * 4 + class;
a class holds up to the next entry.
"""
import bz2
import os
import sys

FOLDERS = ('/usr/share/unicode', '/usr/share/unicode/ucd')
FILES = ('Scripts.txt', 'EastAsianWidth.txt', 'UnicodeData.txt', 'EquivalentUnifiedIdeograph.txt', 'DerivedAge.txt')
END = 0x110000

NORMAL, ZERO, WIDE, AMBIGUOUS = 1, 0, 2, 3
ZERO_CATEGORIES = ('Mn', 'Me', 'Cf')
# Vowels and finals of Hangul syllables in parts: they are drawn into the cells of the initial.
ZERO_JAMO = ((0x1160, 0x11FF), (0xD7B0, 0xD7FF))
# Radicals and compatibility ideographs: second code points of characters.
OTHER_FORMS = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


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


def early_letters(folder):
    """Letters of the basic plane that Unicode 6.2 had."""
    member, early, first = bytearray(END), bytearray(END), 0
    for begin, end, age in ranges(folder, 'DerivedAge.txt'):
        if tuple(map(int, age.split('.'))) <= (6, 2):
            early[begin:end + 1] = b'\1' * (end + 1 - begin)
    with open(os.path.join(folder, 'UnicodeData.txt'), encoding='utf-8') as lines:
        for line in lines:
            fields = line.split(';')
            code = int(fields[0], 16)
            if not fields[1].endswith('Last>'):
                first = code
            if fields[2][0] == 'L' and not fields[1].endswith('First>') and code < 0x10000:
                member[first:code + 1] = early[first:code + 1]
    return member


def write_table(out, name, classes):
    starts = [c for c in range(END) if c == 0 or classes[c] != classes[c - 1]]
    out.write(f'static const uint32_t {name}[] = {{\n')
    for i in range(0, len(starts), 10):
        row = ', '.join(f'0x{c * 4 + classes[c]:X}' for c in starts[i:i + 10])
        out.write(f'    {row},\n')
    out.write('};\n')


def unihan(folder, name, field):
    """(code point, values) of each line of the field; Debian packs these files."""
    path = os.path.join(folder, name)
    with open(path, encoding='utf-8') if os.path.exists(path) else bz2.open(path + '.bz2', 'rt', encoding='utf-8') as lines:
        for line in lines:
            columns = line.rstrip('\n').split('\t')
            if len(columns) == 3 and columns[1] == field:
                yield int(columns[0][2:], 16), columns[2].split()


def decompositions(folder):
    """(code point, the one it is another form of) of radicals and compatibility ideographs."""
    with open(os.path.join(folder, 'UnicodeData.txt'), encoding='utf-8') as lines:
        for line in lines:
            fields = line.split(';')
            code, parts = int(fields[0], 16), [part for part in fields[5].split() if part[0] != '<']
            if len(parts) == 1 and any(first <= code <= last for first, last in OTHER_FORMS):
                yield code, int(parts[0], 16)
    for first, last, unified in ranges(folder, 'EquivalentUnifiedIdeograph.txt'):
        for code in range(first, last + 1):
            if any(begin <= code <= end for begin, end in OTHER_FORMS):
                yield code, int(unified, 16)


def standard_forms(folder):
    """code point: (standard form, whether there is but one). Standard are the characters of 通用规范汉字表, 2013 (kTGH)."""
    standard = {code for code, _ in unihan(folder, 'Unihan_OtherMappings.txt', 'kTGH')}
    forms = {}
    for code, values in unihan(folder, 'Unihan_Variants.txt', 'kSimplifiedVariant'):
        # Where the standard form lies outside of the basic plane no font has it, and the other one is in use (二噁英).
        targets = [t for t in (int(value[2:], 16) for value in values) if t in standard and t != code and t < 0x10000]
        if code not in standard and targets:
            forms[code] = targets[0], len(targets) == 1
    for code, unified in decompositions(folder):
        forms[code] = forms.get(unified, (unified, True))
    return forms


def write_forms(out, forms):
    bits = [0] * (0x10000 // 64)
    for code in forms:
        if code < 0x10000:
            bits[code // 64] |= 1 << code % 64
    out.write('static const uint64_t nonstandard_bits[] = {\n')
    for i in range(0, len(bits), 6):
        out.write('    ' + ', '.join(f'0x{word:X}' for word in bits[i:i + 6]) + ',\n')
    out.write('};\nstatic const struct { uint32_t code_point, form; bool is_certain; } standard_forms[] = {\n')
    for code in sorted(forms):
        out.write(f'    {{0x{code:X}, 0x{forms[code][0]:X}, {int(forms[code][1])}}},\n')
    out.write('};\n')


def main():
    folder = data_folder()
    with open(sys.argv[1], 'w', encoding='utf-8') as out:
        out.write('/* Made by tables.py from the Unicode data files. */\n')
        out.write(f'enum {{ WIDTH_ZERO = {ZERO}, WIDTH_NORMAL = {NORMAL}, '
                  f'WIDTH_WIDE = {WIDE}, WIDTH_AMBIGUOUS = {AMBIGUOUS} }};\n')
        write_table(out, 'width_table', widths(folder))
        write_table(out, 'han_table', han(folder))
        write_table(out, 'early_letter_table', early_letters(folder))
        write_forms(out, standard_forms(folder))


main()
