// The reviewer's work: handling, comments, export and import, the table.
import fs from 'node:fs';
import { allLevels, chosen, comes, equal, holds, press, shown, test } from './frame.mjs';

const state = (page, id) => page.locator('#' + id).getAttribute('data-state');
const pressed = (page, id) => page.locator(`#${id} .choices button[aria-pressed=true]`).allTextContents();

test('accepted, rejected, deferred, with a reason; kept over a reload', async room => {
    const page = await room.open('seed');
    const ids = (await shown(page)).slice(0, 3);
    await press(page, 'n', 'a', 'n', 'r', 'n', 'd');
    for (const [i, name] of ['采纳', '不采纳', '暂缓'].entries()) equal(await pressed(page, ids[i]), [name], name);
    await page.locator(`#${ids[2]} .review textarea`).fill('下一版再议');
    await press(page, 'Escape');
    await press(page, 'p', 'r');
    equal(await state(page, ids[1]), 'none', 'the same key takes it back');
    await page.locator(`#${ids[1]} .choices button`).first().click();
    equal(await pressed(page, ids[1]), ['采纳'], 'by its button');
    await page.reload();
    equal([await state(page, ids[0]), await state(page, ids[1]), await state(page, ids[2])], ['accepted', 'accepted', 'deferred'], 'kept');
    equal(await page.locator(`#${ids[2]} .note-said`).textContent(), '下一版再议', 'reason');
    await press(page, 'f');
    await page.getByLabel('处理', { exact: true }).selectOption('deferred');
    equal(await shown(page), [ids[2]], 'filter by handling');
    // Another tab of the same browser hears of it.
    const other = await room.open('seed', { context: page.context() });
    await press(other, 'n', 'd');
    await comes(page, () => state(page, ids[0]), 'deferred', 'the other tab');
});

test('own comments: at the heading, by key, changed, deleted, kept', async room => {
    const page = await room.open('seed');
    await page.evaluate(() => document.getElementById('d1-c5').scrollIntoView());
    await page.getByRole('button', { name: '批注 5', exact: true }).click();
    await page.keyboard.type('本章宜与第6章合并。\n<img src=x onerror=alert(1)>');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    const own = page.locator('.own-comment');
    equal(await own.locator('.own-text').textContent(), '本章宜与第6章合并。\n<img src=x onerror=alert(1)>', 'text');
    equal(await own.evaluate(box => box.closest('.clause').id), 'd1-c5', 'place');
    await page.reload();
    equal(await own.count(), 1, 'kept');
    await own.getByRole('button').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('改过');
    await page.keyboard.press('Control+Enter');
    equal(await own.locator('.own-text').textContent(), '改过', 'changed');
    await own.getByRole('button').click();
    await page.getByRole('button', { name: '删除', exact: true }).click();
    equal(await own.count(), 0, 'deleted');
    await page.evaluate(() => { location.hash = document.querySelector('.clause .clause .card.warning').id; });
    await page.waitForSelector('.card.chosen');
    await press(page, 'c');
    await page.keyboard.type('由键盘');
    await page.keyboard.press('Control+Enter');
    equal(await own.evaluate(box => box.closest('.clause').id === document.querySelector('.card.chosen').closest('.clause').id), true, 'by key');
    await press(page, 'c', 'Escape');
    equal(await page.locator('form.commenting').count(), 0, 'Escape closes');
});

// A page with marks on its first findings and a comment.
async function worked(room, context, name = 'seed') {
    const page = await room.open(name, { context });
    await press(page, 'n', 'a', 'n', 'r');
    await page.locator('.card.chosen .review textarea').fill('=SUM(A1:A9)，与 "5.2" 重复');
    await press(page, 'Escape');
    await page.evaluate(() => document.getElementById('d1-c5').scrollIntoView());
    await page.getByRole('button', { name: '批注 5', exact: true }).click();
    await page.keyboard.type('=HYPERLINK("http://example.invalid"),\n换行');
    await page.keyboard.press('Control+Enter');
    return page;
}

async function saved(page, name, file) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    await download.saveAs(file);
    return download.suggestedFilename();
}

const reviewPanel = page => page.getByRole('button', { name: '评审', exact: true }).click();

async function importing(page, content) {
    await page.locator('input[type=file]').setInputFiles({ name: 'review.json', mimeType: 'application/json', buffer: Buffer.from(content) });
    await page.waitForFunction(() => document.querySelector('.told').classList.contains('aloud'));
    const said = await page.locator('.told').textContent();
    await page.evaluate(() => document.querySelector('.told').classList.remove('aloud'));
    return said;
}

test('export and import: whole, merged by time, refused when wrong', async room => {
    const page = await worked(room, await room.context({ acceptDownloads: true }));
    const ids = (await shown(page)).slice(0, 2);
    await reviewPanel(page);
    const file = room.file('review.json');
    holds(/\.json$/.test(await saved(page, /JSON/, file)), 'name');
    const written = JSON.parse(fs.readFileSync(file, 'utf8'));
    equal([written.format, written.schema, written.drafts.length], ['gblint-review', 1, 1]);
    equal(written.drafts[0].marks.map(mark => mark.state), ['accepted', 'rejected']);

    const other = await room.open('seed');
    await reviewPanel(other);
    const first = await importing(other, JSON.stringify(written));
    holds(/处理2条、批注1条；本页较新而保留0条；不属于本页而略过0条/.test(first), first);
    equal([await state(other, ids[0]), await state(other, ids[1])], ['accepted', 'rejected'], 'imported');
    equal(await other.locator('.own-comment').count(), 1, 'comment');
    // The same again changes nothing; older ones give way, newer ones win.
    holds(/处理0条、批注0条；本页较新而保留3条/.test(await importing(other, JSON.stringify(written))), 'twice');
    written.drafts[0].marks[0] = { ...written.drafts[0].marks[0], state: 'deferred', at: '2001-01-01T00:00:00Z' };
    written.drafts[0].marks[1] = { ...written.drafts[0].marks[1], state: 'deferred', at: '2999-01-01T00:00:00Z' };
    written.drafts[0].marks.push({ key: 'ffffffffffffffff', rule: 'X', clause: '', state: 'accepted', note: '', at: '2020-01-01T00:00:00Z' });
    holds(/处理1条、批注0条；本页较新而保留2条；不属于本页而略过1条/.test(await importing(other, JSON.stringify(written))), 'merged');
    equal([await state(other, ids[0]), await state(other, ids[1])], ['accepted', 'deferred'], 'by time');
    await other.reload();
    equal([await state(other, ids[0]), await state(other, ids[1])], ['accepted', 'deferred'], 'kept');

    await reviewPanel(other);
    const wrong = change => { const copy = structuredClone(written); change(copy); return JSON.stringify(copy); };
    const mark = written.drafts[0].marks[0];
    for (const content of ['', 'no json', 'null', '[]', '{}', '{"format":"gblint-review","schema":2,"drafts":[]}',
        wrong(x => { x.drafts[0].marks[0] = { ...mark, state: 'constructor' }; }),
        wrong(x => { x.drafts[0].marks[0] = { ...mark, note: 7 }; }),
        wrong(x => { x.drafts[0].marks[0] = { ...mark, at: 'soon' }; }),
        wrong(x => { x.drafts[0].marks[0] = { ...mark, key: '__proto__' }; }),
        wrong(x => { x.drafts[0].comments[0].text = 'x'.repeat(10001); }),
        wrong(x => { x.drafts[0].comments = null; }), wrong(x => { x.drafts[0] = null; })]) {
        holds(/^不能导入：/.test(await importing(other, content)), `taken: ${content.slice(0, 80)}`);
    }
    equal([await state(other, ids[0]), await state(other, ids[1])], ['accepted', 'deferred'], 'unharmed');
    // Another draft's review is left out, whole.
    const foreign = wrong(x => { x.drafts[0].path = 'other.md'; x.drafts[0].title = '别的标准'; });
    holds(/不属于本页而略过4条/.test(await importing(other, foreign)), 'another draft');
});

// What the table holds is looked at by html_browser.py.
test('the table of comments is saved', async room => {
    const page = await worked(room, await room.context({ acceptDownloads: true }));
    await reviewPanel(page);
    await page.getByLabel('提出单位').fill('@某某标准化技术委员会');
    const name = await saved(page, /^保存意见汇总处理表/, room.file('table.csv'));
    holds(/意见汇总处理表\.csv$/.test(name), name);
    fs.writeFileSync(room.file('table.json'), JSON.stringify(await page.evaluate(() =>
        [...document.querySelectorAll('.card:not([hidden])')].map(card => ({
            id: card.id, message: card.querySelector('p').textContent,
            state: card.dataset.state || 'none',
        })))));
    const several = await room.open('several', { acceptDownloads: true });
    await allLevels(several);
    await reviewPanel(several);
    await saved(several, /^保存意见汇总处理表/, room.file('several.csv'));
});

test('storage refused: said, and the work goes on', async room => {
    const context = await room.context();
    await context.addInitScript(() => {
        Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
    });
    const page = await room.open('seed', { context });
    await press(page, 'n', 'a');
    equal(await state(page, await chosen(page)), 'accepted', 'in memory');
    await reviewPanel(page);
    holds((await page.locator('#panel-review').textContent()).includes('不允许本页保存数据'), 'said in the panel');
});
