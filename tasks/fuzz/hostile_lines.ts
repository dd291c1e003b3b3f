import type { Random } from "../../lib/net/link/random.ts";
import { BOMBS } from "./bombs.ts";
import { pick, type Shape } from "./honest_lines.ts";

/** What is put into a line somewhere. */
const SPLINTERS = [
  ...["null", "true", "-0", "1e999", "1e-999", "9007199254740993", "18446744073709551616", "NaN"],
  ...[
    "Infinity",
    "0x1F",
    "+5",
    "01",
    ".5",
    "5.",
    "1e",
    "--1",
    "[]",
    "{}",
    '""',
    '"',
    "\\",
    "\\u12",
  ],
  ...[
    '"\\ud800"',
    '"\\udc00\\ud800"',
    "\\u0000",
    "\0",
    "\x1e",
    "\ufeff",
    "\x1b[2J",
    "\u2028",
    "\u202e",
  ],
  ...[
    '"__proto__":',
    '"constructor":',
    '"f":',
    '"id":1,',
    '"ev":"x",',
    '"entities":',
    '"length":3,',
  ],
  ...[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "{}{}",
    "//",
    "/**/",
    "\t",
    "\r",
    "\v",
    "😀",
    "ﷺ",
    "\ud800",
    "\udfff",
  ],
  ...['"2026-03-01T12:00:00Z"', '"(1, 2)"', '"(1, 2, 3, 4, 5, 6, 7)"', "1,5", ";", "'", "-", "%00"],
];

const BYTES = new TextEncoder();

/** Lines of a shape, of which every second is not as it should be. */
export class HostileLines {
  readonly #shape: Shape;
  readonly #random: Random;
  #count = 0;

  /** Lines that a random stream makes. */
  constructor(shape: Shape, random: Random) {
    this.#shape = shape;
    this.#random = random;
  }

  /** The next line, its end included. */
  next(): Uint8Array {
    const random = this.#random;
    const line = this.#shape.line(this.#count++, random);
    if (this.#count === 1 || random.below(2) === 0) return BYTES.encode(line + "\n");
    const sort = random.below(100);
    if (sort === 0) return BYTES.encode(pick(BOMBS, random)(frameOf(line), random) + "\n");
    if (sort < 10) return this.#garbled(BYTES.encode(line));
    if (sort < 15) return this.#noise();
    return BYTES.encode(this.#mutated(line) + (sort === 15 ? "" : sort < 18 ? "\r\n" : "\n"));
  }

  #mutated(line: string): string {
    const random = this.#random;
    // A line whose frame lies far ahead makes all that follow it lie behind.
    const first = random.below(30) === 0 ? 0 : line.indexOf(",") + 1;
    for (let times = 1 + random.below(3); times > 0; times--) {
      const within = line.length + 1 - first;
      const [a, b] = [first + random.below(within), first + random.below(within)];
      const [start, end] = [Math.min(a, b), Math.min(Math.max(a, b), Math.min(a, b) + 40)];
      const part = line.slice(start, end);
      const put = pick([pick(SPLINTERS, random), "", part + part, pick(SPLINTERS, random)], random);
      line = line.slice(0, start) + put + line.slice(random.below(2) === 0 ? start : end);
    }
    return line.replaceAll("\n", " ");
  }

  /** The line with bytes that are no UTF-8 any more. */
  #garbled(bytes: Uint8Array): Uint8Array {
    const garbled = Uint8Array.of(...bytes, 0x0a);
    const first = bytes.indexOf(0x2c) + 1;
    for (let times = 1 + this.#random.below(3); times > 0; times--) {
      const at = first + this.#random.below(bytes.length - first);
      garbled[at] = this.#random.below(256);
    }
    return garbled;
  }

  #noise(): Uint8Array {
    const length = this.#random.below(200);
    return Uint8Array.from(
      { length: length + 1 },
      (_, i) => i < length ? this.#random.below(256) : 10,
    );
  }
}

function frameOf(line: string): number {
  return Number(/\d+/.exec(line)?.[0] ?? 0);
}
