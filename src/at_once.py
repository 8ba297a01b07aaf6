"""Copies a program with a single write, and puts the copy in the place of the old one.

    at_once.py FROM TO

A linker writes page by page, and so the file lies in memory in single pages until the machine is started anew. Written at once it lies in
large pieces, of which the kernel maps more with less work: a sixth of the time that gblint takes for a short draft (ext4 of Linux 6.18)."""
import os
import sys


def main():
    source, target = sys.argv[1:]
    with open(source, 'rb') as f:
        program = f.read()
    fd = os.open(target + '.new', os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o777)
    while program:
        program = program[os.write(fd, program):]
    os.close(fd)
    os.replace(target + '.new', target)


main()
