/** Keys of the page and what they do; `script/keys.js` listens to them. */
const KEYS = [
  ["n, p", "next, previous shot on which a policy (the chosen one) and the game differ"],
  ["j, k", "next, previous shot"],
  ["1 … 9", "rewind as the policy of that row does"],
  ["← →", "on the slider: half a millisecond more or less"],
  ["↑ ↓", "in the list of shots: go along it, as do Home, End and Page up and down"],
  ["digits", "in the list of shots: go to the shot of that number"],
  ["?", "this list; Escape closes it"],
] as const;

/** The list of keys, closed. */
export function keysDialog(): string {
  const rows = KEYS.map(([key, does]) => `<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`);
  return `<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">Keys</h2>
<dl class="words">${rows.join("\n")}</dl>
<button type="button" id="keys-close">Close</button></dialog>`;
}
