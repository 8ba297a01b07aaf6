/* The page as data: drafts, findings with their marks and cards, clauses. Text of a draft is only ever set as text. */

const LEVELS = ['error', 'warning', 'info'];

/* An element with attributes, listeners (on…) and children; attributes that are false or undefined are left out. */
function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
        else if (value !== false && value !== undefined) made.setAttribute(name, value === true ? '' : value);
    }
    made.append(...children);
    return made;
}

const button = (text, onclick, attributes = {}) => make('button', { type: 'button', onclick, ...attributes }, text);

/* Runs the action once things have been quiet for a while; .now() runs a waiting one at once. */
function settled(wait, action) {
    let timer = 0;
    const run = () => { timer = 0; action(); };
    const later = () => { clearTimeout(timer); timer = setTimeout(run, wait); };
    later.now = () => { if (timer) { clearTimeout(timer); run(); } };
    return later;
}

const drafts = [...document.querySelectorAll('article.draft')].map(element => ({
    element,
    path: element.dataset.path,
    /* Of two drafts with one name: marks on one say nothing of the other. */
    title: element.querySelector('h1').textContent.trim(),
}));
const draftOf = new Map(drafts.map(draft => [draft.element, draft]));

/* In the order of the text. */
const findings = [];
const findingById = new Map();

for (const mark of document.querySelectorAll('[data-f]')) {
    const id = mark.dataset.f;
    const known = findingById.get(id);
    if (known) {
        known.marks.push(mark);
        continue;
    }
    const card = document.getElementById(id);
    if (!card) continue;
    const data = card.dataset;
    const finding = {
        id, card, marks: [mark], draft: draftOf.get(card.closest('article.draft')), index: findings.length,
        rule: data.rule, group: data.group, level: data.level, clause: data.clause || '', line: data.line, key: data.key,
        age: data.known === undefined ? 'new' : 'known', shown: true, mark: null, text: null,
    };
    findings.push(finding);
    findingById.set(id, finding);
}

/* The parts that the clause tree shows, and others that the text has of the same rank. */
const SECTION = '.text section[id]';
const sections = [...document.querySelectorAll(SECTION)];

/* The cards of a cover and of contents stand beside them, in one box. */
function sectionAt(card) {
    const box = card.closest('.b');
    return box && box.querySelector(':scope > section[id]') || card.closest(SECTION);
}
for (const finding of findings) finding.section = sectionAt(finding.card);

const sectionIndex = new Map(sections.map((section, i) => [section, i]));

const treeLinks = new Map([...document.querySelectorAll('nav.tree a[href^="#"]')].map(a => [decodeURIComponent(a.hash.slice(1)), a]));

/* Its own; an untitled clause has none. */
const headingOf = section => section.querySelector(':scope > :is(h1, h2, h3, h4, h5, h6), :scope > .b > :is(h1, h2, h3, h4, h5, h6), ' +
    ':scope > .picture h1');

/* As people cite a section: 5.1, 附录A, 前言; a draft by its path. */
function nameOf(section) {
    const number = section.dataset.clause;
    if (number) return /^[A-Z]$/.test(number) ? say.annex + number : number;
    if (section.dataset.path) return section.dataset.path;
    const link = treeLinks.get(section.id);
    if (link) return link.textContent.trim();
    const heading = (headingOf(section) || section).cloneNode(true);
    for (const other of heading.querySelectorAll('button, mark.at')) other.remove();
    return heading.textContent.replace(/\s+/g, ' ').trim().replace(/^(\p{L}) (\p{L})$/u, '$1$2');
}

/* What a card says. The file is named where it is not the draft's first. */
const PARTS = { level: '.lv', title: '.ti', message: '.msg', quote: '.qu q', remedy: '.rem', source: '.src' };

function partOf(finding, part) {
    if (part === 'file') {
        const before = finding.card.querySelector('.qu')?.firstChild;
        return before && before.nodeType === Node.TEXT_NODE ? before.data.replace(/[：:]\s*$/, '') : '';
    }
    const found = finding.card.querySelector(PARTS[part]);
    return found ? found.textContent.trim() : '';
}
