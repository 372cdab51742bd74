// Taking a path back with the code another screen gave.
import { call } from "learn/api";
import { words } from "learn/words";

export function ask(root, begin) {
  const dialog = root.querySelector("[data-resume-window]");
  const form = dialog.querySelector("form");
  const input = form.querySelector("input");
  const fault = form.querySelector("[data-fault]");

  form.onsubmit = async (event) => {
    event.preventDefault();
    const code = input.value.trim();
    fault.textContent = code ? "" : words.codeEmpty;
    if (!code) return input.focus();
    try {
      const { token } = await call(root.dataset.resume, { body: { code } });
      dialog.close();
      await begin(token, false);
    } catch (refused) {
      fault.textContent = refused.status ? `${refused.message} ${refused.advice}` : words.failed;
      input.focus();
    }
  };
  form.querySelector("[data-close]").onclick = () => dialog.close();
  fault.textContent = "";
  dialog.showModal();
}
