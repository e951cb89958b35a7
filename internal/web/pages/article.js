// Shows which words of the text a statement stands on, and which statements words make: what article-marks.css does by itself in browsers
// that know :has, and beyond the statements that it has rules for. Brings the statement of a word into view.
const reading = document.querySelector(".reading");
const numbers = (el) => [...el.classList].filter((name) => /^k\d+$/.test(name));
let shown = [];

function show(el) {
  for (const old of shown) old.classList.remove("on");
  shown = [];
  const part = el?.closest?.(".t span, .told > li");
  if (!part) return;
  for (const name of numbers(part)) {
    for (const found of reading.getElementsByClassName(name)) {
      found.classList.add("on");
      shown.push(found);
    }
  }
  if (part.matches("li")) return;
  const side = reading.querySelector(".side");
  const item = shown.find((found) => found.matches(".told > li") && found.offsetParent);
  if (item && side.scrollHeight > side.clientHeight) {
    const [box, at] = [side.getBoundingClientRect(), item.getBoundingClientRect()];
    if (at.top < box.top) side.scrollTop += at.top - box.top - 48;
    else if (at.bottom > Math.min(box.bottom, innerHeight)) side.scrollTop += at.bottom - Math.min(box.bottom, innerHeight) + 48;
  }
}

if (reading) {
  reading.addEventListener("pointerover", (e) => show(e.target));
  reading.addEventListener("pointerleave", () => show(null));
  // A link holds the words that it is of.
  reading.addEventListener("focusin", (e) => show(e.target.matches(".t a") ? e.target.querySelector("span") : e.target));
}
