// A film and the questions that stop it. Jumping past a question opens it; the text is another way through.
import { mountQuestion } from "learn/question";
import { awaitFilm } from "learn/waiting";
import { words } from "learn/words";

// A scene leaves the screen during its last half second: stop before, so that the question stands on its picture.
const LEAD = 0.85;

export function mountFilm(section, player, onDone) {
  const video = section.querySelector("video");
  const reading = section.querySelector(".reading");
  const go = section.querySelector(":scope > .actions [data-go]");
  const item = section.dataset.item;
  const panels = [...section.querySelectorAll(".panel")];
  let seen = false;
  let captions = "showing";

  for (const panel of panels) mountQuestion(panel, panel.dataset, player, () => shut(panel));

  const preparing = () => Boolean(section.querySelector(".preparing"));
  const due = (until) => panels.find((panel) => !player.isDone(panel.dataset.item) && panel.dataset.at - LEAD <= until);

  function load() {
    if (video.poster || preparing()) return;
    video.poster = video.dataset.poster;
    for (const part of video.querySelectorAll("[data-src]")) part.src = part.dataset.src;
    for (const picture of reading.querySelectorAll("[data-src]")) picture.src = picture.dataset.src;
    video.load();
    subtitle(captions);
  }

  function subtitle(mode) {
    for (const track of video.textTracks) track.mode = mode;
  }

  function label() {
    go.hidden = !seen && !reading.open && !video.paused;
    if (seen) go.textContent = words.continue;
    else if (!reading.open && preparing()) go.textContent = words.readNow;
    else if (reading.open) go.textContent = words.read;
    else go.textContent = video.currentTime > 0 ? words.resumeVideo : words.play;
  }

  function gate() {
    if (!section.classList.contains("is-reading")) player.progress.watch(item, video.currentTime);
    const panel = due(video.currentTime);
    if (panel) ask(panel);
  }

  function ask(panel) {
    video.pause();
    // A question shown behind a full screen would be a frozen film.
    if (document.fullscreenElement) document.exitFullscreen();
    video.webkitExitFullscreen?.();
    const stop = Math.max(0, panel.dataset.at - LEAD);
    if (video.currentTime > stop + LEAD / 2 && !reading.open) video.currentTime = stop;
    if (!panel.hidden) return;
    // The learner's own choice of captions comes back with the film.
    captions = video.textTracks[0]?.mode ?? captions;
    subtitle("hidden");
    video.controls = false;
    section.classList.add("is-asking");
    panel.hidden = false;
    if (!reading.open) player.announce(words.question);
    panel.querySelector("h2").focus();
    panel.scrollIntoView({ block: "nearest" });
  }

  function shut(panel) {
    panel.hidden = true;
    section.classList.remove("is-asking");
    video.controls = true;
    subtitle(captions);
    if (reading.open || seen) return forward();
    video.focus();
    video.play();
  }

  // From the text or the end of the film: the questions that are left, then the next step.
  function forward() {
    const panel = due(Infinity);
    if (panel) ask(panel);
    else onDone();
  }

  go.addEventListener("click", () => {
    if (seen || reading.open) forward();
    else if (preparing()) reading.open = true;
    else video.play();
  });
  reading.addEventListener("toggle", () => {
    section.classList.toggle("is-reading", reading.open);
    video.pause();
    label();
  });
  for (const button of section.querySelectorAll("[data-rate]")) {
    button.addEventListener("click", () => {
      video.playbackRate = video.defaultPlaybackRate = button.dataset.rate;
      for (const other of section.querySelectorAll("[data-rate]")) other.ariaPressed = String(other === button);
    });
  }
  for (const change of ["timeupdate", "seeking", "play"]) video.addEventListener(change, gate);
  for (const change of ["play", "pause", "loadeddata"]) video.addEventListener(change, label);
  video.addEventListener("ended", () => {
    seen = true;
    label();
    const panel = due(Infinity);
    if (panel) ask(panel);
    else go.focus();
  });
  video.lastElementChild.previousElementSibling.addEventListener("error", () => {
    player.announce(words.noFilm);
    reading.open = true;
  });
  section.addEventListener("opened", () => {
    load();
    awaitFilm(section, player, () => {
      load();
      label();
    });
    label();
  });
}
