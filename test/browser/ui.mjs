// Walks through the pages of a running `kg serve` in Chromium, as a user does.
//
//   node ui.mjs URL [--writable TOKEN] [--shots DIR]
//
// The store holds Russia, Iran and Turkey, each of which mediates kg:Astana_talks. Exits 1 after the first failure.
import { chromium } from "playwright-core";
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chrome } from "./chrome.mjs";

const [base, ...flags] = process.argv.slice(2);
const token = flags.includes("--writable") ? flags[flags.indexOf("--writable") + 1] : "";
const writable = token !== "";
const shots = flags.includes("--shots") ? flags[flags.indexOf("--shots") + 1] : "";
const origin = new URL(base).origin;

const profile = await mkdtemp(join(tmpdir(), "kg-browser-"));
const context = await chromium.launchPersistentContext(profile, {
  ...chrome,
  viewport: { width: 1440, height: 900 },
});
context.setDefaultTimeout(20_000);

// Everything that a page asks for and complains about. expected holds statuses that the test provokes.
const foreign = [];
const complaints = [];
let expected = [];
function watch(page) {
  page.on("request", (r) => {
    if (!r.url().startsWith("data:") && new URL(r.url()).origin !== origin) foreign.push(r.url());
  });
  page.on("requestfailed", (r) => {
    const why = r.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") complaints.push(`${r.url()}: ${why}`); // aborted: the test left the page meanwhile
  });
  page.on("response", (r) => {
    if (r.status() >= 400 && !expected.includes(r.status())) complaints.push(`${r.status()} ${r.url()}`);
  });
  page.on("console", (m) => {
    const provoked = expected.some((status) => m.text().includes(`status of ${status}`));
    if ((m.type() === "error" || m.type() === "warning") && !provoked) complaints.push(`console ${m.type()}: ${m.text()}`);
  });
  page.on("pageerror", (e) => {
    // Monaco 0.18's language worker says this when its editor goes away while it checks the text; nothing comes of it.
    if (!e.message.startsWith("Cannot read properties of null (reading 'getText')")) complaints.push(`script: ${e.message}`);
  });
}
context.on("page", watch);
const page = await context.newPage();

async function shot(name, at = page) {
  if (shots) await at.screenshot({ path: join(shots, name + ".png") });
}

// check runs fn; of a server that may write only what is told to be of both, since the rest is the same.
async function check(name, fn, both) {
  if (writable && !both) return;
  const start = Date.now();
  try {
    await fn();
    assert.deepEqual(foreign, [], "requests to other hosts");
    assert.deepEqual(complaints, [], "complaints of the browser");
  } catch (err) {
    await shot("failed").catch(() => {});
    console.error(`FAIL ${name}\n${err.stack}\n${complaints.join("\n")}`);
    await context.close();
    process.exit(1);
  }
  expected = [];
  console.log(`ok   ${name} (${Date.now() - start} ms)`);
}

const open = async (path) => {
  await page.goto(base + path);
  if (path.startsWith("/ui/")) await page.waitForSelector(".monaco-editor .view-lines");
};
// The text of the first editor; the second one shows the answer.
const editorText = (i = 0) =>
  page.evaluate((i) => window.monaco.editor.getModels()[i]?.getValue(), i);
// Types into the editor, key by key, so that completion and automatic brackets have their say.
async function type(text) {
  await page.click(".monaco-editor .view-lines");
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.type(text, { delay: 15 });
  await page.keyboard.press("Escape");
}
const run = () => page.click("button:has-text('Run')");
const note = (text) => page.waitForSelector(`#kg-note:not([hidden]):has-text(${JSON.stringify(text)})`);
const answerHas = (text) =>
  page.waitForFunction((t) => window.monaco.editor.getModels().some((m, i) => i > 0 && m.getValue().includes(t)), text);
const narrow = async (page) => {
  await page.waitForLoadState("load");
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
};

const mediates = 'g.V("<kg:Russia>").Out("<kgo:mediates>").All()';
const drawing = 'g.V().Tag("source").Out("<kgo:mediates>", "relation").Tag("target").All()';

for (const [width, height] of [[1440, 900], [390, 844]]) {
  await check(`start page, ${width} wide`, async () => {
    await page.setViewportSize({ width, height });
    await open("/");
    await page.waitForSelector("h1");
    assert.ok(await narrow(page), "the page is wider than the window");
    await page.waitForSelector("text=article read");
    await shot(`start-${width}`);
    await page.emulateMedia({ colorScheme: "dark" });
    await shot(`start-${width}-dark`);
    await page.emulateMedia({ colorScheme: "light" });
    await page.click("a:has-text('What does Russia mediate?')");
    await page.waitForSelector("td:has-text('kg:Astana_talks')");
    assert.ok(await narrow(page), "the results are wider than the window");
    await shot(`results-${width}`);
    await page.click("td a");
    await page.waitForSelector("h1:has-text('Astana talks')");
    await page.waitForSelector("main a:has-text('Russia')");
    assert.ok(await narrow(page), "the page of a name is wider than the window");
    await shot(`about-${width}`);
    expected = [400];
    await open("/query?lang=gizmo&q=" + encodeURIComponent("g.V("));
    await page.waitForSelector("[role=alert]");
    await shot(`error-${width}`);
  });
}
await page.setViewportSize({ width: 1440, height: 900 });

await check("a query typed into Cayley's UI is answered", async () => {
  await open("/ui/query");
  await type(mediates);
  assert.equal(await editorText(), mediates);
  await run();
  await answerHas("kg:Astana_talks");
  await note("1 row");
  await shot("ui-query");
  assert.ok(await page.evaluate(() => document.fonts.check('24px "Material Icons"')), "icon font is not loaded");
  await page.click("text=Query History");
  await page.waitForSelector(".QueryHistory .query:has-text('mediates')");
  assert.equal(await page.textContent(".QueryHistory .status"), "check_circle");
  await shot("ui-history");
}, true);

await check("Ctrl+Enter runs, a faulty query is explained, and the page lives on", async () => {
  await open("/ui/query");
  expected = [400];
  await type('g.V("<kg:Russia>").Nonsense()');
  await page.keyboard.press("Control+Enter");
  await answerHas('"error"');
  await page.waitForSelector("#kg-note.error");
  await type("g.V().Except(g.V('<unknown>')).All()"); // ends Cayley's own server
  await run();
  await page.waitForSelector("#kg-note:not(.error):not([hidden])");
  await type(mediates);
  await run();
  await answerHas("kg:Astana_talks");
});

await check("the editor completes Gizmo", async () => {
  await open("/ui/query");
  await type("");
  await page.keyboard.type("g.V().Ou", { delay: 30 });
  await page.keyboard.press("Control+Space");
  await page.waitForSelector(".suggest-widget .monaco-list-row:has-text('Out')");
  await shot("ui-completion");
  await page.keyboard.press("Escape");
});

await check("GraphQL and MQL", async () => {
  await page.goto(base + "/ui/query?lang=graphql&q=" + encodeURIComponent('{ nodes(id: <kg:Russia>) { id, <kgo:mediates> { id } } }'));
  await page.waitForSelector(".monaco-editor .view-lines");
  await run();
  await answerHas("kg:Astana_talks");
  await page.goto(base + "/ui/query?lang=mql&q=" + encodeURIComponent('[{"id": "<kg:Russia>", "<kgo:mediates>": null}]'));
  await page.waitForSelector(".monaco-editor .view-lines");
  await run();
  await answerHas("kg:Astana_talks");
});

await check("Query Shape draws a query", async () => {
  await open("/ui/shape?lang=gizmo&q=");
  await type(mediates);
  await run();
  await answerHas('"nodes"');
  await page.waitForSelector(".graph svg circle");
  assert.ok((await page.$$(".graph svg circle")).length >= 2, "fewer than two nodes");
  assert.ok((await page.$$(".graph svg line")).length >= 1, "no link");
  await page.waitForSelector(".graph text:has-text('<kg:Russia>')");
  await page.waitForSelector(".graph text.role:has-text('predicate')");
  await page.waitForTimeout(1500); // until the drawing rests
  await shot("ui-shape");
  expected = [400];
  await type("var x = ;");
  await run();
  await page.waitForSelector("#kg-note.error");
  await answerHas('"error"');
});

await check("Visualize draws the answer", async () => {
  await open("/ui/visualize?lang=gizmo&q=");
  await note("source and target");
  await type(drawing);
  await run();
  await page.waitForSelector(".graph svg circle");
  assert.equal((await page.$$(".graph svg circle")).length, 4);
  assert.equal((await page.$$(".graph svg line")).length, 3);
  await page.waitForSelector(".graph text:has-text('kg:Astana_talks')");
  assert.equal((await page.$$(".graph text.role:has-text('mediates')")).length, 3);
  await page.waitForTimeout(1500);
  const inside = await page.evaluate(() => {
    const box = document.querySelector(".graph svg").getBoundingClientRect();
    return [...document.querySelectorAll(".graph circle")].every((c) => {
      const b = c.getBoundingClientRect();
      return b.left >= box.left && b.right <= box.right && b.top >= box.top && b.bottom <= box.bottom;
    });
  });
  assert.ok(inside, "a node lies outside of the drawing");
  await shot("ui-visualize");
  // Rows that cannot be drawn: a list of texts, and nothing at all.
  await type('g.Emit("text"); g.V("<kg:nobody>").All()');
  await run();
  await note("source and target");
  await page.waitForSelector("text=Query Editor");
});

await check("the menu changes the address, and the address the page", async () => {
  await open("/ui/");
  await page.click("text=Visualize");
  await page.waitForURL("**/ui/visualize");
  await page.click("text=Query Shape");
  await page.waitForURL("**/ui/shape");
  await page.reload();
  await page.waitForSelector(".mdc-list-item--activated:has-text('Query Shape')");
  await page.click("text=Start page");
  await page.waitForURL(base + "/");
  await page.click("a:has-text('Open in the editor')");
  await page.waitForSelector(".monaco-editor .view-lines");
  assert.equal(await editorText(), mediates);
});

await check(writable ? "Write writes and deletes" : "Write says that the server is read-only", async () => {
  if (writable) {
    await open("/login?next=%2Fui%2Fwrite");
    await page.fill("input[type=password]", token);
    await page.click("main button[type=submit]");
    await page.waitForSelector(".monaco-editor .view-lines");
  } else await open("/ui/write");
  const quad = "<kg:Kazakhstan> <kgo:mediates> <kg:Astana_talks> .";
  if (!writable) {
    await note("read-only");
    expected = [403];
    await type(quad);
    await run();
    await page.waitForSelector("#kg-note.error:has-text('read-only')");
    await shot("ui-write");
    return;
  }
  await type(quad);
  await run();
  await note("Successfully wrote 1 quads.");
  await shot("ui-write");
  const answer = await page.evaluate(async () => {
    const r = await fetch("/api/v2/query?lang=gizmo", { method: "POST", body: 'g.V("<kg:Kazakhstan>").Out("<kgo:mediates>").All()' });
    return r.json();
  });
  assert.equal(answer.result[0].id, "<kg:Astana_talks>");
  await page.setInputFiles("input[type=file]", { name: "more.nq", mimeType: "", buffer: Buffer.from("<kg:Syria> <kgo:joins> <kg:Astana_talks> .\n") });
  await note("Successfully wrote 1 quads.");
  await page.selectOption("select", "delete");
  await run();
  await note("Successfully deleted 1 quads.");
}, true);

await check("a phone shows the editor", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open("/ui/query");
  await shot("ui-query-390");
  assert.ok(await narrow(page), "the page is wider than the window");
  await page.setViewportSize({ width: 1440, height: 900 });
});

await check("the pages work without script", async () => {
  const plain = await context.browser().newContext({ javaScriptEnabled: false });
  const p = await plain.newPage();
  watch(p);
  await p.goto(base + "/");
  await p.click("a:has-text('What does Russia mediate?')");
  await p.waitForSelector("td:has-text('kg:Astana_talks')");
  await plain.close();
});

await check("a page of another origin reaches nothing", async () => {
  // The test plays a foreign page by answering for it; no request leaves the machine.
  const other = await context.newPage();
  await other.route("http://foreign.example/**", (r) => r.fulfill({ contentType: "text/html", body: "<h1>foreign</h1>" }));
  await other.goto("http://foreign.example/");
  const outcome = await other.evaluate(async (base) => {
    const seen = {};
    for (const [name, url, init] of [
      ["query", "/api/v2/query?lang=gizmo", { method: "POST", body: "g.V().All()" }],
      ["write", "/api/v2/write", { method: "POST", body: "<kg:evil> <kg:evil> <kg:evil> .", mode: "no-cors" }],
      ["start", "/", {}],
    ]) {
      try {
        const r = await fetch(base + url, init);
        seen[name] = r.type === "opaque" ? "opaque" : await r.text();
      } catch (e) {
        seen[name] = "refused";
      }
    }
    return seen;
  }, base);
  assert.equal(outcome.query, "refused");
  assert.equal(outcome.start, "refused");
  await other.close();
  foreign.length = complaints.length = 0; // its own page and its failures
  const evil = await page.evaluate(async () => {
    const r = await fetch("/api/v2/query?lang=gizmo", { method: "POST", body: 'g.V("<kg:evil>").Out().All()' });
    return r.json();
  });
  assert.deepEqual(evil.result, [], "a foreign page wrote into the store");
}, true);

await context.close();
await rm(profile, { recursive: true, force: true });
