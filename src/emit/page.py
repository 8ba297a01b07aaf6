"""Turns style sheets and scripts into a C header: the bytes of each, and their SHA-256 in base64 as a Content-Security-Policy names it.

    page.py OUTPUT NAME: FILE… [NAME: FILE…]…      page_NAME, PAGE_NAME_HASH; files are joined in their order"""
import base64
import hashlib
import json
import pathlib
import sys


def literal(data):
    """A C string, one line of the text on each of its lines."""
    lines = data.decode().splitlines(keepends=True)
    return '\n'.join('    ' + json.dumps(line, ensure_ascii=False).replace('??', '?\\?') for line in lines) or '    ""'


def main():
    with open(sys.argv[1], 'w', encoding='utf-8') as out:
        out.write('/* Made by page.py. */\n')
        parts = {}
        for argument in sys.argv[2:]:
            if argument.endswith(':'):
                files = parts[argument[:-1]] = []
            else:
                files.append(argument)
        for name, files in parts.items():
            data = b''.join(pathlib.Path(file).read_bytes() for file in files)
            if b'</' in data or b'<!--' in data:
                sys.exit(f'{" ".join(files)}: "</" and "<!--" would end or change the element that it stands in')
            digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
            out.write(f'static const char page_{name}[] =\n{literal(data)};\n')
            out.write(f'#define PAGE_{name.upper()}_HASH "sha256-{digest}"\n')


main()
