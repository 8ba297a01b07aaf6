"""--watch, and the progress that is shown on terminals.

    watching.py GBLINT ROOT [NAME]"""
import json
import os
import subprocess
import time

from harness import equal, holds, main
from project import CLEAN, DOCBOOK, DRAFT, Folder, found, GBLINT, PART


class Watching:
    """gblint --watch while it runs; its lines come in order."""

    def __init__(self, folder, *args):
        self.process = subprocess.Popen([GBLINT, '--watch', *args], cwd=folder.path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        env={'PATH': os.environ['PATH'], **folder.env})
        os.set_blocking(self.process.stdout.fileno(), False)
        self.text = ''

    def until(self, *parts, seconds=20):
        """What came since the last call, once all parts are in it."""
        end = time.monotonic() + seconds
        while not all(part in self.text for part in parts):
            if time.monotonic() > end:
                raise AssertionError(f'{parts} did not come: {self.text!r}')
            time.sleep(0.02)
            self.text += (self.process.stdout.read() or b'').decode()
        text, self.text = self.text, ''
        return text

    def quiet(self, seconds=0.5):
        time.sleep(seconds)
        self.text += (self.process.stdout.read() or b'').decode()
        equal(self.text, '')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


WAITING = '等待'


def test_watch_lints_on_each_save():
    with Folder(a__md=CLEAN) as f:
        with Watching(f, '-f', 'concise', '--fail-on', 'warning', 'a.md') as w:
            equal('WRD' in w.until(WAITING), False)
            f.write('a.md', DRAFT)
            holds(w.until(WAITING), 'a.md:21:4', 'a.md:31:4')
            # As editors save: a new file in the place of the old one, with others beside it.
            f.write('.a.md.swp', 'x')
            f.write('a.md~', CLEAN)
            w.quiet()
            f.write('new', DRAFT.replace('旧书应尽快登记。', '旧书应登记。'))
            os.replace(f.path / 'new', f.path / 'a.md')
            equal(w.until(WAITING).count('WRD-015'), 1)
            (f.path / 'a.md').unlink()
            holds(w.until(WAITING), 'a.md')
            f.write('a.md', DRAFT)
            equal(w.until(WAITING).count('WRD-015'), 2)
            # The config, even one that was not there.
            f.write('.gblint.yaml', 'rules: {WRD: off}\n')
            equal(w.until(WAITING).count('WRD-015'), 0)
            f.write('.gblint.yaml', 'rule: {}\n')
            holds(w.until(WAITING), 'rule')
            (f.path / '.gblint.yaml').unlink()
            w.until(WAITING, 'WRD-015')
            w.process.send_signal(2)
            equal(w.process.wait(10), 1)


def test_watch_folders_includes_and_outputs():
    with Folder(book__xml=DOCBOOK, part__xml=PART % '当日') as f:
        f.write('drafts/a.md', CLEAN)
        with Watching(f, '-f', 'json', '-o', 'out.json', 'book.xml', 'drafts') as w:
            w.until(WAITING)
            equal(found(json.loads(f.read('out.json')), 'WRD'), [])
            f.write('part.xml', PART % '尽快')
            w.until(WAITING)
            equal(found(json.loads(f.read('out.json')), 'WRD'), [('WRD-015', '2')])
            w.quiet()
            f.write('drafts/new/b.md', DRAFT)
            w.until(WAITING)
            time.sleep(0.3)
            equal(len(json.loads(f.read('out.json'))['files']), 3)
            f.write('drafts/new/c.md', DRAFT)
            w.until(WAITING)
            time.sleep(0.3)
            equal(len(json.loads(f.read('out.json'))['files']), 4)
            w.process.terminate()
            equal(w.process.wait(10), 0)


def test_watch_faults():
    with Folder(a__md=DRAFT) as f:
        f.repository()
        equal(f.run('--watch', '-')[0], 2)
        equal(f.run('--watch', '--staged')[0], 2)


def on_terminal(f, *args, feed, until='', seconds=1.5, stdout_too=False):
    """What gblint writes to a terminal behind standard error. It waits for a draft from a pipe, fed when `until` was seen or after a time."""
    os.mkfifo(f.path / 'slow.md')
    parent, child = os.openpty()
    os.set_blocking(parent, False)
    process = subprocess.Popen([GBLINT, *args, 'a.md', 'slow.md'], cwd=f.path, stderr=child, stdout=child if stdout_too else subprocess.DEVNULL,
                               env={'PATH': os.environ['PATH'], 'TERM': 'xterm', **f.env})
    os.close(child)
    text, is_fed, end = b'', False, time.monotonic() + (20 if until else seconds)
    while True:
        try:
            text += os.read(parent, 65536)
        except BlockingIOError:
            time.sleep(0.01)
        except OSError:
            break
        if not is_fed and (until.encode() in text if until else time.monotonic() > end):
            (f.path / 'slow.md').write_text(feed)
            is_fed = True
        if not is_fed and time.monotonic() > end:
            process.kill()
            raise AssertionError(f'{until!r} did not come: {text!r}')
    os.close(parent)
    process.wait()
    return text.decode()


def test_progress_is_shown_and_erased():
    with Folder(a__md=CLEAN) as f:
        text = on_terminal(f, until='1/2', feed=DRAFT)
        equal(text.endswith('\r\x1b[K'), True, repr(text))
        equal('\n' in text, False)


def test_progress_does_not_touch_findings():
    with Folder(a__md=CLEAN) as f:
        text = on_terminal(f, '-f', 'concise', '--color', 'never', until='1/2', feed=DRAFT, stdout_too=True)
        holds(text, '\r\x1b[Kslow.md:21:4')


def test_progress_is_for_long_runs_on_terminals():
    with Folder(a__md=CLEAN) as f:
        start = time.monotonic()
        text = on_terminal(f, seconds=0, feed=DRAFT)
        if time.monotonic() - start < 0.9:
            equal(text, '')
    with Folder(a__md=CLEAN) as f:
        equal(on_terminal(f, '-q', feed=DRAFT), '')
    with Folder(a__md=CLEAN) as f:
        f.env['TERM'] = 'dumb'
        equal(on_terminal(f, feed=DRAFT), '')


main(globals())
