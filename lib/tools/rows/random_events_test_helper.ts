import fc from "fast-check";
import { randomWorld, WORLD_SCHEMA } from "../../recording/random_world_test_helper.ts";
import type { FieldValue, Schema } from "../../core/state/schema.ts";
import type { EntityState, StateEvent, StateFrame } from "../../core/state/state.ts";

/** Schema of the frames that are read, without bigints. */
export const READABLE_SCHEMA: Schema = {
  kinds: WORLD_SCHEMA.kinds.map(({ name, fields }) => ({
    name,
    fields: fields.filter(({ type }) => type !== "u64"),
  })),
};

/** Frames that `readStates` takes: no bigints, numbers are finite, frames and times go forward. */
export const readableWorld: fc.Arbitrary<StateFrame[]> = randomWorld.map((world) => {
  let timeMs = 0;
  const frames: StateFrame[] = [];
  for (const { frame, timeMs: time, entities } of world) {
    if (frames.length > 0 && frame <= frames.at(-1)!.frame) break;
    timeMs = Math.min(timeMs + Math.abs(time) % 3000, 1e9);
    frames.push({ frame, timeMs, entities: entities.map(finite) });
  }
  return frames;
});

function finite(state: EntityState): EntityState {
  const numbers = Object.entries(state.fields).filter(([, value]) => typeof value !== "bigint");
  const fields = numbers.map(([name, value]) =>
    [name, typeof value === "number" && !Number.isFinite(value) ? 0.5 : value] as const
  );
  return { ...state, fields: Object.fromEntries<FieldValue>(fields) };
}

const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, false, -0, 1e300, 5e-324, 2 ** 69, -(2 ** 53), 0.1),
    fc.integer(),
    fc.string({ unit: "binary", maxLength: 5 }),
    fc.constantFrom("\ud83d", "\u2028", '"', "\u0000"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("data", "__proto__", "f", "", "a.b", "1"), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).value;

const members = fc.dictionary(
  fc.constantFrom("id", "data", "__proto__", "events", "toString", "x:y", "tick", "at"),
  json,
  { maxKeys: 4, noNullPrototype: true },
);

/** How an event says what it is: by the keys, not at all, in another unit, or it says another. */
const forms = ["all", "none", "micros", "others", "nulls"] as const;

const eventSeed = fc.record({
  name: fc.constantFrom("shot", "é\u0000", "__proto__", "\ud83d"),
  at: fc.double({ min: -0.2, max: 1.2, noNaN: true }),
  hasFrame: fc.boolean(),
  hasTime: fc.boolean(),
  form: fc.constantFrom(...forms),
  members,
});

type Seed = typeof eventSeed extends fc.Arbitrary<infer T> ? T : never;

/** A world with events before, in and after it, in the order in which they would be recorded. */
export const eventfulWorld: fc.Arbitrary<{
  readonly frames: readonly StateFrame[];
  readonly events: readonly StateEvent[];
}> = fc.record({ frames: readableWorld, seeds: fc.array(eventSeed, { maxLength: 12 }) })
  .filter(({ frames }) => frames.length > 0)
  .map(({ frames, seeds }) => ({
    frames,
    events: seeds.map((seed) => eventOf(seed, frames)),
  }));

function eventOf(seed: Seed, frames: readonly StateFrame[]): StateEvent {
  const { name, at, hasFrame, hasTime, form } = seed;
  const [first, last] = [frames[0]!, frames.at(-1)!];
  const span = last.frame - first.frame + 1;
  const frame = hasFrame
    ? Math.min(Math.max(0, first.frame + Math.floor(at * span)), 0xffffffff)
    : undefined;
  const timeMs = hasTime
    ? Math.max(0, first.timeMs + at * (last.timeMs - first.timeMs))
    : undefined;
  return { name, frame, timeMs, data: { ...said(form, name, frame, timeMs), ...seed.members } };
}

function said(
  form: typeof forms[number],
  name: string,
  frame: number | undefined,
  timeMs: number | undefined,
): object {
  const f = frame === undefined ? {} : { f: frame };
  switch (form) {
    case "all":
      return { ...f, ...(timeMs === undefined ? {} : { t: timeMs }), ev: name };
    case "none":
      return { type: name };
    case "micros":
      return { ev: name, ...f, ...(timeMs === undefined ? {} : { t: timeMs * 1000 }) };
    case "others":
      return { ev: 7, f: 123456, t: "soon" };
    case "nulls":
      return { t: null, f: null, ev: name };
  }
}
