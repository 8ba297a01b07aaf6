/* Search in the text of the drafts: all places are lit, Enter goes from one to the next. */

const search = { hits: [], at: 0, lit: null };
const MOST_LIT = 5000;

/* The paragraph, cell or heading that something stands in. */
const isInline = element => /^(mark|a|em|strong|b|i|u|s|del|code|sub|sup|span|abbr|ruby|rt|tspan)$/i.test(element.tagName);

function blockOf(node) {
    let element = node.parentElement;
    while (isInline(element)) element = element.parentElement;
    return element;
}

/* The text of all drafts in one string, blocks apart, and where each text node begins in it. */
const text = {
    nodes: null,
    build() {
        const parts = [];
        let length = 0;
        let block = null;
        this.nodes = [];
        this.starts = [];
        const skip = element => element.matches('.card, .picture, .own-comment, .commenting, nav, button, mark.at');
        for (const { element } of drafts) {
            const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node =>
                node.nodeType === 1 ? skip(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP : NodeFilter.FILTER_ACCEPT);
            while (walker.nextNode()) {
                const node = walker.currentNode;
                const its = blockOf(node);
                if (its !== block) {
                    parts.push('\n');
                    length++;
                    block = its;
                }
                this.nodes.push(node);
                this.starts.push(length);
                parts.push(node.data);
                length += node.data.length;
            }
        }
        const whole = parts.join('');
        const lower = whole.toLowerCase();
        /* A few letters become longer in lower case: places would be wrong. */
        this.whole = lower.length === whole.length ? lower : whole;
    },
    /* The text node that holds the place, and the place in it; at an end, the node before. */
    nodeAt(place, isEnd) {
        let low = 0;
        let high = this.starts.length - 1;
        while (low < high) {
            const middle = (low + high + 1) >> 1;
            if (this.starts[middle] < place || !isEnd && this.starts[middle] === place) low = middle;
            else high = middle - 1;
        }
        return [this.nodes[low], Math.min(place - this.starts[low], this.nodes[low].data.length)];
    },
};

function findText(wanted) {
    search.hits = [];
    search.at = 0;
    if (wanted) {
        if (!text.nodes) text.build();
        for (let at = text.whole.indexOf(wanted); at >= 0 && search.hits.length < MOST_LIT; at = text.whole.indexOf(wanted, at + wanted.length)) {
            search.hits.push({ begin: at, end: at + wanted.length });
        }
    }
    lightHits();
}

function rangeOf(hit) {
    const range = new Range();
    range.setStart(...text.nodeAt(hit.begin, false));
    range.setEnd(...text.nodeAt(hit.end, true));
    return range;
}

/* Thousands of ranges that the browser keeps up to date would make each change of the page slow: these stay as they are. */
function fixedRangeOf(hit) {
    const [startContainer, startOffset] = text.nodeAt(hit.begin, false);
    const [endContainer, endOffset] = text.nodeAt(hit.end, true);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
}

/* Without touching the document, where the browser can. */
function lightHits() {
    if (!window.Highlight || !CSS.highlights) return;
    CSS.highlights.delete('hit');
    CSS.highlights.delete('hit-now');
    if (search.hits.length) CSS.highlights.set('hit', new Highlight(...search.hits.map(fixedRangeOf)));
    if (search.at) CSS.highlights.set('hit-now', new Highlight(rangeOf(search.hits[search.at - 1])));
}

/* From the place that is being read on. */
function firstHit(step) {
    const behind = ({ begin }) => {
        const [node] = text.nodeAt(begin, false);
        return reading.contains(node) || reading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
    };
    const n = search.hits.length;
    const first = reading ? search.hits.findIndex(behind) : 0;
    return step > 0 ? Math.max(first, 0) + 1 : (first < 0 ? n : (first + n - 1) % n + 1);
}

function goToHit(step) {
    const n = search.hits.length;
    if (!n) return;
    search.at = search.at ? (search.at - 1 + step + n) % n + 1 : firstHit(step);
    const range = rangeOf(search.hits[search.at - 1]);
    if (window.Highlight && CSS.highlights) CSS.highlights.set('hit-now', new Highlight(range));
    else getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    bringIntoView(range.startContainer.parentElement);
}

/* What the first search needs is made ready while nothing else is to do, a little at a time. */
const whenIdle = window.requestIdleCallback || (action => setTimeout(() => action({ timeRemaining: () => 8 }), 50));
let nReady = 0;

function makeReady(deadline) {
    while (nReady < findings.length && deadline.timeRemaining() > 1) searchable(findings[nReady++]);
    if (nReady < findings.length) whenIdle(makeReady);
    else if (!text.nodes) whenIdle(() => text.build());
}
