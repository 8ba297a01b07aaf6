"""What git has: staged content, and changes since a revision.

    revisions.py GBLINT ROOT [NAME]"""
import os

from harness import equal, holds, main
from project import BODY, CLEAN, DOCBOOK, DRAFT, Folder, found, HEAD, PART, SOON

# ---- Staged content ----

def test_staged_content_is_judged():
    with Folder(a__md=CLEAN) as f:
        f.repository().commit()
        f.write('a.md', DRAFT)
        f.git('add', 'a.md')
        f.write('a.md', CLEAN)
        f.write('b.md', DRAFT)
        equal(found(f.json('--staged'), 'WRD'), SOON)
        equal(found(f.json('--staged', 'a.md'), 'WRD'), SOON)
        equal([d['path'] for d in f.json('--staged')['files']], ['a.md'])
        # The other way round: staged is right, the work tree is not.
        f.git('add', 'a.md')
        f.write('a.md', DRAFT)
        equal(f.json('--staged')['files'], [])
        equal(f.run('--staged')[0], 0)
        equal(found(f.json('--staged', 'a.md')), [])
        # A part of the changes is staged, and places are those of the staged text.
        f.write('a.md', '\n\n' + DRAFT)
        f.git('add', 'a.md')
        f.write('a.md', CLEAN)
        lines = [x['start']['line'] for x in f.json('--staged')['files'][0]['findings'] if x['rule'] == 'WRD-015']
        equal(lines, [23, 33])
        status, out, err = f.run('--staged', 'b.md')
        equal(status, 2)
        holds(err, 'b.md', 'git add')


def test_staged_files():
    with Folder(old__md=DRAFT, gone__md=DRAFT, same__md=DRAFT, README__md='# 说明\n\n如何安装。\n') as f:
        f.repository().commit()
        f.git('mv', 'old.md', '新 名.md')
        f.git('rm', '-q', 'gone.md')
        f.write('sub/line\nbreak.md', DRAFT)
        f.write('sub/中文.md', DRAFT)
        f.write('out/excluded.md', DRAFT)
        f.write('notes.txt', DRAFT)
        f.write('pom.xml', '<project/>')
        (f.path / 'link.md').symlink_to('same.md')
        f.write('.gblint.yaml', 'exclude: [out]\n')
        f.git('add', '-A', '.')
        for path in ('sub/中文.md', 'sub/line\nbreak.md'):
            (f.path / path).unlink()
        (f.path / 'sub').rmdir()
        output = f.json('--staged')
        equal(sorted(d['path'] for d in output['files']), sorted(['sub/line break.md', 'sub/中文.md', '新 名.md']))
        equal(len(found(output, 'WRD-015')), 6)
        equal([d['path'] for d in f.json('--staged', 'out')['files']], [])
        equal([d['path'] for d in f.json('--staged', 'out/excluded.md')['files']], ['out/excluded.md'])
        equal([d['path'] for d in f.json('--staged', '--force-exclude', 'out/excluded.md')['files']], [])
        # From a folder below: all of the repository, as seen from there.
        equal(sorted(d['path'] for d in f.json('--staged', cwd='out')['files']),
              sorted(['../sub/line break.md', '../sub/中文.md', '../新 名.md']))
        (f.path / 'sub').mkdir()
        equal(sorted(d['path'] for d in f.json('--staged', cwd='sub')['files']), sorted(['line break.md', '中文.md', '../新 名.md']))
        equal(sorted(d['path'] for d in f.json('--staged', '.', cwd='sub')['files']), sorted(['line break.md', '中文.md']))
        equal(found(f.json('--staged', '中文.md', cwd='sub'), 'WRD'), SOON)


def test_staged_before_the_first_commit_and_in_work_trees():
    with Folder() as f:
        f.write('r/a.md', DRAFT)
        f.git('init', '-q', 'r')
        f.git('add', 'a.md', cwd='r')
        equal(found(f.json('--staged', cwd='r'), 'WRD'), SOON)
        f.git('commit', '-q', '-m', 'a', cwd='r')
        f.git('worktree', 'add', '-q', '../w', '-b', 'w', cwd='r')
        f.write('w/sub/b.md', DRAFT)
        f.git('add', '.', cwd='w')
        equal([d['path'] for d in f.json('--staged', cwd='w')['files']], ['sub/b.md'])
        equal([d['path'] for d in f.json('--staged', cwd='w/sub')['files']], ['b.md'])
        # An index of another name, and a repository named from outside.
        index = str(f.path / 'other-index')
        f.write('r/c.md', DRAFT)
        f.git('add', 'c.md', cwd='r', env={'GIT_INDEX_FILE': index})
        equal([d['path'] for d in f.json('--staged', 'c.md', cwd='r', env={'GIT_INDEX_FILE': index})['files']], ['c.md'])
        equal(f.run('--staged', 'c.md', cwd='r')[0], 2)
        # Named for git to know, but nothing of it is staged.
        f.write('r/d.md', DRAFT)
        f.git('add', '-N', 'd.md', cwd='r')
        equal(f.json('--staged', cwd='r')['files'], [])
        env = {'GIT_DIR': str(f.path / 'r/.git'), 'GIT_WORK_TREE': str(f.path / 'r')}
        f.git('add', 'c.md', cwd='r')
        equal([d['path'] for d in f.json('--staged', env=env)['files']], ['r/c.md'])


def test_staged_includes_and_drafts_in_several_files():
    with Folder(book__xml=DOCBOOK, part__xml=PART % '尽快') as f:
        f.repository()
        f.git('add', '-A', '.')
        f.write('part.xml', PART % '当日')
        equal(found(f.json('--staged', 'book.xml'), 'WRD'), [('WRD-015', '2')])
        equal(found(f.json('book.xml'), 'WRD'), [])
        (f.path / 'part.xml').unlink()
        equal(found(f.json('--staged', 'book.xml'), 'WRD'), [('WRD-015', '2')])
        f.git('rm', '-q', '--cached', 'part.xml')
        f.write('part.xml', PART % '尽快')
        equal([r for r, _ in found(f.json('--staged', 'book.xml')) if r in ('WRD-015', 'INP-005')], ['INP-005'])
    with Folder(head__md=HEAD, body__md=BODY) as f:
        f.write('.gblint.yaml', 'drafts:\n  - files: [head.md, body.md]\n')
        f.repository().commit()
        f.write('body.md', BODY.replace('记下', '尽快记下'))
        f.git('add', 'body.md')
        f.write('body.md', CLEAN)
        output = f.json('--staged')
        equal(len(output['files']), 1)
        equal(found(output, 'WRD'), [('WRD-015', '4.1'), ('WRD-015', '4.2'), ('WRD-015', '5.1')])


def test_git_is_missing_or_there_is_no_repository():
    with Folder(a__md=DRAFT) as f:
        for option in (['--staged'], ['--since', 'HEAD']):
            status, out, err = f.run(*option, 'a.md')
            equal((status, out), (2, ''))
            holds(err, '仓库')
            status, out, err = f.run(*option, 'a.md', env={'PATH': '/nowhere'})
            equal((status, out), (2, ''))
            holds(err, '没有安装 git')
        holds(f.run('--lang', 'en', '--staged')[2], 'no git repository')
        f.git('init', '-q', '--bare', 'bare')
        equal(f.run('--staged', cwd='bare')[0], 2)


def test_git_runs_nothing_of_the_repository():
    with Folder(a__md=CLEAN) as f:
        f.repository().commit()
        told = f.path / 'told'
        script = f.write('tell.sh', f'#!/bin/sh\necho "$0" >>{told}\ncat\n')
        script.chmod(0o755)
        for key in ('core.fsmonitor', 'diff.external', 'filter.x.clean', 'filter.x.smudge', 'diff.x.textconv', 'diff.x.command', 'core.pager',
                    'core.sshCommand', 'alias.diff-index', 'alias.cat-file'):
            f.git('config', key, str(script))
        f.git('config', 'core.hooksPath', str(f.path))
        f.write('.gitattributes', '*.md diff=x filter=x\n')
        f.write('b.md', DRAFT)
        f.git('add', '-A', '.', ok=False)
        if told.exists():
            told.unlink()
        os.utime(f.path / 'a.md')
        f.run('--staged')
        f.run('--since', 'HEAD', 'a.md', 'b.md')
        equal(told.exists(), False)


# ---- Changes since a revision ----

def test_since_tells_of_changed_clauses():
    with Folder(a__md=DRAFT) as f:
        f.repository().commit()
        equal(found(f.json('--since', 'HEAD', 'a.md')), [])
        equal(f.run('--since', 'HEAD', '--fail-on', 'info', 'a.md')[0], 0)
        # A change elsewhere in the clause counts, one in another does not; moved lines and blank ones do not either.
        f.write('a.md', DRAFT.replace('### 4.1 接收\n', '### 4.1 接收\n\n\n').replace('旧书应尽快上架。', '旧书应尽快上架。\n\n书架应稳固。'))
        output = f.json('--since', 'HEAD', 'a.md')
        equal(found(output, 'WRD'), [('WRD-015', '5.1')])
        equal(output['summary']['unchanged'], 1)
        holds(f.run('--since', 'HEAD', 'a.md')[1], '未改动的条中')
        equal('unchanged' in f.json('a.md')['summary'], False)
        # The changed head of a chapter is not a change of its subclauses.
        f.write('a.md', DRAFT.replace('## 4 登记', '## 4 登记入账'))
        equal(found(f.json('--since', 'HEAD', 'a.md'), 'WRD'), [])
        # A line taken out counts for the clause that it was in.
        f.write('a.md', DRAFT.replace('旧书应尽快上架。', '旧书应尽快上架。\n\n书架应稳固。'))
        f.commit()
        f.write('a.md', DRAFT)
        equal(found(f.json('--since', 'HEAD', 'a.md'), 'WRD'), [('WRD-015', '5.1')])
        equal(found(f.json('--since', 'HEAD~1', 'a.md'), 'WRD'), [])
        # A chapter put in before: those behind are as they were.
        chapter = '## 4 清点\n\n' + '\n\n'.join(f'第{n}本旧书应清点。' for n in range(400)) + '\n\n旧书应尽快清点。\n\n'
        f.write('a.md', HEAD + chapter + BODY)
        equal([x['start']['line'] for x in f.json('--since', 'HEAD~1', 'a.md')['files'][0]['findings'] if x['rule'] == 'WRD-015'],
              [(HEAD + chapter).count('\n') - 1])


def test_since_new_moved_and_recoded_files():
    with Folder(a__md=DRAFT) as f:
        f.repository().commit()
        f.write('new.md', DRAFT)
        equal(found(f.json('--since', 'HEAD', 'new.md'), 'WRD'), SOON)
        f.write('sub/x', '')
        f.git('mv', 'a.md', 'sub/b.md')
        equal(found(f.json('--since', 'HEAD', 'sub/b.md'), 'WRD'), [])
        equal(found(f.json('--since', 'HEAD', 'b.md', cwd='sub'), 'WRD'), [])
        f.write('sub/b.md', DRAFT.replace('\n', '\r\n').encode('gb18030'))
        equal(found(f.json('--since', 'HEAD', 'sub/b.md'), 'WRD'), [])
        f.write('sub/b.md', DRAFT.replace('应记下', '应尽快记下'))
        equal(found(f.json('--since', 'HEAD', '.'), 'WRD')[-1:], [('WRD-015', '4.2')])
        equal(found(f.json('--since', 'HEAD', '-', '--stdin-name', 'sub/b.md', stdin=DRAFT), 'WRD'), [])
        equal(found(f.json('--since', 'HEAD', '--staged'), 'WRD'), [])


def test_since_with_a_baseline_and_a_series():
    with Folder(a__md=DRAFT, b__md=CLEAN) as f:
        f.write('.gblint.yaml', 'series: ["*.md"]\n')
        f.repository()
        f.run('baseline', 'a.md')
        f.commit()
        f.write('a.md', DRAFT.replace('应记下', '应尽快记下'))
        equal(found(f.json('--since', 'HEAD', '.'), 'WRD'), [('WRD-015', '4.2')])
        f.write('a.md', DRAFT.replace('旧书应尽快登记。', '旧书应尽快登记。\n\n馆员应看护旧书。'))
        equal(found(f.json('--since', 'HEAD', '.'), 'WRD'), [])


def test_since_sees_beyond_what_is_told_else():
    many = ''.join(f'馆员必须登记第{n}本旧书。\n\n' for n in range(1200))
    with Folder(a__md=HEAD + '## 4 登记\n\n' + many + '## 5 保管\n\n旧书应保管。\n') as f:
        f.repository().commit()
        f.write('a.md', f.read('a.md') + '\n馆员必须看护旧书。\n')
        equal(found(f.json('--since', 'HEAD', 'a.md'), 'WRD-001'), [('WRD-001', '5')])
        equal([n['what'] for n in f.json('--since', 'HEAD', 'a.md')['files'][0]['not_checked'] if n['what'].startswith('WRD')], [])


def test_since_moves_what_stands_at_several_places():
    half_width = ''.join(f'馆员应登记第{n}本旧书,记下书名,注明来源。\n\n' for n in range(30))
    with Folder(a__md=HEAD + '## 4 登记\n\n' + half_width + '## 5 保管\n\n旧书应保管。\n') as f:
        f.repository().commit()
        f.write('a.md', f.read('a.md') + '\n馆员应看护旧书,并记录。\n')
        findings = [x for d in f.json('--since', 'HEAD', 'a.md')['files'] for x in d['findings'] if x['rule'] == 'TYP-001']
        equal([(x['clause'], x['quote'], len(x['related'])) for x in findings], [('5', ',', 60)])
        f.write('a.md', f.read('a.md').replace(',并记录', '，并记录'))
        equal(found(f.json('--since', 'HEAD', 'a.md'), 'TYP'), [])


def test_since_faults():
    with Folder(a__md=DRAFT) as f:
        f.repository().commit()
        for revision in ('none', '--help', '-x', 'HEAD:a.md', 'HEAD~7', '', 'a.md', '$(touch x)'):
            status, out, err = f.run(f'--since={revision}', 'a.md')
            equal((status, out), (2, ''), revision)
            holds(err, revision)
        equal((f.path / 'x').exists(), False)
        equal(f.run('--since', 'HEAD', '--facts', 'a.md')[0], 2)


main(globals())
