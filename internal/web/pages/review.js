// The review page by keyboard: j and k (or the arrows) move, a accepts, r rejects, u takes the last judgement back. It presses the
// buttons of the page's own forms and sends them in the background; without it the forms do the same, one page a judgement.

const list = document.querySelector("[data-review]");
if (list && document.querySelector("#review-keys")) review(list); // else there is nothing to press

function review(list) {
  const items = [...list.querySelectorAll("[data-item]")];
  const says = document.querySelector("#review-says");
  const keys = document.querySelector("#review-keys");
  const judged = []; // items, the last one last
  let left = Number(list.dataset.open);

  keys.closest("[hidden]")?.removeAttribute("hidden");
  keys.checked = localStorage.getItem("kg-review-keys") !== "off";
  keys.addEventListener("change", () => localStorage.setItem("kg-review-keys", keys.checked ? "on" : "off"));

  const current = () => items.indexOf(document.activeElement?.closest("[data-item]"));
  const move = (to) => {
    const item = items[Math.max(0, Math.min(items.length - 1, to))];
    item?.focus();
    item?.scrollIntoView({ block: "nearest" });
  };
  const next = (from) => {
    const after = items.findIndex((item, i) => i > from && !item.dataset.done);
    if (after >= 0) move(after);
    else items[from]?.focus();
  };

  async function send(form, button) {
    const body = new URLSearchParams(new FormData(form, button));
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const json = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(json.error || `the server answered ${answer.status}`);
    return json;
  }
  async function press(item, button) {
    if (!button || item.getAttribute("aria-busy")) return;
    item.setAttribute("aria-busy", "true");
    try {
      const undo = button.dataset.do === "undo";
      const json = await send(button.form, button);
      const note = item.querySelector("[data-note]");
      note.textContent = undo ? "" : json.text;
      says.textContent = json.text;
      left += undo ? 1 : -1;
      document.querySelector("#review-left").textContent = left.toLocaleString("en").replaceAll(",", "\u202f");
      if (undo) {
        delete item.dataset.done;
        if (judged.includes(item)) judged.splice(judged.lastIndexOf(item), 1);
        item.focus();
      } else {
        item.dataset.done = button.dataset.do;
        item.querySelector("[name=id]").value = json.id;
        judged.push(item);
        next(items.indexOf(item));
      }
      for (const b of item.querySelectorAll("button")) b.hidden = undo === (b.dataset.do === "undo");
    } catch (err) {
      says.textContent = `Not kept: ${err.message}`;
      item.querySelector("[data-note]").textContent = says.textContent;
    } finally {
      item.removeAttribute("aria-busy");
    }
  }

  for (const item of items)
    for (const form of item.querySelectorAll("form"))
      form.addEventListener("submit", (e) => {
        e.preventDefault();
        press(item, e.submitter);
      });
  document.addEventListener("keydown", (e) => {
    if (!keys.checked || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    if (e.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const at = current();
    switch (e.key) {
      case "j":
      case "ArrowDown":
        if (e.key !== "j" && at < 0) return; // the arrows scroll until the list has the focus
        move(at + 1);
        break;
      case "k":
      case "ArrowUp":
        if (at < 0) return;
        move(at - 1);
        break;
      case "a":
      case "r": {
        const item = items[at];
        if (!item || item.dataset.done) return;
        press(item, item.querySelector(`[data-do=${e.key === "a" ? "accept" : "reject"}]`));
        break;
      }
      case "u": {
        const item = items[at]?.dataset.done ? items[at] : judged.at(-1);
        if (!item) return;
        press(item, item.querySelector("[data-do=undo]"));
        break;
      }
      default:
        return;
    }
    e.preventDefault();
  });
}
