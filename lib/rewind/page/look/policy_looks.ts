/** How a policy is drawn. */
export interface PolicyLook {
  /** Index of its colour, of {@linkcode POLICY_COLORS}. */
  readonly color: number;
  /** Index of its mark and of its dashes. */
  readonly mark: number;
}

/** Colours that a page has, `--policy-0` and so on. */
export const POLICY_COLORS = 14;

/** Marks as SVG paths about 0,0 that reach 5 units. */
export const MARK_PATHS: readonly string[] = [
  "M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0-4.5 0Z",
  "M-4-4H4V4H-4Z",
  "M0-5L5 0L0 5L-5 0Z",
  "M0-4.8L4.8 4H-4.8Z",
  "M0 4.8L4.8-4H-4.8Z",
  "M-1.7-5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5V-1.7H-1.7Z",
];

/** Dashes of lines, as canvas takes them, one for each mark. */
export const POLICY_DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 3],
  [9, 3, 2, 3],
  [4, 4],
  [12, 4],
];

/** Rules that have a colour of their own, by the word before the colon. */
const KNOWN = [
  ...["none", "ping", "rtt+interp", "half-rtt+interp"],
  ...["source", "acked", "stamped", "unity"],
];

/**
 * Looks of a page's policies, by the text of each: a policy has the same colour on every page. Of
 * those on one page that share a colour each has its own mark, as long as there are marks.
 */
export function policyLooks(texts: readonly string[]): PolicyLook[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    const look = lookOf(text);
    for (let step = 0; step < MARK_PATHS.length; step++) {
      const mark = (look.mark + step) % MARK_PATHS.length;
      const key = `${look.color} ${mark}`;
      if (taken.has(key)) continue;
      taken.add(key);
      return { color: look.color, mark };
    }
    return look;
  });
}

function lookOf(text: string): PolicyLook {
  const known = KNOWN.indexOf(text.includes(":") ? text.slice(0, text.indexOf(":")) : text);
  if (known >= 0) return { color: known, mark: known % MARK_PATHS.length };
  const hash = hashOf(text);
  return {
    color: KNOWN.length + hash % (POLICY_COLORS - KNOWN.length),
    mark: (hash >>> 8) % MARK_PATHS.length,
  };
}

/** With it rules that often stand on one page have colours and marks of their own. */
const BASIS = 0x811ca061;

/** FNV of the text's UTF-16 units from that basis, its bits mixed. */
function hashOf(text: string): number {
  let hash = BASIS;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
