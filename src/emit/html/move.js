/* Moving through the page: next and previous, the address, the clause that is being read. */

let reading = null; /* the section at the top of the window */
let position = '';  /* what the address names: a finding or a section */
let sought = null;  /* what is being brought into view */

const smooth = () => matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';

/*
 * Parts of the page get their true height, and their cards, only when they come near: look again where the place has gone, of a far one
 * for some frames, of a near one when the scrolling has ended, unless the reader has done something else by then.
 */
function bringIntoView(element) {
    openAround(element);
    sought = element;
    if (Math.abs(element.getBoundingClientRect().top) > 3 * innerHeight) {
        settle(element, 12);
    } else if (!isInView(element)) {
        element.scrollIntoView({ block: 'center', behavior: smooth() });
        addEventListener('scrollend', () => settle(element, 2), { once: true });
    }
}

function settle(element, frames) {
    if (element !== sought) return;
    if (!isInView(element)) element.scrollIntoView({ block: 'center' });
    if (frames) requestAnimationFrame(() => requestAnimationFrame(() => settle(element, frames - 1)));
}

function openAround(element) {
    for (let folded = element.closest('details:not([open])'); folded; folded = folded.parentElement.closest('details:not([open])')) {
        folded.open = true;
    }
}

function isInView(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return top > barHeight() + 8 && Math.min(bottom, top + 120) < innerHeight;
}

function goTo(finding, focus = true) {
    choose(finding);
    light(finding);
    setPosition(finding.id);
    const mark = finding.marks[0];
    bringIntoView(wide.matches ? mark : finding.card);
    if (focus) finding.card.focus({ preventScroll: true });
    tell(say.told(shownFindings.indexOf(finding) + 1, shownFindings.length, partOf(finding, 'message')));
}

/* The first finding behind the place that is being read, or the last before it. */
function beside(step) {
    const n = shownFindings.length;
    if (!n) return null;
    if (chosen) {
        const after = shownFindings.findIndex(finding => finding.index >= chosen.index);
        if (after < 0) return step > 0 ? shownFindings[0] : shownFindings[n - 1];
        const isChosen = shownFindings[after] === chosen;
        return shownFindings[(after + (step > 0 ? (isChosen ? 1 : 0) : -1) + n) % n];
    }
    const here = reading || drafts[0].element;
    const after = shownFindings.findIndex(({ marks: [mark] }) =>
        here.contains(mark) || here.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (after < 0) return step > 0 ? shownFindings[0] : shownFindings[n - 1];
    return shownFindings[step > 0 ? after : (after - 1 + n) % n];
}

function step(by) {
    const finding = beside(by);
    if (finding) goTo(finding);
}

/* The address: #place?level=error&rule=NUM-012. What is as usual is left out. */
const writeAddress = settled(150, () => {
    const parts = new URLSearchParams();
    for (const name of names) if (!isUsual(name)) parts.set(name, filter[name] ? [...filter[name]].join(',') : '*');
    const asked = parts.toString();
    const hash = '#' + position + (asked ? '?' + asked : '');
    if (hash === location.hash || hash === '#' && !location.hash) return;
    history.replaceState(null, '', hash === '#' ? location.pathname + location.search : hash);
});

function setPosition(id) {
    if (position === id) return;
    position = id;
    writeAddress();
}

function decoded(part) {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}

function readAddress(hash) {
    const [place, asked] = hash.slice(1).split(/\?(.*)/s);
    if (asked !== undefined) {
        const parts = new URLSearchParams(asked);
        for (const name of names) {
            const value = parts.get(name);
            if (value === null) filter[name] = usual[name] || null;
            else if (value === '*') filter[name] = null;
            else filter[name] = new Set(name === 'text' ? [value.toLowerCase()] : value.split(',').filter(Boolean));
        }
        applyFilter();
    }
    const id = decoded(place);
    const finding = findingById.get(id);
    if (finding) {
        if (!finding.shown) {
            showAll();
            tell(say.unshown);
        }
        goTo(finding);
        return;
    }
    position = '';
    const element = id && document.getElementById(id);
    if (!element) return;
    choose(null);
    setPosition(id);
    openAround(element);
    bringToTop(element);
}

function bringToTop(element, again = 2) {
    sought = null;
    element.scrollIntoView();
    if (again) requestAnimationFrame(() => requestAnimationFrame(() => bringToTop(element, again - 1)));
}

function startMoving() {
    /* Of the event, not of the window: the address may just have been written for the place before. */
    addEventListener('hashchange', event => { readAddress(new URL(event.newURL).hash); writeAddress(); });
    for (const act of ['wheel', 'pointerdown', 'keydown']) addEventListener(act, () => { sought = null; }, { passive: true, capture: true });
    addEventListener('scroll', () => { looking = looking || requestAnimationFrame(look); }, { passive: true });
    addEventListener('pagehide', writeAddress.now);
    onFilter(writeAddress);
    onFilter(() => { if (chosen && !chosen.shown) choose(null); });
    document.addEventListener('click', event => {
        if (event.defaultPrevented || event.button || getSelection().type === 'Range') return;
        if (event.target.closest('a, button, input, select, textarea, summary, label')) return;
        const finding = findingAt(event.target);
        if (finding) goTo(finding, false);
    });
}

/* What is at the beginning of the first line below the bar. */
function textAtTop() {
    const { left } = drafts[0].element.querySelector('.text').getBoundingClientRect();
    return document.elementFromPoint(left + 40, barHeight() + 24);
}

let looking = 0;

/* The clause under the top of the text is the one that is being read. */
function look() {
    looking = 0;
    const hit = textAtTop();
    const section = hit && hit.closest(SECTION);
    if (section === reading) return;
    const before = reading && treeLinks.get(reading.id);
    reading = section;
    if (before) before.removeAttribute('aria-current');
    const link = reading && treeLinks.get(reading.id);
    if (link) {
        link.setAttribute('aria-current', 'location');
        showInTree(link);
    }
    if (reading && !(chosen && isInView(chosen.marks[0]))) setPosition(reading.id);
}

/* Only the tree scrolls; the page stays where it is. */
function showInTree(link) {
    const nav = link.closest('nav.tree');
    const folded = link.closest('details:not([open])');
    const seen = folded ? folded.querySelector('summary') : link;
    const box = seen.getBoundingClientRect();
    const frame = nav.getBoundingClientRect();
    if (box.top < frame.top + 30 || box.bottom > frame.bottom - 30) nav.scrollTop += box.top - frame.top - frame.height / 3;
}

const keys = {
    n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
    '/': () => bar.search.focus(), f: () => openPanel('filter'), '?': () => showHelp(),
    a: () => handle('accepted'), r: () => handle('rejected'), d: () => handle('deferred'),
    c: () => commentHere(),
    Enter: () => openChosen(),
};

const openChosen = () => chosen.card.classList.toggle('folded');

function startKeys() {
    document.addEventListener('keydown', event => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
        const target = event.target;
        if (event.key === 'Escape') {
            if (!closePanel() && target.matches('input, textarea, select')) target.blur();
            return;
        }
        if (target.matches('input:not([type=checkbox]), textarea, select') || document.querySelector('dialog[open]')) return;
        if (event.key === 'Enter' && (!chosen || target.matches('a, button, summary, input, [tabindex="0"]'))) return;
        if (event.key !== 'Enter' && setting('keys') === 'off') return;
        const action = keys[event.key];
        if (!action) return;
        event.preventDefault();
        action();
    });
}
