import assert from "node:assert/strict";
import fc from "fast-check";
import { EntityNames } from "../../core/names/entity_names.ts";
import type { StateEvent, StateFrame } from "../../core/state/state.ts";
import type { FrameLoss } from "../frames/frame_loss.ts";
import { InputSyntaxError } from "../input/input_error.ts";
import { ShapeFacts } from "../kinds/shape_facts.ts";
import { readStates } from "../read_states.ts";
import type { ReadStatesOptions } from "../states_options.ts";

/** All that comes of some lines: frames, events, notes, losses, bad lines, and the error. */
export async function outcome(
  text: string | Uint8Array,
  options: ReadStatesOptions,
  shift: number,
) {
  const frames: StateFrame[] = [];
  const events: StateEvent[] = [];
  const notes: string[] = [];
  const losses: FrameLoss[] = [];
  const bad: string[] = [];
  let error: unknown;
  const say = (fault: unknown) => {
    assert.ok(fault instanceof InputSyntaxError, String(fault));
    const { line, column } = fault.place;
    return `${line}:${
      column === undefined ? "" : column - shift
    }: ${fault.problem}; ${fault.remedy}`;
  };
  try {
    const all = readStates(new Blob([text as BlobPart]).stream(), {
      onEvent: (event) => void events.push(event),
      onNote: ({ code, problem }) => void notes.push(`${code}: ${problem}`),
      onWarning: ({ code, problem }) => void notes.push(`${code}: ${problem}`),
      onBadLine: (fault) => void bad.push(say(fault)),
      onLoss: (loss) => void losses.push(loss),
      ...options,
    });
    for await (const frame of all) frames.push(frame);
  } catch (fault) {
    error = say(fault);
  }
  const shared = frames.map(({ entities }, i) =>
    entities.map((state) => frames[i - 1]?.entities.includes(state))
  );
  return { frames, shared, events, notes, losses, bad, error };
}

/** Blanks before a line that no line has that is near it, so that it looks like none of them. */
function leadOf(line: number): string {
  return [1, 2, 4, 8, 16].map((bit) => (line & bit) === 0 ? " " : "\t").join("");
}

/** Blanks that keep lines from being predicted. */
const LEAD: number = leadOf(0).length;

/** How lines are read beside their options. */
export interface ReadingWay {
  /** True where ids are any. */
  readonly hasNames?: boolean;
  /** True to read them again, by what a first reading found. */
  readonly isTwice?: boolean;
}

/** Reads lines as they are, and after blanks that keep them from being predicted. */
export async function assertSame(
  lines: readonly string[],
  options: ReadStatesOptions,
  { hasNames = false, isTwice = false }: ReadingWay = {},
): Promise<void> {
  const outcomes = [];
  for (const [lead, shift] of [[() => "", 0], [leadOf, LEAD]] as const) {
    const text = lines.map((line, i) => lead(i) + line).join("\n");
    const shapes = new ShapeFacts();
    const read = () => {
      const names = hasNames ? { names: new EntityNames() } : {};
      return outcome(text, { ...options, ...names, shapes }, shift);
    };
    if (isTwice) await read();
    outcomes.push({ ...await read(), isLate: shapes.isLate });
  }
  assert.deepEqual(outcomes[0], outcomes[1]);
}

const NUMBERS = [
  "0",
  "-0",
  "1",
  "-7",
  "0.5",
  "12.25",
  "3.1415927",
  "0.1",
  "1e-7",
  "1.5E3",
  "1e400",
];
const WIDE = ["9007199254740993", "18446744073709551615", "0.30000000000000004", "123456789.123"];
/** A number as JSON spells it, mostly a short one. */
export const number = fc.oneof(
  { arbitrary: fc.constantFrom(...NUMBERS.slice(0, 8)), weight: 20 },
  {
    arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map((v) => JSON.stringify(v)),
    weight: 4,
  },
  { arbitrary: fc.constantFrom(...NUMBERS, ...WIDE), weight: 1 },
);
/** A text as JSON spells it. */
export const text = fc.oneof(
  { arbitrary: fc.constantFrom('"rl"', '"lg"', '"\u00e9\ud83d\ude00"', '"a:b"', '""'), weight: 12 },
  { arbitrary: fc.constantFrom('"\\u003a"', '"\\n"', '"\\ud800"'), weight: 1 },
);
/** A value of a row: what one field mostly holds, and what it holds now and then. */
export const often = (...values: [string, number][]) =>
  fc.oneof(...values.map(([text, weight]) => ({ arbitrary: fc.constant(text), weight })));

/** Values of a row as servers print them. */
export const printed = fc.record({
  step: fc.constantFrom(0, 0, 1),
  id: often(["7", 4], ['"xK3a"', 4], ['"7"', 2], ["18446744073709551615", 1], ["null", 1], [
    '""',
    1,
  ]),
  target: often(["null", 8], ['"a"', 4], ["[]", 1], ['{"id":3}', 1]),
  aim: often(["null", 3], ["0.5", 4], ["-0", 1], ["1e-400", 1], ["0e0", 1]),
  inv: often(["[1]", 4], ["[1,2]", 4], ["[]", 2], ["null", 1], ["{}", 1], ["[null,3]", 1], [
    "5",
    1,
  ]),
  buffs: often(["{}", 4], ['{"haste":2}', 4], ['{"length":3}', 1], ["[]", 1], ["null", 1]),
  at: often(['"(1, 2.5)"', 6], ['"(-0, 1e3)"', 3], ['"(1, 2, 3)"', 1], ['"home"', 1], ["null", 2]),
  score: often(
    ["0", 3],
    ["12", 6],
    ["9007199254740993", 2],
    ['"18446744073709551615"', 1],
    [
      "18446744073709551616",
      1,
    ],
    ["-1", 1],
    ["0.5", 1],
    ["null", 1],
    ['"12"', 1],
    ["9007199254740992", 1],
    ["1e3", 1],
  ),
  late: often(["", 8], [',"late":1', 2], [',"late":"x"', 1], [',"inv.length":4', 1]),
});
