import { chosenPolicy } from "./list/filters.js";
import { disputedAfter, shotAfter } from "./list/steps.js";
import { goBack } from "./links/go_back.js";
import { say } from "./links/links.js";
import { page } from "./poses.js";
import { chooseShot, state } from "./shots.js";

const KEYS = {
  n: () => goToDisputed(1),
  p: () => goToDisputed(-1),
  j: () => goTo(shotAfter(1)),
  k: () => goTo(shotAfter(-1)),
  "?": () => document.getElementById("keys").showModal(),
};

/** Keys that go from shot to shot, and buttons that do the same. */
export function listenToKeys() {
  const dialog = document.getElementById("keys");
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (dialog.open || isTyping(event.target)) return;
    const act = KEYS[event.key] ?? jumpOf(event.key);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  const press = (id, act) => document.getElementById(id).addEventListener("click", act);
  press("next-shot", KEYS.j);
  press("previous-shot", KEYS.k);
  press("next-differing", KEYS.n);
  press("previous-differing", KEYS.p);
  press("show-keys", KEYS["?"]);
  press("keys-close", () => dialog.close());
}

/** Where keys are text, or choose an option. */
function isTyping(target) {
  if (target.isContentEditable || /^(SELECT|TEXTAREA)$/.test(target.tagName)) return true;
  return target.tagName === "INPUT" && !/^(range|checkbox|button)$/.test(target.type);
}

/** What a digit does: the rewind of the policy in that row. */
function jumpOf(key) {
  if (!/^[1-9]$/.test(key)) return undefined;
  const result = state.shot.results[Number(key) - 1];
  return result === null || result === undefined ? undefined : () => goBack(result.usedMs);
}

function goTo(shot) {
  if (shot !== undefined && shot !== state.shot) chooseShot(shot);
}

function goToDisputed(step) {
  const shot = disputedAfter(step);
  if (shot !== undefined) return chooseShot(shot);
  const policy = chosenPolicy();
  const who = policy === undefined ? "a policy" : page.policies[policy].policy;
  const where = step > 0 ? "later" : "earlier";
  say(`No ${where} shot of the list on which ${who} and the game differ.`, true);
}
