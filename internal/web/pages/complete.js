// Completion of names for every <input data-complete>: the ARIA combobox with a list below the field. "go" opens what was chosen,
// "fill" puts its name into the field and sends its id with the form. Without this script the fields are plain ones.

const wait = 120; // milliseconds of quiet before the server is asked
let lists = 0;

function complete(input) {
  const form = input.form;
  const fills = input.dataset.complete === "fill";
  const id = `complete-${++lists}`;
  const list = document.createElement("ul");
  list.id = id;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  const says = document.createElement("span"); // for screen readers
  says.className = "hidden";
  says.setAttribute("role", "status");
  const box = document.createElement("span");
  box.className = "combobox";
  input.replaceWith(box);
  box.append(input, list, says);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, "aria-haspopup": "listbox" }))
    input.setAttribute(name, value);
  input.autocomplete = "off";
  input.removeAttribute("list"); // which offers the same without this script

  const known = new Map(); // answers by text
  let entries = [];
  let at = -1; // the entry that is active
  let timer, asked;
  let chosen = null; // what fills the field

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const activate = (i) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = i;
    const option = list.children[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };
  const choose = (entry) => {
    close();
    if (!fills) return location.assign(entry.url);
    input.value = entry.label;
    chosen = entry;
    says.textContent = `${entry.label} is chosen`;
    input.dispatchEvent(new CustomEvent("kg-chosen", { bubbles: true, detail: entry }));
  };
  const part = (of, name, text) => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    of.append(span, " ");
  };
  const show = (answer) => {
    entries = answer.entries.filter((e) => !fills || e.id);
    list.replaceChildren(
      ...entries.map((entry, i) => {
        const option = document.createElement("li");
        option.id = `${id}-${i}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        part(option, "label", entry.label);
        if (entry.name) part(option, "also", `also ${entry.name}`);
        part(option, "kind", [entry.type, entry.note].filter(Boolean).join(", "));
        option.addEventListener("mousedown", (e) => e.preventDefault()); // the field keeps the focus
        option.addEventListener("click", () => choose(entry));
        return option;
      }),
    );
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = entries.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    says.textContent = entries.length === 1 ? "1 suggestion" : `${entries.length || "No"} suggestions`;
  };
  const ask = async () => {
    const text = input.value.trim();
    asked?.abort();
    if (text.length < 2) return close();
    if (known.has(text)) return show(known.get(text));
    asked = new AbortController();
    try {
      const answer = await fetch(`/complete?${new URLSearchParams({ q: text })}`, { signal: asked.signal });
      if (!answer.ok) return close(); // the index is being made, say: the form works all the same
      known.set(text, await answer.json());
      if (text === input.value.trim() && document.activeElement === input) show(known.get(text));
    } catch (err) {
      if (err.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    chosen = null;
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  });
  input.addEventListener("keydown", (e) => {
    if (e.isComposing || e.ctrlKey || e.metaKey || e.altKey && e.key !== "ArrowDown") return;
    const last = entries.length - 1;
    switch (e.key) {
      case "ArrowDown":
        if (list.hidden) ask();
        else activate(at < last ? at + 1 : -1);
        break;
      case "ArrowUp":
        if (list.hidden) return;
        activate(at < 0 ? last : at - 1);
        break;
      case "Escape":
        if (list.hidden) return; // then the browser empties the field
        close();
        break;
      case "Enter":
        if (at < 0 || list.hidden) return close(); // the form is sent
        choose(entries[at]);
        break;
      case "Tab":
        return close();
      default:
        return;
    }
    e.preventDefault();
  });
  input.addEventListener("blur", close);
  form?.addEventListener("formdata", (e) => {
    if (chosen && chosen.label === input.value) e.formData.set(input.name, chosen.id);
  });
}

for (const input of document.querySelectorAll("input[data-complete]")) complete(input);
