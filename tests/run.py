"""Runs all test programs that meson knows, as many at once as there are processors, shows what each says and counts their tests.

    run.py BUILD SANITIZED-BUILD THREADS-BUILD [--accept] [NAME]

NAME is a test program, a rule or group of rules (its examples), or part of the name of a golden test. The last line is "N passed, N failed"."""
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

# What programs say of themselves at the end: our own, the examples of rules, cmocka's.
OURS = re.compile(r'^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$', re.M)
EXAMPLES = re.compile(r'^(\d+) examples, (\d+) do not hold$', re.M)
CMOCKA = {'passed': re.compile(r'^\[  PASSED  \] (\d+) test', re.M),
          'failed': re.compile(r'^\[  FAILED  \] (\d+) test', re.M),
          'skipped': re.compile(r'^\[  SKIPPED \] (\d+) test', re.M)}


def tests(build):
    listed = subprocess.run(['meson', 'introspect', '--tests', build], capture_output=True, text=True, check=True)
    return json.loads(listed.stdout)


def count(text, status):
    """(passed, failed, skipped) of a program's output; one test when it does not say."""
    if ours := OURS.findall(text):
        passed, failed, skipped = (int(n or 0) for n in ours[-1])
    elif examples := EXAMPLES.findall(text):
        total, failed = map(int, examples[-1])
        passed, skipped = total - failed, 0
    else:
        passed, failed, skipped = (int(m[-1]) if (m := CMOCKA[k].findall(text)) else 0
                                   for k in ('passed', 'failed', 'skipped'))
        if not passed + failed + skipped:
            passed = status == 0
    if status and not failed:
        failed = 1
    return passed, failed, skipped


def run(test, build, extra, label, show):
    """Runs a program and gives its counts; its lines go to `show` as they come, the closing one is ours alone."""
    began = time.monotonic()
    process = subprocess.Popen(test['cmd'] + extra, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               errors='replace', env={**os.environ, **test['env']}, cwd=test['workdir'] or build)
    lines = []
    for line in process.stdout:
        lines.append(line)
        if not OURS.match(line):
            show(line)
    status = process.wait()
    if status:
        show(f'{test["name"]}: exit {status}\n')
    counts = count(''.join(lines), status)
    show(f'== {label}{test["name"]}: %d passed, %d failed, %d skipped, {time.monotonic() - began:.1f} s\n' % counts)
    return counts


def run_all(jobs):
    """The counts of all jobs, each (test, build, extra, label). Lines of one that runs alone are seen as they come."""
    def at_once(text):
        print(text, end='', flush=True)

    def collected(job):
        lines = []
        counts = run(*job, lines.append)
        at_once(''.join(lines))
        return counts

    workers = min(len(jobs), os.cpu_count() or 1)
    if workers < 2:
        return [run(*job, at_once) for job in jobs]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(collected, jobs))


def main():
    args = sys.argv[1:]
    accept = '--accept' in args
    builds, names = [a for a in args if a != '--accept'][:3], [a for a in args if a != '--accept'][3:]
    if accept and not names:
        sys.exit('--accept needs the name of a test')
    jobs = []
    known_anywhere = [tests(build) for build in builds]
    names_anywhere = {t['name'] for known in known_anywhere for t in known}
    for build, known, label in list(zip(builds, known_anywhere, ('', 'sanitized ', '')))[:1 if accept else 3]:
        wanted, extra = known, []
        if names:
            wanted, extra = [t for t in known if t['name'] in names], ['--accept'] * accept
            if all(re.fullmatch(r'[A-Z]{3}(-\d{3})?', n) for n in names):
                wanted, extra = [t for t in known if t['name'] == 'examples'], names
            elif not names_anywhere & set(names):
                wanted, extra = [t for t in known if t['name'] == 'golden'], ['--accept'] * accept + names
        jobs += [(test, build, extra, label) for test in wanted]
    jobs.sort(key=lambda job: -job[0]['timeout'])  # the long ones first, so that none is left running alone
    total = [sum(counts) for counts in zip(*run_all(jobs))] or [0, 0, 0]
    if not sum(total):
        print('no test of that name')
    print('%d passed, %d failed' % tuple(total[:2]) + (', %d skipped' % total[2] if total[2] else ''))
    sys.exit(1 if total[1] or not total[0] else 0)


main()
