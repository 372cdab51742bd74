// Going on with the phone: a short code, and the QR code of this page (never of the attempt: no token travels).
import { call } from "learn/api";
import { words } from "learn/words";

export function mountPhone(board, { root, session }) {
  const dialog = board.querySelector("[data-phone]");
  const code = dialog.querySelector("[data-code]");
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  board.querySelector("[data-phone-open]").addEventListener("click", async () => {
    const picture = dialog.querySelector("[data-qr]");
    picture.src = picture.dataset.qr;
    for (const film of board.querySelectorAll("video")) film.pause();
    code.textContent = words.sending;
    dialog.showModal();
    try {
      code.textContent = (await call(root.dataset.resumeCode, { token: session.token, body: {} })).code;
    } catch (fault) {
      code.textContent = fault.status ? fault.message : words.failed;
    }
  });
}
