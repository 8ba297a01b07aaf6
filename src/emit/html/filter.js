/* Which findings are shown, and how many there would be of each kind. */

/* What may be asked of a finding. A filter is the set of allowed values, or null: all. */
const dimensions = {
    level: finding => finding.level,
    group: finding => finding.group,
    rule: finding => finding.rule,
    clause: null,
    draft: finding => finding.draft.element.id,
    mark: finding => finding.mark ? finding.mark.state : 'none',
    age: finding => finding.age,
    text: null,
};
const names = Object.keys(dimensions);
const filter = Object.fromEntries(names.map(name => [name, null]));

/* What the run was not asked to show is left out at first, unless there is nothing else; so is what the baseline has. */
const asked = LEVELS.slice(0, LEVELS.indexOf(document.body.dataset.level) + 1 || LEVELS.length);
const usual = {
    level: asked.length < LEVELS.length && findings.some(f => asked.includes(f.level)) ? new Set(asked) : null,
    age: findings.some(f => f.age === 'known') ? new Set(['new']) : null,
};
Object.assign(filter, usual);

const same = (a, b) => a === b || !!a && !!b && a.size === b.size && [...a].every(x => b.has(x));
const isUsual = name => same(filter[name], usual[name] || null);

/* What a search looks through: the card, and the paragraph that it speaks of. */
function searchable(finding) {
    return finding.text = finding.text ||
        `${finding.card.textContent}\n${ruleSays(finding.rule, 'b')}\n${blockOf(finding.marks[0]).textContent}`.toLowerCase();
}

/* Is the clause, or what stands in it, asked for? */
const inClause = (number, wanted) => number === wanted || number.startsWith(wanted + '.');

function passes(finding, name) {
    const wanted = filter[name];
    if (!wanted) return true;
    if (name === 'text') return [...wanted].every(text => searchable(finding).includes(text));
    if (name === 'clause') return [...wanted].some(clause => inClause(finding.clause, clause));
    return wanted.has(dimensions[name](finding));
}

/* For each dimension how many findings have each value, as far as the other filters let them pass. */
const counts = Object.fromEntries(names.map(name => [name, new Map()]));
let shownFindings = findings;

function count(name, finding) {
    if (!dimensions[name]) return;
    const value = dimensions[name](finding);
    counts[name].set(value, (counts[name].get(value) || 0) + 1);
}

/* The counts in the clause tree: a clause counts what stands in its subclauses too. */
const branches = new Map();

function branchOf(section) {
    if (!section) return null;
    if (branches.has(section)) return branches.get(section);
    const link = treeLinks.get(section.id);
    const branch = { above: branchOf(section.parentElement.closest(SECTION)), counts: {}, shown: {}, spans: {} };
    const counted = link && link.nextElementSibling;
    for (const span of counted && counted.className === 'ns' ? counted.children : []) {
        const level = span.className.slice(2);
        branch.spans[level] = span;
        branch.shown[level] = Number(span.textContent);
    }
    branches.set(section, branch);
    return branch;
}

for (const finding of findings) finding.branch = branchOf(finding.section);

function countBranches() {
    for (const branch of branches.values()) branch.counts = {};
    for (const { branch, level } of shownFindings)
        for (let b = branch; b; b = b.above) b.counts[level] = (b.counts[level] || 0) + 1;
    for (const branch of branches.values()) {
        for (const level of LEVELS) {
            const span = branch.spans[level];
            const n = branch.counts[level] || 0;
            if (!span || branch.shown[level] === n) continue;
            branch.shown[level] = n;
            span.firstChild.data = n;
            span.hidden = !n;
        }
    }
}

const watchers = [];
const onFilter = action => watchers.push(action);

/* Makes the page show what the filter says; what is being read stays where it is. At first nothing is read: no layout is asked for. */
function applyFilter(isFirst = false) {
    const held = !isFirst && textAtTop();
    const top = held && held.getBoundingClientRect().top;
    for (const name of names) counts[name].clear();
    shownFindings = [];
    const active = names.filter(name => filter[name]);
    for (const finding of findings) {
        const failing = active.filter(name => !passes(finding, name));
        if (!failing.length) names.forEach(name => count(name, finding));
        else if (failing.length === 1) count(failing[0], finding);
        const shown = !failing.length;
        if (shown) shownFindings.push(finding);
        if (shown === finding.shown) continue;
        finding.shown = shown;
        finding.card.hidden = !shown;
        for (const mark of finding.marks) mark.classList.toggle('off', !shown);
    }
    countBranches();
    for (const action of watchers) action();
    if (held && scrollY) scrollBy({ top: held.getBoundingClientRect().top - top, behavior: 'instant' });
}

function setFilter(name, values) {
    filter[name] = values;
    applyFilter();
}

/* Adds or takes out one value; `all`: the values there are, all of which together are no filter. */
function toggleValue(name, value, all) {
    const now = new Set(filter[name] || (name === 'level' ? all : []));
    if (!now.delete(value)) now.add(value);
    setFilter(name, now.size === all.length || !now.size && name !== 'level' ? null : now);
}

function showAll() {
    for (const name of names) filter[name] = null;
    applyFilter();
}
