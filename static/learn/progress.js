// How far, and how long still. The time of a film is known; what is left of the estimate is shared by the rest.
import { say, sayTime, words } from "learn/words";

export function mountProgress(root, items, done) {
  const bar = root.querySelector(".run-progress");
  const count = root.querySelector("[data-step-count]");
  const left = root.querySelector("[data-time-left]");
  const films = items.reduce((sum, item) => sum + Number(item.dataset.seconds ?? 0), 0);
  const others = items.filter((item) => !item.dataset.seconds).length;
  const share = Math.max(4, (Number(root.dataset.estimate) - films) / Math.max(1, others));
  const watched = new Map();

  function update() {
    let seconds = 0;
    for (const { dataset } of items) {
      if (done.has(dataset.item)) continue;
      seconds += dataset.seconds ? dataset.seconds - (watched.get(dataset.item) ?? 0) : share;
    }
    bar.value = done.size;
    write(count, say(words.count, { done: Math.min(done.size + 1, items.length), total: items.length }));
    write(left, done.size === items.length ? words.over : say(words.left, { time: sayTime(seconds) }));
  }

  // Live regions speak when they change: the same words again must not count as a change.
  function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  return {
    update,
    watch(item, seconds) {
      watched.set(item, seconds);
      update();
    },
  };
}
