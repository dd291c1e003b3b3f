/** A member of the object that a text is. */
export interface TopMember {
  /** Its key as it is spelt, with its quotes. */
  readonly key: string;
  /** First character of its key. */
  readonly keyAt: number;
  /** First character of its value, and the one behind it. */
  readonly valueAt: number;
  readonly valueEnd: number;
}

/** Members of a text that is known to be a JSON object, in their order. */
export function topMembers(text: string): readonly TopMember[] {
  const members: TopMember[] = [];
  let at = skipSpaces(text, text.indexOf("{") + 1);
  while (text[at] === '"') {
    const keyAt = at;
    at = endOfString(text, at);
    const key = text.slice(keyAt, at);
    // Behind the colon.
    const valueAt = skipSpaces(text, skipSpaces(text, at) + 1);
    const valueEnd = endOfValue(text, valueAt);
    members.push({ key, keyAt, valueAt, valueEnd });
    at = skipSpaces(text, valueEnd);
    if (text[at] !== ",") break;
    at = skipSpaces(text, at + 1);
  }
  return members;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text[at]!)) at++;
  return at;
}

/** Character behind a string. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** Character behind a value. */
function endOfValue(text: string, from: number): number {
  if (text[from] === '"') return endOfString(text, from);
  let at = from;
  if (text[from] !== "{" && text[from] !== "[") {
    while (at < text.length && !",}] \t\r\n".includes(text[at]!)) at++;
    return at;
  }
  for (let depth = 0; at < text.length;) {
    const character = text[at]!;
    if (character === '"') {
      at = endOfString(text, at);
      continue;
    }
    at++;
    if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth === 0) break;
  }
  return at;
}
