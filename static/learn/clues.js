// Spotting clues: numbers on the picture or on the message repeat the boxes of the list for pointers.
// They are hidden from screen readers and from the keyboard, which have the list.
export function mountClues(form) {
  const picture = form.querySelector(".clue-picture");
  const numbered = [...form.querySelectorAll(".choice")].entries();
  for (const [index, choice] of numbered) {
    const input = choice.querySelector("input");
    const number = pin("choice-number", index + 1);
    input.before(number);
    const target = picture ? spot(picture, choice.dataset.area) : part(form, choice.dataset.on);
    if (!target) continue;
    target.append(pin("pin", index + 1));
    target.addEventListener("click", (event) => {
      // Inspecting is not accusing: the address and the link open without being chosen.
      if (!input.disabled && !event.target.closest(".inspect")) input.click();
    });
    const show = () => target.classList.toggle("pin-chosen", input.checked);
    input.addEventListener("change", show);
    form.addEventListener("judged", () => {
      show();
      target.classList.toggle("pin-right", choice.classList.contains("is-right"));
    });
  }
  for (const details of form.querySelectorAll("[data-peek]")) peek(details);
}

function pin(kind, number) {
  const element = document.createElement("span");
  element.className = kind;
  element.textContent = number;
  element.ariaHidden = "true";
  return element;
}

function part(form, name) {
  const element = form.querySelector(`[data-part="${name}"]`);
  element?.classList.add("is-pickable");
  return element;
}

function spot(picture, area) {
  const [x, y, width, height] = area.split(" ");
  const element = document.createElement("span");
  element.className = "spot";
  element.ariaHidden = "true";
  Object.assign(element.style, { left: `${x}%`, top: `${y}%`, width: `${width}%`, height: `${height}%` });
  picture.append(element);
  return element;
}

// As in a real mailbox, resting on a link is enough to see where it leads.
function peek(details) {
  const summary = details.querySelector("summary");
  const open = () => (details.open = true);
  summary.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && open());
  summary.addEventListener("focus", open);
  summary.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
}
