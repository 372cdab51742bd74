// Putting in order: drag with a pointer, or the two buttons of each line; both move the line in the page,
// and the order of the page is the answer.
import { say, words } from "learn/words";

export function mountOrder(form, player) {
  const list = form.querySelector(".choices");
  const rows = () => [...list.children];
  list.classList.add("is-sorting");

  for (const row of rows()) {
    const text = row.querySelector(".choice-text").textContent;
    row.querySelector("select").remove();
    const tools = document.getElementById("order-tools").content.cloneNode(true);
    for (const button of tools.querySelectorAll("button")) {
      const step = Number(button.dataset.move);
      button.setAttribute("aria-label", say(step < 0 ? words.up : words.down, { text }));
      button.addEventListener("click", () => {
        move(row, step, text);
      });
    }
    row.querySelector(".choice-row").append(tools);
    row.addEventListener("pointerdown", (event) => hold(event, row, text));
  }
  mark();

  // The neighbour moves, not the line itself: taking an element out of the page would drop its pointer and focus.
  function move(row, step, text) {
    const neighbour = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!neighbour) return;
    if (step < 0) row.after(neighbour);
    else row.before(neighbour);
    mark();
    player.announce(say(words.moved, { text, n: rows().indexOf(row) + 1, total: rows().length }));
  }

  // The first cannot rise nor the last sink; the buttons stay in the tab order, so that focus is never lost.
  function mark() {
    const all = rows();
    for (const row of all) {
      for (const button of row.querySelectorAll("[data-move]")) {
        const edge = button.dataset.move < 0 ? all[0] : all.at(-1);
        button.setAttribute("aria-disabled", String(row === edge));
      }
    }
  }

  function hold(start, row, text) {
    if (start.button || start.target.closest("button") || form.classList.contains("is-sent")) return;
    start.preventDefault();
    let from = start.clientY;
    row.setPointerCapture(start.pointerId);
    row.classList.add("is-held");

    const drag = (event) => {
      const shift = event.clientY - from;
      const neighbour = shift < 0 ? row.previousElementSibling : row.nextElementSibling;
      // Well past the middle, or the two lines would change places back and forth.
      if (neighbour && Math.abs(shift) > neighbour.offsetHeight * 0.7) {
        const before = row.offsetTop;
        move(row, Math.sign(shift), text);
        from += row.offsetTop - before;
      }
      row.style.setProperty("translate", `0 ${event.clientY - from}px`);
    };
    const release = () => {
      row.classList.remove("is-held");
      row.style.removeProperty("translate");
      row.removeEventListener("pointermove", drag);
    };
    row.addEventListener("pointermove", drag);
    row.addEventListener("lostpointercapture", release, { once: true });
  }

  return { ids: () => rows().map((row) => row.dataset.choice) };
}
