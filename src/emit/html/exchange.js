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

/* Spreadsheets take a field that begins so for a formula; an apostrophe before it makes it text. */
const harmless = value => /^[\s]*[=+\-@＝＋－＠\t\r]/.test(value) ? "'" + value : value;
const csvField = value => '"' + harmless(String(value)).replace(/"/g, '""') + '"';
const csv = rows => '\ufeff' + rows.map(row => row.map(csvField).join(',') + '\r\n').join('');

/* 意见汇总处理表: the findings that the filter shows and all own comments, in the order of the text. */
function tableRows() {
    const unit = setting('unit') || '';
    const several = drafts.length > 1;
    const remark = (draft, ...parts) => [several ? draft.path : '', ...parts].filter(Boolean).join(' ');
    const own = comments.map(comment => {
        const section = sectionOf(comment);
        const number = section ? nameOf(section) : comment.name;
        return { draft: comment.draft, at: section ? sectionIndex.get(section) : -1, index: -1,
            row: [number, comment.text, unit, '', remark(comment.draft, say.ownComment)] };
    });
    const found = shownFindings.map(finding => {
        const section = finding.card.closest('.clause[id]');
        const { mark } = finding;
        return { draft: finding.draft, at: section ? sectionIndex.get(section) : -1, index: finding.index,
            row: [finding.clause || (section ? nameOf(section) : ''), opinionOn(finding), '',
                mark ? say.reasoned(mark.state === 'none' ? '' : say[mark.state], mark.note) : '',
                remark(finding.draft, finding.rule)] };
    });
    const order = drafts.map(draft => draft);
    return [...own, ...found]
        .sort((a, b) => order.indexOf(a.draft) - order.indexOf(b.draft) || a.at - b.at || a.index - b.index)
        .map(({ row }, i) => [i + 1, ...row]);
}

function opinionOn(finding) {
    const quote = partOf(finding, 'quote');
    return say.sentence([partOf(finding, 'message'), quote && say.quoted(quote), partOf(finding, 'remedy'), partOf(finding, 'source')]);
}

function save(name, type, content) {
    const link = make('a', { href: URL.createObjectURL(new Blob([content], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

const baseName = () => drafts.length === 1 ? drafts[0].path.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') : 'gblint';
const saveTable = () => save(`${baseName()}-${say.file}.csv`, 'text/csv;charset=utf-8', csv([say.columns, ...tableRows()]));
const saveReview = () => save(`${baseName()}-review.json`, 'application/json', JSON.stringify(exported(), null, 1) + '\n');
