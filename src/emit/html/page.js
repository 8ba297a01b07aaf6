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
    keys: { f: element.dataset.keys || '', k: element.dataset.knownKeys || '' },
    /* Of two drafts with one name: marks on one say nothing of the other. */
    title: element.querySelector('h1').textContent.trim(),
}));
const draftOf = new Map(drafts.map(draft => [draft.element, draft]));

/* The parts that the clause tree shows, and others that the text has of the same rank. */
const SECTION = '.text section[id]';
const sections = [...document.getElementsByTagName('section')].filter(section => section.id && section.closest('.text'));

/* The cards of a cover and of contents stand beside them, in one box. */
function sectionAt(card) {
    const around = card.closest(SECTION);
    const box = !around && card.closest('.b');
    return around || box && box.querySelector(':scope > section[id]');
}

/* The number of the clause that a section is, or is in. */
const numbers = new Map([[null, '']]);

function numberOf(section) {
    if (!numbers.has(section)) numbers.set(section, section.getAttribute('data-clause') ?? numberOf(section.parentElement.closest(SECTION)));
    return numbers.get(section);
}

/* In the order of the text. Large drafts have thousands: here each step counts. */
const findings = [];
const findingById = new Map();

function findingOf(id, mark, card) {
    const [, nth, kind, number] = /^d(\d+)-([fk])(\d+)$/.exec(id);
    const draft = drafts[nth - 1];
    const rule = mark.getAttribute('data-rule');
    const section = sectionAt(card);
    return {
        id, card, marks: [mark], draft, section, index: findings.length, rule, group: rule.split('-', 1)[0],
        level: card.className.split(' ', 2)[1], clause: card.getAttribute('data-clause') ?? numberOf(section),
        line: mark.getAttribute('data-line'), key: draft.keys[kind].substr((number - 1) * 16, 16), age: kind === 'k' ? 'known' : 'new',
        shown: true, mark: null, text: null,
    };
}

for (const mark of [...document.getElementsByTagName('mark')]) {
    const id = mark.getAttribute('data-f');
    const known = findingById.get(id);
    const card = known ? null : document.getElementById(id);
    if (known) known.marks.push(mark);
    if (!card) continue;
    const finding = findingOf(id, mark, card);
    findings.push(finding);
    findingById.set(id, finding);
}

const sectionIndex = new Map(sections.map((section, i) => [section, i]));

const treeLinks = new Map([...document.querySelectorAll('nav.tree a[href^="#"]')].map(a => [a.getAttribute('href').slice(1), a]));

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

/* What all findings of a rule share stands once, behind the drafts. */
function ruleSays(rule, what) {
    const found = document.getElementById('r-' + rule)?.querySelector(what);
    return found ? found.textContent : '';
}

/* The words that the finding is about; of long ones the beginning. */
const MOST_QUOTE = 80;

function quoteOf({ marks }) {
    let words = '';
    marks.forEach((mark, i) => { words += (i && blockOf(mark) !== blockOf(marks[i - 1]) ? '\n' : '') + mark.textContent; });
    return words.length > MOST_QUOTE ? words.slice(0, MOST_QUOTE) + '…' : words;
}

/* What a card says. The file is named where it is not the draft's first. */
const PARTS = { level: 'b', message: 'p', remedy: '.rem', source: '.src', file: '.file' };

function partOf(finding, part) {
    if (part === 'quote') return quoteOf(finding);
    const found = finding.card.querySelector(PARTS[part]);
    return found ? found.textContent.trim() : '';
}
