/** A member of a JSON object, unread. */
export interface JsonMember {
  /** Its value's text. */
  readonly text: string;
  /** At most so many numbers, texts, arrays, objects and the like are in it. */
  readonly values: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/**
 * Members of the object that a JSON text is, without reading their values, so that what reads them
 * knows before how much they take. What is no JSON may go unseen: reading the values tells.
 *
 * @returns undefined when it is no object, or lies deeper than `depthMax` objects and arrays
 */
export function jsonMembers(json: string, depthMax: number): Map<string, JsonMember> | undefined {
  const members = new Map<string, JsonMember>();
  let key: string | undefined;
  let begin = 0;
  let values = 1;
  let depth = 0;
  const end = (at: number) => {
    if (key !== undefined) members.set(key, { text: json.slice(begin, at), values });
    key = undefined;
    values = 1;
    begin = at + 1;
  };
  if (!json.trimStart().startsWith("{")) return undefined;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfText(json, at);
      if (at < 0) return undefined;
    } else if (OPEN.has(code)) {
      if (++depth > depthMax) return undefined;
      if (depth === 1) begin = at + 1;
      values++;
    } else if (CLOSE.has(code)) {
      if (depth-- === 1) end(at);
    } else if (code === COMMA) {
      if (depth === 1) end(at);
      else values++;
    } else if (code === COLON && depth === 1 && key === undefined) {
      key = keyOf(json.slice(begin, at));
      if (key === undefined) return undefined;
      begin = at + 1;
      values = 1;
    }
  }
  return depth === 0 ? members : undefined;
}

/** Where the quote is that ends the text which begins at one; -1 when none does. */
function endOfText(json: string, begin: number): number {
  for (let at = begin + 1; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return -1;
}

/** Longest key that is looked at, escaped and with blanks around it. */
const KEY_MAX = 200;

function keyOf(text: string): string | undefined {
  if (text.length > KEY_MAX) return text;
  try {
    const key: unknown = JSON.parse(text);
    return typeof key === "string" ? key : undefined;
  } catch {
    return undefined;
  }
}
