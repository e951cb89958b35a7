// An editor for the query page. Without it the page is a form, and stays one: the editor writes into its field.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import { tags as t } from "@lezer/highlight";
import { el, json, number } from "./lib/page.js";

const form = document.getElementById("ask"), field = document.getElementById("q"), lang = document.getElementById("lang");

// Colours for the three languages: full grammars would weigh more than the editor.
const tokens = (name, rules) =>
  StreamLanguage.define({
    name,
    token(stream) {
      if (stream.eatSpace()) return null;
      for (const [pattern, token] of rules) if (stream.match(pattern)) return token;
      stream.next();
      return null;
    },
    languageData: { closeBrackets: { brackets: ["(", "[", "{", '"'] } },
  });
const text = [/^"(?:[^"\\]|\\.)*"?/, "string"], digits = [/^-?\d+(\.\d+)?/, "number"];
const languages = {
  gizmo: tokens("gizmo", [
    [/^\/\/.*/, "comment"], text, [/^'(?:[^'\\]|\\.)*'?/, "string"], digits,
    [/^(var|let|const|function|return|if|else|for|while|in|of|new|true|false|null|undefined)\b/, "keyword"], [/^[A-Za-z_]\w*(?=\s*\()/, "propertyName"], [/^[A-Za-z_]\w*/, "variableName"],
  ]),
  mql: tokens("mql", [[/^"(?:[^"\\]|\\.)*"(?=\s*:)/, "propertyName"], text, digits, [/^(true|false|null)\b/, "keyword"]]),
  // Names may stand in <>.
  graphql: tokens("graphql", [[/^#.*/, "comment"], text, [/^<[^<>\s]*>/, "string"], digits, [/^@\w+/, "meta"], [/^(query|fragment|on|true|false|null)\b/, "keyword"], [/^[\w~]+(?=\s*:)/, "propertyName"], [/^[\w~]+/, "variableName"]]),
};

let methods = null;
async function gizmoMethods() {
  if (!methods) {
    const text = await (await fetch(form.dataset.methods)).text();
    const seen = new Map();
    let note = "";
    for (const line of text.split("\n")) {
      const m = line.match(/^ {2}([A-Za-z]\w*)\s*\(/), c = line.match(/^\s*\*\s+(\S.*)/);
      if (/^\s*\/\*\*/.test(line)) note = "";
      if (c && !note && !c[1].startsWith("@")) note = c[1];
      if (m && !seen.has(m[1])) seen.set(m[1], { label: m[1], type: "method", info: note || undefined, apply: `${m[1]}(`, boost: /^[A-Z]/.test(m[1]) ? 1 : 0 });
    }
    methods = [...seen.values()];
  }
  return methods;
}

async function complete(context) {
  const iri = context.matchBefore(/<[^<>"\s]*/) ?? context.matchBefore(/["'][^"'<>\n]{2,}/);
  if (iri) {
    const typed = iri.text.slice(1), open = iri.text[0] === "<";
    if (!typed && !context.explicit) return null;
    try {
      const { list } = await json(`${form.dataset.names}?q=${encodeURIComponent(typed)}`);
      if (context.aborted) return null;
      return {
        from: iri.from + 1,
        filter: false,
        options: list.map((c) => ({
          label: c.value, detail: [c.label, c.n && number(c.n)].filter(Boolean).join(" · "), type: c.kind === "prefix" ? "namespace" : c.kind === "relation" ? "property" : "constant",
          apply: (view, _, from, to) => {
            const rest = view.state.sliceDoc(to, to + 1) === ">" ? "" : c.kind === "prefix" ? "" : ">";
            const text = (open ? "" : "<") + c.value + rest;
            view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
          },
        })),
      };
    } catch {
      return null;
    }
  }
  if (lang.value !== "gizmo") return null;
  const method = context.matchBefore(/\.\w*/);
  if (method) return { from: method.from + 1, options: await gizmoMethods(), validFor: /^\w*$/ };
  const word = context.matchBefore(/\w+/);
  if (!word && !context.explicit) return null;
  return { from: word?.from ?? context.pos, options: [{ label: "g", type: "variable", info: "the graph", apply: "g.V(" }, { label: "g.V", type: "function", apply: "g.V(" }, { label: "g.M", type: "function", info: "a way that starts nowhere, to be used in others", apply: "g.M()" }] };
}

const look = EditorView.theme({
  "&": { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "6px", fontSize: "14px" },
  "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace", lineHeight: "1.55", minHeight: "9.5em", maxHeight: "28em", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.6rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--soft)", border: "0" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--link) 28%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "6px", maxWidth: "min(42rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { color: "inherit", opacity: "0.85", fontStyle: "normal", marginLeft: "0.9em" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--link) 25%, transparent)" },
});
const style = HighlightStyle.define([
  { tag: [t.keyword, t.bool, t.null], color: "var(--code-word)" },
  { tag: [t.string, t.special(t.string)], color: "var(--code-string)" },
  { tag: t.number, color: "var(--code-number)" },
  { tag: [t.propertyName, t.function(t.variableName), t.meta], color: "var(--link)" },
  { tag: t.comment, color: "var(--soft)", fontStyle: "italic" },
]);

// The editor lives in a shadow tree: there its styles are adopted sheets, which a strict policy allows, and not elements in the head.
const host = el("div", { class: "editor" });
const tree = host.attachShadow({ mode: "open" });
field.before(host);
const language = new Compartment();
const run = () => {
  form.requestSubmit();
  return true;
};
const view = new EditorView({
  root: tree,
  parent: tree,
  state: EditorState.create({
    doc: field.value,
    extensions: [
      lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), autocompletion({ override: [complete], icons: false, activateOnTypingDelay: 150 }),
      keymap.of([{ key: "Mod-Enter", run }, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      language.of(languages[lang.value] ?? []), syntaxHighlighting(style), look, EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "Query. Control and Enter run it; Escape, then Tab leaves the editor.", autocapitalize: "off", spellcheck: "false" }),
      EditorView.updateListener.of((u) => u.docChanged && (field.value = u.state.doc.toString())),
    ],
  }),
});
field.hidden = true;
document.getElementById("q-label").addEventListener("click", () => view.focus());
lang.addEventListener("change", () => view.dispatch({ effects: language.reconfigure(languages[lang.value] ?? []) }));
form.querySelector("button[type=submit]").title = "Control and Enter in the editor";

// Copy link: the address of this query, to send to somebody.
const said = el("span", { class: "small", role: "status" });
form.querySelector(".buttons").append(
  el("button", { type: "button", class: "quiet", onclick: async () => {
    const url = new URL(form.action);
    url.search = new URLSearchParams({ lang: lang.value, q: view.state.doc.toString(), limit: document.getElementById("limit").value });
    try {
      await navigator.clipboard.writeText(url.href);
      said.textContent = "Copied.";
    } catch {
      said.replaceChildren(el("a", { href: url.href }, "This is its address"));
    }
  } }, "Copy link"),
  said,
);
form.setAttribute("data-ready", "");
