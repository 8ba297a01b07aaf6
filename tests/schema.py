"""Validates the JSON output for all fixtures, and for the hand-built report, against schema/gblint.schema.json.

    schema.py GBLINT ROOT REPORT"""
import json
import pathlib
import subprocess
import sys

gblint, root, report = (pathlib.Path(a).resolve() for a in sys.argv[1:])
try:
    import jsonschema
except ImportError:
    print('skipped: the package python3-jsonschema is missing')
    print('0 passed, 0 failed, 1 skipped')
    sys.exit(0)

schema = json.loads((root / 'schema' / 'gblint.schema.json').read_text())
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
failed = 0
commands = {'fixtures': [gblint, '--no-config', '-f', 'json', root / 'fixtures'], 'report': [report, 'json']}
for name, command in commands.items():
    output = subprocess.run(command, capture_output=True).stdout
    errors = [f'{"/".join(map(str, e.absolute_path))}: {e.message}' for e in validator.iter_errors(json.loads(output))]
    for error in errors[:10]:
        print(f'not ok - {name}: {error[:300]}')
    failed += bool(errors)
print(f'{len(commands) - failed} passed, {failed} failed')
sys.exit(bool(failed))
