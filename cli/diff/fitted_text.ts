import process from "node:process";

/** Columns of a terminal that texts fit. */
const WIDTH = { min: 80, max: 100 } as const;

/** Columns of the terminal, or of one that a file is read in. */
export function terminalWidth(): number {
  return Math.max(WIDTH.min, Math.min(process.stdout.columns ?? WIDTH.min, WIDTH.max));
}

/**
 * Lines of a text that fit a terminal, broken at blanks, else after commas, where there are some.
 *
 * @param indent what stands before the first; the others have two blanks more
 */
export function fittedText(text: string, indent = ""): string[] {
  const lines: string[] = [];
  let start = indent;
  let rest = text;
  for (;;) {
    const room = terminalWidth() - start.length;
    if (rest.length <= room) return [...lines, start + rest];
    const blank = rest.lastIndexOf(" ", room);
    // No half of a pair of surrogates is left.
    const whole = /[\ud800-\udbff]/.test(rest[room - 1]!) ? room - 1 : room;
    const comma = rest.lastIndexOf(",", room - 1) + 1;
    const end = blank > 0 ? blank : comma > 0 ? comma : whole;
    lines.push(start + rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
    start = `${indent}  `;
  }
}
