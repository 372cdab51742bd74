// A run through a path: one step at a time, in the order of the page, from the first not yet done.
import { call } from "learn/api";
import { mountFilm } from "learn/film";
import { mountFinish } from "learn/finish";
import { watchIdle } from "learn/idle";
import { showJudgement } from "learn/judgement";
import { openOutbox } from "learn/outbox";
import { mountPhone } from "learn/phone";
import { mountProgress } from "learn/progress";
import { mountQuestion } from "learn/question";
import { openSession } from "learn/session";
import { say, words } from "learn/words";

export async function run(root, { key, token, fresh }) {
  const session = openSession(key, token, fresh);
  const board = root.querySelector("[data-run]");
  const steps = [...board.querySelectorAll(".step[data-item]")];
  const items = [...board.querySelectorAll("[data-item]")];
  const find = (item) => items.find((element) => element.dataset.item === item);
  const done = new Set(session.waiting.map((answer) => answer.item));
  const replies = new Map();
  const hopes = new Map();
  const waiting = board.querySelector("[data-waiting]");
  const live = board.querySelector("[data-live]");
  const progress = mountProgress(root, items, done);
  let result = null;

  const outbox = openOutbox({ url: root.dataset.answer, session, onReply: receive, onClosed: close, onChange: count });
  const player = { root, session, answer, isDone: (item) => done.has(item), announce, leave, progress };
  const finish = mountFinish(board.querySelector("[data-finish]"), player);

  function count(number) {
    waiting.textContent = number ? say(words.waiting, { n: number }) : "";
  }

  function announce(sentence) {
    live.textContent = sentence;
  }

  // Resolves with the judgement, whenever it comes: the learner does not have to wait for it.
  function answer(item, choices) {
    done.add(item);
    const judged = new Promise((resolve) => hopes.set(item, resolve));
    outbox.add(item, choices);
    return judged;
  }

  function receive(item, reply) {
    replies.set(item, reply);
    done.add(item);
    result = reply.result ?? result;
    if (reply.judged) showJudgement(find(item), reply);
    hopes.get(item)?.(reply);
    finish.update(items, replies, result, session.waiting.length);
  }

  function close() {
    session.clear();
    idle.stop();
    count(0);
    for (const film of board.querySelectorAll("video")) film.pause();
    show(board.querySelector("[data-closed]"));
  }

  function leave() {
    outbox.flush();
    session.clear();
    root.replaceChildren();
    location.replace(root.dataset.exit);
  }

  function isOver(step) {
    return [step, ...step.querySelectorAll("[data-item]")].every((element) => done.has(element.dataset.item));
  }

  function next() {
    const step = steps.find((candidate) => !isOver(candidate));
    if (!step) finish.update(items, replies, result, session.waiting.length);
    show(step ?? finish.section);
  }

  function show(section) {
    for (const other of board.querySelectorAll(".step")) other.hidden = other !== section;
    scrollTo(0, 0);
    section.dispatchEvent(new CustomEvent("opened"));
    section.querySelector("h2").focus({ preventScroll: true });
    progress.update();
  }

  for (const step of steps) {
    const over = () => {
      if (!done.has(step.dataset.item)) answer(step.dataset.item, []);
      next();
    };
    if (step.dataset.kind === "video") mountFilm(step, player, over);
    else if (step.dataset.kind === "question") mountQuestion(step.querySelector("form"), step.dataset, player, next);
    else step.querySelector("[data-go]").addEventListener("click", over);
  }
  board.querySelector("[data-restart]").addEventListener("click", () => location.reload());
  mountPhone(board, player);
  const idle = watchIdle(board, Number(root.dataset.idleSeconds), leave);

  if (!fresh) {
    try {
      const state = await call(root.dataset.state, { token });
      result = state.result;
      for (const reply of state.answers) receive(reply.item, reply);
    } catch (fault) {
      if (fault.status) return open(close);
    }
  }
  open(next);
  outbox.pump();

  function open(first) {
    document.body.classList.add("running");
    board.querySelector(".run-where").append(root.querySelector("h1"));
    root.querySelector("[data-cover]").remove();
    board.hidden = false;
    count(session.waiting.length);
    first();
  }
}
