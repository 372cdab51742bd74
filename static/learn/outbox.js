// Answers leave one at a time, in order, and stay here until the server says it keeps them.
import { Refused, call } from "learn/api";

const LONGEST = 30_000;

export function openOutbox({ url, session, onReply, onClosed, onChange }) {
  let sending = false;
  let delay = 1000;
  let timer = 0;

  async function pump() {
    clearTimeout(timer);
    if (sending) return;
    sending = true;
    while (session.waiting.length) {
      const [answer] = session.waiting;
      try {
        const reply = await call(url, { token: session.token, body: answer });
        settle(answer, reply);
      } catch (fault) {
        if (!(await carryOn(fault, answer))) break;
      }
    }
    sending = false;
  }

  function settle(answer, reply) {
    delay = 1000;
    session.drop(answer.answer_id);
    onChange(session.waiting.length);
    onReply(answer.item, reply);
  }

  // Whether the next answer may be tried at once.
  async function carryOn(fault, answer) {
    const status = fault instanceof Refused ? fault.status : 0;
    if (status === 401 || status === 410) {
      onClosed(fault);
      return false;
    }
    // Refused for good (an item the course no longer has…): asking again would never end.
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      settle(answer, { item: answer.item, judged: false, refused: true });
      return true;
    }
    onChange(session.waiting.length);
    timer = setTimeout(pump, delay);
    delay = Math.min(delay * 2, LONGEST);
    return false;
  }

  addEventListener("online", () => {
    delay = 1000;
    pump();
  });

  return {
    add(item, choices) {
      session.add({ answer_id: makeId(), item, choices });
      onChange(session.waiting.length);
      pump();
    },
    pump,
    // Last chance before the page goes: the browser may still deliver these after it is closed.
    flush() {
      for (const answer of session.waiting) {
        call(url, { token: session.token, body: answer, keepalive: true }).catch(() => {});
      }
    },
  };
}

// A random UUID (RFC 9562 §5.4). crypto.randomUUID is missing from plain http, which hospital networks still use.
function makeId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
