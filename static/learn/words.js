// The words of the interface come with the page, in its language; scripts hold none of their own.
export const words = JSON.parse(document.getElementById("player-words").textContent);

// `{name}` in a sentence becomes the value of that name.
export function say(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// Seconds as a person says them, by fives: a countdown to the second would only press the reader.
export function sayTime(seconds) {
  const rounded = Math.max(5, Math.ceil(seconds / 5) * 5);
  if (rounded < 60) return say(words.seconds, { n: rounded });
  return say(words.minutes, { n: Math.floor(rounded / 60), s: String(rounded % 60).padStart(2, "0") });
}
