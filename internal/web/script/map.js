// Places of events on a map of the world, without a tile server: the shapes of the lands are in this file.
import { geoGraticule10, geoNaturalEarth1, geoPath } from "d3-geo";
import { select } from "d3-selection";
import { zoom as zoomOf, zoomIdentity } from "d3-zoom";
import { feature, mesh } from "topojson-client";
import atlas from "world-atlas/countries-110m.json";
import { button, el, fileName, json, number, plural, saveSVG, still, words } from "./lib/page.js";

const root = document.getElementById("drawing");
const canvas = el("div", { class: "map-canvas" });
const panel = el("aside", { class: "draw-panel", "aria-label": "What is chosen" });
const status = el("p", { class: "draw-count", role: "status" });
root.append(
  el("div", { class: "draw-bar", role: "toolbar", "aria-label": "Map" }, el("span", { class: "draw-group" }, button("Fit", "Show the places", () => fit()), button("World", "Show the whole world", () => move(zoomIdentity)), button("+", "Zoom in", () => svg.call(zoom.scaleBy, 1.6)), button("−", "Zoom out", () => svg.call(zoom.scaleBy, 1 / 1.6))), el("span", { class: "draw-group key-side" }, el("span", { class: "side side-conflict" }, "more conflict"), el("span", { class: "side side-cooperation" }, "more cooperation"), el("span", { class: "side side-neither" }, "neither")), el("span", { class: "draw-group" }, el("span", { class: "small" }, "Save"), button("SVG", "Save as a drawing that scales", () => saveSVG(fileName("map", view.of?.name), svg.node())))),
  el("div", { class: "draw-split" }, canvas, panel),
  status,
);
root.hidden = false;

const W = 1000, H = 500;
const lands = feature(atlas, atlas.objects.countries);
const projection = geoNaturalEarth1().fitExtent([[6, 6], [W - 6, H - 6]], { type: "Sphere" });
const path = geoPath(projection);
const svg = select(canvas).append("svg").attr("viewBox", `0 0 ${W} ${H}`).attr("role", "group").attr("aria-label", "Map of places; the table below has the same content").attr("preserveAspectRatio", "xMidYMid meet");
const world = svg.append("g");
world.append("path").attr("class", "sea").attr("d", path({ type: "Sphere" }));
world.append("path").attr("class", "graticule").attr("d", path(geoGraticule10()));
world.append("path").attr("class", "land").attr("d", path(lands));
world.append("path").attr("class", "border").attr("d", path(mesh(atlas, atlas.objects.countries, (a, b) => a !== b)));
const marks = svg.append("g"), labels = svg.append("g");
let view, places = [], at = zoomIdentity;
const zoom = zoomOf().scaleExtent([1, 40]).translateExtent([[0, 0], [W, H]]).on("zoom", ({ transform }) => {
  at = transform;
  world.attr("transform", transform);
  place();
});
svg.call(zoom).on("dblclick.zoom", null);
const move = (t) => (still() ? svg : svg.transition().duration(300)).call(zoom.transform, t);

const tone = (p) => (p.conflict > p.cooperation ? "conflict" : p.cooperation > p.conflict ? "cooperation" : "neither");

// unit is how long a unit of the drawing is on the screen: circles and letters keep their size there.
const unit = () => W / Math.max(1, Math.min(canvas.clientWidth, (canvas.clientHeight * W) / H));

// place puts circles where the zoom wants them, all of the same size on the screen, and names where there is room.
function place() {
  const u = unit();
  const taken = [];
  labels.selectAll("*").remove();
  for (const p of places) {
    const [x, y] = at.apply(p.xy), r = p.r * u;
    p.node.attr("transform", `translate(${x},${y}) scale(${u})`);
    const w = (p.name.length * 6.6 + 10) * u, box = { x0: x + r, x1: x + r + w, y0: y - 8 * u, y1: y + 8 * u };
    if (x < 0 || x > W || y < 0 || y > H || box.x1 > W) continue;
    if (taken.some((t) => t.x0 < box.x1 && box.x0 < t.x1 && t.y0 < box.y1 && box.y0 < t.y1)) continue;
    if (places.some((o) => o !== p && Math.hypot(...[0, 1].map((i) => at.apply(o.xy)[i] - [x + r + w / 3, y][i])) < o.r * u * 0.8)) continue;
    taken.push(box);
    labels.append("text").attr("class", "place-name").attr("x", x + r + 3 * u).attr("y", y + 4 * u).attr("font-size", 12 * u).attr("stroke-width", 3 * u).text(p.name);
  }
}

function fit(most = 12, at = move) {
  const xs = places.map((p) => p.xy[0]), ys = places.map((p) => p.xy[1]);
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const k = Math.max(1, Math.min(most, 0.85 / Math.max((x1 - x0) / W, (y1 - y0) / H, 0.001)));
  at(zoomIdentity.translate(W / 2, H / 2).scale(k).translate(-(x0 + x1) / 2, -(y0 + y1) / 2));
}

function about(p) {
  marks.selectAll(".on").classed("on", false);
  p.node.classed("on", true);
  panel.replaceChildren(
    el("h2", {}, p.name),
    el("p", { class: "small" }, [plural(p.events, "event"), `${number(p.cooperation)} cooperation`, `${number(p.conflict)} conflict`, p.kind !== "city" && `drawn at the middle of the ${p.kind}`].filter(Boolean).join(" · ")),
    el("p", { class: "draw-do" }, el("a", { href: p.entity_url }, "Its page"), el("a", { href: p.url }, "Its events")),
    el("ul", { class: "happened" }, el("li", { class: "small" }, "Reading …")),
  );
  const list = panel.querySelector("ul"), url = new URL(root.dataset.src, location.href);
  url.searchParams.set("place", p.id);
  json(url).then(
    (v) => list.replaceChildren(...(v.events_here ?? []).slice(0, 25).map((e) => el("li", {}, el("a", { href: e.url }, e.name), " ", el("span", { class: "small" }, [e.day && words(e.day), e.side].filter(Boolean).join(" · ")))), ...(p.events > 25 ? [el("li", {}, el("a", { href: p.url }, `Showing 25 of ${number(p.events)}: see all`))] : [])),
    (e) => list.replaceChildren(el("li", { class: "error" }, e.message)),
  );
}

panel.replaceChildren(el("h2", {}, "Nothing chosen"), el("p", {}, "Choose a place for its events. Circles grow with the number of events; dashed ones stand for a state or region, at its middle."));
json(root.dataset.src).then(
  (v) => {
    view = v;
    const most = Math.max(1, ...v.places.map((p) => p.events));
    places = v.places.filter((p) => p.lat !== undefined).map((p) => ({ ...p, xy: projection([p.lon, p.lat]), r: 4 + 20 * Math.sqrt((p.events - 1) / most) }));
    // The smallest are drawn last, to stand above larger ones.
    for (const p of places) {
      p.node = marks.append("a").attr("href", p.url).attr("class", `spot spot-${tone(p)} spot-${p.kind}`).on("click", (ev) => {
        ev.preventDefault();
        about(p);
      });
      p.node.append("circle").attr("r", p.r);
      p.node.append("title").text(`${p.name}: ${plural(p.events, "event")}`);
    }
    status.textContent = `Showing ${plural(places.length, "place")} of ${number(v.places.length)} and ${plural(v.placed_events, "event")} of ${number(v.events + v.placeless_events)}.`;
    fit(4, (t) => svg.call(zoom.transform, t));
    new ResizeObserver(place).observe(canvas);
    root.setAttribute("data-ready", "");
  },
  (e) => (status.textContent = e.message),
);
