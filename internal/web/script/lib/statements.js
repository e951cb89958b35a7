import { el, json, plural, words } from "./page.js";

// kinds is how many relations an edge of the server's stands for, edgeLabel the first of them with the number of the others.
export const kinds = (e) => e.relations_total ?? e.relations.length;
export const edgeLabel = (e) => (kinds(e) > 1 ? `${e.relations[0].name} +${kinds(e) - 1}` : e.relations[0].name);

// edgeURL is the address of the statements of an edge, with the filter of a drawing's address.
export function edgeURL(drawing, e) {
  const url = new URL("/graph/statements.json", location.href);
  for (const [k, v] of drawing.searchParams) if (!["of", "nodes", "min", "between"].includes(k)) url.searchParams.append(k, v);
  url.searchParams.set("source", e.source);
  url.searchParams.set("target", e.target);
  return url;
}

const thing = (t) => el("a", { class: "thing", href: t.url }, t.label);

// statement shows a statement as the page's lists do.
function statement(s) {
  return el(
    "li",
    { class: `claim${s.status === "asserted" ? "" : ` not-plain ${s.status}`}` },
    el(
      "p",
      { class: "says" },
      thing(s.subject), " ",
      el("a", { class: `tag ${s.relation.side ?? ""}`, href: s.relation.url }, s.relation.label, s.relation.side && el("span", { class: "hidden" }, ` (${s.relation.side})`)), " ",
      s.object ? thing(s.object) : el("span", { class: "literal" }, s.text ?? ""), " ",
      !["asserted", "reported"].includes(s.status) && el("span", { class: `chip status ${s.status}` }, s.status === "requested" ? "asked for" : s.status), " ",
      s.speaker && el("span", { class: "chip status reported" }, "according to ", el("a", { href: s.speaker.url }, s.speaker.label)),
    ),
    s.sentence && el("blockquote", {}, ...s.sentence.map((p) => (p.mark ? el("mark", { class: p.mark }, p.text) : p.text))),
    el("p", { class: "from" }, s.article && el("a", { href: s.article.url }, s.article.headline), s.article?.outlet && ` · ${s.article.outlet}`, s.article?.day && el("time", { datetime: s.article.day }, ` · ${words(s.article.day)}`), " · ", el("a", { href: s.url }, "details")),
  );
}

// statements fills list with the statements of an address.
export async function statements(list, url) {
  list.replaceChildren(el("li", { class: "small" }, "Reading …"));
  try {
    const a = await json(url);
    list.replaceChildren(...a.statements.map(statement));
    list.append(el("li", {}, el("a", { href: a.url }, a.shown < a.total ? `Showing ${a.shown} of ${plural(a.total, "statement")}: see all` : "Everything between the two")));
  } catch (e) {
    list.replaceChildren(el("li", { class: "error" }, e.message));
  }
}
