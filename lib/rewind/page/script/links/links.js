import { visibleText } from "../../../../core/visible_text.ts";
import {
  chosenPolicy,
  filterByPolicy,
  onFilter,
  showAllShots,
  shownShots,
} from "../list/filters.js";
import { page } from "../poses.js";
import { chooseRewind, chooseShot, onChange, rewindOf, state } from "../shots.js";
import { farSentence } from "./far_sentence.js";
import { hashText, readHash } from "./hash_text.js";
import { nearestShot } from "./nearest_shot.js";
import { linkReport } from "./report_link.js";

/** Milliseconds without a change before the address follows: browsers refuse many at once. */
const SETTLED_MS = 200;

/** Page that a link came from; undefined for none. */
let from;
let timer;
/** True while a link is opened: what it changes is in the address already. */
let isOpening = false;

/** Opens the shot of the address, now and whenever that changes; writes what is chosen into it. */
export function followLinks(start) {
  addEventListener("hashchange", () => {
    if (isPartOfPage()) say(undefined);
    else openLink(start);
  });
  openLink(start);
  onChange(writeSoon);
  onFilter(writeSoon);
  document.getElementById("copy-link").addEventListener("click", copyLink);
}

/** Time in which a passing sentence is read, in milliseconds. */
const PASSING_MS = 6000;
let passing;

/** Says a sentence above the shots, or nothing; one that passes is in sight wherever the page is. */
export function say(sentence, isPassing = false) {
  const note = document.getElementById("link-note");
  note.textContent = sentence ?? "";
  note.hidden = sentence === undefined;
  note.classList.toggle("passing", isPassing);
  clearTimeout(passing);
  if (isPassing && sentence !== undefined) passing = setTimeout(() => say(undefined), PASSING_MS);
}

/** Opens a shot of this page, whatever the filters leave out. */
export function openShot(shot) {
  const isHidden = !shownShots().includes(shot);
  if (isHidden) showAllShots();
  chooseShot(shot);
  return isHidden ? `The filters left out shot ${shot.index}: they are taken off.` : undefined;
}

function openLink(start) {
  const asked = isPartOfPage() ? undefined : readHash(location.hash);
  isOpening = true;
  if (asked === undefined) {
    chooseShot(start);
    say(undefined);
  } else {
    from = asked.from;
    say(openAsked(asked));
  }
  isOpening = false;
  linkReport(from);
}

/** True for links such as the one that skips to the content. */
function isPartOfPage() {
  return document.getElementById(location.hash.slice(1)) !== null;
}

/** Does what a link asks for; what is to be said of it, in sentences. */
function openAsked({ backMs, place, policy, wrong }) {
  const found = place === undefined ? {} : nearestShot(page.shots, place, page.shotCount);
  const shot = found.shot ?? page.shots[0];
  const isKnown = policy === undefined || filterByPolicy(policy);
  const opened = openShot(shot);
  if (backMs !== undefined) chooseRewind(backMs);
  const far = backMs === undefined ? undefined : farSentence(backMs);
  const sentences = [
    wrong,
    found.note,
    found.shot === undefined ? `Shot ${shot.index}, the first, is shown.` : undefined,
    isKnown ? undefined : `The page has no policy “${visibleText(policy, 60)}”.`,
    opened,
    far,
  ].filter((sentence) => sentence !== undefined);
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

function writeSoon(what) {
  if (what === "policies" || isOpening) return;
  if (what === "shot") {
    say(undefined);
    linkReport(from);
  }
  clearTimeout(timer);
  timer = setTimeout(write, SETTLED_MS);
}

function write() {
  const { rewindMs, shot } = state;
  if (shot === undefined) return;
  const hash = hashText({
    ...{ shot: shot.index, from, policy: page.policies[chosenPolicy()]?.policy },
    backMs: rewindMs === rewindOf(shot) ? undefined : rewindMs,
  });
  try {
    history.replaceState(null, "", hash);
  } catch {
    // A page without an address of its own, as in a frame, has none to follow.
  }
}

async function copyLink() {
  clearTimeout(timer);
  write();
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link to this shot is copied.", true);
  } catch {
    say("This browser lets no page copy; the address bar holds the link to this shot.", true);
  }
}
