"""Grows a draft to a size by appending copies of it as further chapters.

    grow.py DRAFT BYTES > grown.md

The copy keeps what stands before chapter 1; then come the draft's chapters again and again, each with the next number,
so that the clauses go on in order (5, 5.1, 5.1.1 … 6 …) as in one long standard."""
import re
import sys

# A number at the head of a line, after the marks of a heading or a bullet.
HEAD = re.compile(r'^(\s*(?:#+\s*|[-*]\s+)?)(\d{1,3})((?:\s*\.\s*\d+)*)(?=\s|[^\d.\s])')


def chapters(lines):
    """(preamble, chapters): lines before chapter 1, and the lines of each chapter."""
    starts, expected = [], 1
    for i, line in enumerate(lines):
        head = re.match(r'^#+\s*(\d{1,3})\s*[^\d.\s]', line)
        if head and int(head[1]) == expected:
            starts.append(i)
            expected += 1
    ends = starts[1:] + [len(lines)]
    return lines[:starts[0]], [lines[a:b] for a, b in zip(starts, ends)]


def renumbered(chapter, old, new):
    for line in chapter:
        head = HEAD.match(line)
        if head and int(head[2]) == old:
            line = f'{head[1]}{new}{line[head.end(2):]}'
        yield line


def main():
    path, size = sys.argv[1], int(sys.argv[2])
    preamble, parts = chapters(open(path, encoding='utf-8').read().splitlines(keepends=True))
    if not parts[-1][-1].endswith('\n'):
        parts[-1][-1] += '\n'
    out, written, number = list(preamble), sum(len(x.encode()) for x in preamble), 0
    while written < size:
        for old, chapter in enumerate(parts, 1):
            number += 1
            lines = list(renumbered(chapter, old, number)) + ['\n']
            out += lines
            written += sum(len(x.encode()) for x in lines)
    sys.stdout.buffer.write(''.join(out).encode()[:size].decode(errors='ignore').encode())


main()
