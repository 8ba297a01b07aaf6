/* What leaves the page and comes back: handling and comments as JSON, the table of comments as CSV. */

const MOST_BYTES = 16 << 20;
const FORMAT = 'gblint-review';

function exported() {
    return {
        format: FORMAT, schema: 1,
        drafts: drafts.map(draft => ({
            path: draft.path, title: draft.title,
            marks: findings.filter(finding => finding.draft === draft && finding.mark).map(({ key, rule, clause, mark }) =>
                ({ key, rule, clause, ...mark })),
            comments: comments.filter(comment => comment.draft === draft).map(({ draft: _, ...kept }) => kept),
        })),
    };
}

class Refused extends Error {}

/* Throws Refused with what is wrong; gives only what has the form that it should. */
function checked(written) {
    let data;
    try {
        data = JSON.parse(written);
    } catch {
        throw new Refused(say.notJson);
    }
    if (!data || data.format !== FORMAT || data.schema !== 1 || !Array.isArray(data.drafts)) throw new Refused(say.notReview);
    const need = (good, where) => { if (!good) throw new Refused(say.wrong(where)); };
    return data.drafts.map((draft, i) => {
        const at = `drafts[${i}]`;
        need(draft && typeof draft.path === 'string' && typeof draft.title === 'string', at);
        need(Array.isArray(draft.marks), at + '.marks');
        need(Array.isArray(draft.comments), at + '.comments');
        return {
            path: draft.path, title: draft.title,
            marks: draft.marks.map((mark, j) => {
                need(mark && /^[0-9a-f]{16}$/.test(mark.key) && isMark(mark), `${at}.marks[${j}]`);
                return { key: mark.key, mark: { state: mark.state, note: mark.note, at: mark.at } };
            }),
            comments: draft.comments.map((comment, j) => {
                need(comment && isComment(comment), `${at}.comments[${j}]`);
                const { id, clause, name, text, at: time } = comment;
                return { id, clause, name, text, at: time };
            }),
        };
    });
}

/* The page's draft of that path and title; where both sides have one only, that. */
function draftFor(foreign, all) {
    return drafts.find(draft => draft.path === foreign.path && draft.title === foreign.title) ||
        (drafts.length === 1 && all.length === 1 && drafts[0].title === foreign.title ? drafts[0] : null);
}

const later = (a, b) => !b || Date.parse(a.at) > Date.parse(b.at);

function importReview(written) {
    const all = checked(written);
    const result = { marks: 0, comments: 0, kept: 0, foreign: 0 };
    for (const foreign of all) {
        const draft = draftFor(foreign, all);
        if (!draft) {
            result.foreign += foreign.marks.length + foreign.comments.length;
            continue;
        }
        for (const { key, mark } of foreign.marks) {
            const same = twins.get(keyIn(draft, 'mark', key));
            if (!same) result.foreign++;
            else if (!later(mark, same[0].mark)) result.kept++;
            else {
                result.marks++;
                for (const finding of same) {
                    writeMark(finding, mark);
                    showMark(finding);
                }
            }
        }
        for (const comment of foreign.comments) {
            const here = { ...comment, draft };
            if (!later(here, comments.find(other => keyOfComment(other) === keyOfComment(here)))) result.kept++;
            else {
                result.comments++;
                writeComment(here);
                putComment(here);
            }
        }
    }
    applyFilter();
    return result;
}

async function importFile(file) {
    try {
        if (file.size > MOST_BYTES) throw new Refused(say.tooLarge);
        tell(say.imported(importReview(await file.text())), true);
    } catch (error) {
        if (!(error instanceof Refused)) throw error;
        tell(say.badImport(error.message), true);
    }
}

/*
 * As -f comments has it (emit/escape.c): spreadsheets take a field that begins so for a formula, and cut the 0 of clause 5.10; an
 * apostrophe before it makes it text.
 */
const isUnsafe = value => /^\s*[=+\-@＝＋－＠]/.test(value) || /^\d+\.\d*0$/.test(value);
const csvField = value => `"${isUnsafe(value) ? "'" : ''}${value.replace(/"/g, '""')}"`;
const csv = rows => '\ufeff' + rows.map(row => row.map(csvField).join(',') + '\r\n').join('');
const cleaned = value => String(value).replace(/\r\n?/g, '\n').replace(/(?!\n)\p{Cc}/gu, ' ');

/* 意见汇总处理表: the findings that the filter shows and all own comments, in the order of the text. */
function tableRows() {
    const rows = [...comments.map(rowOfComment), ...shownFindings.map(rowOfFinding)];
    rows.sort((a, b) => drafts.indexOf(a.draft) - drafts.indexOf(b.draft) || a.at - b.at || a.index - b.index);
    return rows.map(({ row, draft }, i) => [i + 1, ...row, draft.path].slice(0, columns().length).map(cleaned));
}

/* The last column tells drafts apart. */
const columns = () => drafts.length > 1 ? say.columns : say.columns.slice(0, -1);

const placeIn = (draft, section) => ({ draft, at: section ? sectionIndex.get(section) : -1 });

function rowOfComment({ draft, ...comment }) {
    const section = sectionOf({ draft, ...comment });
    const name = !comment.clause ? say.whole : section ? nameOf(section) : comment.name;
    return { ...placeIn(draft, section), index: -1, row: [name, comment.text, setting('unit') || '', '', say.ownComment] };
}

function rowOfFinding(finding) {
    const { draft, index, mark, rule, level, line } = finding;
    const section = finding.section;
    const handled = mark ? say.reasoned(mark.state === 'none' ? '' : say[mark.state], mark.note) : '';
    const file = partOf(finding, 'file');
    return { ...placeIn(draft, section), index,
        row: [clauseOf(finding, section), opinionOn(finding), '', handled, say.remark(rule, partOf(finding, 'level'), line, file)] };
}

/* What stands in no clause is said of the chapter or element that it stands in. */
function clauseOf({ clause }, section) {
    if (clause) return /^[A-Z]$/.test(clause) ? say.annex + clause : clause;
    let top = section;
    for (let above = section; above; above = above.parentElement.closest(SECTION)) top = above;
    return top ? nameOf(top) : say.whole;
}

function opinionOn(finding) {
    return say.opinion(...['message', 'quote', 'remedy', 'source'].map(part => partOf(finding, part)));
}

function save(name, type, content) {
    const link = make('a', { href: URL.createObjectURL(new Blob([content], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

const baseName = () => drafts.length === 1 ? drafts[0].path.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') : 'gblint';
const saveTable = () => save(`${baseName()}-${say.file}.csv`, 'text/csv;charset=utf-8', csv([columns(), ...tableRows()]));
const saveReview = () => save(`${baseName()}-review.json`, 'application/json', JSON.stringify(exported(), null, 1) + '\n');
