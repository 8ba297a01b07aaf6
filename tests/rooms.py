"""Holds the #include lines of src/ against the table in src/README.md."""
import pathlib
import re
import sys

src = pathlib.Path(sys.argv[1]) / 'src'
rows = re.findall(r'^\| `(\w+)/` \|.*\| ([\w ]+) \|$', (src / 'README.md').read_text(), re.M)
allowed = {room: set(rooms.split()) for room, rooms in rows}
every = {d.name for d in src.iterdir() if d.is_dir()}
failed = 0

for room in sorted(every - allowed.keys()):
    print(f'src/README.md: no row for {room}/')
    failed += 1
for room in sorted(every & allowed.keys()):
    may = every if 'all' in allowed[room] else allowed[room]
    for path in sorted((src / room).rglob('*.[ch]')):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            target = re.match(r'\s*#\s*include\s+"(\w+)/([\w./]+)"', line)
            if target and target[1] in every and target[1] not in may:
                print(f'{path.relative_to(src.parent)}:{number}: {room}/ may not include {target[1]}/')
                failed += 1
            if target and target[2].endswith('_priv.h') and target[1] != room:
                print(f'{path.relative_to(src.parent)}:{number}: {target[2]} is private to {target[1]}/')
                failed += 1

print(f'{len(every) - bool(failed)} passed, {failed} failed')
sys.exit(bool(failed))
