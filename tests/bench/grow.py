"""Grows a draft to a size by putting in copies of its chapters.

    grow.py DRAFT BYTES > grown.md

What stands before chapter 1 comes first; then the draft's chapters again and again, each with the next number, so that
the clauses go on in order (5, 5.1, 5.1.1 … 6 …) as in one long standard; at the end its annexes, once."""
import re
import sys

# A number at the head of a line, after the marks of a heading or a bullet.
HEAD = re.compile(r'^(\s*(?:#+\s*|[-*]\s+)?)(\d{1,3})((?:\s*\.\s*\d+)*)(?=\s|[^\d.\s])')


# The head of the first annex; 附录A in the contents has a title and a page behind it.
ANNEX = re.compile(r'^#*\s*附\s*录\s*A\s*(（.*)?$')


def parts(lines):
    """Lines before chapter 1, those of each chapter, and those from the first annex on."""
    starts, expected = [], 1
    for i, line in enumerate(lines):
        head = re.match(r'^#+\s*(\d{1,3})\s*[^\d.\s]', line)
        if head and int(head[1]) == expected:
            starts.append(i)
            expected += 1
    end = next((i for i in range(starts[-1], len(lines)) if ANNEX.match(lines[i])), len(lines))
    ends = starts[1:] + [end]
    return lines[:starts[0]], [lines[a:b] for a, b in zip(starts, ends)], lines[end:]


def renumbered(chapter, old, new):
    for line in chapter:
        head = HEAD.match(line)
        if head and int(head[2]) == old:
            line = f'{head[1]}{new}{line[head.end(2):]}'
        yield line


def main():
    path, size = sys.argv[1], int(sys.argv[2])
    text = open(path, encoding='utf-8').read()
    front, chapters, annexes = parts((text if text.endswith('\n') else text + '\n').splitlines(keepends=True))
    tail = ''.join(['\n', *annexes]).encode()
    out, number = bytearray(''.join(front).encode()), 0
    while len(out) + len(tail) < size:
        for old, chapter in enumerate(chapters, 1):
            number += 1
            out += ''.join([*renumbered(chapter, old, number), '\n']).encode()
    # Cut at a line end.
    del out[out.rfind(b'\n', 0, size - len(tail)) + 1:]
    sys.stdout.buffer.write(bytes(out) + tail)


main()
