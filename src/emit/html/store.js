/* What is kept in the browser: one entry for each finding that was handled, and for each comment. */

const store = {
    refused: false,
    memory: new Map(),

    /* Browsers may refuse storage to files, or to all pages; then what is told lasts as long as the page. */
    get(key) {
        if (this.memory.has(key)) return this.memory.get(key);
        try {
            return localStorage.getItem(key);
        } catch {
            this.refused = true;
            return null;
        }
    },
    set(key, value) {
        try {
            if (value === null) localStorage.removeItem(key);
            else localStorage.setItem(key, value);
            this.memory.delete(key);
        } catch {
            this.memory.set(key, value);
            if (!this.refused) tell(say.refused);
            this.refused = true;
        }
    },
    keys(prefix) {
        const found = new Set([...this.memory.keys()]);
        try {
            for (let i = 0; i < localStorage.length; i++) found.add(localStorage.key(i));
        } catch {
            this.refused = true;
        }
        return [...found].filter(key => key.startsWith(prefix) && this.get(key) !== null);
    },
    /* The object under a key, or null: others may have written there. */
    object(key) {
        try {
            const value = JSON.parse(this.get(key));
            return value && typeof value === 'object' ? value : null;
        } catch {
            return null;
        }
    },
};

const setting = (name, value) => value === undefined ? store.get('gblint/' + name) : store.set('gblint/' + name, value);
const keyIn = (draft, kind, name) => `gblint/${kind}/${draft.name = draft.name || JSON.stringify([draft.path, draft.title])}/${name}`;
