// What an answer was worth, shown where the question stands; the server's templates draw the same without script.
import { words } from "learn/words";

export function showJudgement(form, reply) {
  const list = form.querySelector(".choices");
  const order = list.classList.contains("choices-order");
  form.classList.add("is-judged");
  for (const choice of reply.choices) {
    const row = list.querySelector(`[data-choice="${CSS.escape(choice.id)}"]`);
    const input = row.querySelector("input");
    if (input) Object.assign(input, { checked: choice.chosen, disabled: true });
    row.classList.add(choice.right ? "is-right" : "is-other");
    row.classList.toggle("is-chosen", choice.chosen);
    row.querySelector(".movers")?.remove();
    // The right order is the lesson: the list takes it.
    if (order) list.append(row);
    if (!row.querySelector(".feedback") && (choice.right || choice.chosen)) row.append(feedback(choice, order));
  }
  if (!form.querySelector(".verdict")) form.querySelector(".actions").before(verdict(reply));
  form.querySelector("[data-go]").textContent = words.continue;
  list.dispatchEvent(new Event("judged", { bubbles: true }));
}

function feedback({ right, chosen, feedback: text }, order) {
  const said = words.said;
  const head = document.createElement("strong");
  if (order) head.textContent = right ? said.placed : said.place;
  else if (right) head.textContent = chosen ? said.right : said.missed;
  else head.textContent = said.other;
  const block = document.createElement("div");
  block.className = "feedback";
  block.append(head, text);
  return block;
}

function verdict({ correct, choices, explanation }) {
  const title = document.createElement("h3");
  title.tabIndex = -1;
  const near = choices.some((choice) => choice.right && choice.chosen);
  title.textContent = correct ? words.good : near ? words.near : words.not;
  const text = document.createElement("p");
  text.textContent = explanation;
  const lines = document.createElement("div");
  lines.append(title, text);
  const block = document.createElement("div");
  block.className = correct ? "verdict is-correct" : "verdict";
  block.append(sign(correct), lines);
  return block;
}

export function sign(correct) {
  return document.getElementById(correct ? "sign-right" : "sign-other").content.cloneNode(true);
}
