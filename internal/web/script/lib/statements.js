import { el, json, plural } from "./page.js";

const thing = (t) => el("a", { class: "thing", href: t.url }, t.label);

// statement shows a statement as the page's lists do.
export function statement(s) {
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
      s.speaker && el("span", { class: "chip status reported" }, el("a", { href: s.speaker.url }, s.speaker.label), " says so"),
    ),
    s.sentence && el("blockquote", {}, ...s.sentence.map((p) => (p.mark ? el("mark", { class: p.mark }, p.text) : p.text))),
    el("p", { class: "from" }, s.article && el("a", { href: s.article.url }, s.article.headline), s.article?.outlet && ` · ${s.article.outlet}`, s.article?.day && el("time", { datetime: s.article.day }, ` · ${s.article.day}`), " · ", el("a", { href: s.url }, "details")),
  );
}

// statements fills list with the statements of an address and returns the answer.
export async function statements(list, url) {
  list.replaceChildren(el("li", { class: "small" }, "Reading …"));
  try {
    const a = await json(url);
    list.replaceChildren(...a.statements.map(statement));
    list.append(el("li", {}, el("a", { href: a.url }, a.shown < a.total ? `Showing ${a.shown} of ${plural(a.total, "statement")}: see all` : "Everything between the two")));
    return a;
  } catch (e) {
    list.replaceChildren(el("li", { class: "error" }, e.message));
  }
}
