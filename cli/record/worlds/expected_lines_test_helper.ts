import type { Id, Session, Thing, Value } from "./world_test_helper.ts";

/** A line that `cat` has to print. */
export type Line = Record<string, unknown>;

/** How an input is read, as far as it shows in what is recorded. */
export interface Reading {
  /** From a pipe a list has its length only from the first row on that shows that it varies. */
  readonly isPiped: boolean;
  /** Whether frames without entities are there. */
  readonly hasEmptyFrames: boolean;
  /** Id as it is printed. */
  readonly printedId: (id: Id) => string | number;
  /** Entities of a frame beside those of the world. */
  readonly others?: (tick: number) => readonly Line[];
}

/** An id of JSON as it is printed: integers that a double may not hold by their digits. */
export function idOfJson({ json }: Id): string | number {
  const value = JSON.parse(json);
  return typeof value === "string" || Number.isSafeInteger(value) ? value : json;
}

/** A value as JSON output has it. */
export function printedValue(value: Value): unknown {
  if (typeof value === "bigint") {
    return value > Number.MAX_SAFE_INTEGER ? String(value) : Number(value);
  }
  if (Array.isArray(value)) return value.map(printedValue);
  return value;
}

/** Lines of states that `cat` has to print of sessions, which share what is known of lists. */
export function expectedStates(sessions: readonly Session[], reading: Reading): Line[][] {
  const shapes = new ShapesSeen();
  if (!reading.isPiped) {
    for (const thing of sessions.flat().flatMap(({ things }) => things)) shapes.see(thing);
  }
  return sessions.map((session) =>
    session.flatMap(({ f, t, things }, i) => {
      const rows = things.map((thing) => {
        if (reading.isPiped) shapes.see(thing);
        const head = { f, t, id: reading.printedId(thing.id), kind: thing.kind };
        return Object.fromEntries([...Object.entries(head), ...shapes.flat(thing)]);
      });
      const others = (reading.others?.(i) ?? []).map((other) => ({ f, t, ...other }));
      if (rows.length + others.length > 0) return [...rows, ...others];
      return reading.hasEmptyFrames ? [{ f, t, entities: [] }] : [];
    })
  );
}

/** Lines of events that `cat` has to print of a session: by frame, else in the order they came in. */
export function expectedEvents(session: Session): Line[] {
  const last = session.length - 1;
  const printed = session.flatMap(({ f, events }, i) =>
    events.map(({ ev, late, data }) => {
      const members = [...data].map(([key, value]) => [key, printedValue(value)]);
      return { at: Math.min(last, i + late), line: { f, ev, ...Object.fromEntries(members) } };
    })
  );
  return printed.toSorted((a, b) => a.line.f - b.line.f || a.at - b.at).map(({ line }) => line);
}

/** What rows showed of lists and texts so far. */
class ShapesSeen {
  /** Lengths of lists by kind and path. */
  readonly #lengths = new Map<string, Set<number>>();
  /** How many numbers texts in parentheses have, by kind and path; 0 of a text that is none. */
  readonly #counts = new Map<string, Set<number>>();

  see({ kind, fields }: Thing): void {
    for (const [name, value] of fields) this.#seeValue(`${kind} ${name}`, value);
  }

  #seeValue(place: string, value: Value): void {
    if (typeof value === "string") note(this.#counts, place, vectorOf(value)?.length ?? 0);
    if (Array.isArray(value)) {
      note(this.#lengths, place, value.length);
      value.forEach((slot, i) => this.#seeValue(`${place}.${i}`, slot));
    }
    if (value instanceof Map) {
      for (const [key, inner] of value) this.#seeValue(`${place}.${key}`, inner);
    }
  }

  /** Fields of a row under their dotted names. */
  flat({ kind, fields }: Thing): (readonly [string, unknown])[] {
    return [...fields].flatMap(([name, value]) => this.#flatValue(kind, name, value));
  }

  #flatValue(kind: string, path: string, value: Value): (readonly [string, unknown])[] {
    if (value === null) return [];
    if (typeof value === "string") {
      const counts = this.#counts.get(`${kind} ${path}`)!;
      const numbers = counts.size === 1 && !counts.has(0) ? vectorOf(value) : undefined;
      return numbers?.map((number, i) => [`${path}.${i}`, number] as const) ?? [[path, value]];
    }
    if (Array.isArray(value)) {
      const lengths = this.#lengths.get(`${kind} ${path}`)!;
      const varies = lengths.size > 1 || lengths.has(0);
      return [
        ...value.flatMap((slot, i) => this.#flatValue(kind, `${path}.${i}`, slot)),
        ...(varies ? [[`${path}.length`, value.length] as const] : []),
      ];
    }
    if (value instanceof Map) {
      if (value.size === 0) return [[`${path}.length`, 0]];
      return [...value].flatMap(([key, inner]) => this.#flatValue(kind, `${path}.${key}`, inner));
    }
    return [[path, printedValue(value)]];
  }
}

function note(seen: Map<string, Set<number>>, place: string, what: number): void {
  const all = seen.get(place);
  if (all === undefined) seen.set(place, new Set([what]));
  else all.add(what);
}

/** Numbers of a text such as "(0.5, -1)"; undefined when it is another text. */
function vectorOf(text: string): number[] | undefined {
  if (!/^\(.*,.*\)$/.test(text)) return undefined;
  const numbers = text.slice(1, -1).split(",").map((part) => part.trim());
  if (!numbers.every((part) => /^-?\d/.test(part) && Number.isFinite(Number(part)))) {
    return undefined;
  }
  return numbers.map(Number);
}
