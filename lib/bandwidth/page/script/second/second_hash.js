import { choose, chosen, onChoose, runs, show } from "../runs.js";
import { secondAt, seconds, step } from "../time/time_axis.js";
import { secondOfTimeHash } from "./time_hash.js";

/** Address of a second of a run: `#second-70&run=2`, the run counted from 0 as in the report. */
export function secondHash(second, run) {
  return `#second-${second}${run === undefined ? "" : `&run=${run.index}`}`;
}

/**
 * What an address asks for: `second` and `run` as far as it names what there is, and `remark`, a
 * sentence about what it names and there is not; undefined where it is about no second.
 */
export function readSecondHash(hash) {
  const time = secondOfTimeHash(hash);
  if (time !== undefined) return { second: time };
  if (!hash.startsWith("#second-")) return undefined;
  const match = /^#second-(-?\d{1,12}(?:\.\d{1,12})?)(?:&run=(\d{1,6}))?$/.exec(hash);
  if (match === null) return { remark: "The address names no second." };
  const asked = Number(match[1]);
  const second = secondAt(Math.floor(asked) + 0.5);
  const remarks = [];
  if (asked < second || asked >= second + step) {
    const last = seconds.at(-1);
    remarks.push(
      seconds.length > 0 && (asked < seconds[0] || asked >= last + step)
        ? `There is no second ${match[1]}: they go from ${seconds[0]} to ${last + step - 1}.`
        : `There are no figures of second ${match[1]}; this is the nearest that has some.`,
    );
  }
  const run = match[2] === undefined
    ? undefined
    : runs.find(({ index }) => index === Number(match[2]));
  if (match[2] !== undefined && run === undefined) {
    remarks.push(`There is no run ${match[2]} that has figures.`);
  }
  return { second, run, remark: remarks.join(" ") };
}

/**
 * Looks into the second that the address names, also when it changes, and keeps it there.
 *
 * @param onRemark is told, after each address, what it names and there is not; an empty text for nothing
 */
export function listenToSecondHash(onRemark) {
  const isOpened = open(location.hash, onRemark);
  addEventListener("hashchange", () => {
    // What stands in the history already was opened as the browser went to it, which scrolls itself.
    if (history.state?.second === undefined) open(location.hash, onRemark);
  });
  addEventListener("popstate", ({ state }) => {
    if (state?.second !== undefined) {
      choose(state.second, runs.find(({ index }) => index === state.run));
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#second-"]');
    if (link === null || link === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    leave();
    open(link.getAttribute("href"), onRemark);
  });
  return isOpened;
}

/** Writes each second that is looked into into the address. */
export function keepSecondHash() {
  onChoose(() => {
    if (chosen.second !== undefined) writeSecondHash();
  });
}

/** Writes the second that is looked into into the address. */
export function writeSecondHash() {
  history.replaceState(stateNow(), "", secondHash(chosen.second, chosen.run));
}

/** What an entry of the history is gone back to by. */
function stateNow() {
  return { second: chosen.second, run: chosen.run?.index };
}

/** Goes on to another entry of the history, so that Back leads to where the page is now. */
function leave() {
  if (chosen.second !== undefined) history.replaceState(stateNow(), "", location.href);
  history.pushState(stateNow(), "", location.href);
}

function open(hash, onRemark) {
  const named = readSecondHash(hash);
  if (named === undefined) return false;
  const { remark = "", run, second } = named;
  if (run !== undefined && !run.isShown) show((other) => other.isShown || other === run);
  if (second !== undefined) choose(secondAt(Math.floor(second) + 0.5), run);
  else if (chosen.second !== undefined) choose(chosen.second, chosen.run);
  onRemark(remark);
  if (second === undefined) return false;
  goToPanel();
  return true;
}

/** Brings the second that is looked into in sight, and the keys to it; Back leads to where one was. */
export function jumpToPanel() {
  leave();
  goToPanel();
}

function goToPanel() {
  const panel = document.getElementById("second");
  panel?.scrollIntoView();
  panel?.focus({ preventScroll: true });
}
