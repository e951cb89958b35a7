// Looks at the pages of a hostile article, its statements and their event in Chromium, with and without script, wide and narrow.
//
//   node article.mjs URL EVENT [--shots DIR]
//
// EVENT is the address of the event's page. Exits 1 after the first failure.
import { chromium } from "playwright-core";
import assert from "node:assert/strict";
import { join } from "node:path";
import { chrome } from "./chrome.mjs";

const [base, event, ...flags] = process.argv.slice(2);
const shots = flags.includes("--shots") ? flags[flags.indexOf("--shots") + 1] : "";
const browser = await chromium.launch(chrome);

async function open(options) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints = [];
  page.on("dialog", (d) => complaints.push(`dialog ${d.message()}`));
  page.on("console", (m) => m.type() === "error" && complaints.push(m.text()));
  page.on("pageerror", (e) => complaints.push(e.message));
  page.on("request", (r) => new URL(r.url()).origin !== new URL(base).origin && complaints.push(`asks for ${r.url()}`));
  return { context, page, complaints };
}

// What belongs together has a ground of its own, whichever end is pointed at, has the focus or is the target.
for (const javaScriptEnabled of [false, true]) {
  const { context, page, complaints } = await open({ javaScriptEnabled, viewport: { width: 1440, height: 900 } });
  const lit = async (selector) => (await page.locator(selector).first().evaluate((e) => getComputedStyle(e).backgroundColor)) !== "rgba(0, 0, 0, 0)";
  const check = async (what, on, off) => {
    await page.waitForTimeout(250); // of the transition
    for (const selector of on) assert.ok(await lit(selector), `${what}, script ${javaScriptEnabled}: ${selector} is not shown`);
    for (const selector of off) assert.ok(!(await lit(selector)), `${what}, script ${javaScriptEnabled}: ${selector} is shown`);
  };
  await page.goto(`${base}/article/one`);
  await check("nothing", [], [".t .k1", "li.k1", ".t .k2", "li.k2"]);
  await page.hover("li.k1 .more");
  await check("statement", ["li.k1", ".t .k1"], ["li.k2", ".t .k2"]);
  await page.hover(".t a.said .k1");
  await check("word", ["li.k1", ".t .k1"], ["li.k2", ".t .k2"]);
  await page.mouse.move(2, 2);
  await page.locator("li.k2 .more").focus();
  await check("focus on a statement", ["li.k2", ".t .k2"], ["li.k1", ".t .k1"]);
  await page.locator("a.said").first().focus();
  await check("focus on a word", ["li.k1", ".t .k1"], ["li.k2", ".t .k2"]);
  await page.locator("a.said").first().click();
  assert.equal(new URL(page.url()).hash, "#k1");
  await page.mouse.move(2, 2);
  await page.goto(`${base}/article/one#k3`);
  await check("target", ["li.k3", ".t .k3"], ["li.k1"]);
  await page.locator("summary", { hasText: "Read, but no statement" }).click();
  await page.locator("li.k4").focus();
  await check("dropped", ["li.k4", ".t .k4"], []);
  const text = page.locator(".skipped .t");
  assert.ok(!(await text.isVisible()), "what was skipped is folded");
  await page.locator("summary", { hasText: "Not read" }).click();
  assert.ok(await text.isVisible(), "what was skipped unfolds");
  await page.locator("a.mention", { hasText: "Chile" }).click();
  assert.equal(new URL(page.url()).pathname, "/entity/Chile");
  assert.deepEqual(complaints, []);
  await context.close();
}

// Nothing runs, nothing lies over the edge.
for (const [colorScheme, width] of [["light", 1440], ["dark", 1440], ["light", 390], ["dark", 390]]) {
  const { context, page, complaints } = await open({ colorScheme, viewport: { width, height: 900 } });
  for (const [name, path] of [["article", "/article/one"], ["sentences", "/article/denies"], ["claim", "/claim/onea"], ["within", "/claim/oneb"], ["articles", "/articles"],
    ["no-articles", "/articles?text=none"], ["event", event], ["events", "/events"]]) {
    await page.goto(base + path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${path} is ${over} pixels too wide at ${width}`);
    assert.equal(await page.locator("h1").count(), 1, `${path}: h1`);
    if (shots) await page.screenshot({ path: join(shots, `${name}-${colorScheme}-${width}.png`), fullPage: true });
  }
  assert.deepEqual(complaints, []);
  await context.close();
}
await browser.close();
console.log("articles, statements and events: all as it should be");
