/* Cards beside the text: short until they are chosen, lit with their words; the style sheet places them. */

/* Where the margin column is. */
const wide = matchMedia('screen and (min-width: 62rem)');
/* Cards may stand lower than their words where many are near; one that is looked at comes up to them from so many pixels on. */
const FAR = 90;

/* The finding whose words or card the element belongs to. */
function findingAt(element) {
    const place = element.closest && element.closest('[data-f], .card[id]');
    return place ? findingById.get(place.dataset.f || place.id) || null : null;
}

function setClass(finding, name, on) {
    finding.card.classList.toggle(name, on);
    for (const mark of finding.marks) mark.classList.toggle(name, on);
}

let lit = null;    /* pointed at, or with the focus */
let chosen = null; /* the one that keys act on: its card is open */

function light(finding) {
    if (finding === lit) return;
    const before = lit;
    lit = finding;
    if (before) {
        setClass(before, 'lit', false);
        pull(before);
    }
    if (!lit) return;
    setClass(lit, 'lit', true);
    pull(lit);
}

/*
 * The open card lies over what is below it in its column: the text stays where it is. Its section may not cut it off then, as
 * sections with content-visibility do.
 */
let shortHeight = 0;
const opened = new ResizeObserver(() => {
    if (chosen) chosen.card.style.setProperty('--extra', Math.max(0, chosen.card.offsetHeight - shortHeight) + 'px');
});

function setOpen(finding, on) {
    setClass(finding, 'chosen', on);
    finding.card.classList.remove('folded');
    for (let section = finding.card.closest('.clause'); section; section = section.parentElement.closest('.clause')) {
        section.classList.toggle('open', on);
    }
}

function choose(finding) {
    if (finding === chosen) return;
    const before = chosen;
    chosen = finding;
    opened.disconnect();
    if (before) {
        setOpen(before, false);
        pull(before);
    }
    if (finding) {
        giveReview(finding);
        shortHeight = finding.card.offsetHeight;
        setOpen(finding, true);
        finding.card.tabIndex = -1;
        finding.card.role = 'note';
        opened.observe(finding.card);
        pull(finding);
    }
    showPlace();
}

/* Brings the card up to its words, over others if need be, while it is looked at. */
function pull(finding) {
    const { card, marks: [mark] } = finding;
    const isWanted = wide.matches && (finding === chosen || finding === lit && !card.matches(':hover, :focus-within'));
    if (!isWanted && finding === lit && card.classList.contains('pulled')) return;
    card.classList.remove('pulled');
    if (!isWanted || mark.contains(card)) return;
    const down = card.getBoundingClientRect().top - mark.getBoundingClientRect().top;
    if (down < FAR) return;
    card.style.setProperty('--pull', Math.round(down) + 'px');
    card.classList.add('pulled');
}

/*
 * Sections that come near the window get what they need for work; all at once would be slow, and so would be watching all. Those
 * below a part that is laid out when it comes near are watched from then on.
 */
const near = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        offerComment(target);
        if (!target.matches('.far')) continue;
        for (const section of target.querySelectorAll('section[id]:not(.far)')) {
            if (section.parentElement.closest('.far') === target) near.observe(section);
        }
    }
}, { rootMargin: '600px 0px' });

function startCards() {
    for (const section of document.querySelectorAll('.far, .text > section[id]')) near.observe(section);
    const pullAgain = () => { for (const finding of new Set([chosen, lit])) if (finding) pull(finding); };
    wide.addEventListener('change', pullAgain);
    addEventListener('resize', settled(200, pullAgain));
    document.addEventListener('toggle', pullAgain, true);
    for (const type of ['mouseover', 'focusin']) document.addEventListener(type, event => light(findingAt(event.target)));
    document.addEventListener('mouseleave', () => light(null));
}
