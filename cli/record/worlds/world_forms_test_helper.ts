import type { WorldLimits } from "./draw_world_test_helper.ts";
import { idOfJson, type Reading } from "./expected_lines_test_helper.ts";
import {
  kindsOf,
  printChangedMaps,
  printChanges,
  type Printer,
  printFrames,
  printMaps,
  printRooms,
  printRows,
  printTable,
} from "./printed_world_test_helper.ts";
import type { Id, Session, Thing } from "./world_test_helper.ts";

/** A form in which servers print worlds. */
export interface Form {
  readonly name: string;
  readonly print: Printer;
  readonly options: readonly string[];
  readonly limits: WorldLimits;
  /** What the form shows of a session. */
  readonly shown: (session: Session) => Session;
  readonly reading: Omit<Reading, "isPiped">;
}

const all = (session: Session) => session;
const ofRows = { hasEmptyFrames: false, printedId: idOfJson };
const ofFrames = { ...ofRows, hasEmptyFrames: true };
const ofMaps = { ...ofFrames, printedId: idOfKey };

/** All forms. */
export const FORMS: readonly Form[] = [
  {
    name: "rows",
    print: printRows,
    options: [],
    limits: { hasEvents: true, sessionsMax: 3 },
    shown: withRows,
    reading: ofRows,
  },
  {
    name: "rows with ids of each kind",
    print: printRows,
    options: ["--ids-by-kind"],
    limits: { areIdsByKind: true },
    shown: withRows,
    reading: ofRows,
  },
  {
    name: "frames",
    print: printFrames,
    options: [],
    limits: { hasEvents: true, sessionsMax: 2 },
    shown: all,
    reading: ofFrames,
  },
  {
    name: "maps",
    print: printMaps,
    options: [],
    limits: { hasEvents: true, sessionsMax: 2 },
    shown: inKeyOrder,
    reading: ofMaps,
  },
  {
    name: "rooms",
    print: printRooms,
    options: [],
    limits: { hasEvents: true },
    shown: inKeyOrder,
    reading: {
      ...ofMaps,
      others: (turn) => [
        { id: "frame", kind: "frame", "state.phase": "play", "state.turn": turn },
      ],
    },
  },
  {
    name: "CSV",
    print: printTable,
    options: [],
    limits: { isFlat: true },
    shown: withRows,
    reading: { ...ofRows, printedId: idOfCell },
  },
  {
    name: "changes alone",
    print: printChanges,
    options: ["--sparse", "--despawn-key", "gone"],
    limits: { isEven: true },
    shown: withChanges,
    reading: { ...ofRows, hasEmptyFrames: true },
  },
  {
    name: "maps of changes alone",
    print: printChangedMaps,
    options: ["--sparse"],
    limits: { isEven: true },
    shown: (session) => withChanges(inKeyOrder(session)),
    reading: ofMaps,
  },
];

/** Frames that rows show: those without one are none. */
function withRows(session: Session): Session {
  return session.filter(({ things }) => things.length > 0);
}

/** Frames with their entities in the order in which JavaScript reads maps of them by kind. */
function inKeyOrder(session: Session): Session {
  const kinds = kindsOf(session);
  return session.map((tick) => {
    const keys = Object.keys(Object.fromEntries(tick.things.map(({ id }) => [id.text, 0])));
    const rank = ({ id, kind }: Thing) => kinds.indexOf(kind) * keys.length + keys.indexOf(id.text);
    return { ...tick, things: tick.things.toSorted((a, b) => rank(a) - rank(b)) };
  });
}

/** Frames that changes show: from the first that has an entity to the last that has a line. */
function withChanges(session: Session): Session {
  const first = session.findIndex(({ things }) => things.length > 0);
  const known = first < 0 ? [] : session.slice(first);
  const lines = (count: number) => printChanges(known.slice(0, count)).length;
  let count = known.length;
  while (count > 0 && lines(count) === lines(count - 1)) count--;
  return known.slice(0, count);
}

/** An id that was a key of a map. */
function idOfKey({ text }: Id): string | number {
  return text;
}

/** An id that was a cell of a table: canonical integers are numbers. */
function idOfCell({ text }: Id): string | number {
  const number = Number(text);
  return Number.isSafeInteger(number) && String(number) === text ? number : text;
}
