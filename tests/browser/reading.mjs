// Finding one's way: filters, search, keys, the address, marks and cards.
import { allLevels, chosen, comes, data, equal, holds, press, shown, test } from './frame.mjs';

const select = (page, label, value) => page.getByLabel(label, { exact: true }).selectOption(value);
const hash = page => page.evaluate(() => location.hash);

test('every finding has a card and marks; hints wait behind their button', async room => {
    const page = await room.open('seed');
    const { counts } = room.plan.found.seed;
    const cards = await page.locator('.card').count();
    equal(cards, counts.error + counts.warning + counts.info, 'cards');
    equal((await shown(page)).length, counts.error + counts.warning, 'shown at first');
    const marked = await page.evaluate(() => [...document.querySelectorAll('.card')].every(card =>
        [...document.querySelectorAll(`[data-f="${card.id}"]`)].every(mark =>
            mark.dataset.rule === card.querySelector('a').textContent && card.textContent.includes(`第${mark.dataset.line}行`))));
    holds(marked, 'marks and cards differ in rule or line');
    await allLevels(page);
    equal((await shown(page)).length, cards, 'all levels');
});

test('filters: what is counted is what is shown', async room => {
    const page = await room.open('seed');
    await allLevels(page);
    const all = await shown(page);
    await press(page, 'f');
    for (const [label, name] of [['规则组', 'group'], ['规则', 'rule']]) {
        const options = await page.getByLabel(label, { exact: true }).locator('option').evaluateAll(list =>
            list.map(option => [option.value, Number((/\((\d+)\)$/.exec(option.textContent) || [])[1])]));
        equal(options.slice(1).reduce((sum, [, n]) => sum + n, 0), all.length, `sum over ${name}`);
        for (const [value, n] of options.slice(1, 6)) {
            await select(page, label, value);
            const now = await shown(page);
            equal(now.length, n, `${name} ${value}`);
            equal(new Set(await data(page, now, name)), new Set([value]), name);
        }
        await select(page, label, '');
    }
    await select(page, '章条', '5');
    for (const clause of await data(page, await shown(page), 'clause')) holds(/^5(\.|$)/.test(clause), `clause ${clause} is not in 5`);
    await page.getByRole('button', { name: '全部显示' }).click();
    equal((await shown(page)).length, all.length, 'after reset');
    // The tree counts what is shown.
    await press(page, 'Escape');
    await page.locator('.bar .level.info').click();
    const tree = await page.evaluate(() => [...document.querySelectorAll('nav.tree > ol > li > .ns > .n:not([hidden])')].map(n => [n.className, Number(n.textContent)]));
    holds(tree.every(([name]) => !/info/.test(name)), 'counts of hints in the tree');
    equal(await page.locator('.card[hidden]').evaluateAll(list => list.filter(card => card.getClientRects().length).length), 0, 'hidden cards that are seen');
    equal(tree.reduce((sum, [, n]) => sum + n, 0), (await shown(page)).length, 'counts of the tree');
});

test('search: in cards and in the text', async room => {
    const page = await room.open('seed');
    await press(page, '/');
    equal(await page.evaluate(() => document.activeElement.type), 'search', 'focus');
    await page.keyboard.type('流程图');
    await page.waitForFunction(() => document.querySelector('.hits').textContent);
    equal(await page.locator('.told').textContent(), await page.locator('.hits').getAttribute('title'), 'said');
    const hits = Number(/^–\/(\d+)$/.exec(await page.locator('.hits').textContent())[1]);
    const inText = await page.evaluate(() => {
        const copy = document.querySelector('article.draft').cloneNode(true);
        for (const other of copy.querySelectorAll('.card, nav, button, form, .anchor')) other.remove();
        return copy.textContent.replace(/\n/g, '').split('流程图').length - 1;
    });
    holds(hits > 0 && hits <= inText, `${hits} places, the text has ${inText}`);
    equal(await page.evaluate(() => CSS.highlights.get('hit').size), hits, 'places lit');
    await press(page, 'Enter', 'Enter');
    await comes(page, () => page.locator('.hits').textContent(), `2/${hits}`);
    const seen = await page.evaluate(() => {
        const [range] = CSS.highlights.get('hit-now');
        const { top, bottom } = range.getBoundingClientRect();
        return [range.toString(), top > 0 && bottom < innerHeight];
    });
    equal(seen, ['流程图', true], 'the place is in the window');
    // From the clause that is being read on.
    await page.locator('.bar input[type=search]').fill('');
    await page.waitForFunction(() => !CSS.highlights.get('hit'));
    await page.evaluate(() => { location.hash = '#d1-c8'; });
    await page.waitForFunction(() => /#d1-c8/.test((document.querySelector('nav.tree a[aria-current]') || { hash: '' }).hash));
    await page.locator('.bar input[type=search]').fill('标准');
    await page.waitForFunction(() => CSS.highlights.get('hit'));
    await press(page, 'Enter');
    equal(await page.evaluate(() => [...CSS.highlights.get('hit-now')][0].startContainer.parentElement.closest('.text > .clause').id), 'd1-c8', 'from here');
    await press(page, 'Escape');
    await page.locator('.bar input[type=search]').fill('NUM-');
    await page.waitForFunction(() => [...document.querySelectorAll('.card:not([hidden])')].every(card => card.textContent.includes('NUM-')));
    await page.locator('.bar input[type=search]').fill('没有这样的字');
    await comes(page, async () => (await shown(page)).length, 0, 'nothing');
});

test('keys: next, previous, open, panels, help; off when asked', async room => {
    const page = await room.open('seed');
    const ids = await shown(page);
    await press(page, 'n', 'j', 'n');
    equal(await chosen(page), ids[2], 'n j n');
    await press(page, 'p', 'k');
    equal(await chosen(page), ids[0], 'p k');
    await press(page, 'p');
    equal(await chosen(page), ids[ids.length - 1], 'round');
    equal(await page.evaluate(() => document.activeElement.id), ids[ids.length - 1], 'focus is on the card');
    const inView = await page.evaluate(async () => {
        await new Promise(done => setTimeout(done, 600));
        const { top, bottom } = document.querySelector('mark.chosen').getBoundingClientRect();
        return top > 0 && bottom < innerHeight;
    });
    holds(inView, 'the words are in the window');
    const isOpen = () => page.locator('.card.chosen .rem').isVisible();
    equal(await isOpen(), true, 'the chosen one is open');
    await press(page, 'Enter');
    equal(await isOpen(), false, 'Enter closes');
    await press(page, 'Enter');
    equal(await isOpen(), true, 'Enter opens');
    await press(page, 'f');
    equal(await page.locator('#panel-filter').isVisible(), true, 'f');
    equal(await page.evaluate(() => !!document.activeElement.closest('#panel-filter')), true, 'focus in the panel');
    await press(page, 'Escape');
    equal(await page.locator('#panel-filter').isVisible(), false, 'Escape');
    await press(page, '?');
    equal(await page.locator('dialog.help').isVisible(), true, '?');
    await press(page, 'n');
    equal(await chosen(page), ids[ids.length - 1], 'no keys behind the help');
    await page.locator('dialog.help input[type=checkbox]').uncheck();
    await press(page, 'Escape', 'n');
    equal(await chosen(page), ids[ids.length - 1], 'keys are off');
    await page.reload();
    await press(page, 'n');
    equal((await chosen(page)) === ids[0], false, 'keys stay off');
});

test('the address: a link gives the same view', async room => {
    const page = await room.open('seed');
    await allLevels(page);
    await press(page, 'f');
    await select(page, '规则组', 'NUM');
    await press(page, 'Escape', 'n', 'n');
    const before = [await shown(page), await chosen(page)];
    await page.waitForFunction(() => location.hash.includes('group=NUM'));
    const again = await room.open('seed', { hash: await hash(page) });
    equal([await shown(again), await chosen(again)], before, 'reopened');
    const seen = await again.evaluate(async () => {
        await new Promise(done => setTimeout(done, 400));
        const { top, bottom } = document.querySelector('mark.chosen').getBoundingClientRect();
        return top > 0 && bottom < innerHeight;
    });
    holds(seen, 'the words are in the window');
    // A link to a finding that is hidden as a hint shows it; the permalink of a card is such a link.
    const hint = await page.evaluate(() => document.querySelector('.card.info').id);
    const linked = await room.open('seed', { hash: '#' + hint });
    equal(await chosen(linked), hint, 'permalink');
    equal(await linked.locator('#' + hint).isVisible(), true, 'shown');
    // Clauses are kept too, and what is no place does no harm.
    for (const place of ['#d1-c5', '#%E0%A4%A', '#nowhere?level=&rule=%00', '#?level=error&text=%22%3E%3Cimg%20src%3Dx%3E']) {
        await linked.evaluate(there => { location.hash = there; }, place);
        await linked.waitForTimeout(200);
    }
    await linked.evaluate(() => { location.hash = '#d1-c7?level=error'; });
    await linked.waitForFunction(() => Math.abs(document.getElementById('d1-c7').getBoundingClientRect().top) < 200);
    equal(new Set(await data(linked, await shown(linked), 'level')), new Set(['error']), 'level=error');
});

test('marks and cards light each other; a click chooses; the tree follows', async room => {
    const page = await room.open('seed');
    await press(page, 'n');
    const id = await chosen(page);
    await page.waitForTimeout(400);
    const other = await page.evaluate(first => {
        const inView = mark => { const { top, bottom } = mark.getBoundingClientRect(); return top > 150 && bottom < innerHeight - 20; };
        const found = [...document.querySelectorAll(`mark[data-f]:not(.off)`)].find(mark =>
            mark.dataset.f !== first && inView(mark) && !mark.querySelector('mark') && !mark.parentElement.closest('mark'));
        return found && found.dataset.f;
    }, id);
    await page.locator(`mark[data-f="${other}"]`).first().hover();
    equal(await page.locator('#' + other).evaluate(card => card.classList.contains('lit')), true, 'card lit');
    await page.locator(`mark[data-f="${other}"]`).first().click();
    equal(await chosen(page), other, 'clicked');
    await page.waitForTimeout(400);
    await page.locator('#' + other + ' > b').hover();
    equal(await page.locator(`mark[data-f="${other}"]`).first().evaluate(mark => mark.classList.contains('lit')), true, 'mark lit');
    await page.evaluate(() => document.getElementById('d1-c6').scrollIntoView());
    await page.waitForFunction(() => {
        const link = document.querySelector('nav.tree a[aria-current]');
        return link && /^#d1-c6/.test(link.getAttribute('href'));
    });
});

test('several drafts: an overview, one bar for all', async room => {
    const page = await room.open('several');
    const paths = await page.locator('article.draft').evaluateAll(list => list.map(article => article.dataset.path));
    equal(paths.length, room.plan.found.several.drafts, 'drafts');
    equal(await page.locator('#overview tr:has(td)').count(), paths.length, 'rows');
    const overview = await page.evaluate(() => document.getElementById('overview').getBoundingClientRect().top <
        document.getElementById('d1').getBoundingClientRect().top);
    holds(overview, 'the overview stands first');
    await allLevels(page);
    await press(page, 'f');
    await select(page, '草案', 'd2');
    holds((await shown(page)).every(id => id.startsWith('d2-')), 'only of the second draft');
    await press(page, 'Escape', 'n');
    holds((await chosen(page)).startsWith('d2-'), 'next');
});

test('against a baseline: what is known waits behind the filter', async room => {
    const page = await room.open('known');
    const { counts } = room.plan.found.known;
    const cards = await page.locator('.card').count();
    equal(await page.locator('.card.known').count(), counts.known, 'known');
    holds(counts.known > 20 && cards > counts.known, `${counts.known} known of ${cards}`);
    await allLevels(page);
    equal((await shown(page)).length, cards - counts.known, 'new');
    await press(page, 'f');
    await select(page, '新旧', 'known');
    equal((await shown(page)).length, counts.known, 'known');
    await select(page, '新旧', '');
    equal((await shown(page)).length, cards, 'all');
    // A link to a known one shows it.
    const known = await page.locator('.card.known').first().getAttribute('id');
    equal(await chosen(await room.open('known', { hash: '#' + known })), known, 'linked');
});

test('in English', async room => {
    const page = await room.open('english');
    equal(await page.evaluate(() => document.documentElement.lang), 'en');
    equal(await page.getByRole('button', { name: /^Errors \d+/ }).count(), 1, 'levels');
    await press(page, '?');
    equal(await page.locator('dialog.help h2').textContent(), 'Keys');
    const bar = await page.locator('.bar').textContent();
    holds(!/\p{Script=Han}/u.test(bar.replace(/[A-Z]{3}-\d{3} .*/g, '')), `Chinese in the bar: ${bar}`);
});
