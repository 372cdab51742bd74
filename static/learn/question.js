// A question: collect the choices, send them, then let the learner go on, judged or not yet.
import { mountClues } from "learn/clues";
import { mountOrder } from "learn/order";
import { words } from "learn/words";

const PATIENCE = 1500;

export function mountQuestion(form, { item, type }, player, onDone) {
  const go = form.querySelector("[data-go]");
  const fault = form.querySelector("[data-fault]");
  const order = type === "order" ? mountOrder(form, player) : null;
  if (type === "clues") mountClues(form);

  function choices() {
    if (order) return order.ids();
    return [...form.querySelectorAll("input:checked")].map((input) => input.value);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (player.isDone(item)) {
      if (!go.hasAttribute("aria-busy")) onDone();
      return;
    }
    const chosen = choices();
    fault.textContent = chosen.length ? "" : words.choose;
    if (!chosen.length) return form.querySelector("input").focus();
    send(chosen);
  });

  async function send(chosen) {
    form.classList.add("is-sent");
    for (const field of form.querySelectorAll(".choices :is(input, button)")) field.disabled = true;
    go.setAttribute("aria-busy", "true");
    const late = setTimeout(() => free(words.kept), PATIENCE);
    const reply = await player.answer(item, chosen);
    clearTimeout(late);
    free("");
    const verdict = form.querySelector(".verdict");
    if (verdict && form.offsetParent) {
      verdict.scrollIntoView({ block: "nearest" });
      verdict.querySelector("h3").focus({ preventScroll: true });
    }
    if (reply.refused) onDone();
  }

  function free(message) {
    fault.textContent = message;
    fault.classList.toggle("is-calm", Boolean(message));
    go.removeAttribute("aria-busy");
    go.textContent = words.continue;
  }
}
