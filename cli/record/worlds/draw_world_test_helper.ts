import fc, { type GeneratorValue } from "fast-check";
import {
  type Id,
  numberText,
  type Session,
  type Thing,
  type Tick,
  type Value,
} from "./world_test_helper.ts";
import type { Happening } from "./world_test_helper.ts";

/** What the form of input that a world is printed in can hold. */
export interface WorldLimits {
  /** No lists, maps and objects, and no text that a table would take for something else. */
  readonly isFlat?: boolean;
  /** Nothing that is known only when all of it was read. */
  readonly isPiped?: boolean;
  /** Every frame follows the one before, 50 ms later. */
  readonly isEven?: boolean;
  readonly hasEvents?: boolean;
  /** An id may be one of several kinds. */
  readonly areIdsByKind?: boolean;
  readonly sessionsMax?: number;
}

/** Arbitraries are handed out by functions that stay, by which shrinking knows them again. */
type Source<T> = () => fc.Arbitrary<T>;

const keep = <T>(arbitrary: fc.Arbitrary<T>): Source<T> => () => arbitrary;
const keepAll = (...shapes: fc.Arbitrary<Value>[]): Source<Value>[] =>
  shapes.map((one) => keep(one));
const integer = (min: number, max: number) => fc.integer({ min, max });

const texts = fc.oneof(
  fc.constantFrom("", "ada", "rl", "12", "true", "null", "(x)", "a.b", "ẞ", "日本", "{}", "NaN"),
  fc.string({ unit: "grapheme", maxLength: 6 }),
  fc.string({
    unit: fc.constantFrom('"', "\\", "\n", "\r", "\u0000", "\u001b", ",", "\u2028"),
    maxLength: 6,
  }),
);
const cells = texts.map((text) => `s${text.replaceAll(/[\r\n]/g, "").replaceAll("\0", "")}`);

const integers = fc.oneof(
  integer(0, 3),
  integer(-128, 300),
  integer(-40_000, 70_000),
  integer(-(2 ** 31), 2 ** 32),
  fc.maxSafeInteger(),
);
const places = fc.oneof(
  integer(-400, 400).map((n) => n / 8),
  integer(-9999, 9999).map((n) => n / 100),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((n) => n === 0 || Math.abs(n) > 1e-9),
);
const doubles = fc.oneof(
  places,
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e21, 5e-324),
  // Printed without a point or exponent, an integer means all its digits.
).filter((n) => Math.abs(n) <= Number.MAX_SAFE_INTEGER || Math.abs(n) >= 1e21);
/** Integers of 64 bits, small ones as numbers. */
const wides = fc.oneof(
  integer(0, 255),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.constantFrom(2n ** 53n - 1n, 2n ** 53n + 1n, 2n ** 64n - 1n),
  // 2^53 is no wider than a double, and alone no sign of 64 bits.
).map((n) => n === 2n ** 53n ? 2n ** 53n + 1n : n);
const vectors = (length: number) =>
  fc.tuple(
    fc.array(places, { minLength: length, maxLength: length }),
    fc.constantFrom(", ", ","),
  ).map(([numbers, between]) => `(${numbers.map(numberText).join(between)})`);

const KEYS = ["haste", "7", "toString", "a-b"];

function slots(inner: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.array(fc.option(inner, { freq: 9 }), { maxLength: 4 });
}

function maps(inner: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  const keys = fc.uniqueArray(fc.constantFrom(...KEYS));
  const values = fc.tuple(...KEYS.map(() => inner));
  return fc.tuple(keys, values).map(([some, all]) =>
    new Map(some.map((key) => [key, all[KEYS.indexOf(key)]!]))
  );
}

const points: fc.Arbitrary<Value> = fc.tuple(doubles, fc.option(doubles, { freq: 9 })).map(
  ([x, y]) => new Map<string, Value>([["x", x], ["y", y]]),
);
const pairs: fc.Arbitrary<Value> = fc.tuple(doubles, integers);

const FLAT = keepAll(integers, doubles, fc.boolean(), cells, wides);
const PIPED = [
  ...keepAll(integers, doubles, fc.boolean(), texts, wides),
  ...keepAll(slots(integers), slots(texts), slots(points), fc.array(pairs, { maxLength: 2 })),
  ...keepAll(maps(integers), maps(points), points, pairs, vectors(2), vectors(3)),
];
const ALL = [...PIPED, ...keepAll(fc.oneof(vectors(2), vectors(3)), fc.oneof(vectors(2), texts))];

const NAMES = [
  "x",
  "hp",
  "pos",
  "inv",
  "__proto__",
  "a b",
  "größe",
  "Kind",
  "buffs",
  "constructor",
];
const KINDS = ["player", "Rocket", "größe", "entity"];

const numberId = (n: bigint | number): Id => ({ json: String(n), text: String(n) });
const textId = (text: string): Id => ({ json: JSON.stringify(text), text });

const ids: fc.Arbitrary<Id> = fc.oneof(
  integer(0, 20).map(numberId),
  fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map(numberId),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }).map(numberId),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => textId(String(n))),
  fc.uuid().map(textId),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 9 }).map(textId),
  fc.constantFrom("q8Zk2LmA1", "007", "1e3", "-0", "__proto__", 'a"b\\', "\u0001\u001b[31m")
    .map(textId),
);

const someKinds = keep(fc.uniqueArray(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 3 }));
const someNames = keep(fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 5 }));
const someIds = keep(
  fc.uniqueArray(ids, { selector: ({ text }) => text, minLength: 1, maxLength: 5 }),
);
const firstFrames = keep(fc.constantFrom(0, 1, 60_000, 4_294_967_200));
const firstTimes = keep(fc.constantFrom(0, 1_763_812_800_000, 12.5));
const eventNames = keep(fc.constantFrom("shot", "hit", "größe"));
const eventValues = keep(fc.oneof(wides, texts, fc.constant(null)));
const eventLists = keep(fc.array(fc.oneof(doubles, wides), { maxLength: 3 }));

/** Draws the sessions of a world: its kinds, who lives when, and what changes. */
export function drawWorld(draw: GeneratorValue, limits: WorldLimits): readonly Session[] {
  const shapes = limits.isFlat ? FLAT : limits.isPiped ? PIPED : ALL;
  const kinds = draw(someKinds).map((name) => ({
    name,
    fields: draw(someNames).map((field) => ({
      name: field,
      shape: shapes[draw(integer, 0, shapes.length - 1)]!,
      isAlways: draw(fc.boolean),
    })),
  }));
  const living = draw(someIds).flatMap((id) => {
    const first = draw(integer, 0, kinds.length - 1);
    const count = limits.areIdsByKind ? draw(integer, 1, kinds.length - first) : 1;
    return kinds.slice(first, first + count).map((kind) => ({ id, kind }));
  });

  function drawThing({ id, kind }: typeof living[number]): Thing {
    const fields = new Map<string, Value>([["alive", draw(integer, 0, 9)]]);
    for (const { name, shape, isAlways } of kind.fields) {
      if (isAlways || draw(integer, 0, 3) > 0) fields.set(name, draw(shape));
      else if (draw(fc.boolean)) fields.set(name, null);
    }
    return { id, kind: kind.name, fields };
  }

  function drawEvent(): Happening {
    const data = new Map<string, Value>([["n", draw(integer, 0, 1000)]]);
    if (draw(fc.boolean)) data.set("by", draw(eventValues));
    if (draw(fc.boolean)) data.set("at", draw(eventLists));
    return { ev: draw(eventNames), late: draw(integer, 0, 3), data };
  }

  function drawSession(): Session {
    let [f, t] = [draw(firstFrames), draw(firstTimes)];
    return Array.from({ length: draw(integer, 1, 8) }, (_, i): Tick => {
      if (i > 0) f += limits.isEven ? 1 : draw(integer, 1, 3);
      if (i > 0) t += limits.isEven ? 50 : draw(integer, 1, 90);
      const things = living.filter(() => draw(integer, 0, 4) > 0).map(drawThing);
      const hasEvent = limits.hasEvents && draw(integer, 0, 2) === 0;
      return { f, t, things, events: hasEvent ? [drawEvent()] : [] };
    });
  }

  return Array.from({ length: draw(integer, 1, limits.sessionsMax ?? 1) }, drawSession);
}
