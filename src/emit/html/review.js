/* The reviewer's work: each finding accepted, rejected or deferred with a reason; own comments on clauses. */

const STATES = ['accepted', 'rejected', 'deferred'];
const MOST_TEXT = 10000;

/* Marks: {state, note, at} under the finding's key. `state` may be 'none' where only a note is there. */
function readMark(finding) {
    const mark = store.object(keyIn(finding.draft, 'mark', finding.key));
    finding.mark = mark && isMark(mark) ? mark : null;
}

/* Few of thousands are handled: those that the store has. */
function readMarks() {
    for (const key of store.keys('gblint/mark/')) {
        for (const finding of twins.get(key) || []) {
            readMark(finding);
            if (finding.mark) showMark(finding);
        }
    }
}

const isMark = mark => [...STATES, 'none'].includes(mark.state) && isText(mark.note) && isTime(mark.at);
const isText = value => typeof value === 'string' && value.length <= MOST_TEXT;
const isTime = value => typeof value === 'string' && !isNaN(Date.parse(value));

function writeMark(finding, mark) {
    finding.mark = mark;
    store.set(keyIn(finding.draft, 'mark', finding.key), mark && JSON.stringify(mark));
}

/* Findings with one key are one and the same fault of the draft. */
const twins = new Map();
for (const finding of findings) {
    const key = keyIn(finding.draft, 'mark', finding.key);
    if (!twins.has(key)) twins.set(key, []);
    twins.get(key).push(finding);
}

function changeMark(finding, change) {
    const mark = { state: 'none', note: '', ...finding.mark, ...change, at: new Date().toISOString() };
    const kept = mark.state === 'none' && !mark.note ? null : mark;
    writeMark(finding, kept);
    for (const twin of twins.get(keyIn(finding.draft, 'mark', finding.key))) {
        twin.mark = kept;
        showMark(twin);
    }
}

function handle(state, finding = chosen) {
    if (!finding) return;
    changeMark(finding, { state: finding.mark && finding.mark.state === state ? 'none' : state });
    tell(say[finding.mark ? finding.mark.state : 'none']);
    applyFilter();
}

/* State on the card for the eye, for print, and in its buttons where it has any. */
function showMark(finding) {
    const { card, mark } = finding;
    const state = mark ? mark.state : 'none';
    card.dataset.state = state;
    let seal = card.querySelector('.seal');
    if (!seal && mark) card.querySelector('a').after(seal = make('span', { class: 'seal' }));
    if (seal) seal.textContent = state === 'none' ? '' : say[state];
    let note = card.querySelector('.note-said');
    if (!note && mark && mark.note) card.append(note = make('p', { class: 'note-said' }));
    if (note) note.textContent = mark ? mark.note : '';
    for (const choice of card.querySelectorAll('.choices button')) choice.setAttribute('aria-pressed', choice.dataset.choice === state);
    const field = card.querySelector('.review textarea');
    if (field && field !== document.activeElement) field.value = mark ? mark.note : '';
    if (finding === chosen) pull(finding);
}

/* What the rule says, buttons and the field for the reason; cards get them when they are first chosen, thousands would be slow. */
function giveReview(finding) {
    if (finding.card.querySelector('.review')) return;
    const choices = STATES.map(state => button(say[state], () => handle(state, finding), { 'data-choice': state, 'aria-pressed': false }));
    const field = make('textarea', { rows: 1, maxlength: MOST_TEXT, 'aria-label': say.reason, placeholder: say.reason });
    const keep = settled(400, () => changeMark(finding, { note: field.value.trim() }));
    field.addEventListener('input', keep);
    field.addEventListener('blur', keep.now);
    addEventListener('pagehide', keep.now);
    finding.card.append(make('p', { class: 'why' }, make('b', {}, ruleSays(finding.rule, 'b')), ' ', ruleSays(finding.rule, '.why')), make('div', { class: 'review' },
        make('div', { class: 'choices', role: 'group', 'aria-label': say.handling }, ...choices), field));
    showMark(finding);
}

/* Comments: {id, clause, title, text, at}; `clause` is the id of the section without that of the draft. */
const comments = [];
const isComment = c => /^[0-9a-f]{16}$/.test(c.id) && isText(c.clause) && isText(c.name) && isText(c.text) && isTime(c.at);
const localId = (draft, section) => section.id.slice(draft.element.id.length + 1);
const sectionOf = comment => document.getElementById(comment.draft.element.id + '-' + comment.clause);
const keyOfComment = comment => keyIn(comment.draft, 'comment', comment.id);

const newId = () => [...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(16).padStart(2, '0')).join('');

function readComments() {
    for (const draft of drafts) {
        for (const key of store.keys(keyIn(draft, 'comment', ''))) {
            const comment = store.object(key);
            if (comment && isComment(comment)) putComment({ ...comment, draft });
        }
    }
}

function writeComment(comment) {
    const { draft, ...kept } = comment;
    store.set(keyOfComment(comment), JSON.stringify(kept));
}

/* Takes a comment in, or its newer text. */
function putComment(comment) {
    const at = comments.findIndex(other => keyOfComment(other) === keyOfComment(comment));
    if (at < 0) comments.push(comment);
    else comments[at] = comment;
    showComment(comment);
}

function dropComment(comment) {
    comments.splice(comments.findIndex(other => keyOfComment(other) === keyOfComment(comment)), 1);
    store.set(keyOfComment(comment), null);
    const shown = document.getElementById('comment-' + comment.id);
    if (shown) shown.remove();
    counted();
}

/* Below the head of its clause; below that of the draft where the clause is gone. */
function showComment(comment) {
    const section = sectionOf(comment);
    const box = make('aside', { class: 'own-comment', id: 'comment-' + comment.id, 'aria-label': say.ownComment },
        make('p', { class: 'own-head' }, say.ownComment, section || !comment.clause ? '' : '（' + say.lost(comment.name) + '）',
            button(say.edit, () => editComment(comment.draft, section, comment), { class: 'edit' })),
        make('p', { class: 'own-text' }, comment.text));
    const before = document.getElementById('comment-' + comment.id);
    if (before) before.replaceWith(box);
    else headOf(section || comment.draft.element).after(box);
    counted();
}

/* What comments stand behind: the block with the head of the section. */
function headOf(section) {
    const first = headingOf(section) || section.querySelector('p');
    return first.closest('.b, header') || first;
}

function editComment(draft, section, comment) {
    const place = section || draft.element;
    const open = place.querySelector(':scope > form.commenting');
    if (open) {
        open.querySelector('textarea').focus();
        return;
    }
    const field = make('textarea', { rows: 3, maxlength: MOST_TEXT, 'aria-label': say.commentOn(nameOf(place)) });
    field.value = comment ? comment.text : '';
    const back = document.activeElement;
    const close = () => { form.remove(); if (back && back.isConnected) back.focus(); };
    const save = () => {
        const written = field.value.trim();
        if (!written) return close();
        const kept = { ...(comment || { id: newId(), clause: localId(draft, place), name: nameOf(place) }),
            text: written, at: new Date().toISOString(), draft };
        writeComment(kept);
        putComment(kept);
        close();
    };
    const form = make('form', { class: 'commenting', onsubmit: event => { event.preventDefault(); save(); },
        onkeydown: event => {
            if (event.key === 'Escape') { event.stopPropagation(); close(); }
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        } },
        field, make('div', { class: 'acts' }, make('button', {}, say.save), button(say.cancel, close),
            ...comment ? [button(say.remove, () => { dropComment(comment); close(); })] : []));
    headOf(place).after(form);
    openAround(form);
    field.focus();
}

function commentHere() {
    const section = chosen ? chosen.section : reading;
    const draft = chosen ? chosen.draft : section ? draftOf.get(section.closest('article.draft')) : drafts[0];
    editComment(draft, section);
}

/* Each heading has a button for comments, made when it comes near the window. */
function offerComment(section) {
    const heading = headingOf(section);
    if (!heading || heading.querySelector('.add-comment')) return;
    const draft = draftOf.get(section.closest('article.draft'));
    heading.append(button(say.comment, () => editComment(draft, section),
        { class: 'add-comment', 'aria-label': say.commentOn(nameOf(section)) }));
}

function startReview() {
    readMarks();
    readComments();
    /* Another tab with the same report. */
    addEventListener('storage', ({ key }) => {
        if (key && !key.startsWith('gblint/mark/') && !key.startsWith('gblint/comment/')) return;
        for (const twin of key ? twins.get(key) || [] : findings) {
            readMark(twin);
            showMark(twin);
        }
        if (!key || key.startsWith('gblint/comment/')) {
            for (const comment of [...comments]) if (store.get(keyOfComment(comment)) === null) dropComment(comment);
            readComments();
        }
        applyFilter();
    });
}
