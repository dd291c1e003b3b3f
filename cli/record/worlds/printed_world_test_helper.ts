import {
  numberText,
  type Session,
  type Thing,
  type Tick,
  type Value,
} from "./world_test_helper.ts";

/** Prints a session as lines of an input. */
export type Printer = (session: Session) => readonly string[];

/** A value as JSON spells it; integers of 64 bits by their digits. */
export function jsonText(value: Value): string {
  if (typeof value === "number") return numberText(value);
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (value instanceof Map) return objectText([...value]);
  return JSON.stringify(value);
}

function objectText(members: readonly (readonly [string, Value])[]): string {
  return `{${members.map(([key, value]) => member(key, jsonText(value))).join(",")}}`;
}

function member(key: string, json: string): string {
  return `${JSON.stringify(key)}:${json}`;
}

function fieldsText(fields: ReadonlyMap<string, Value>): string {
  return [...fields].map(([key, value]) => `,${member(key, jsonText(value))}`).join("");
}

/** Events that are printed after the rows of a frame: its own, and those that come late. */
function eventLines(session: Session, at: number): string[] {
  const last = session.length - 1;
  return session.flatMap(({ f, events }, i) =>
    events.filter(({ late }) => Math.min(last, i + late) === at).map(({ ev, data }) =>
      `{"f":${f},"ev":${JSON.stringify(ev)}${fieldsText(data)}}`
    )
  );
}

/** A line an entity and frame. A frame without entities is not there, its events are. */
export const printRows: Printer = (session) =>
  session.flatMap((tick, i) => [...rowLines(tick), ...eventLines(session, i)]);

function rowLines({ f, t, things }: Tick): string[] {
  return things.map(({ id, kind, fields }) =>
    `{"f":${f},"t":${numberText(t)},"id":${id.json},"kind":${JSON.stringify(kind)}` +
    `${fieldsText(fields)}}`
  );
}

/** A line a frame, its entities in a list. */
export const printFrames: Printer = (session) =>
  session.flatMap((tick, i) => {
    const list = tick.things.map(({ id, kind, fields }) =>
      `{"id":${id.json},"kind":${JSON.stringify(kind)}${fieldsText(fields)}}`
    );
    return [frameLine(tick, `"entities":[${list.join(",")}]`), ...eventLines(session, i)];
  });

/** A line a frame, a map of entities for each kind that the session has. */
export const printMaps: Printer = (session) => {
  const kinds = kindsOf(session);
  return session.flatMap((tick, i) => {
    const maps = kinds.map((kind) => member(kind, mapText(tick.things, kind)));
    return [frameLine(tick, maps.join(",")), ...eventLines(session, i)];
  });
};

/** The same a level deeper, and beside it what else a room says of itself. */
export const printRooms: Printer = (session) => {
  const kinds = kindsOf(session);
  return session.flatMap((tick, i) => {
    const maps = kinds.map((kind) => member(kind, mapText(tick.things, kind)));
    const state = [`"phase":"play"`, `"turn":${i}`, ...maps].join(",");
    return [frameLine(tick, `"winner":null,"state":{${state}}`), ...eventLines(session, i)];
  });
};

/** Kinds of a session; one that is always empty where it has none. */
export function kindsOf(session: Session): readonly string[] {
  const kinds = new Set(session.flatMap(({ things }) => things.map(({ kind }) => kind)));
  return kinds.size === 0 ? ["player"] : [...kinds];
}

function mapText(things: readonly Thing[], kind: string): string {
  const entries = things.filter((thing) => thing.kind === kind).map(({ id, fields }) => {
    const [comma, ...text] = fieldsText(fields);
    return `${JSON.stringify(id.text)}:{${comma === undefined ? "" : text.join("")}}`;
  });
  return `{${entries.join(",")}}`;
}

function frameLine({ f, t }: Tick, rest: string): string {
  return `{"f":${f},"t":${numberText(t)}${rest === "" ? "" : `,${rest}`}}`;
}

/** A table; its columns are all fields of all kinds. */
export const printTable: Printer = (session) => {
  const names = new Set(
    session.flatMap(({ things }) => things.flatMap(({ fields }) => [...fields.keys()])),
  );
  const lines = session.flatMap(({ f, t, things }) =>
    things.map(({ id, kind, fields }) =>
      [
        String(f),
        numberText(t),
        cell(id.text),
        cell(kind),
        ...[...names].map((name) => cellOf(fields.get(name) ?? null)),
      ].join(",")
    )
  );
  return [["f", "t", "id", "kind", ...[...names].map(cell)].join(","), ...lines];
};

function cellOf(value: Value): string {
  if (value === null) return "";
  return typeof value === "string" ? cell(value) : jsonText(value);
}

function cell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** An entity of a frame that changes, with what changes; undefined when it goes. */
interface Change {
  readonly thing: Thing;
  readonly isNew: boolean;
  readonly fields: ReadonlyMap<string, Value> | undefined;
}

/** What changes from frame to frame. */
function changesOf(session: Session): readonly (readonly Change[])[] {
  let before = new Map<string, Thing>();
  return session.map(({ things }) => {
    const now = new Map(things.map((thing) => [thing.id.text, thing]));
    const gone = [...before.values()].filter(({ id }) => !now.has(id.text)).map((thing) => ({
      thing,
      isNew: false,
      fields: undefined,
    }));
    const changed = things.flatMap((thing): Change[] => {
      const old = before.get(thing.id.text);
      const fields = old === undefined ? thing.fields : changes(old.fields, thing.fields);
      return fields.size === 0 ? [] : [{ thing, isNew: old === undefined, fields }];
    });
    before = now;
    return [...gone, ...changed];
  });
}

/** Rows that are there only if something changed, with what changed alone. */
export const printChanges: Printer = (session) =>
  changesOf(session).flatMap((list, i) =>
    list.map(({ thing: { id, kind }, isNew, fields }) => {
      const rest = fields === undefined ? ',"gone":true' : fieldsText(fields);
      const named = isNew ? `,"kind":${JSON.stringify(kind)}` : "";
      return frameLine(session[i]!, `"id":${id.json}${named}${rest}`);
    })
  );

/** The same in maps by kind, in which an entity that goes is null. */
export const printChangedMaps: Printer = (session) =>
  changesOf(session).flatMap((list, i) => {
    if (list.length === 0) return [];
    const maps = Map.groupBy(list, ({ thing }) => thing.kind);
    const parts = [...maps].map(([kind, all]) => {
      const entries = all.map(({ thing: { id }, fields }) =>
        member(id.text, fields === undefined ? "null" : objectText([...fields]))
      );
      return member(kind, `{${entries.join(",")}}`);
    });
    return [frameLine(session[i]!, parts.join(","))];
  });

/** Members that change; those that end are null, lists and empty maps are given whole. */
function changes(
  before: ReadonlyMap<string, Value>,
  after: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const changed = new Map<string, Value>();
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(key) ?? null, after.get(key) ?? null];
    if (jsonText(old) === jsonText(now)) continue;
    const areMaps = old instanceof Map && now instanceof Map && now.size > 0;
    changed.set(key, areMaps ? changes(old, now) : now);
  }
  return changed;
}
