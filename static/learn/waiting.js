// While a film is being made: say how far it is, offer the text meanwhile, show the film as soon as it exists.
import { call } from "learn/api";
import { say, words } from "learn/words";

const EVERY = 2000;

export function awaitFilm(section, player, onReady) {
  const screen = section.querySelector(".preparing");
  if (!screen) return;
  const sentence = screen.querySelector("[data-preparing]");
  const bar = screen.querySelector("progress");

  async function look() {
    // The learner may have read the text and gone on.
    if (section.hidden || !section.isConnected) return;
    const { state, progress, waiting_before: before } = await call(screen.dataset.progress).catch(() => ({}));
    if (state === "ready") return show();
    if (state === "failed") return giveUp();
    if (before) sentence.textContent = say(words.queue, { n: before });
    else if (state) sentence.textContent = say(words.preparing, { n: Math.round(progress * 100) });
    if (state) bar.value = progress * 100;
    setTimeout(look, EVERY);
  }

  function show() {
    screen.remove();
    section.querySelector("video").hidden = false;
    player.announce(words.ready);
    onReady();
  }

  function giveUp() {
    sentence.textContent = words.noFilm;
    bar.remove();
    section.querySelector(".reading").open = true;
  }

  look();
}
