/* The bar at the top: search, levels, filter, moving, review, colours, help. It exists only where there is a script. */

const bar = {};
const THEMES = ['auto', 'light', 'dark'];

const barHeight = () => bar.element ? bar.element.getBoundingClientRect().bottom : 0;

/* Says something to screen readers; on the screen too where it matters. */
function tell(message, aloud = false) {
    if (!bar.told) return;
    bar.told.textContent = message;
    bar.told.classList.toggle('aloud', aloud || message === say.refused);
    hush();
}
const hush = settled(12000, () => bar.told.classList.remove('aloud'));

function buildBar() {
    bar.search = make('input', { type: 'search', placeholder: say.search, 'aria-label': say.searchHint, spellcheck: 'false' });
    bar.hits = make('span', { class: 'hits' });
    bar.levels = LEVELS.map(level => button('', () => toggleValue('level', level, LEVELS), { class: 'level ' + level, 'aria-pressed': false }));
    bar.filter = button(say.filter, () => togglePanel('filter'), { class: 'opens', 'aria-expanded': false, 'aria-controls': 'panel-filter' });
    bar.review = button(say.review, () => togglePanel('review'), { class: 'opens', 'aria-expanded': false, 'aria-controls': 'panel-review' });
    bar.place = make('span', { class: 'place' });
    bar.theme = button('', nextTheme, { class: 'theme' });
    bar.told = make('div', { class: 'told', role: 'status' });
    bar.panels = { filter: filterPanel(), review: reviewPanel() };
    bar.element = make('div', { class: 'bar', role: 'region', 'aria-label': say.bar },
        make('div', { class: 'row' },
            make('div', { class: 'seek', role: 'search' }, bar.search, bar.hits),
            make('div', { class: 'levels', role: 'group', 'aria-label': say.level }, ...bar.levels),
            make('div', { class: 'moves' },
                button('‹', () => step(-1), { 'aria-label': say.previous, title: say.previous + ' (p)' }), bar.place,
                button('›', () => step(1), { 'aria-label': say.next, title: say.next + ' (n)' })),
            make('div', { class: 'acts' }, bar.filter, bar.review, bar.theme,
                button('?', showHelp, { 'aria-label': say.help, title: say.help + ' (?)' }))),
        bar.panels.filter, bar.panels.review, bar.told);
    document.body.prepend(bar.element);
    bar.element.prepend(button(say.skip, () => goToText(), { class: 'skip' }));
    barSize.observe(bar.element.querySelector('.row'));
    bar.search.addEventListener('input', settled(150, searchNow));
    bar.search.addEventListener('keydown', event => {
        if (event.key !== 'Enter' || event.isComposing) return;
        if (bar.search.value.trim().toLowerCase() !== (search.wanted || '')) searchNow();
        goToHit(event.shiftKey ? -1 : 1);
        showHits();
    });
    onFilter(counted);
    onFilter(followFilter);
    showTheme();
}

function goToText() {
    const text = drafts[0].element.querySelector('.text');
    text.tabIndex = -1;
    text.focus();
    text.scrollIntoView();
}

function searchNow() {
    const wanted = bar.search.value.trim().toLowerCase();
    setFilter('text', wanted ? new Set([wanted]) : null);
}

/* What is searched for may have come from the address. */
function followFilter() {
    const wanted = filter.text ? [...filter.text][0] : '';
    if (wanted === (search.wanted || '')) return;
    search.wanted = wanted;
    if (document.activeElement !== bar.search) bar.search.value = wanted;
    findText(wanted);
    showHits();
}

function showHits() {
    const { wanted, at, hits } = search;
    bar.hits.textContent = wanted ? say.place(at, hits.length) : '';
    bar.hits.title = wanted ? say.textHits(at, hits.length) : '';
    if (wanted) tell(bar.hits.title);
}

/* Numbers that change with the filter. */
function counted() {
    if (!bar.element) return;
    LEVELS.forEach((level, i) => {
        const on = !filter.level || filter.level.has(level);
        bar.levels[i].setAttribute('aria-pressed', on);
        bar.levels[i].textContent = `${say[level]} ${counts.level.get(level) || 0}`;
    });
    bar.shown.textContent = say.shown(shownFindings.length, findings.length);
    bar.table.textContent = say.saveTable(shownFindings.length + comments.length);
    bar.filter.classList.toggle('active', names.some(name => name !== 'level' && name !== 'text' && filter[name]));
    showPlace();
    if (!bar.panels.filter.hidden) fillFilter();
}

function showPlace() {
    if (!bar.place) return;
    const at = chosen ? shownFindings.indexOf(chosen) + 1 : 0;
    bar.place.textContent = say.place(at, shownFindings.length);
}

function togglePanel(name) {
    if (bar.panels[name].hidden) openPanel(name);
    else closePanel();
}

function openPanel(name) {
    closePanel();
    if (name === 'filter') fillFilter();
    bar.panels[name].hidden = false;
    bar[name].setAttribute('aria-expanded', true);
    bar.panels[name].querySelector('select, input, button').focus();
}

/* False when none was open. */
function closePanel() {
    const name = Object.keys(bar.panels).find(panel => !bar.panels[panel].hidden);
    if (!name) return false;
    const had = bar.panels[name].contains(document.activeElement);
    bar.panels[name].hidden = true;
    bar[name].setAttribute('aria-expanded', false);
    if (had) bar[name].focus();
    return true;
}

/* The dimensions that have a list of values, and how each value is called. */
const lists = {
    draft: () => drafts.map(({ element, path }) => [element.id, path]),
    group: () => [...counts.group.keys()].sort().map(group => [group, group]),
    rule: () => [...counts.rule.keys()].sort().map(rule => [rule, `${rule} ${ruleSays(rule, 'b')}`]),
    clause: () => [...clausesWithFindings()].map(clause => [clause, clause]),
    mark: () => ['none', ...STATES].map(state => [state, say[state]]),
    age: () => ['new', 'known'].map(age => [age, say[age]]),
};

const isOffered = {
    draft: () => drafts.length > 1,
    age: () => usual.age !== null,
};

/* In the order of the text, with the clauses above them. */
function clausesWithFindings() {
    const found = new Set();
    for (const { clause } of findings) {
        const steps = clause.split('.');
        if (clause) steps.forEach((_, i) => found.add(steps.slice(0, i + 1).join('.')));
    }
    return found;
}

function filterPanel() {
    bar.lists = {};
    bar.shown = make('p', { class: 'shown' });
    const fields = Object.keys(lists).filter(name => !isOffered[name] || isOffered[name]()).map(name => {
        const select = bar.lists[name] = make('select', { id: 'filter-' + name,
            onchange: () => setFilter(name, select.value ? new Set([select.value]) : null) });
        return make('div', { class: 'field' }, make('label', { for: select.id }, say[name]), select);
    });
    return make('div', { class: 'panel', id: 'panel-filter', role: 'group', 'aria-label': say.filter, hidden: true },
        ...fields, make('div', { class: 'acts' }, bar.shown, button(say.reset, showAll), button(say.close, closePanel)));
}

function fillFilter() {
    for (const [name, select] of Object.entries(bar.lists)) {
        const chosenValue = filter[name] ? [...filter[name]][0] : '';
        const values = lists[name]();
        if (chosenValue && !values.some(([value]) => value === chosenValue)) values.push([chosenValue, chosenValue]);
        select.replaceChildren(new Option(say.all, ''), ...values.map(([value, called]) => {
            const n = counts[name].get(value);
            return new Option(dimensions[name] ? `${called} (${n || 0})` : called, value);
        }));
        select.value = chosenValue;
    }
}

function reviewPanel() {
    const unit = make('input', { type: 'text', id: 'unit', maxlength: 200, oninput: () => setting('unit', unit.value.trim()) });
    unit.value = setting('unit') || '';
    const file = make('input', { type: 'file', accept: '.json,application/json', hidden: true, onchange: () => {
        if (file.files[0]) importFile(file.files[0]);
        file.value = '';
    } });
    bar.table = button('', saveTable);
    return make('div', { class: 'panel', id: 'panel-review', role: 'group', 'aria-label': say.review, hidden: true },
        make('div', { class: 'field' }, make('label', { for: unit.id }, say.unit), unit),
        make('div', { class: 'acts' }, bar.table, button(say.exportMarks, saveReview), button(say.importMarks, () => file.click()), file,
            button(say.close, closePanel)),
        make('p', { class: 'aside' }, say.mergeRules, ...store.refused ? [' ', say.refused] : []));
}

function nextTheme() {
    const now = THEMES.indexOf(setting('theme') || 'auto');
    setting('theme', THEMES[(now + 1) % THEMES.length]);
    showTheme();
}

/* The dark colours stand in one rule of the style sheet for a system that is dark; a choice makes that rule hold always or never. */
const darkRule = [...document.styleSheets[0].cssRules].find(rule => rule.media && rule.media.mediaText.includes('prefers-color-scheme'));
const darkWhen = { auto: '(prefers-color-scheme: dark)', light: 'not all', dark: 'all' };

let shownTheme = 'auto';

function showTheme() {
    const theme = THEMES.includes(setting('theme')) ? setting('theme') : 'auto';
    if (theme !== shownTheme) darkRule.media.mediaText = darkWhen[theme]; /* all styles are looked up anew */
    shownTheme = theme;
    document.documentElement.style.colorScheme = theme === 'auto' ? '' : theme;
    bar.theme.textContent = { auto: '◐', light: '○', dark: '●' }[theme];
    bar.theme.setAttribute('aria-label', `${say.theme}: ${say[theme]}`);
    bar.theme.title = `${say.theme}: ${say[theme]}`;
}

/* What is stuck below the bar has to know how high it is, unless that is about what the style sheet takes it for: all styles depend on it. */
const SLIGHT = 4;
let knownHeight = 45;
const barSize = new ResizeObserver(([{ target }]) => {
    if (Math.abs(target.offsetHeight - knownHeight) < SLIGHT) return;
    knownHeight = target.offsetHeight;
    document.documentElement.style.setProperty('--bar', knownHeight + 'px');
});

function showHelp() {
    bar.help = bar.help || buildHelp();
    bar.help.showModal();
}

function buildHelp() {
    const single = make('input', { type: 'checkbox', onchange: () => setting('keys', single.checked ? 'on' : 'off') });
    single.checked = setting('keys') !== 'off';
    const list = make('dl', {}, ...say.keys.flatMap(([names, does]) =>
        [make('dt', {}, ...names.split(' ').map(name => make('kbd', {}, name))), make('dd', {}, does)]));
    const dialog = make('dialog', { class: 'help', 'aria-labelledby': 'help-title' }, make('h2', { id: 'help-title' }, say.help), list,
        make('label', {}, single, say.singleKeys), make('div', { class: 'acts' }, button(say.close, () => dialog.close())));
    document.body.append(dialog);
    return dialog;
}
