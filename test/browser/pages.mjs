// Walks through all pages of a running `kg serve` in Chromium: a whole session as a researcher has it, every page in light and dark, wide
// and narrow, with and without script, and the review page where the server may write.
//
//   node pages.mjs URL [--writable TOKEN] [--shots DIR]
//
// The store is that of `kg build examples`. Exits 1 where a check failed. Every page must have: no serious or critical fault that
// axe-core finds, no complaint of the browser, no request to another host, nothing wider than the window.
import { chromium } from "playwright-core";
import axe from "axe-core";
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chrome } from "./chrome.mjs";

const [base, ...flags] = process.argv.slice(2);
const flag = (name) => (flags.includes(name) ? flags[flags.indexOf(name) + 1] : "");
const token = flag("--writable");
const shots = flag("--shots");
const origin = new URL(base).origin;

const profile = await mkdtemp(join(tmpdir(), "kg-browser-"));
const context = await chromium.launchPersistentContext(profile, {
  ...chrome,
  viewport: { width: 1440, height: 900 },
  acceptDownloads: true,
});
context.setDefaultTimeout(15_000);

const foreign = [];
const complaints = [];
let expected = []; // statuses that the test provokes
function watch(page) {
  page.on("request", (r) => {
    if (!/^(data|blob):/.test(r.url()) && new URL(r.url()).origin !== origin) foreign.push(r.url());
  });
  page.on("requestfailed", (r) => {
    const why = r.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") complaints.push(`${r.url()}: ${why}`); // aborted: the page was left, or a later request took its place
  });
  page.on("response", (r) => {
    if (r.status() >= 400 && !expected.includes(r.status())) complaints.push(`${r.status()} ${r.url()}`);
  });
  page.on("console", (m) => {
    const provoked = expected.some((status) => m.text().includes(`status of ${status}`));
    const driver = m.text().includes("GL Driver Message"); // reading back what software has drawn is slow
    if ((m.type() === "error" || m.type() === "warning") && !provoked && !driver) complaints.push(`console ${m.type()}: ${m.text()}`);
  });
  page.on("pageerror", (e) => complaints.push(`script: ${e.message}`));
}
context.on("page", watch);
const page = await context.newPage();

async function check(name, fn) {
  const start = Date.now();
  try {
    await fn();
    assert.deepEqual(foreign, [], "requests to other hosts");
    assert.deepEqual(complaints, [], "complaints of the browser");
  } catch (err) {
    if (shots) await page.screenshot({ path: join(shots, `failed-${++failed}.png`) }).catch(() => {});
    else failed++;
    console.error(`FAIL ${name} at ${page.url()}\n${err.stack}`);
    foreign.length = complaints.length = 0;
    expected = [];
    return;
  }
  expected = [];
  console.log(`ok   ${name} (${Date.now() - start} ms)`);
}
let failed = 0;

const open = (path, at = page) => at.goto(base + path);
const json = async (path) => {
  const r = await page.request.get(base + path);
  assert.equal(r.status(), 200, path);
  return r.json();
};
// The script is run in a world of its own by the debugging protocol, so the page's policy does not stop it.
// look asks only for what another width or other colours of the same page can change.
async function faults(look) {
  await page.evaluate(axe.source);
  const found = await page.evaluate((runOnly) => window.axe.run(document, { resultTypes: ["violations"], elementRef: false, runOnly }),
    look ? { type: "rule", values: ["color-contrast", "target-size", "scrollable-region-focusable"] } : { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
  return found.violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .flatMap((v) => v.nodes.map((n) => `${v.id} (${v.impact}): ${n.target.join(" ")}: ${n.failureSummary.replaceAll("\n", " ")}`));
}
const narrow = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
// A table that is wider than its place would lie over what is beside it, unless it scrolls.
const spilt = () => page.evaluate(() => [...document.querySelectorAll("main table")]
  .filter((t) => !t.closest(".scroll") && t.getBoundingClientRect().right > t.parentElement.getBoundingClientRect().right + 1)
  .map((t) => t.textContent.trim().slice(0, 60)));
// settled waits for drawings: an element that a page's script draws into says so when it is done.
const settled = async () => {
  await page.waitForLoadState("load");
  const drawings = page.locator("[data-draw]");
  for (let i = 0; i < (await drawings.count()); i++) await drawings.nth(i).and(page.locator("[data-ready]")).waitFor();
};

const found = await json("/search.json?q=Syria");
const syria = found.entities[0].id;
const entity = await json(`/entity/${syria.slice(3)}.json`);
const claim = entity.statements.rows.find((c) => c.object && c.subject.id !== syria) ?? entity.statements.rows[0];
const other = claim.subject.id === syria ? claim.object : claim.subject;
const pair = `/pair?${new URLSearchParams({ a: syria, b: other.id })}`;
const of = new URLSearchParams({ of: syria });
const events = await json("/events.json");
const event = events.rows[0];

// Every page by name, with a text of its main part.
const pages = [
  ["start", "/", "Most connected"],
  ["search", "/search?q=talks", "Sentences"],
  ["search-none", "/search?q=Srya+negotiated", "Nothing fits"],
  ["entity", entity.entity.url, "Syria"],
  ["claim", claim.url, claim.subject.label],
  ["article", claim.article.url, claim.article.headline],
  ["event", event.url, event.label],
  ["events", "/events", event.label],
  ["articles", "/articles", "Articles"],
  ["pair", pair, "Syria"],
  ["relation", claim.relation.url, claim.relation.label],
  ["relations", "/relations", "Relations"],
  ["graph", `/graph?${of}`, "Syria"],
  ["overview", "/graph", "The whole graph"],
  ["timeline", `/timeline?${of}`, "Syria"],
  ["timeline-all", "/timeline", "Timeline"],
  ["matrix", "/matrix", "Who acts how towards whom"],
  ["map", "/map", "Where it happens"],
  ["query", "/query", "Ask the graph"],
  ["query-answer", `/query?${new URLSearchParams({ lang: "gizmo", q: 'g.V("<kg:Russia>").Out("<kgo:mediates>").All()' })}`, "Astana"],
  ["changes", "/changes", "What changed"],
  ["review-names", "/review", "Review"],
  ["review-events", "/review?show=events", "Review"],
  ["review-statements", "/review?show=statements&below=1", "Doubtful statements"],
  ["review-judged", "/review?show=judged", "Review"],
  ["programs", "/api/kg/v1/", "/api/kg/v1/matrix"],
  ["login", "/login", "Nobody needs to sign in"],
  ["missing", "/entity/Nobody_of_this_name", "Nobody of this name", 404],
  ["faulty", "/search?q=a&from=soon", "soon", 400],
];

const only = flag("--only");
for (const [name, path, text, status] of token ? [] : pages) {
  if (only && !name.match(only)) continue;
  await check(`page ${name}`, async () => {
    expected = status ? [status] : [];
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    assert.equal((await open(path)).status(), status ?? 200);
    await settled();
    assert.match(await page.textContent("main"), new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    assert.equal(await page.locator("h1").count(), 1, "headings of level 1");
    for (const scheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme: scheme });
      assert.deepEqual(await faults(scheme === "dark"), [], `what axe finds, ${scheme}`);
      if (shots) await page.screenshot({ path: join(shots, `${name}-1440-${scheme}.png`), fullPage: true });
    }
    assert.ok(await narrow(), "the page is wider than 1440 pixels");
    assert.deepEqual(await spilt(), [], "tables that are wider than their place");
    await page.setViewportSize({ width: 390, height: 844 });
    assert.ok(await narrow(), "the page is wider than 390 pixels");
    assert.deepEqual(await spilt(), [], "tables that are wider than their place at 390 pixels");
    assert.deepEqual(await faults(true), [], "what axe finds at 390 pixels");
    if (shots) {
      await page.screenshot({ path: join(shots, `${name}-390-dark.png`), fullPage: true });
      await page.emulateMedia({ colorScheme: "light" });
      await page.screenshot({ path: join(shots, `${name}-390-light.png`), fullPage: true });
    }
  });
}
await page.setViewportSize({ width: 1440, height: 900 });
await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });

if (!token && !only) {
  await check("a session: search, entity, statement, article, pair, graph, query, export", async () => {
    await open("/");
    await page.focus("#find");
    await page.keyboard.type("Syri", { delay: 20 });
    const option = page.locator("[role=option]", { hasText: "Syria" }).first();
    await option.waitFor();
    assert.equal(await page.getAttribute("#find", "aria-expanded"), "true");
    await page.keyboard.press("Escape");
    assert.equal(await page.getAttribute("#find", "aria-expanded"), "false");
    assert.equal(await page.inputValue("#find"), "Syri", "Escape closes the list only");
    await page.keyboard.press("ArrowDown");
    await option.waitFor();
    await page.keyboard.press("ArrowDown");
    const active = await page.getAttribute("#find", "aria-activedescendant");
    assert.equal(await page.getAttribute(`#${active}`, "aria-selected"), "true");
    assert.deepEqual(await faults(), [], "what axe finds with the list open");
    if (shots) await page.screenshot({ path: join(shots, "completion.png") });
    await page.keyboard.press("Escape");
    await page.keyboard.type("a");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\?q=Syria$/);
    await page.click("main .found-names a:has-text('Syria')");
    await page.waitForURL(/\/entity\/Syria/);
    await page.click(`main a[href="${claim.url}"] >> nth=0`);
    await page.waitForURL(`**${claim.url}`);
    await page.waitForSelector("main mark");
    await page.click(`main a[href^="${claim.article.url}"] >> nth=0`);
    await page.waitForURL(`**${claim.article.url}*`);
    await page.click(`main a[href="${other.url}"] >> nth=0`);
    await page.waitForURL(`**${other.url}`);
    await open("/pair");
    for (const [field, id] of [["#a", syria], ["#b", other.id]]) {
      await page.locator(field).pressSequentially((id === syria ? "Syri" : other.label.slice(0, -1)), { delay: 15 });
      await page.locator("[role=option]", { hasText: id === syria ? "Syria" : other.label }).first().waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
    }
    assert.equal(await page.inputValue("#a"), "Syria");
    await page.keyboard.press("Enter");
    await page.waitForURL((u) => u.searchParams.get("a") === syria && u.searchParams.get("b") === other.id);
    await page.waitForSelector(`main a[href="${claim.url}"]`);
    await open(`/graph?${of}`);
    await page.waitForSelector("#drawing[data-ready]");
    const [png] = await Promise.all([page.waitForEvent("download"), page.click("button:has-text('PNG')")]);
    assert.deepEqual([...(await readFile(await png.path())).subarray(1, 4)], [...Buffer.from("PNG")]);
    const [ml] = await Promise.all([page.waitForEvent("download"), page.click("button:has-text('GraphML')")]);
    assert.match(await readFile(await ml.path(), "utf8"), /<graphml[\s\S]*Syria/);
    // What is hidden stays so where a name is expanded: every name in the drawing has a line.
    await page.click("button:has-text('other')");
    await page.focus("[role=application]");
    const before = await page.textContent(".draw-count");
    for (const key of ["ArrowRight", "ArrowDown", "Enter"]) await page.keyboard.press(key);
    await page.waitForFunction((text) => document.querySelector(".draw-count").textContent !== text, before);
    const [seen] = await Promise.all([page.waitForEvent("download"), page.click("button:has-text('GraphML')")]);
    const xml = await readFile(await seen.path(), "utf8");
    const lone = [...xml.matchAll(/<node id="([^"]*)"/g)].map((m) => m[1]).filter((id) => !xml.includes(`source="${id}"`) && !xml.includes(`target="${id}"`));
    assert.deepEqual(lone.filter((id) => id !== syria), [], "names without a line");
    await open("/");
    await page.click("a.question:has-text('What does Russia mediate?')");
    await page.waitForSelector("td:has-text('Astana talks')");
    const ttl = await page.request.get(`${base}/entity/Syria.ttl`);
    assert.equal(ttl.status(), 200);
    assert.match(await ttl.text(), /kg:Syria/);
  });

  await check("the keyboard alone reaches an entity", async () => {
    await open("/");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    await page.focus("#find");
    await page.keyboard.type("Russ", { delay: 20 });
    await page.locator("[role=option]", { hasText: "Russia" }).first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/entity\/Russia/);
  });
}

if (token) {
  await check("review by keyboard", async () => {
    await open("/review?show=statements&below=1");
    await page.click("a:has-text('Log in')");
    await page.fill("input[type=password]", token);
    await page.click("main button[type=submit]");
    await page.waitForURL(/\/review\?show=statements&below=1$/);
    await page.fill("#by", "Anna");
    await page.click("button:has-text('Begin')");
    await page.waitForSelector(".keys:not([hidden])");
    assert.deepEqual(await faults(), [], "what axe finds");
    const open0 = (await json("/review.json?show=statements&below=1")).open_statements;
    await page.keyboard.press("j");
    const first = page.locator("[data-item]").nth(0);
    const rejected = await first.locator("[name=from]").inputValue();
    await page.keyboard.press("r");
    await page.waitForSelector("[data-item][data-done=reject]");
    assert.equal(await page.evaluate(() => [...document.querySelectorAll("[data-item]")].indexOf(document.activeElement)), 1, "the next one has the focus");
    await page.keyboard.press("a");
    await page.waitForSelector("[data-item][data-done=accept]");
    assert.equal((await json("/review.json?show=statements&below=1")).open_statements, open0 - 2);
    if (shots) await page.screenshot({ path: join(shots, "review-judging.png") });
    await page.keyboard.press("u"); // the last one is taken back
    await page.waitForSelector("[data-item][data-done=accept]", { state: "detached" });
    assert.equal((await json("/review.json?show=statements&below=1")).open_statements, open0 - 1);
    const c = await json(`/${rejected.slice(3)}.json`);
    assert.equal(c.statement.judged, "rejected");
    await open("/review?show=judged");
    assert.deepEqual(await faults(), [], "what axe finds");
    if (shots) await page.screenshot({ path: join(shots, "review-judged.png") });
    await page.click("button:has-text('Take it back')");
    await page.waitForSelector("text=Nobody has judged yet");
    assert.equal((await json("/review.json?show=statements&below=1")).open_statements, open0);
  });

  await check("events are parted, joined and taken back", async () => {
    const all = async () => (await json("/events.json?limit=100")).rows;
    const before = await all();
    const one = before.find((e) => e.statements > 1);
    const two = before.find((e) => e.id !== one.id && e.statements === 1);
    await open(one.url);
    assert.deepEqual(await faults(), [], "what axe finds");
    if (shots) await page.screenshot({ path: join(shots, "event-judging.png"), fullPage: true });
    const parts = await page.locator(".parts-of > li").count();
    assert.ok(parts > 1, "an event of several statements has no parts");
    await page.click(".parts-of li:last-child button");
    await page.waitForSelector("text=tells of another event than");
    assert.equal((await all()).length, before.length + 1);
    if (shots) await page.screenshot({ path: join(shots, "event-parted.png"), fullPage: true });
    await page.click(".done button");
    await page.waitForSelector(".done", { state: "detached" });
    assert.equal((await all()).length, before.length);
    await page.fill("#from", base + two.url);
    await page.fill("#why", "the same visit");
    await page.click(".judging button");
    await page.waitForSelector("text=tells of the same event as");
    assert.equal((await all()).length, before.length - 1);
    assert.ok(await narrow(), "the page is wider than the window");
    await page.setViewportSize({ width: 390, height: 844 });
    assert.ok(await narrow(), "the page is wider than 390 pixels");
    assert.deepEqual(await faults(true), [], "what axe finds at 390 pixels");
    if (shots) await page.screenshot({ path: join(shots, "event-joined-390.png"), fullPage: true });
    await page.setViewportSize({ width: 1440, height: 900 });
    await open("/review?show=judged");
    await page.waitForSelector("text=the same visit");
    await page.click("button:has-text('Take it back')");
    await page.waitForSelector("text=Nobody has judged yet");
    assert.deepEqual((await all()).map((e) => e.id), before.map((e) => e.id));
  });

  await check("review without script", async () => {
    const plain = await context.browser().newContext({ javaScriptEnabled: false });
    const p = await plain.newPage();
    watch(p);
    await open("/login?next=%2Freview%3Fshow%3Dstatements%26below%3D1", p);
    await p.fill("input[type=password]", token);
    await p.click("main button[type=submit]");
    await p.fill("#by", "Boris");
    await p.click("button:has-text('Begin')");
    await p.click("button:has-text('Reject') >> nth=0");
    await p.waitForSelector("text=was read wrongly: kept.");
    await p.click("button:has-text('Take it back')");
    await p.waitForSelector("button:has-text('Reject') >> nth=0");
    assert.equal(await p.locator("text=kept.").count(), 0);
    await plain.close();
  });
}

if (!token && !only) {
  await check("every page without script", async () => {
    const plain = await context.browser().newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const p = await plain.newPage();
    watch(p);
    expected = [400, 404];
    for (const [name, path, text, status] of pages) {
      assert.equal((await open(path, p)).status(), status ?? 200, name);
      const main = await p.innerText("main");
      assert.ok(main.length > 60 || status, `${name} says ${main}`);
      assert.match(main, new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i"), name);
    }
    await open("/", p);
    await p.fill("#find", "Russia");
    await p.press("#find", "Enter");
    await p.waitForURL(/\/search\?q=Russia$/);
    await p.click("main a:has-text('Russia') >> nth=0");
    await p.waitForURL(/\/entity\/Russia/);
    await plain.close();
  });
}

await context.close();
await rm(profile, { recursive: true, force: true });
if (failed) {
  console.error(`${failed} checks failed`);
  process.exit(1);
}
