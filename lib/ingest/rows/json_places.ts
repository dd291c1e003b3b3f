import { INPUT_LIMITS } from "../input/limits.ts";

/** Where a member of an object or an element of an array stands in a JSON text. */
export interface JsonMember {
  /** First character of its key; of its value in an array. */
  readonly keyAt: number;
  /** First character of its value. */
  readonly valueAt: number;
  /** Character after its value. */
  readonly valueEnd: number;
}

/** First place at which a text stops being JSON. */
export interface JsonFault {
  /** Character, counted from 0. */
  readonly offset: number;
  /** What is wrong there. */
  readonly reason: string;
}

/**
 * Finds a value by its dotted path (`pos.x`, `entities.3.hp`), after the fact: `JSON.parse` says
 * nothing about places. Of equal keys it finds the last, the one that `JSON.parse` keeps.
 */
export function findMember(text: string, path: string): JsonMember | undefined {
  let found: JsonMember | undefined;
  scan(text, (at, member) => {
    if (at === path) found = member;
  });
  return found;
}

/** Calls back for every member and element of a text, inner ones first, up to where it is no JSON. */
export function eachMember(text: string, onMember: OnMember): void {
  scan(text, onMember);
}

/** Texts of the elements of an array by its dotted path. */
export function elementsAt(text: string, path: string): readonly string[] {
  const prefix = `${path}.`;
  const elements: string[] = [];
  scan(text, (at, { valueAt, valueEnd }) => {
    if (!at.startsWith(prefix)) return;
    const index = at.slice(prefix.length);
    if (index === String(elements.length)) elements.push(text.slice(valueAt, valueEnd));
  });
  return elements;
}

/** First place at which a text stops being JSON; undefined for JSON. The same on all runtimes. */
export function findFault(text: string): JsonFault | undefined {
  return scan(text, () => {});
}

/** A key that an object holds a second time. */
export interface KeyTwice {
  /** The key, without its escapes. */
  readonly key: string;
  /** First character of its second occurrence. */
  readonly offset: number;
}

/**
 * First key that one object holds twice, whatever its escapes; undefined when there is none.
 * `JSON.parse` hides it. In a text that is not JSON it looks up to the fault.
 */
export function findKeyTwice(text: string): KeyTwice | undefined {
  let found: KeyTwice | undefined;
  scan(text, () => {}, (key, offset) => found ??= { key, offset });
  return found;
}

type OnMember = (path: string, member: JsonMember) => void;
type OnKeyTwice = (key: string, offset: number) => void;

function scan(text: string, onMember: OnMember, onKeyTwice?: OnKeyTwice): JsonFault | undefined {
  try {
    new Scanner(text, onMember, onKeyTwice).scan();
    return undefined;
  } catch (error) {
    if (error instanceof Stop) return error;
    throw error;
  }
}

class Stop extends Error implements JsonFault {
  readonly offset: number;
  readonly reason: string;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
    this.reason = reason;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORD = /[\p{L}\p{N}_$+.-]+/uy;
const SPACE = /[ \t\r\n]*/y;

class Scanner {
  #at = 0;
  readonly #text: string;
  readonly #onMember: OnMember;
  readonly #onKeyTwice: OnKeyTwice | undefined;

  constructor(text: string, onMember: OnMember, onKeyTwice: OnKeyTwice | undefined) {
    this.#text = text;
    this.#onMember = onMember;
    this.#onKeyTwice = onKeyTwice;
  }

  scan(): void {
    this.#skipSpace();
    this.#value("", 0);
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#stop("something follows the JSON value");
  }

  #value(prefix: string, depth: number): void {
    const first = this.#text[this.#at];
    if (first === "{" || first === "[") {
      if (depth >= INPUT_LIMITS.depth) this.#stop(`it is nested deeper than ${depth} levels`);
      if (first === "{") this.#object(prefix, depth + 1);
      else this.#array(prefix, depth + 1);
    } else if (first === '"') this.#string();
    else if (!this.#take(NUMBER)) this.#literal();
  }

  #object(prefix: string, depth: number): void {
    this.#at++;
    this.#skipSpace();
    if (this.#skip("}")) return;
    const keys = this.#onKeyTwice && new Set<string>();
    do {
      this.#skipSpace();
      const keyAt = this.#at;
      if (this.#text[keyAt] !== '"') this.#stop("a key in double quotes is expected here");
      this.#string();
      const key = JSON.parse(this.#text.slice(keyAt, this.#at)) as string;
      if (keys?.has(key)) this.#onKeyTwice!(key, keyAt);
      keys?.add(key);
      this.#skipSpace();
      if (!this.#skip(":")) this.#stop("a colon is expected here");
      this.#skipSpace();
      this.#member(prefix + key, keyAt, depth);
    } while (this.#skip(","));
    if (!this.#skip("}")) this.#stop("a comma or } is expected here");
  }

  #array(prefix: string, depth: number): void {
    this.#at++;
    this.#skipSpace();
    if (this.#skip("]")) return;
    let index = 0;
    do {
      this.#skipSpace();
      this.#member(`${prefix}${index++}`, this.#at, depth);
    } while (this.#skip(","));
    if (!this.#skip("]")) this.#stop("a comma or ] is expected here");
  }

  #member(path: string, keyAt: number, depth: number): void {
    const valueAt = this.#at;
    this.#value(`${path}.`, depth);
    this.#onMember(path, { keyAt, valueAt, valueEnd: this.#at });
    this.#skipSpace();
  }

  // A loop, because one pattern over a text of megabytes runs out of the pattern engine's stack.
  #string(): void {
    this.#at++;
    while (this.#at < this.#text.length) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit === 0x22) {
        this.#at++;
        return;
      }
      if (unit < 0x20) this.#stop("a control character in a string is not escaped");
      if (unit !== 0x5c) this.#at++;
      else if (!this.#take(ESCAPE)) this.#stop("the escape in the string is not JSON");
    }
    this.#stop("");
  }

  #literal(): void {
    const start = this.#at;
    const word = this.#take(WORD) ? this.#text.slice(start, this.#at) : "";
    if (word === "true" || word === "false" || word === "null") return;
    this.#at = start;
    if (word !== "") this.#stop(`${word.slice(0, 40)} is not JSON`);
    this.#stop("a value is expected here");
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #skipSpace(): void {
    this.#take(SPACE);
  }

  #skip(unit: string): boolean {
    if (this.#text[this.#at] !== unit) return false;
    this.#at++;
    return true;
  }

  #stop(reason: string): never {
    throw new Stop(this.#at, this.#at >= this.#text.length ? "the JSON ends too early" : reason);
  }
}
