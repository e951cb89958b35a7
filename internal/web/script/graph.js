// The neighbourhood of an entity, drawn. The page has its content as a table; this adds the drawing.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { button, colours, dash, el, escapeXML, fileName, json, kindNames, number, onTheme, plural, save, sideColour, still, words } from "./lib/page.js";
import { graphML } from "./lib/graphml.js";
import { edgeLabel, edgeURL, kinds, statements } from "./lib/statements.js";

// cytoscape writes a style element unless one of this id is there, which the page's policy would refuse; draw.css has its rule.
document.head.append(el("meta", { id: "__________cytoscape_stylesheet" }));
cytoscape.use(fcose);

const root = document.getElementById("drawing");
const source = new URL(root.dataset.src, location.href);
const edgeID = (e) => JSON.stringify([e.source, e.target, e.side]);
const shapes = { state: "round-hexagon", place: "round-diamond", person: "ellipse", organization: "round-rectangle", event: "round-triangle", thing: "round-octagon" };

const status = el("p", { class: "draw-count", role: "status" });
const canvas = el("div", {
  class: "draw-canvas", tabindex: "0", role: "application",
  "aria-label": "Drawing of the graph. Arrow keys choose a neighbour, Enter shows its own neighbours, Backspace hides them, P pins it, F fits the drawing. The table below has the same content.",
});
const panel = el("aside", { class: "draw-panel", "aria-label": "What is chosen" });
const toggles = {};
for (const side of ["cooperation", "conflict", "other"]) {
  toggles[side] = el("button", { type: "button", class: `toggle toggle-${side}`, "aria-pressed": "true", title: `Show or hide ${side === "other" ? "what is neither" : side}`, onclick: () => toggle(side) }, side);
}
const pin = button("Pin", "Keep the chosen thing where it is (P)", () => pinChosen());
const bar = el(
  "div",
  { class: "draw-bar", role: "toolbar", "aria-label": "Drawing" },
  el("span", { class: "draw-group" }, button("Fit", "Show everything (F)", () => fit()), button("+", "Zoom in", () => zoom(1.3)), button("−", "Zoom out", () => zoom(1 / 1.3)), button("Arrange", "Lay everything out anew, what is pinned excepted", () => arrange()), pin),
  el("span", { class: "draw-group" }, ...Object.values(toggles)),
  el("span", { class: "draw-group" }, el("span", { class: "small" }, "Save"), button("PNG", "Save as a picture", savePNG), button("SVG", "Save as a drawing that scales", saveSVG), button("GraphML", "Save what is seen for Gephi, yEd and others", saveGraphML)),
);
root.append(bar, el("div", { class: "draw-split" }, canvas, panel), status);
root.hidden = false;

let focus = null; // id of the page's entity
let most = 1; // statements of the thinnest … thickest edge
const brought = new Map(); // id of a node → ids of nodes whose neighbourhoods hold it
const opened = new Map(); // id of an opened node → {shown, total}

const cy = cytoscape({ container: canvas, style: [], minZoom: 0.1, maxZoom: 4, boxSelectionEnabled: false, selectionType: "single" });

function style() {
  const c = colours();
  const font = getComputedStyle(document.body).fontFamily;
  cy.style([
    {
      selector: "node",
      style: {
        label: "data(name)", shape: (n) => shapes[n.data("kind")], width: "data(size)", height: "data(size)", "background-color": c.node, "border-width": 1.5, "border-color": c.soft,
        color: c.ink, "font-family": font, "font-size": narrow ? 15 : 12, "text-wrap": "ellipsis", "text-max-width": 130, "text-valign": "bottom", "text-margin-y": 4,
        "text-background-color": c.paper, "text-background-opacity": 0.8, "text-background-padding": 2, "min-zoomed-font-size": 7, "overlay-opacity": 0,
      },
    },
    { selector: "node.of", style: { "background-color": c.focus, "font-weight": 700, "font-size": narrow ? 18 : 15, "z-index": 20 } },
    { selector: "node.opened", style: { "border-width": 3 } },
    { selector: "node.pinned", style: { "border-style": "double", "border-width": 5 } },
    {
      selector: "edge",
      style: {
        width: "data(width)", "curve-style": "bezier", "control-point-step-size": 34, "line-color": (e) => sideColour(e.data("side"), c), "target-arrow-color": (e) => sideColour(e.data("side"), c),
        "target-arrow-shape": "triangle", "arrow-scale": 0.9, "line-style": (e) => (dash(e.data("status")).length ? "dashed" : "solid"),
        "line-dash-pattern": (e) => (dash(e.data("status")).length ? dash(e.data("status")) : [6, 3]), opacity: 0.8, color: c.ink, "font-family": font, "font-size": 10,
        "text-rotation": "autorotate", "text-background-color": c.paper, "text-background-opacity": 0.9, "text-background-padding": 2, "min-zoomed-font-size": 7, "overlay-opacity": 0,
      },
    },
    { selector: "edge.named", style: { label: "data(label)" } },
    { selector: ":selected", style: { "border-color": c.link, "border-width": 4 } },
    { selector: "edge:selected, edge.near", style: { label: "data(label)", opacity: 1, "z-index": 30 } },
    { selector: "edge:selected", style: { width: (e) => e.data("width") + 3 } },
    { selector: ".far", style: { opacity: 0.3 } },
    { selector: ".off", style: { display: "none" } },
  ]);
}

// take puts the neighbourhood of a node into the drawing.
function take(view) {
  const of = view.of.id;
  opened.set(of, { shown: view.shown, total: view.total, name: view.of.name });
  const centre = cy.getElementById(of).nonempty() ? cy.getElementById(of).position() : { x: 0, y: 0 };
  const fresh = [];
  view.nodes.forEach((n, i) => {
    if (!brought.has(n.id)) brought.set(n.id, new Set());
    brought.get(n.id).add(of);
    if (cy.getElementById(n.id).nonempty()) return;
    // A spiral is where the layout begins, so that the same answer gives the same drawing.
    const angle = i * 2.399963, far = i ? 120 + 34 * Math.sqrt(i) : 0;
    fresh.push({ group: "nodes", data: { ...n, size: 18 }, position: { x: centre.x + far * Math.cos(angle), y: centre.y + far * Math.sin(angle) } });
  });
  cy.add(fresh);
  for (const e of view.edges) {
    const id = edgeID(e);
    if (cy.getElementById(id).empty() && cy.getElementById(e.source).nonempty() && cy.getElementById(e.target).nonempty()) {
      cy.add({ group: "edges", data: { ...e, id, label: edgeLabel(e) } });
    }
  }
  cy.getElementById(of).addClass("opened");
  measure();
  return fresh.length;
}

// measure sizes nodes and edges by what is in the drawing.
function measure() {
  const top = Math.max(1, ...cy.nodes().map((n) => n.data("statements")));
  most = Math.max(1, ...cy.edges().map((e) => e.data("statements")));
  cy.batch(() => {
    cy.nodes().forEach((n) => void n.data("size", 16 + 34 * Math.sqrt(n.data("statements") / top)));
    cy.edges().forEach((e) => void e.data("width", 1.2 + 5 * Math.sqrt((e.data("statements") - 1) / most)));
    const named = cy.edges().sort((a, b) => b.data("statements") - a.data("statements")).slice(0, Math.max(12, 0.3 * cy.nodes().length));
    cy.edges().removeClass("named");
    named.addClass("named");
  });
}

function arrange(then) {
  const pinned = cy.nodes(".pinned").map((n) => ({ nodeId: n.id(), position: { ...n.position() } }));
  const layout = cy.elements(":visible").layout({
    name: "fcose", quality: "proof", randomize: false, animate: !still(), animationDuration: 400, fit: false, nodeDimensionsIncludeLabels: true, packComponents: false,
    nodeSeparation: 90, idealEdgeLength: (e) => 110 + 10 * Math.min(8, cy.nodes().length / 12) - 40 * Math.sqrt(e.data("statements") / most), nodeRepulsion: 12000, gravity: 0.15, numIter: 2500,
    fixedNodeConstraint: pinned.length ? pinned : undefined,
  });
  layout.one("layoutstop", () => {
    look();
    then?.();
  });
  layout.run();
}

// A narrow drawing, as on a phone, begins with few neighbours, and all of them in view.
const narrow = canvas.clientWidth < 560;
const fewNodes = 14;
const fit = () => cy.animate({ fit: { eles: cy.elements(":visible"), padding: narrow ? 8 : 30 }, duration: still() ? 0 : 250 });
// look shows everything where names can be read then, else what is around the page's entity.
function look() {
  const box = cy.elements(":visible").boundingBox();
  if (narrow || Math.min(cy.width() / box.w, cy.height() / box.h) > 0.6) fit();
  else cy.animate({ zoom: 0.75, center: { eles: cy.getElementById(focus) }, duration: still() ? 0 : 250 });
}
const zoom = (by) => cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });

function count() {
  const nodes = cy.nodes(":visible").length, edges = cy.edges(":visible");
  const sum = edges.reduce((n, e) => n + e.data("statements"), 0);
  status.textContent =
    `Showing ${plural(nodes, "name")} and ${plural(edges.length, "link")} of ${plural(sum, "statement")}: ` +
    ([...opened.values()].map((o) => `${number(o.shown)} of ${number(o.total)} beside ${o.name}`).join(", ") || "the rows of the answer") + ".";
}

function toggle(side) {
  const on = toggles[side].getAttribute("aria-pressed") !== "true";
  toggles[side].setAttribute("aria-pressed", String(on));
  applyToggles();
  count();
}
// applyToggles hides the links of sides that are off, and names whose links are all hidden.
function applyToggles() {
  cy.batch(() => {
    cy.edges().forEach((e) => void e.toggleClass("off", toggles[e.data("side") || "other"].getAttribute("aria-pressed") !== "true"));
    cy.nodes().forEach((n) => void n.toggleClass("off", n.id() !== focus && n.connectedEdges().every((e) => e.hasClass("off"))));
  });
}

async function expand(node) {
  if (opened.has(node.id())) return;
  const url = new URL(source);
  url.searchParams.set("of", node.id());
  url.searchParams.set("nodes", "15");
  try {
    const view = await json(url);
    const n = take(view);
    applyToggles();
    if (n) arrange();
    count();
    if (node.selected()) about(node);
  } catch (e) {
    status.textContent = e.message;
  }
}

function collapse(node) {
  const id = node.id();
  if (id === focus || !opened.has(id)) return;
  opened.delete(id);
  node.removeClass("opened");
  const gone = cy.nodes().filter((n) => {
    const by = brought.get(n.id());
    by.delete(id);
    return by.size === 0;
  });
  gone.forEach((n) => {
    brought.delete(n.id());
    opened.delete(n.id());
  });
  cy.remove(gone);
  applyToggles();
  measure();
  count();
  if (node.nonempty() && node.inside()) about(node);
}

function pinChosen() {
  const n = cy.$("node:selected");
  if (n.empty()) {
    status.textContent = "Choose a name in the drawing first.";
    return;
  }
  n.toggleClass("pinned");
  n.hasClass("pinned") ? n.lock() : n.unlock();
  pin.setAttribute("aria-pressed", String(n.hasClass("pinned")));
  about(n);
}

function about(n) {
  const d = n.data();
  const out = opened.get(d.id);
  const list = n.connectedEdges(":visible").sort((a, b) => b.data("statements") - a.data("statements")).slice(0, 12);
  panel.replaceChildren(
    el("h2", {}, d.name),
    el("p", { class: "small" }, [d.type, plural(d.statements, "statement")].filter(Boolean).join(" · ")),
    el(
      "p",
      { class: "draw-do" },
      el("a", { href: d.url }, "Its page"),
      (d.id !== focus || root.dataset.rows) && el("a", { href: `/graph?of=${encodeURIComponent(d.id)}` }, "Its graph"),
      !out && button("Expand", "Show its own neighbours (Enter, double click)", () => expand(n)),
      out && d.id !== focus && button("Collapse", "Hide what came with it (Backspace)", () => collapse(n)),
      button(n.hasClass("pinned") ? "Unpin" : "Pin", "Keep it where it is (P)", pinChosen),
    ),
    el("ul", { class: "draw-links" }, ...list.map((e) => el("li", {}, el("button", { type: "button", class: "plain", onclick: () => choose(e) }, `${e.data("source_name")} → ${e.data("target_name")}: ${e.data("label")}`), el("span", { class: "n" }, number(e.data("statements")))))),
  );
}

function edge(e) {
  const d = e.data();
  const url = edgeURL(source, d);
  if (!root.dataset.rows) url.searchParams.set("of_side", d.side);
  const list = el("ul", { class: "claims" });
  panel.replaceChildren(
    el("h2", {}, `${d.source_name} → ${d.target_name}`),
    el("p", { class: "small" }, [d.side || "neither cooperation nor conflict", plural(d.statements, "statement"), plural(d.articles, "article"), d.first && (d.first === d.last ? words(d.first) : `${words(d.first)} to ${words(d.last)}`)].filter(Boolean).join(" · ")),
    el("p", { class: "small" }, d.relations.slice(0, 6).map((r) => `${r.name} ${r.statements}`).join(", ") + (kinds(d) > 6 ? `, ${kinds(d) - 6} more` : "")),
    list,
  );
  statements(list, url);
}

function nothing() {
  panel.replaceChildren(
    el("h2", {}, "Nothing chosen"),
    el("p", {}, "Click a line for its sentences, a name for what it is linked with. Double click a name to see its own neighbours."),
    el("ul", { class: "draw-key" },
      ...Object.entries(kindNames).map(([k, text]) => el("li", {}, key(k), text)),
      ...[["asserted", "said as a fact"], ["reported", "somebody says so"], ["planned", "planned, asked for, possible"], ["denied", "denied, no longer so"]].map(([s, text]) => el("li", {}, line(s), text))),
  );
}

const svg = (tag, attributes, ...children) => {
  const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  e.append(...children);
  return e;
};
const key = (kind) => svg("svg", { viewBox: "-12 -12 24 24", class: "key", "aria-hidden": "true" }, svg("path", { d: outline(kind, 0, 0, 20), class: "key-node" }));
const line = (how) => svg("svg", { viewBox: "0 0 34 10", class: "key key-line", "aria-hidden": "true" }, svg("path", { d: "M1 5H33", "stroke-dasharray": dash(how).join(" ") || "none" }));

// outline is the path of a node's shape around x, y.
function outline(kind, x, y, size) {
  const r = size / 2;
  const poly = (n, turn) => "M" + Array.from({ length: n }, (_, i) => `${(x + r * Math.sin(turn + (2 * Math.PI * i) / n)).toFixed(1)} ${(y - r * Math.cos(turn + (2 * Math.PI * i) / n)).toFixed(1)}`).join("L") + "Z";
  switch (kind) {
    case "state":
      return poly(6, Math.PI / 2);
    case "place":
      return poly(4, 0);
    case "event":
      return poly(3, 0);
    case "organization":
      return `M${x - r} ${y - r * 0.9}h${size}v${r * 1.8}h${-size}Z`;
    case "thing":
      return poly(8, Math.PI / 8);
  }
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${size} 0a${r} ${r} 0 1 0 ${-size} 0Z`;
}

function choose(e) {
  cy.elements().unselect();
  e.select();
}

cy.on("select", "node", (ev) => {
  const n = ev.target;
  cy.elements().addClass("far");
  n.closedNeighborhood().removeClass("far");
  n.connectedEdges().addClass("near");
  pin.setAttribute("aria-pressed", String(n.hasClass("pinned")));
  about(n);
});
cy.on("select", "edge", (ev) => {
  cy.elements().addClass("far");
  ev.target.removeClass("far").connectedNodes().removeClass("far");
  edge(ev.target);
});
cy.on("unselect", () => {
  cy.elements().removeClass("far near");
  if (cy.$(":selected").empty()) nothing();
});
cy.on("mouseover", "edge", (ev) => ev.target.addClass("near"));
cy.on("mouseout", "edge", (ev) => ev.target.removeClass("near"));
cy.on("mouseover", "node, edge", () => canvas.classList.add("over"));
cy.on("mouseout", "node, edge", () => canvas.classList.remove("over"));
cy.on("dbltap", "node", (ev) => (opened.has(ev.target.id()) ? collapse(ev.target) : expand(ev.target)));

canvas.addEventListener("keydown", (ev) => {
  const n = cy.$("node:selected");
  const direction = { ArrowRight: 0, ArrowDown: 90, ArrowLeft: 180, ArrowUp: 270 }[ev.key];
  if (direction !== undefined) {
    if (n.empty()) choose(cy.getElementById(focus));
    else {
      const at = n.position();
      let best = null, least = Infinity;
      cy.nodes(":visible").not(n).forEach((o) => {
        const p = o.position();
        const off = Math.abs(((Math.atan2(p.y - at.y, p.x - at.x) * 180) / Math.PI - direction + 540) % 360 - 180);
        const far = Math.hypot(p.x - at.x, p.y - at.y) * (1 + off / 30);
        if (off < 60 && far < least) [best, least] = [o, far];
      });
      if (best) choose(best);
    }
  } else if (ev.key === "Enter" && n.nonempty()) expand(n);
  else if (ev.key === "Backspace" && n.nonempty()) collapse(n);
  else if (ev.key === "p" || ev.key === "P") pinChosen();
  else if (ev.key === "f" || ev.key === "F") fit();
  else if (ev.key === "+") zoom(1.3);
  else if (ev.key === "-") zoom(1 / 1.3);
  else if (ev.key === "Escape") cy.elements().unselect();
  else return;
  ev.preventDefault();
});

const name = () => fileName("graph", opened.get(focus)?.name);
function savePNG() {
  save(`${name()}.png`, cy.png({ output: "blob", full: true, scale: 2, bg: colours().paper, maxWidth: 8000, maxHeight: 8000 }));
}
const seenNodes = () => cy.nodes(":visible").map((n) => n.data());
const seenEdges = () => cy.edges(":visible").map((e) => e.data());
function saveGraphML() {
  save(`${name()}.graphml`, graphML(seenNodes(), seenEdges()), "application/graphml+xml");
}

function saveSVG() {
  const c = colours();
  const box = cy.elements(":visible").boundingBox();
  const pad = 20;
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${(box.x1 - pad).toFixed(0)} ${(box.y1 - pad).toFixed(0)} ${(box.w + 2 * pad).toFixed(0)} ${(box.h + 2 * pad).toFixed(0)}" font-family="sans-serif" font-size="12" text-anchor="middle">`,
    `<title>${escapeXML(document.title)}</title>`,
    `<rect x="${box.x1 - pad}" y="${box.y1 - pad}" width="${box.w + 2 * pad}" height="${box.h + 2 * pad}" fill="${c.paper}"/>`,
  ];
  const text = (x, y, s, more = "") => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${c.ink}" stroke="${c.paper}" stroke-width="3" paint-order="stroke" ${more}>${escapeXML(s)}</text>`;
  const labels = [];
  cy.edges(":visible").forEach((e) => {
    const a = e.sourceEndpoint(), b = e.targetEndpoint(), via = e.controlPoints()?.[0] ?? e.midpoint(), d = e.data();
    if (![a.x, a.y, b.x, b.y, via.x, via.y].every(Number.isFinite)) return;
    const colour = sideColour(d.side, c), turn = Math.atan2(b.y - via.y, b.x - via.x), size = 4 + d.width * 1.5;
    const at = (far, side) => `${(b.x - far * Math.cos(turn) + side * Math.sin(turn)).toFixed(1)} ${(b.y - far * Math.sin(turn) - side * Math.cos(turn)).toFixed(1)}`;
    out.push(`<path d="M${a.x.toFixed(1)} ${a.y.toFixed(1)}Q${via.x.toFixed(1)} ${via.y.toFixed(1)} ${at(size * 0.8, 0)}" fill="none" stroke="${colour}" stroke-width="${d.width.toFixed(1)}" stroke-dasharray="${dash(d.status).join(" ") || "none"}"><title>${escapeXML(`${d.source_name} ${d.label} ${d.target_name}: ${d.statements} statements, ${d.status}`)}</title></path>`);
    out.push(`<path d="M${at(0, 0)}L${at(size, size * 0.5)}L${at(size, -size * 0.5)}Z" fill="${colour}"/>`);
    if (e.hasClass("named") || e.hasClass("near") || e.selected()) {
      const m = e.midpoint();
      let turn = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
      if (turn > 90 || turn < -90) turn += 180;
      labels.push(text(m.x, m.y + 3, d.label, `font-size="10" transform="rotate(${turn.toFixed(1)} ${m.x.toFixed(1)} ${m.y.toFixed(1)})"`));
    }
  });
  cy.nodes(":visible").forEach((n) => {
    const p = n.position(), d = n.data();
    out.push(`<path d="${outline(d.kind, p.x, p.y, d.size)}" fill="${d.id === focus ? c.focus : c.node}" stroke="${c.soft}" stroke-width="1.5"/>`);
    labels.push(text(p.x, p.y + d.size / 2 + 14, d.name, d.id === focus ? 'font-weight="bold"' : ""));
  });
  save(`${name()}.svg`, [...out, ...labels, "</svg>", ""].join("\n"), "image/svg+xml");
}

// rows makes a drawing of the rows of a query that have a source and a target.
function rows(answer) {
  const place = Object.fromEntries(answer.columns.map((c, i) => [c, i]));
  const nodes = new Map(), edges = new Map();
  for (const row of answer.rows) {
    const [a, b, r] = ["source", "target", "relation"].map((c) => row[place[c]]);
    if (!a?.id || !b?.id) continue;
    for (const n of [a, b]) {
      if (!nodes.has(n.id)) nodes.set(n.id, { id: n.id, name: n.text, kind: n.kind ?? "thing", type: "", statements: 0, url: n.url });
      nodes.get(n.id).statements++;
    }
    const id = JSON.stringify([a.id, b.id]);
    if (!edges.has(id)) edges.set(id, { source: a.id, target: b.id, source_name: a.text, target_name: b.text, side: "", status: "asserted", statements: 0, articles: 0, relations: [] });
    const e = edges.get(id), name = r?.text ?? "to";
    e.statements++;
    const known = e.relations.find((x) => x.name === name);
    known ? known.statements++ : e.relations.push({ id: r?.id ?? "", name, statements: 1 });
  }
  const sorted = [...nodes.values()].sort((a, b) => b.statements - a.statements);
  return { of: sorted[0], nodes: sorted.slice(0, 400), edges: [...edges.values()], total: sorted.length };
}

// first is the address of what is drawn at first.
function first() {
  const url = new URL(source);
  if (narrow && !url.searchParams.has("nodes")) url.searchParams.set("nodes", fewNodes);
  return url;
}

style();
onTheme(style);
nothing();
status.textContent = "Drawing …";
if (root.dataset.rows) {
  root.classList.add("of-rows");
  json(root.dataset.rows).then(
    (answer) => {
      const v = rows(answer);
      take(v);
      opened.clear();
      cy.nodes().removeClass("opened");
      focus = v.of.id;
      status.textContent = `Showing ${plural(cy.nodes().length, "name")} of ${number(v.total)} and ${plural(cy.edges().length, "link")}.`;
      arrange(() => root.setAttribute("data-ready", ""));
    },
    (e) => (status.textContent = e.message),
  );
} else json(first()).then(
  (view) => {
    focus = view.of.id;
    take(view);
    cy.getElementById(focus).addClass("of");
    count();
    arrange(() => root.setAttribute("data-ready", ""));
  },
  (e) => (status.textContent = e.message),
);
