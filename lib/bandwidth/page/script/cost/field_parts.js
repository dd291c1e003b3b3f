import { visibleText } from "../../../../core/visible_text.ts";

const FIELDS_MAX = 11;
const HEADERS = [
  { keys: ["mask"], name: "masks", short: "masks", color: "mask" },
  { keys: ["entity"], name: "entity ids and kinds", short: "ids", color: "entity" },
  { keys: ["packet"], name: "packet headers", short: "headers", color: "packet" },
  { keys: ["tables"], name: "enum tables, at a join", short: "tables", color: "tables" },
  { keys: ["pieces"], name: "headers of pieces above the MTU", short: "pieces", color: "pieces" },
  { keys: ["ip", "udp"], name: "IP and UDP headers", short: "IP, UDP", color: "ip" },
];

/**
 * The fields that cost most over all runs, what is no field's, and the other fields as one, each
 * `{name, short, color, bits, changes?}`, bits and changes by run.
 */
export function listParts(runs) {
  const fields = new Map();
  const headers = HEADERS.map((header) => ({ ...header, bits: new Map() }));
  const rest = { name: "", short: "others", bits: new Map(), color: "rest" };
  const others = new Map();
  for (const run of runs) {
    const { costs, fields: listed, wireBytes } = run.figures;
    const changes = new Map(listed.map((cost) => [keyOf(cost), cost.changes]));
    // A page that leaves out fields knows the sum of all.
    let left = wireBytes * 8;
    for (const cost of costs) {
      left -= cost.bits;
      const header = headers.find(({ keys }) => keys.includes(cost.part));
      if (header === undefined) addField(fields, run, cost, changes.get(keyOf(cost)));
      else header.bits.set(run, (header.bits.get(run) ?? 0) + cost.bits);
    }
    others.set(run, left);
    rest.bits.set(run, left);
  }
  const sorted = [...fields.values()].sort((a, b) => b.share - a.share);
  for (const part of sorted.slice(FIELDS_MAX)) {
    for (const [run, bits] of part.bits) rest.bits.set(run, rest.bits.get(run) + bits);
  }
  const isWhole = runs.every((run) => others.get(run) === 0);
  rest.name = isWhole ? `${sorted.length - FIELDS_MAX} other fields` : "other fields";
  const top = sorted.slice(0, FIELDS_MAX).map((part, i) => ({ ...part, color: i }));
  const isSpent = ({ bits }) => [...bits.values()].some((count) => count > 0);
  return [...top, ...headers, rest].filter(isSpent);
}

function addField(fields, run, cost, changes) {
  const key = keyOf(cost);
  let part = fields.get(key);
  if (part === undefined) {
    part = {
      name: visibleText(`${cost.kind}.${cost.field}`),
      short: visibleText(cost.field),
      bits: new Map(),
      share: 0,
      changes: new Map(),
    };
    fields.set(key, part);
  }
  part.bits.set(run, cost.bits);
  part.changes.set(run, changes);
  part.share += cost.share;
}

function keyOf({ kind, field }) {
  return JSON.stringify([kind, field]);
}

/** Bytes of a part in a mean packet of a run. */
export function bytesOf(part, run) {
  return (part.bits.get(run) ?? 0) / 8 / Math.max(1, run.figures.packets);
}

/** Bytes of a mean packet of a run, all parts. */
export function totalOf(parts, run) {
  return parts.reduce((sum, part) => sum + bytesOf(part, run), 0);
}

/** Part of a mean packet of a run, 0 to 1. */
export function shareOf(part, parts, run) {
  const total = totalOf(parts, run);
  return total === 0 ? 0 : bytesOf(part, run) / total;
}

/**
 * Parts with their mean share of these runs, `{part, weight}`, heaviest first; the other fields,
 * which are many things, last.
 */
export function byWeight(parts, runs) {
  const totals = new Map(runs.map((run) => [run, totalOf(parts, run) || 1]));
  return parts
    .map((part) => {
      const shares = runs.map((run) => bytesOf(part, run) / totals.get(run));
      return { part, weight: shares.reduce((sum, share) => sum + share, 0) / (runs.length || 1) };
    })
    .sort((a, b) =>
      Number(a.part.color === "rest") - Number(b.part.color === "rest") || b.weight - a.weight
    );
}
