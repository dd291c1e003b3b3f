import { choose, chosen, onChoose, runs } from "../runs.js";
import { secondAt, step } from "../time/time_axis.js";
import { secondOfTimeHash } from "./time_hash.js";

/** Address of a second of a run: `#second-70&run=2`, the run counted from 0 as in the report. */
export function secondHash(second, run) {
  return `#second-${second}${run === undefined ? "" : `&run=${run.index}`}`;
}

/** The second and run that an address names; undefined where it names no second. */
export function readSecondHash(hash) {
  const match = /^#second-(\d{1,12})(?:&run=(\d{1,6}))?$/.exec(hash);
  if (match === null) {
    const second = secondOfTimeHash(hash);
    return second === undefined ? undefined : { second };
  }
  const run = match[2] === undefined
    ? undefined
    : runs.find(({ index }) => index === Number(match[2]));
  return { second: Number(match[1]), run };
}

/** Looks into the second that the address names, also when it changes, and keeps it there. */
export function listenToSecondHash() {
  const isOpened = open(location.hash);
  addEventListener("hashchange", () => open(location.hash));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#second-"]');
    if (link === null || link === undefined || !open(link.getAttribute("href"))) return;
    event.preventDefault();
  });
  return isOpened;
}

/** Writes each second that is looked into from now on into the address. */
export function keepSecondHash() {
  onChoose(() => {
    if (chosen.second === undefined) return;
    history.replaceState(null, "", secondHash(chosen.second, chosen.run));
  });
}

function open(hash) {
  const named = readSecondHash(hash);
  if (named === undefined) return false;
  const second = secondAt(named.second + step / 2);
  if (second === undefined) return false;
  choose(second, named.run);
  goToPanel();
  return true;
}

/** Brings the second that is looked into in sight, and the keys to it. */
export function goToPanel() {
  const panel = document.getElementById("second");
  panel?.scrollIntoView();
  panel?.focus({ preventScroll: true });
}
