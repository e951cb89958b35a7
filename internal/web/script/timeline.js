// Statements over time: cooperation upwards, conflict downwards, what is neither below; events as marks on top. A part of the time that is
// brushed becomes the filter of the page.
import { axisBottom, axisLeft } from "d3-axis";
import { brushX } from "d3-brush";
import { scaleLinear, scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { button, el, fileName, json, number, plural, saveSVG, words } from "./lib/page.js";

const root = document.getElementById("drawing");
const canvas = el("div", { class: "time-canvas" });
const chosen = el("a", { class: "button quiet", hidden: true }, "");
const tip = el("p", { class: "draw-count", role: "status" });
const bar = el("div", { class: "draw-bar" }, el("span", { class: "draw-group key-side" }, el("span", { class: "side side-cooperation" }, "cooperation"), el("span", { class: "side side-conflict" }, "conflict"), el("span", { class: "side side-neither" }, "neither")), el("span", { class: "draw-group" }, el("span", { class: "small" }, "Drag over a time to look at it alone."), chosen), el("span", { class: "draw-group" }, el("span", { class: "small" }, "Save"), button("SVG", "Save as a drawing that scales", () => saveSVG(fileName("timeline", view.of?.name), canvas.querySelector("svg")))));
root.append(bar, canvas, tip);
root.hidden = false;

const day = (s) => new Date(`${s}T00:00:00Z`);
const iso = (d) => d.toISOString().slice(0, 10);
let view;

function draw() {
  const width = canvas.clientWidth, narrow = width < 600;
  if (width < 120) return; // not laid out
  const m = { left: 46, right: 14, top: 10, bottom: 26 };
  const rows = view.events.length > 40 ? 5 : 3;
  const lanes = { events: 18 + 14 * rows, up: narrow ? 90 : 120, down: narrow ? 90 : 120, other: 56 };
  const height = m.top + lanes.events + lanes.up + lanes.down + 16 + lanes.other + m.bottom;
  const end = new Date(day(view.to).getTime() + 864e5);
  const x = scaleUtc([day(view.from), end], [m.left, width - m.right]);
  const most = Math.max(1, ...view.bins.flatMap((b) => [b.cooperation, b.conflict]));
  const zero = m.top + lanes.events + lanes.up;
  // One scale for both sides, so that bars can be compared.
  const size = scaleLinear([0, most], [0, Math.min(lanes.up, lanes.down) - 4]).nice();
  const foot = zero + lanes.down + 16 + lanes.other;
  const other = scaleLinear([0, Math.max(1, ...view.bins.map((b) => b.other))], [0, lanes.other - 6]);
  canvas.replaceChildren();
  const svg = select(canvas).append("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height).attr("role", "group").attr("aria-label", "Statements over time; the table below has the same numbers");
  const axis = (g) => g.attr("class", "axis");
  svg.append("g").attr("transform", `translate(0,${foot})`).call(axisBottom(x).ticks(Math.max(3, width / 130)).tickSizeOuter(0)).call(axis);
  const up = scaleLinear([0, size.domain()[1]], [zero, zero - size.range()[1]]);
  const down = scaleLinear([0, size.domain()[1]], [zero, zero + size.range()[1]]);
  const integer = (s) => s.ticks(3).filter(Number.isInteger);
  svg.append("g").attr("transform", `translate(${m.left},0)`).call(axisLeft(up).tickValues(integer(up)).tickFormat(number)).call(axis);
  svg.append("g").attr("transform", `translate(${m.left},0)`).call(axisLeft(down).tickValues(integer(down).slice(1)).tickFormat(number)).call(axis);
  svg.append("line").attr("class", "zero").attr("x1", m.left).attr("x2", width - m.right).attr("y1", zero).attr("y2", zero);
  svg.append("text").attr("class", "lane").attr("x", m.left).attr("y", m.top + 4).text(view.events.length ? "events" : "");
  svg.append("text").attr("class", "lane").attr("x", m.left + 4).attr("y", foot - lanes.other - 2).text("neither");

  const brush = brushX().extent([[m.left, m.top + lanes.events], [width - m.right, foot]]).on("brush end", brushed);
  svg.append("g").attr("class", "brush").call(brush);

  const bars = svg.append("g");
  for (const b of view.bins) {
    const x0 = Math.max(x(day(b.from)), m.left), x1 = Math.min(x(new Date(day(b.to).getTime() + 864e5)), width - m.right), w = Math.max(1, x1 - x0 - (x1 - x0 > 4 ? 1 : 0));
    const rect = (cls, y, h) => h > 0 && bars.append("rect").attr("class", cls).attr("x", x0).attr("width", w).attr("y", y).attr("height", h).append("title").text(`${words(b.from)}${b.to === b.from ? "" : ` – ${words(b.to)}`}: ${plural(b.cooperation, "cooperation", "cooperation")}, ${number(b.conflict)} conflict, ${number(b.other)} neither`);
    rect("bar-cooperation", zero - size(b.cooperation), size(b.cooperation));
    rect("bar-conflict", zero, size(b.conflict));
    rect("bar-other", foot - other(b.other), other(b.other));
  }

  // Marks of events go where there is room; those of most articles take it first.
  const marks = svg.append("g"), taken = [];
  for (const e of [...view.events].sort((a, b) => b.articles - a.articles || b.statements - a.statements)) {
    const at = x(day(e.day)) + 3, r = 3 + Math.min(5, Math.log2(1 + e.articles));
    let row = 0;
    while (row < rows && taken.some((t) => t.row === row && Math.abs(t.at - at) < t.r + r + 1)) row++;
    if (row === rows) continue;
    taken.push({ at, r, row });
    const a = marks.append("a").attr("href", e.url).attr("class", `mark mark-${e.side || "neither"}`);
    const y = m.top + 16 + row * 14;
    if (e.side === "conflict") a.append("path").attr("d", `M${at} ${y - r}l${r} ${2 * r}h${-2 * r}Z`);
    else if (e.side === "cooperation") a.append("rect").attr("x", at - r).attr("y", y - r).attr("width", 2 * r).attr("height", 2 * r);
    else a.append("circle").attr("cx", at).attr("cy", y).attr("r", r);
    a.append("title").text(`${e.name}, ${words(e.day)}, ${plural(e.articles, "article")}`);
  }
  tip.textContent = `Showing ${plural(taken.length, "event")} of ${number(view.total_events)} and ${plural(view.total - view.outside - view.undated, "statement")} of ${number(view.total)}.`;

  function brushed({ selection }) {
    chosen.hidden = !selection;
    if (!selection) return;
    const [a, b] = selection.map((p) => x.invert(p));
    const from = iso(a), to = iso(new Date(Math.max(a.getTime(), b.getTime() - 1)));
    const n = view.bins.filter((bin) => bin.to >= from && bin.from <= to).reduce((sum, bin) => sum + bin.cooperation + bin.conflict + bin.other, 0);
    const url = new URL(location.href);
    url.searchParams.set("from", from);
    url.searchParams.set("to", to);
    url.searchParams.delete("offset");
    url.hash = "";
    chosen.href = url;
    chosen.textContent = `Show only ${words(from)} – ${words(to)} (about ${number(n)})`;
  }
}

json(root.dataset.src).then(
  (v) => {
    view = v;
    draw();
    root.setAttribute("data-ready", "");
    let width = canvas.clientWidth;
    new ResizeObserver(() => {
      if (canvas.clientWidth !== width) {
        width = canvas.clientWidth;
        draw();
      }
    }).observe(canvas);
  },
  (e) => (tip.textContent = e.message),
);
