"""Copies a program in large pieces, and puts the copy in the place of the old one.

    in_pieces.py FROM TO

A linker writes page by page, and so the file lies in memory in single pages until the machine is started anew. Written in larger pieces it
lies in folios of their size, and a page fault maps sixteen pages with little more work than one: a sixth of the time that gblint takes for
a short draft (ext4 of Linux 6.18). Still larger pieces gain no more, and more of what is not needed would be mapped."""
import os
import sys

PIECE = 128 * 1024


def main():
    source, target = sys.argv[1:]
    new = target + '.new'
    with open(source, 'rb') as program, open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o777), 'wb', buffering=0) as copy:
        while piece := program.read(PIECE):
            copy.write(piece)
    os.replace(new, target)


main()
