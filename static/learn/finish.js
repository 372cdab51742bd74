// The end: what was right and why, once the server has said it; then nothing is left for the next person.
import { sign } from "learn/judgement";
import { say, words } from "learn/words";

export function mountFinish(section, player) {
  const review = section.querySelector("[data-review]");
  const score = section.querySelector("[data-score]");
  const status = section.querySelector("[data-sent]");
  let warned = false;

  section.querySelector("[data-again]").addEventListener("click", () => {
    player.session.clear();
    location.reload();
  });
  section.querySelector("[data-leave]").addEventListener("click", () => {
    // Leaving now would lose what the network still owes; say it once, then obey.
    if (player.session.waiting.length && !warned) {
      warned = true;
      player.announce(words.offlineEnd);
      return;
    }
    player.leave();
  });

  function update(items, replies, result, waiting) {
    status.textContent = waiting ? words.offlineEnd : words.sent;
    if (result && "scored" in player.root.dataset) {
      score.textContent = say(words.score, result);
      score.hidden = false;
    }
    section.querySelector("[data-not-passed]").hidden = !result || result.passed;
    const judged = items.filter((item) => replies.get(item.dataset.item)?.judged);
    review.replaceChildren(...judged.map((item) => line(item, replies.get(item.dataset.item))));
  }

  return { section, update };
}

function line(item, reply) {
  const entry = document.createElement("li");
  const details = document.createElement("details");
  details.className = "is-judged";
  const summary = document.createElement("summary");
  const prompt = document.createElement("span");
  prompt.textContent = item.querySelector("h2").textContent;
  summary.append(sign(reply.correct), prompt);
  const choices = item.querySelector(".choices").cloneNode(true);
  for (const field of choices.querySelectorAll("input, .choice-number")) field.remove();
  const text = document.createElement("p");
  text.textContent = reply.explanation;
  details.append(summary, choices, text);
  entry.append(details);
  return entry;
}
