// The cover of a path. It stays alone until the learner begins: the rest of the player is fetched on intent,
// so that the page shows and answers with two scripts.
const KEY = `path ${location.pathname}`;

export function mount(root) {
  const form = root.querySelector("[data-start]");
  const fault = form.querySelector("[data-fault]");
  const run = () => import("learn/run");

  async function begin(token, fresh) {
    (await run()).run(root, { key: KEY, token, fresh });
  }

  function tell(message) {
    fault.textContent = message;
    fault.hidden = false;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button");
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    fault.hidden = true;
    try {
      const values = new FormData(form);
      const reply = await fetch(root.dataset.begin, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({
          language: root.dataset.language,
          path_hash: root.dataset.pathHash,
          unit: values.get("unit") ? Number(values.get("unit")) : null,
          shift: values.get("shift") || null,
        }),
      });
      // The course was published again while this page was open: play the new one.
      if (reply.status === 409) return location.reload();
      const body = await reply.json();
      if (reply.ok) await begin(body.token, true);
      else tell(`${body.message} ${body.advice}`);
    } catch {
      tell(form.dataset.offline);
    } finally {
      button.removeAttribute("aria-busy");
    }
  });

  for (const intent of ["pointerover", "focusin", "touchstart"]) {
    form.addEventListener(intent, () => run().catch(() => {}), { once: true, passive: true });
  }

  const code = form.querySelector("[data-have-code]");
  code.hidden = false;
  code.addEventListener("click", async () => (await import("learn/resume")).ask(root, begin));

  // Back must never show what the previous person saw: a page kept by the browser is made anew.
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  const kept = remembered();
  if (kept) begin(kept.token, false);

  // The page kept the first tap for us if it came before this script (see start_form.html).
  form.onsubmit = null;
  if ("eager" in form.dataset) form.requestSubmit();
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}
