// Thousands of names in one drawing. The layout runs in a worker, WebGL draws.
import Graph from "graphology";
import Sigma from "sigma";
import { button, colours, el, escapeXML, fileName, json, kindNames, number, onTheme, plural, save, sideColour } from "./lib/page.js";
import { graphML } from "./lib/graphml.js";
import { edgeLabel, edgeURL, statements } from "./lib/statements.js";

const root = document.getElementById("drawing");
const shown = new Set(Object.keys(kindNames));
const labels = []; // of the picture that is being drawn
let view, graph, renderer, chosen = null, hovered = null, c = colours();

const status = el("p", { class: "draw-count", role: "status" }, "Reading …");
const canvas = el("div", { class: "draw-canvas tall", role: "img", "aria-label": "Drawing of the names that have most statements, those that are linked near each other. The table below has the same content." });
const panel = el("aside", { class: "draw-panel", "aria-label": "What is chosen" });
const names = el("datalist", { id: "draw-names" });
const find = el("input", { type: "search", list: "draw-names", id: "draw-find", size: "22", autocomplete: "off" });
const camera = () => renderer.getCamera();
const bar = el(
  "div",
  { class: "draw-bar", role: "toolbar", "aria-label": "Drawing" },
  el("form", { class: "draw-group", role: "search", "aria-label": "Find in the drawing", onsubmit: (ev) => (ev.preventDefault(), findName()) }, el("label", { for: "draw-find" }, "Find"), find, names, el("button", { type: "submit" }, "Go to")),
  el("span", { class: "draw-group" }, button("Fit", "Show everything", () => camera().animatedReset()), button("+", "Zoom in", () => camera().animatedZoom()), button("−", "Zoom out", () => camera().animatedUnzoom())),
  el("span", { class: "draw-group" }, ...Object.entries(kindNames).map(([k, text]) => {
    const b = el("button", { type: "button", class: `toggle kind-${k}`, "aria-pressed": "true", title: `Show or hide: ${text}`, onclick: () => {
      const on = !shown.has(k);
      on ? shown.add(k) : shown.delete(k);
      b.setAttribute("aria-pressed", String(on));
      renderer.refresh();
      count();
    } }, text);
    return b;
  })),
  el("span", { class: "draw-group" }, el("span", { class: "small" }, "Save"), button("PNG", "Save what is seen as a picture", savePNG), button("SVG", "Save as a drawing that scales", saveSVG), button("GraphML", "Save for Gephi, yEd and others", saveGraphML)),
);
root.append(bar, el("div", { class: "draw-split" }, canvas, panel), status);
root.hidden = false;

const kindColour = (kind) => getComputedStyle(document.documentElement).getPropertyValue(`--draw-${kind}`).trim() || c.soft;
let kindColours = {};
function theme() {
  c = colours();
  kindColours = Object.fromEntries(Object.keys(kindNames).map((k) => [k, kindColour(k)]));
  renderer?.setSetting("labelColor", { color: c.ink });
  renderer?.refresh();
}

// mix lays a colour (#rgb, #rrggbb) thinly over the page's: WebGL's own transparency would add up where lines cross.
function mix(colour, part) {
  const parts = (hex) => {
    const h = hex.replace("#", "");
    return [0, 1, 2].map((i) => parseInt(h.length === 3 ? h[i] + h[i] : h.slice(2 * i, 2 * i + 2), 16));
  };
  const [a, b] = [parts(colour), parts(c.paper)];
  return `#${a.map((v, i) => Math.round(v * part + b[i] * (1 - part)).toString(16).padStart(2, "0")).join("")}`;
}

function draw() {
  graph = new Graph({ type: "directed", multi: true });
  const top = Math.max(1, ...view.nodes.map((n) => n.statements));
  view.nodes.forEach((n, i) => {
    const angle = i * 2.399963, far = 30 * Math.sqrt(i + 1);
    graph.addNode(n.id, { ...n, type: "circle", what: n.type, label: n.name, x: far * Math.cos(angle), y: far * Math.sin(angle), size: 2 + 14 * Math.sqrt(n.statements / top) });
  });
  for (const e of view.edges) if (graph.hasNode(e.source) && graph.hasNode(e.target)) graph.addDirectedEdge(e.source, e.target, { ...e, size: Math.min(4, 0.3 + Math.log2(1 + e.statements) * 0.5) });
  renderer = new Sigma(graph, canvas, {
    allowInvalidContainer: true, enableEdgeEvents: view.edges.length < 6000, defaultEdgeType: "arrow", labelFont: getComputedStyle(document.body).fontFamily, labelSize: 12, labelWeight: "500", labelColor: { color: c.ink },
    labelDensity: 2, labelGridCellSize: 110, labelRenderedSizeThreshold: 5, zIndex: true, stagePadding: 24, minCameraRatio: 0.02, maxCameraRatio: 3,
    defaultDrawNodeHover: hover, defaultDrawNodeLabel: (context, data, settings) => void labels.push({ context, data, settings }),
    nodeReducer: (id, d) => {
      if (!shown.has(d.kind)) return { ...d, hidden: true };
      const at = chosen ?? hovered;
      const near = !at || id === at || graph.areNeighbors(id, at);
      return { ...d, color: id === chosen ? c.focus : near ? kindColours[d.kind] : mix(c.line, 0.6), label: near ? d.label : "", forceLabel: id === chosen, zIndex: near ? 1 : 0, highlighted: id === chosen };
    },
    edgeReducer: (id, d) => {
      const at = chosen ?? hovered;
      if (at && !graph.hasExtremity(id, at)) return { ...d, hidden: true };
      return { ...d, label: "", color: mix(sideColour(d.side, c), at ? 0.85 : d.side ? 0.4 : 0.22), zIndex: at || d.side ? 1 : 0 };
    },
  });
  renderer.on("afterRender", drawLabels);
  renderer.on("clickNode", ({ node }) => choose(node));
  renderer.on("clickStage", () => choose(null));
  renderer.on("clickEdge", ({ edge }) => edgeClicked(edge));
  renderer.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
    preventSigmaDefault();
    location.href = `/graph?of=${encodeURIComponent(node)}`;
  });
  renderer.on("enterNode", ({ node }) => {
    hovered = node;
    canvas.classList.add("over");
    renderer.refresh({ skipIndexation: true });
  });
  renderer.on("leaveNode", () => {
    hovered = null;
    canvas.classList.remove("over");
    renderer.refresh({ skipIndexation: true });
  });
  names.replaceChildren(...view.nodes.map((n) => el("option", { value: n.name })));
  onTheme(theme);
  layout();
}

// drawLabels writes the names of a picture, those of the largest first, each where it covers no other: right of its circle, else left of
// it, else not at all.
function drawLabels() {
  const taken = [];
  const width = canvas.clientWidth;
  for (const { context, data, settings } of labels.sort((a, b) => b.data.size - a.data.size)) {
    context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
    const w = context.measureText(data.label).width;
    for (const x of [data.x + data.size + 3, data.x - data.size - 3 - w]) {
      const box = { x0: x - 3, x1: x + w + 3, y0: data.y - 8, y1: data.y + 8 };
      if (box.x0 < 0 || box.x1 > width || taken.some((t) => t.x0 < box.x1 && box.x0 < t.x1 && t.y0 < box.y1 && box.y0 < t.y1)) continue;
      taken.push(box);
      context.lineWidth = 3;
      context.lineJoin = "round";
      context.strokeStyle = c.paper;
      context.strokeText(data.label, x, data.y + 4);
      context.fillStyle = c.ink;
      context.fillText(data.label, x, data.y + 4);
      break;
    }
  }
  labels.length = 0;
}

// hover draws a label on a plate, in the colours of the page.
function hover(context, data, settings) {
  if (!data.label) return;
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  const w = context.measureText(data.label).width + 12, x = data.x + data.size + 2, y = data.y - 10;
  context.fillStyle = c.panel;
  context.strokeStyle = c.soft;
  context.beginPath();
  context.roundRect(x, y, w, 20, 4);
  context.fill();
  context.stroke();
  context.fillStyle = c.ink;
  context.fillText(data.label, x + 6, data.y + 4);
}

function layout() {
  const order = graph.order, ids = graph.nodes(), place = new Map(ids.map((id, i) => [id, i]));
  const nodes = new Float32Array(order * 10), pairs = new Map();
  graph.forEachEdge((_, d, s, t) => {
    const a = place.get(s), b = place.get(t);
    if (a === b) return;
    const k = a < b ? a * order + b : b * order + a;
    pairs.set(k, (pairs.get(k) ?? 0) + d.statements);
  });
  const edges = new Float32Array(pairs.size * 3);
  const mass = new Float32Array(order).fill(1);
  let j = 0;
  for (const [k, weight] of pairs) {
    const a = Math.floor(k / order), b = k % order;
    edges.set([a * 10, b * 10, Math.log2(1 + weight)], j);
    mass[a]++;
    mass[b]++;
    j += 3;
  }
  ids.forEach((id, i) => {
    const d = graph.getNodeAttributes(id);
    nodes.set([d.x, d.y, 0, 0, 0, 0, mass[i], 1, d.size, 0], i * 10);
  });
  const worker = new Worker(root.dataset.worker);
  worker.onmessage = ({ data: { positions, part, done } }) => {
    let i = 0;
    graph.updateEachNodeAttributes((_, d) => {
      d.x = positions[2 * i];
      d.y = positions[2 * i + 1];
      i++;
      return d;
    }, { attributes: ["x", "y"] });
    if (done) {
      worker.terminate();
      count();
      root.setAttribute("data-ready", "");
    } else status.textContent = `Laying out … ${Math.round(part * 100)} %`;
  };
  worker.onerror = () => (status.textContent = "The layout could not be made; the table below has the same content.");
  worker.postMessage({ order, nodes, edges, rounds: order > 1000 ? 250 : 400 }, [nodes.buffer, edges.buffer]);
}

function count() {
  const nodes = graph.filterNodes((_, d) => shown.has(d.kind)).length;
  status.textContent = `Showing ${number(nodes)} of ${plural(view.total, "name")} and ${number(view.edges.length)} of ${plural(view.total_edges, "link")}, of ${plural(view.statements, "statement")}.`;
}

function findName() {
  const q = find.value.trim().toLowerCase();
  if (!q) return choose(null);
  const n = view.nodes.find((n) => n.name.toLowerCase() === q) ?? view.nodes.find((n) => n.name.toLowerCase().startsWith(q)) ?? view.nodes.find((n) => n.name.toLowerCase().includes(q));
  if (!n) {
    status.textContent = `None of the names shown has “${find.value}” in it.`;
    return;
  }
  choose(n.id);
  const at = renderer.getNodeDisplayData(n.id);
  camera().animate({ x: at.x, y: at.y, ratio: 0.25 }, { duration: 400 });
}

function choose(id) {
  chosen = id;
  renderer.refresh({ skipIndexation: true });
  if (!id) return nothing();
  const d = graph.getNodeAttributes(id);
  const list = graph.edges(id).sort((a, b) => graph.getEdgeAttribute(b, "statements") - graph.getEdgeAttribute(a, "statements"));
  panel.replaceChildren(
    el("h2", {}, d.name),
    el("p", { class: "small" }, [d.what, plural(d.statements, "statement"), plural(list.length, "link")].filter(Boolean).join(" · ")),
    el("p", { class: "draw-do" }, el("a", { href: d.url }, "Its page"), el("a", { href: `/graph?of=${encodeURIComponent(id)}` }, "Its neighbours")),
    el("ul", { class: "draw-links" }, ...list.slice(0, 14).map((e) => {
      const a = graph.getEdgeAttributes(e);
      return el("li", {}, el("button", { type: "button", class: "plain", onclick: () => edgeClicked(e) }, `${a.source_name} → ${a.target_name}: ${edgeLabel(a)}`), el("span", { class: "n" }, number(a.statements)));
    })),
  );
}

function edgeClicked(id) {
  const d = graph.getEdgeAttributes(id);
  const url = edgeURL(new URL(root.dataset.src, location.href), d);
  url.searchParams.set("of_side", d.side);
  const list = el("ul", { class: "claims" });
  panel.replaceChildren(el("h2", {}, `${d.source_name} → ${d.target_name}`), el("p", { class: "small" }, [d.side, plural(d.statements, "statement")].filter(Boolean).join(" · ")), list);
  statements(list, url);
}

function nothing() {
  panel.replaceChildren(
    el("h2", {}, "Nothing chosen"),
    el("p", {}, "Point at a name to see what it is linked with, click it for its statements, double click to draw its neighbours."),
    el("ul", { class: "draw-key" }, ...Object.entries(kindNames).map(([k, text]) => el("li", {}, el("span", { class: `dot kind-${k}` }), text))),
  );
}

const name = () => fileName("overview", view.of?.name);
const seen = () => graph.filterNodes((_, d) => shown.has(d.kind)).map((id) => ({ ...graph.getNodeAttributes(id), type: graph.getNodeAttribute(id, "what") }));
function saveGraphML() {
  save(`${name()}.graphml`, graphML(seen(), view.edges.filter((e) => shown.has(graph.getNodeAttribute(e.source, "kind")) && shown.has(graph.getNodeAttribute(e.target, "kind")))), "application/graphml+xml");
}

// savePNG lays the renderer's canvases one over the other. WebGL keeps no picture, so it is drawn just before.
function savePNG() {
  renderer.refresh();
  const layers = Object.values(renderer.getCanvases());
  const out = document.createElement("canvas");
  out.width = layers[0].width;
  out.height = layers[0].height;
  const context = out.getContext("2d");
  context.fillStyle = c.paper;
  context.fillRect(0, 0, out.width, out.height);
  for (const l of layers) context.drawImage(l, 0, 0, out.width, out.height);
  out.toBlob((b) => save(`${name()}.png`, b));
}

function saveSVG() {
  const nodes = seen(), at = new Map(nodes.map((n) => [n.id, n]));
  const xs = nodes.map((n) => n.x), ys = nodes.map((n) => -n.y);
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = 1600 / Math.max(x1 - x0, y1 - y0, 1);
  const X = (n) => ((n.x - x0) * scale + 60).toFixed(1), Y = (n) => ((-n.y - y0) * scale + 60).toFixed(1);
  const out = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${((x1 - x0) * scale + 120).toFixed(0)} ${((y1 - y0) * scale + 120).toFixed(0)}" font-family="sans-serif" font-size="11">`, `<rect width="100%" height="100%" fill="${c.paper}"/>`];
  for (const e of view.edges) {
    const a = at.get(e.source), b = at.get(e.target);
    if (a && b) out.push(`<path d="M${X(a)} ${Y(a)}L${X(b)} ${Y(b)}" stroke="${sideColour(e.side, c)}" stroke-opacity=".2" stroke-width="${(0.3 + Math.log2(1 + e.statements) * 0.4).toFixed(1)}"/>`);
  }
  for (const n of nodes) out.push(`<circle cx="${X(n)}" cy="${Y(n)}" r="${n.size.toFixed(1)}" fill="${kindColours[n.kind]}"><title>${escapeXML(`${n.name}, ${n.statements} statements`)}</title></circle>`);
  for (const n of nodes.filter((n) => n.size > 4)) out.push(`<text x="${(+X(n) + n.size + 2).toFixed(1)}" y="${(+Y(n) + 4).toFixed(1)}" fill="${c.ink}">${escapeXML(n.name)}</text>`);
  save(`${name()}.svg`, [...out, "</svg>", ""].join("\n"), "image/svg+xml");
}

theme();
nothing();
json(root.dataset.src).then(
  (v) => {
    view = v;
    try {
      draw();
    } catch (e) {
      status.textContent = `This browser cannot draw it (${e.message}); the table below has the same content.`;
    }
  },
  (e) => (status.textContent = e.message),
);
