// A shared computer must not keep showing one person's path to the next: warn, count down, then clear.
import { say, words } from "learn/words";

const GRACE = 20;

export function watchIdle(board, seconds, leave) {
  const dialog = board.querySelector("[data-idle]");
  const countdown = dialog.querySelector("[data-countdown]");
  let last = Date.now();
  // Once the warning is open only its button counts: a nudged mouse may be the next person's.
  const act = () => dialog.open || (last = Date.now());
  const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll"];

  for (const sign of signs) addEventListener(sign, act, { passive: true, capture: true });
  // A film that plays is somebody watching; media events do not bubble, hence the capture.
  board.addEventListener("timeupdate", (event) => event.target.paused || act(), true);
  dialog.addEventListener("close", act);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

  function tick() {
    const left = Math.ceil((last + seconds * 1000 - Date.now()) / 1000) + (dialog.open ? GRACE : 0);
    if (!dialog.open && left <= 0) {
      for (const other of document.querySelectorAll("dialog[open]")) other.close();
      last = Date.now() - seconds * 1000;
      dialog.showModal();
      countdown.textContent = say(words.countdown, { n: GRACE });
    } else if (dialog.open) {
      if (left <= 0) {
        clearInterval(clock);
        leave();
      }
      countdown.textContent = say(words.countdown, { n: Math.max(0, left) });
    }
  }

  const clock = setInterval(tick, 1000);
  return { stop: () => clearInterval(clock) };
}
