// Hostile drafts stay text; without a script the page is a document.
import { allLevels, equal, holds, press, test } from './frame.mjs';

// The frame fails on dialogs, requests and violations; scripts of the draft would set flags.
test('hostile drafts: nothing of theirs runs', async room => {
    for (const name of ['hostile', 'hostile-docbook']) {
        const page = await room.open(name);
        await allLevels(page);
        await press(page, 'f', 'Escape', 'n', 'n', 'Enter', 'c', 'Escape', '/');
        await page.keyboard.type('alert');
        await page.waitForTimeout(300);
        await press(page, 'Enter', 'Escape');
        for (let y = 0; y < 6; y++) await page.mouse.wheel(0, 900);
        const inside = await page.evaluate(() => ({
            flags: Object.keys(window).filter(key => /^pwned/.test(key)),
            scripts: document.scripts.length,
            styles: document.querySelectorAll('style').length,
            risky: [...document.querySelectorAll('iframe, object, embed, link, base, meta[http-equiv], foreignObject, use, animate, set, image, video, audio')]
                .filter(element => !/^(content-security-policy)$/i.test(element.httpEquiv || '')).map(element => element.outerHTML.slice(0, 80)),
            handlers: [...document.querySelectorAll('*')].flatMap(element => [...element.attributes])
                .filter(({ value, ownerElement: { tagName } }) => !(tagName === 'IMG' && /^data:image\/[a-z+]+;base64,[\w+/=]+$/.test(value)))
                .filter(({ name: attribute, value }) => /^on/i.test(attribute) || /^\s*(javascript|data|vbscript):/i.test(value) &&
                    /^(href|src|action|formaction|xlink:href)$/i.test(attribute)).map(({ name: a, value }) => `${a}=${value.slice(0, 60)}`),
            links: [...document.querySelectorAll('a')].map(a => a.getAttribute('href') || a.getAttribute('xlink:href')).filter(href => !href.startsWith('#')),
            title: document.title,
            pictures: [...document.images].map(image => image.src.slice(0, 18)),
        }));
        equal(inside.flags, [], 'flags');
        equal([inside.scripts, inside.risky, inside.handlers, inside.links], [2, [], [], []], name);
        equal(inside.pictures, name === 'hostile' ? ['data:image/svg+xml'] : [], 'pictures');
        holds(inside.styles <= 1, 'styles of the draft');
        holds((await page.locator('body').innerText()).includes('<script>'), 'what was written is there as text');
    }
    return 'two drafts';
});

test('the policy: present, strict, first', async room => {
    const page = await room.open('seed');
    const policy = await page.evaluate(() => {
        const meta = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
        return { content: meta.content, before: [...document.head.children].indexOf(meta) };
    });
    for (const part of ["default-src 'none'", "script-src 'sha256-", "style-src 'sha256-", "base-uri 'none'", "form-action 'none'"]) {
        holds(policy.content.includes(part), `${part} is not in ${policy.content}`);
    }
    holds(!/unsafe|\*|https?:/.test(policy.content), policy.content);
    holds(policy.before <= 1, 'something stands before the policy');
    // It holds: neither a script nor a style of somebody else's is taken.
    const context = await room.browser.newContext();
    const bare = await context.newPage();
    await bare.goto(room.url('seed'));
    const done = await bare.evaluate(async () => {
        const script = document.createElement('script');
        script.textContent = 'window.pwned = 1';
        document.body.append(script);
        const image = document.createElement('img');
        image.src = 'file:///etc/hostname';
        const failed = new Promise(end => { image.onerror = () => end(true); image.onload = () => end(false); });
        document.body.append(image);
        return [window.pwned, await failed];
    });
    await context.close();
    equal(done, [null, true].map(x => x === null ? undefined : x), 'scripts and pictures from elsewhere');
});

test('without scripts: text, marks, cards, links', async room => {
    const page = await room.open('seed', { javaScriptEnabled: false });
    const { counts } = room.plan.found.seed;
    equal(await page.locator('.card').count(), counts.error + counts.warning + counts.info, 'cards');
    equal(await page.locator('.bar').count(), 0, 'no dead controls');
    for (const level of ['error', 'warning', 'info']) {
        equal(await page.locator(`.card.${level} > p`).first().isVisible(), true, level);
        equal(await page.locator(`[data-f].${level}`).first().isVisible(), true, `mark ${level}`);
    }
    const text = (await page.locator('.text').textContent()).replace(/\s/g, '');
    for (const words of room.plan.found.seed.words) holds(text.includes(words), `${words} is not in the text`);
    await page.locator('nav.tree a[href="#d1-c5"]').click();
    const { y } = await page.locator('[id="d1-c5"]').boundingBox();
    holds(y > -5 && y < 300, `the link led to ${y}`);
});
