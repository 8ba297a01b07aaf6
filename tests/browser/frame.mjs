// The frame of the browser tests: one Chromium, a fresh context for each test, and an eye on all that a report must never do.
//
// Every page is watched: errors on its console, violations of its policy, dialogs, requests to anything but the file itself.
// A test fails on any of them, whatever else it looks at.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import fs from 'node:fs';
import path from 'node:path';

const require = createRequire(path.join(process.env.BROWSER_MODULES, 'here.js'));
const { chromium } = require('playwright-core');
export const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const FLAGS = ['--headless=new', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'];

const tests = [];
export const test = (name, run, options = {}) => tests.push({ name, run, options });

export function equal(got, want, about = '') {
    if (JSON.stringify(got) !== JSON.stringify(want)) throw new Error(`${about}\n  got  ${JSON.stringify(got)}\n  want ${JSON.stringify(want)}`);
}

export function holds(good, about) {
    if (!good) throw new Error(about);
}

// What a page did that it must not.
async function watch(context) {
    const faults = [];
    await context.addInitScript(() => {
        addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
    context.on('page', page => {
        page.on('console', message => {
            if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
        });
        page.on('pageerror', error => faults.push(`error: ${error.stack}`));
        page.on('dialog', dialog => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
        page.on('request', request => {
            if (!/^(data|blob):/.test(request.url()) && !(request.isNavigationRequest() && request.url().startsWith('file:'))) {
                faults.push(`request: ${request.url()}`);
            }
        });
        page.on('popup', popup => faults.push(`popup: ${popup.url()}`));
    });
    return faults;
}

// What a test is given: the reports, and a way to open one.
class Room {
    constructor(browser, plan) {
        this.browser = browser;
        this.plan = plan;
        this.contexts = [];
    }

    async context(options = {}) {
        const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: 'light', ...options });
        const faults = await watch(context);
        this.contexts.push({ context, faults });
        return context;
    }

    url(name, hash = '') {
        return pathToFileURL(this.plan.pages[name]).href + hash;
    }

    async open(name, { hash = '', context, ...options } = {}) {
        const page = await (context || await this.context(options)).newPage();
        page.setDefaultTimeout(30000);
        await page.goto(this.url(name, hash));
        return page;
    }

    file(name) {
        return path.join(this.plan.folder, name);
    }

    async close() {
        const faults = this.contexts.flatMap(({ faults: f }) => f);
        for (const { context } of this.contexts) await context.close();
        return faults;
    }
}

export async function run(planFile) {
    const plan = JSON.parse(fs.readFileSync(planFile, 'utf8'));
    const browser = await chromium.launch({
        executablePath: plan.chromium, args: [...FLAGS, ...process.getuid() === 0 ? ['--no-sandbox'] : []],
    });
    const wanted = tests.filter(({ name }) => !plan.only || name.includes(plan.only));
    let failed = 0;
    for (const { name, run: body } of wanted) {
        const room = new Room(browser, plan);
        const begin = Date.now();
        let fault = null;
        let said;
        try {
            said = await body(room);
        } catch (error) {
            fault = error.stack;
        }
        const faults = await room.close();
        if (!fault && faults.length) fault = faults.slice(0, 10).join('\n');
        failed += !!fault;
        console.log(`${fault ? 'not ok' : 'ok'} - ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)${said ? ': ' + said : ''}`);
        if (fault) console.log(fault.split('\n').map(line => '    ' + line).join('\n'));
    }
    await browser.close();
    console.log(`${wanted.length - failed} passed, ${failed} failed`);
    return failed;
}

// ---- What tests ask a page ----

// Ids of the findings that are shown, in the order of the text.
export const shown = page => page.evaluate(() => {
    const seen = new Set();
    for (const mark of document.querySelectorAll('[data-f]:not(.off)')) seen.add(mark.dataset.f);
    return [...seen].filter(id => !document.getElementById(id).hidden);
});

export const data = (page, ids, name) => page.evaluate(([list, key]) => list.map(id => findingById.get(id)[key]), [ids, name]);
export const chosen = page => page.evaluate(() => (document.querySelector('.card.chosen') || { id: '' }).id);

export async function press(page, ...keys) {
    for (const key of keys) await page.keyboard.press(key);
}

// Waits until the page gives what is wanted.
export async function comes(page, ask, want, about = '') {
    const end = Date.now() + 10000;
    let got;
    do {
        got = await ask();
        if (JSON.stringify(got) === JSON.stringify(want)) return;
        await page.waitForTimeout(30);
    } while (Date.now() < end);
    equal(got, want, about);
}

export const allLevels = page => page.evaluate(() => {
    for (const level of document.querySelectorAll('.bar .level[aria-pressed=false]')) level.click();
});
