import { visibleText } from "../../../../core/visible_text.ts";
import { pageAddress } from "../../../../page/page_address.ts";

const LENGTH_MAX = 1000;
/** Times go back before 0, and are milliseconds since 1970 in some recordings. */
const PLACE = /^(?:(shot|frame)-(\d{1,12})|(time)-(-?\d{1,16}(?:\.\d{1,6})?))$/;

/**
 * What a hash asks for, as far as it is said.
 *
 * @typedef {object} AskedPlace
 * @property {{ kind: string, value: number }} [place] of `#shot-61`, `#frame-895`, `#time-14221`
 * @property {number} [backMs] rewind
 * @property {string} [policy] text of the policy that shots are filtered by
 * @property {{ name: string, address: string }} [from] page beside
 *   this one that the link is on, which says its own address
 * @property {string} [wrong] a sentence on what was not understood
 */

/**
 * Reads a hash; undefined for none.
 *
 * @param {string} hash
 * @returns {AskedPlace | undefined}
 */
export function readHash(hash) {
  const text = hash.replace(/^#/, "");
  if (text === "") return undefined;
  const shown = `“${visibleText(text, 60)}”`;
  const [place, ...parts] = text.slice(0, LENGTH_MAX).split("&");
  const match = PLACE.exec(place);
  if (match === null || text.length > LENGTH_MAX) {
    return {
      wrong: `The link's ${shown} names no shot; #shot-61, #frame-895 and #time-14221 (ms) do.`,
    };
  }
  const [, whole, index, time, ms] = match;
  const asked = { place: { kind: whole ?? time, value: Number(index ?? ms) } };
  for (const part of parts) {
    if (!readPart(asked, part)) {
      asked.wrong ??= part === ""
        ? "An empty part of the link, beside an &, is left aside."
        : `The link's “${visibleText(part, 60)}” is left aside: it is none of ` +
          "back=MS, policy=TEXT and from=PAGE.html.";
    }
  }
  return asked;
}

/** Adds what a part says; false where it is not understood. */
function readPart(asked, part) {
  const equals = part.indexOf("=");
  const value = decoded(part.slice(equals + 1));
  switch (equals < 0 || value === undefined ? "" : part.slice(0, equals)) {
    case "back":
      if (!/^\d{1,7}(\.\d{1,3})?$/.test(value)) return false;
      asked.backMs = Number(value);
      return true;
    case "policy":
      asked.policy = value;
      return true;
    case "from": {
      const name = decoded(value);
      const address = name === undefined ? undefined : pageAddress(name);
      if (address === undefined) return false;
      asked.from = { name, address };
      return true;
    }
    default:
      return false;
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * Hash that `readHash` reads as the same.
 *
 * @param {{ shot: number, backMs?: number, policy?: string, from?: AskedPlace["from"] }} asked
 */
export function hashText({ backMs, from, policy, shot }) {
  return [
    `#shot-${shot}`,
    ...(backMs === undefined ? [] : [`back=${Number(backMs.toFixed(3))}`]),
    ...(policy === undefined ? [] : [`policy=${encodeURIComponent(policy)}`]),
    ...(from === undefined ? [] : [`from=${encodeURIComponent(from.address)}`]),
  ].join("&");
}
