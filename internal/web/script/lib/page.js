// What the scripts of pages share.

// el makes an element: el("a", {href: "/"}, "Start"). Attributes that begin with "on" are listeners; text is never read as HTML.
export function el(tag, attributes = {}, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) e.addEventListener(name.slice(2), value);
    else if (value === true) e.setAttribute(name, "");
    else if (value !== false && value != null) e.setAttribute(name, value);
  }
  e.append(...children.filter((c) => c != null && c !== false));
  return e;
}

export const button = (text, title, onclick) => el("button", { type: "button", title, onclick }, text);

// json fetches the address; an error says what the server says.
export async function json(url) {
  const r = await fetch(url, { credentials: "same-origin" });
  let body = null;
  try {
    body = await r.json();
  } catch {
    // no JSON: the status has to do
  }
  if (!r.ok || body === null) throw new Error(body?.error ?? `the server answered ${r.status}`);
  return body;
}

// save offers text or a blob as a file.
export function save(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const a = el("a", { href: url, download: name });
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// saveSVG saves an SVG element of the page. What the stylesheet gives is written into the file.
export function saveSVG(name, svg) {
  const copy = svg.cloneNode(true);
  const shown = svg.querySelectorAll("*"), copies = copy.querySelectorAll("*");
  shown.forEach((e, i) => {
    const css = getComputedStyle(e);
    for (const p of ["fill", "fill-opacity", "stroke", "stroke-width", "font-size", "font-family", "paint-order"]) copies[i].setAttribute(p, css.getPropertyValue(p));
  });
  copy.querySelector(".brush")?.remove();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  save(`${name}.svg`, new XMLSerializer().serializeToString(copy), "image/svg+xml");
}

// fileName makes a name for a file out of words.
export const fileName = (...words) =>
  words.filter(Boolean).join(" ").normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80) || "graph";

// colours are those of the page as it looks now, by the names of its CSS variables.
export function colours() {
  const css = getComputedStyle(document.documentElement);
  const c = (name, other) => css.getPropertyValue(name).trim() || other;
  return {
    paper: c("--paper", "#fff"), panel: c("--panel", "#f4f2ed"), ink: c("--ink", "#222"), soft: c("--soft", "#5b6269"), line: c("--line", "#ccc"), link: c("--link", "#175a87"),
    cooperation: c("--draw-cooperation", "#1f6fb2"), conflict: c("--draw-conflict", "#c2410c"), neutral: c("--draw-neutral", "#767d85"),
    node: c("--draw-node", "#e4e0d7"), focus: c("--draw-focus", "#f2c14e"),
  };
}
export const sideColour = (side, c) => c[side] ?? c.neutral;

// onTheme calls fn when the page turns light or dark.
export function onTheme(fn) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => requestAnimationFrame(fn));
}

export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// words writes a day, "2017-07-04", as the server does: "4 July 2017".
export const words = (day) => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));

// number writes n with thin spaces between thousands, as the server does.
export const number = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");

export const plural = (n, one, many = one + "s") => `${number(n)} ${n === 1 ? one : many}`;

export const escapeXML = (s) =>
  String(s).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

// kindNames are the kinds of things that the server tells apart, in words.
export const kindNames = { state: "state", place: "place", person: "person", organization: "organisation, group", event: "event", thing: "other" };

// dashes of a status: drawings never tell it by colour alone.
export function dash(status) {
  switch (status) {
    case "asserted":
      return [];
    case "reported":
      return [10, 3];
    case "denied":
    case "former":
      return [2, 4];
  }
  return [6, 5];
}
