// What this tab remembers of the attempt: its token and the answers not yet acknowledged. sessionStorage only,
// so that a reload loses nothing and closing the tab forgets everything; some frames forbid even that.
export function openSession(key, token, fresh) {
  let answers = fresh ? [] : (read(key)?.answers ?? []);

  function keep() {
    try {
      sessionStorage.setItem(key, JSON.stringify({ token, answers }));
    } catch {
      // Memory is enough as long as the page stays open.
    }
  }

  keep();
  return {
    token,
    get waiting() {
      return answers;
    },
    add(answer) {
      answers = [...answers, answer];
      keep();
    },
    drop(id) {
      answers = answers.filter((answer) => answer.answer_id !== id);
      keep();
    },
    clear() {
      answers = [];
      try {
        sessionStorage.removeItem(key);
      } catch {
        // Nothing was kept.
      }
    },
  };
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}
