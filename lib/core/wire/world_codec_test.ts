import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError } from "../bytes/bytes.ts";
import { defineSchema } from "./define_schema.ts";
import { PacketBreakdown } from "./packet_breakdown.ts";
import { PacketHeader } from "./packet_header.ts";
import type { Kind } from "../state/schema.ts";
import { Snapshot, SnapshotRows } from "../state/snapshot.ts";
import { SnapshotLayout } from "../state/snapshot_layout.ts";
import type { EntityState, FieldValues } from "../state/state.ts";
import {
  appliedTo,
  bodyBytes,
  bodyRecords,
  cratePairs,
  type Form,
} from "./wire_model_test_helper.ts";
import { KINDS, type Parts, worldPairs, worlds, worldTriples } from "./wire_model_test_helper.ts";
import { CODEC_NAMES, type CodecName, WorldCodec } from "./world_codec.ts";
import { WorldReader } from "./world_reader.ts";
import { BodyWriter, partialSource, WAYS } from "./wire_rewrite_test_helper.ts";
import { WorldTracker } from "../tracker/world_tracker.ts";

/** Forms that every codec has. */
const FORMS = ["keyframe", "delta", "patch"] as const;

/** Writing of bodies by trackers, and reading of them in every way. */
function wire(kinds: readonly Kind[], name: CodecName) {
  const layout = new SnapshotLayout({ kinds });
  const reader = new WorldReader(layout, name);
  const meter = new WorldReader(layout, name);
  const breakdown = meter.breakdown = new PacketBreakdown(meter.codec);
  const spare = new Snapshot(layout);
  const writer = new BodyWriter(layout, name);

  const snapshot = (entities: readonly EntityState[]) =>
    Snapshot.of(layout, { frame: 0, timeMs: 0, entities });

  const write = (...body: Parameters<BodyWriter["write"]>) => [...writer.write(...body)];

  /** State that a body leads to; into new memory, into used memory, and counted, all the same. */
  function read(
    form: Form,
    bytes: readonly number[],
    base: Snapshot,
    held: Snapshot = base,
  ): Snapshot {
    const header = new PacketHeader();
    header.form = form;
    const outcome = (by: WorldReader, reuse: Snapshot | undefined) => {
      const input = new ByteReader(Uint8Array.from(bytes));
      try {
        const state = by.read(header, input, base, held, reuse);
        assert.equal(input.remaining, 0, "the packet was not read to its end");
        return state;
      } catch (error) {
        assert.ok(error instanceof ByteSyntaxError, String(error));
        return error;
      }
    };
    const first = outcome(reader, undefined);
    for (const other of [outcome(reader, spare), outcome(meter, undefined)]) {
      const isSame = first instanceof Error
        ? other instanceof Error && other.message === first.message
        : other instanceof SnapshotRows && other.equals(first);
      assert.ok(isSame, "ways of reading differ");
    }
    if (first instanceof Error) throw first;
    assert.equal(breakdown.sum, bytes.length * 8);
    return first;
  }

  return { layout, snapshot, write, read, breakdown };
}

const TANK: Kind = {
  name: "tank",
  fields: [
    { name: "x", type: "f32" },
    { name: "hp", type: "u8" },
    { name: "gear", type: "enum", values: ["park", "drive"] },
    { name: "fuel", type: "fixed", step: 0.5, optional: true },
  ],
};
const SHELL: Kind = { name: "shell", fields: [{ name: "t", type: "f64" }] };
const MANY_KINDS = Array.from({ length: 130 }, (_, i): Kind => ({ name: `k${i}`, fields: [] }));

const tank = (id: number, fields: FieldValues): EntityState => ({ id, kind: "tank", fields });
const shell = (id: number, t: number): EntityState => ({ id, kind: "shell", fields: { t } });
const parked = { x: 1, hp: 100, gear: "park" };
const driving = { x: 1.5, hp: 90, gear: "drive", fuel: 2.5 };
const TANKS = [TANK];
const BOTH = [TANK, SHELL];

interface Golden {
  what: string;
  kinds: readonly Kind[];
  codec: CodecName;
  form: Form;
  before: EntityState[];
  after: EntityState[];
  bytes: number[];
  parts?: Parts;
  /** What the far end holds by now, if it is not `before`. */
  held?: EntityState[];
  /** What it holds then, if it is not `after`. */
  result?: EntityState[];
}

const F1 = [0, 0, 0x80, 0x3f]; // 1 as binary32
const F1_5 = [0, 0, 0xc0, 0x3f];
const D1 = [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]; // 1 as binary64
const D1_5 = [0, 0, 0, 0, 0, 0, 0xf8, 0x3f];

const GOLDEN: readonly Golden[] = [
  {
    what: "keyframe, native: header 0*4+1, x, hp, gear, fuel absent; then skip 0",
    kinds: TANKS,
    codec: "mask",
    form: "keyframe",
    before: [],
    after: [tank(0, parked), tank(1, driving)],
    bytes: [1, ...F1, 100, 0, 0, 1, ...F1_5, 90, 1, 1, 5, 0, 0, 0],
  },
  {
    what:
      "keyframe, varint: 100 -> zigzag 200 = c8 01, 90 -> 180 = b4 01, drive 1 -> 2, fuel 5 -> 10",
    kinds: TANKS,
    codec: "varint",
    form: "keyframe",
    before: [],
    after: [tank(0, parked), tank(1, driving)],
    bytes: [1, ...F1, 0xc8, 1, 0, 0, 1, ...F1_5, 0xb4, 1, 2, 1, 10],
  },
  {
    what: "keyframe with two kinds: the kind index follows the header",
    kinds: BOTH,
    codec: "varint",
    form: "keyframe",
    before: [],
    after: [shell(3, 1.5), tank(10, parked)],
    bytes: [3 * 4 + 1, 1, ...D1_5, 6 * 4 + 1, 0, ...F1, 0xc8, 1, 0, 0],
  },
  {
    what: "delta, native: mask 0b1111 of four fields, values",
    kinds: TANKS,
    codec: "mask",
    form: "delta",
    before: [tank(0, parked)],
    after: [tank(0, driving)],
    bytes: [0, 0b1111, ...F1_5, 90, 1, 1, 5, 0, 0, 0],
  },
  {
    what: "delta, varint: 1.5 - 1 in bits is 2^22; 90 - 100 = -10 -> 19; 1 -> 2; fuel 5 - 0 -> 10",
    kinds: TANKS,
    codec: "varint",
    form: "delta",
    before: [tank(0, parked)],
    after: [tank(0, driving)],
    bytes: [0, 0b1111, 0x80, 0x80, 0x80, 4, 19, 2, 1, 10],
  },
  {
    what: "delta, varint: an optional field goes; an update names no kind",
    kinds: BOTH,
    codec: "varint",
    form: "delta",
    before: [tank(7, driving)],
    after: [tank(7, { x: 1.5, hp: 90, gear: "drive" })],
    bytes: [28, 0b1000, 0],
  },
  {
    what: "patch, varint: values stand alone and the update names its kind",
    kinds: BOTH,
    codec: "varint",
    form: "patch",
    before: [tank(0, parked), shell(5, 1)],
    after: [tank(0, { ...parked, hp: 90 }), shell(5, 1.5)],
    bytes: [0, 0, 0b0010, 0xb4, 1, 4 * 4, 1, 1, ...D1_5],
  },
  {
    what: "patch, native, one kind: no kind index",
    kinds: [SHELL],
    codec: "mask",
    form: "patch",
    before: [shell(5, 1)],
    after: [shell(5, 1.5)],
    bytes: [20, 1, ...D1_5],
  },
  {
    what: "delta, varint, binary64: low words equal, high words differ by 2^19",
    kinds: [SHELL],
    codec: "varint",
    form: "delta",
    before: [shell(5, 1)],
    after: [shell(5, 1.5)],
    bytes: [20, 1, 0, 0x80, 0x80, 0x40],
  },
  {
    what: "delta: despawn, unchanged, spawn, and another kind in the place of one",
    kinds: BOTH,
    codec: "mask",
    form: "delta",
    before: [shell(1, 1), shell(2, 1), shell(4, 1)],
    after: [shell(2, 1), tank(3, parked), tank(4, parked)],
    bytes: [1 * 4 + 2, 1 * 4 + 1, 0, ...F1, 100, 0, 0, 1, 0, ...F1, 100, 0, 0],
  },
  {
    what: "delta: everything goes",
    kinds: BOTH,
    codec: "varint",
    form: "delta",
    before: [shell(1, 1), tank(300, parked)],
    after: [],
    bytes: [6, ...[0xaa, 0x09]], // (300 - 1 - 1) * 4 + 2 = 1194 = 9 * 128 + 42
  },
  {
    what: "nothing changed: an empty body",
    kinds: BOTH,
    codec: "varint",
    form: "delta",
    before: [tank(0, parked)],
    after: [tank(0, parked)],
    bytes: [],
  },
  {
    what: "raw: a delta is the whole state",
    kinds: [SHELL],
    codec: "raw",
    form: "delta",
    before: [shell(0, 1)],
    after: [shell(0, 1)],
    bytes: [1, ...D1],
  },
  {
    what: "raw: a patch is the whole state",
    kinds: [SHELL],
    codec: "raw",
    form: "patch",
    before: [shell(0, 1), shell(1, 1)],
    after: [shell(1, 1.5)],
    bytes: [5, ...D1_5],
  },
  {
    what: "raw: a keyframe",
    kinds: BOTH,
    codec: "raw",
    form: "keyframe",
    before: [],
    after: [shell(0, 1), tank(1, driving)],
    bytes: [1, 1, ...D1, 1, 0, ...F1_5, 90, 1, 1, 5, 0, 0, 0],
  },
  {
    what: "kind 129 takes two bytes, an entity without fields none",
    kinds: MANY_KINDS,
    codec: "varint",
    form: "keyframe",
    before: [],
    after: [{ id: 4294967295, kind: "k129", fields: {} }],
    bytes: [0xfd, 0xff, 0xff, 0xff, 0x3f, 0x81, 0x01],
  },
  {
    what:
      "partial, native: 2 is left out, 6 goes, 7 went on its way, 9 comes; 1 is as it was acked",
    kinds: BOTH,
    codec: "mask",
    form: "partial",
    before: [tank(1, parked), tank(2, parked), shell(4, 1), shell(6, 1)],
    held: [tank(1, driving), tank(2, driving), shell(4, 5), shell(6, 1), tank(7, parked)],
    after: [tank(1, { ...parked, hp: 90 }), tank(2, parked), shell(4, 1.5), shell(9, 1)],
    parts: { omitted: new Set([2]), gone: [7] },
    bytes: [1 * 4, 0b0010, 90, 2 * 4, 1, ...D1_5, 1 * 4 + 2, 2, 1 * 4 + 1, 1, ...D1],
    result: [tank(1, { ...parked, hp: 90 }), tank(2, driving), shell(4, 1.5), shell(9, 1)],
  },
  {
    what: "partial, varint: differences from what was acked, 90 - 100 -> 19",
    kinds: BOTH,
    codec: "varint",
    form: "partial",
    before: [tank(1, parked), shell(4, 1)],
    held: [tank(1, driving), shell(4, 5)],
    after: [tank(1, { ...parked, hp: 90 }), tank(3, parked), shell(4, 1.5)],
    parts: { omitted: new Set([3]) },
    bytes: [1 * 4, 0b0010, 19, 2 * 4, 1, 0, 0x80, 0x80, 0x40],
    result: [tank(1, { ...parked, hp: 90 }), shell(4, 1.5)],
  },
  {
    what:
      "partial: an update brings back what the far end has lost, a spawn comes in another's place",
    kinds: BOTH,
    codec: "mask",
    form: "partial",
    before: [tank(0, parked), shell(5, 1), shell(6, 1)],
    held: [shell(5, 3), shell(8, 1)],
    after: [tank(0, { ...parked, hp: 90 }), tank(5, parked), shell(6, 1)],
    parts: { omitted: new Set([6]) },
    bytes: [0, 0b0010, 90, 4 * 4 + 1, 0, ...F1, 100, 0, 0],
    result: [tank(0, { ...parked, hp: 90 }), tank(5, parked), shell(8, 1)],
  },
  {
    what: "partial: an entity that is as it was acked and may have changed since goes whole",
    kinds: [SHELL],
    codec: "varint",
    form: "partial",
    before: [shell(0, 1), shell(1, 1), shell(2, 1)],
    held: [shell(0, 5), shell(1, 5)],
    after: [shell(0, 1), shell(1, 1), shell(2, 1)],
    parts: { omitted: new Set([1]), again: new Set([0, 1, 2]) },
    bytes: [1, ...D1, 1 * 4 + 1, ...D1],
    result: [shell(0, 1), shell(1, 5), shell(2, 1)],
  },
  {
    what: "delta: an entity that the far end has by now and that was not acked is not there",
    kinds: [SHELL],
    codec: "mask",
    form: "delta",
    before: [shell(1, 1)],
    held: [shell(1, 9), shell(2, 9)],
    after: [shell(1, 1), shell(3, 1)],
    bytes: [3 * 4 + 1, ...D1],
  },
];

describe("A world's codec", () => {
  test("writes and reads packets written by hand", () => {
    for (const { what, kinds, codec, form, before, after, bytes, parts, held, result } of GOLDEN) {
      const { snapshot, write, read } = wire(kinds, codec);
      for (const way of WAYS) {
        const written = write(form, snapshot(after), snapshot(before), parts, way);
        assert.deepEqual(written, bytes, `${codec} ${what}, ${way}`);
      }
      const state = read(form, bytes, snapshot(before), snapshot(held ?? before));
      assert.deepEqual(state.toFrame().entities, result ?? after, `${codec} ${what}`);
    }
  });

  test("writes and reads runs of updates that fill more than 32 bits of a mask and all types", () => {
    const wires = CODEC_NAMES.map((name) => ({ name, ...wire(KINDS, name) }));
    const way = fc.constantFrom(...WAYS);
    fc.assert(
      fc.property(cratePairs, way, fc.constantFrom(...wires), ([before, after], way, one) => {
        const base = one.snapshot(before);
        const bytes = one.write("delta", one.snapshot(after), base, {}, way);
        assert.deepEqual(bytes, bodyBytes(KINDS, one.name, "delta", after, before));
        assert.deepEqual(one.read("delta", bytes, base).toFrame().entities, after);
      }),
    );
  });

  for (const name of CODEC_NAMES) {
    const { snapshot, write, read, breakdown } = wire(KINDS, name);
    const forms: readonly Form[] = name === "raw" ? FORMS : [...FORMS, "partial"];

    test(`${name} agrees with the format's description for any two worlds`, () => {
      const form = fc.constantFrom(...FORMS);
      fc.assert(
        fc.property(worldPairs, form, fc.constantFrom(...WAYS), ([before, after], form, way) => {
          const base = snapshot(before);
          const state = snapshot(after);
          const bytes = write(form, state, base, {}, way);
          assert.deepEqual(bytes, bodyBytes(KINDS, name, form, after, before));
          assert.equal(read(form, bytes, base).equals(state), true);
          assert.equal(base.equals(snapshot(before)), true, "the baseline changed");
        }),
      );
    });

    test(`${name} brings a far end that holds something else to what the description says`, () => {
      const coin = fc.infiniteStream(fc.boolean());
      const gone = fc.uniqueArray(fc.integer({ min: 2, max: 15 }), { maxLength: 3 });
      fc.assert(
        fc.property(
          worldTriples,
          fc.constantFrom(...forms.slice(1)),
          coin,
          gone,
          fc.constantFrom(...WAYS),
          ([before, after, held], form, coins, going, way) => {
            const ids = new Set([...before, ...after].map(({ id }) => id));
            const omitted = after.filter(() => coins.next().value).map(({ id }) => id);
            const parts: Parts = form !== "partial" ? {} : {
              omitted: new Set(omitted),
              gone: going.filter((id) => !ids.has(id)),
              again: new Set(before.map(({ id }) => id).filter(() => coins.next().value)),
            };
            const base = snapshot(before);
            const bytes = write(form, snapshot(after), base, parts, way);
            assert.deepEqual(bytes, bodyBytes(KINDS, name, form, after, before, parts));
            const records = bodyRecords(KINDS, name, form, after, before, parts);
            const isWhole = name === "raw";
            const result = isWhole ? after : appliedTo(KINDS, form, records, after, before, held);
            const far = snapshot(held);
            assert.deepEqual(read(form, bytes, base, far).toFrame().entities, result);
            assert.equal(far.equals(snapshot(held)), true, "what is held changed");
          },
        ),
        { numRuns: 80 },
      );
    });

    test(`${name} accepts only keyframes and deltas that it writes`, () => {
      let accepted = 0;
      const form = fc.constantFrom(...forms.filter((form) => form !== "patch"));
      const triples = fc.oneof(worldTriples, cratePairs.map(([a, b]) => [a, b, a] as const));
      fc.assert(
        fc.property(triples, mutations, form, ([before, after, held], changes, form) => {
          const base = snapshot(before);
          const far = snapshot(form === "partial" ? held : before);
          const bytes = mutated(write(form, snapshot(after), base), changes);
          const state = refusal(() => read(form, bytes, base, far));
          if (state === undefined) return;
          accepted++;
          if (form !== "partial") {
            assert.deepEqual(write(form, state, base), bytes);
            return;
          }
          const { view, parts } = partialSource(breakdown.records, state, base);
          assert.deepEqual(write(form, view, base, parts), bytes);
        }),
        { seed: 5, numRuns: 250 },
      );
      assert.ok(accepted > 50, `only ${accepted} were accepted`);
    });

    test(`${name} reads or refuses hostile patches, and can say what it read`, () => {
      let accepted = 0;
      fc.assert(
        fc.property(worldPairs, worlds, mutations, ([before, after], held, changes) => {
          const base = snapshot(before);
          const bytes = mutated(write("patch", snapshot(after), base), changes);
          const far = snapshot(held);
          const state = refusal(() => read("patch", bytes, far));
          if (state === undefined) return;
          accepted++;
          assert.equal(read("patch", bytes, state).equals(state), true);
          const again = write("patch", state, far);
          assert.equal(read("patch", again, far).equals(state), true);
        }),
        { seed: 5, numRuns: 100 },
      );
      assert.ok(accepted > 20, `only ${accepted} were accepted`);
    });

    test(`${name} makes a far end's memory cost input bytes`, () => {
      const noise = fc.uint8Array({ minLength: 0, maxLength: 300 });
      fc.assert(fc.property(noise, fc.constantFrom(...forms), (bytes, form) => {
        const base = snapshot([]);
        const state = refusal(() => read(form, [...bytes], base));
        if (state === undefined) return;
        assert.ok(state.count * 2 <= bytes.length);
        assert.ok(state.words.length <= 256 + bytes.length * 48);
      }));
    });

    test(`${name} refuses snapshots whose texts are numbers elsewhere`, () => {
      const { layout } = wire(KINDS, name);
      const foreign = wire(KINDS, name).snapshot([]);
      const tracker = new WorldTracker(layout, name);
      assert.throws(() => tracker.begin(foreign), /another layout than the codec/);
    });
  }

  test("is one of three", () => {
    const { layout } = wire(TANKS, "mask");
    assert.throws(
      () => new WorldCodec(layout, "zip" as CodecName),
      /Codec is zip, expected one of/,
    );
    assert.throws(() => new WorldReader(layout, "zip" as CodecName), RangeError);
    assert.throws(() => new WorldTracker(layout, "zip" as CodecName), RangeError);
  });

  test("refuses keyframes with updates, despawns or unknown kinds", () => {
    const { read, snapshot } = wire(BOTH, "mask");
    const none = snapshot([]);
    assert.throws(() => read("keyframe", [2], none), /only spawns/);
    assert.throws(() => read("keyframe", [0, 0, 1], none), /only spawns/);
    assert.throws(() => read("keyframe", [1, 2], none), /kind index is 2/);
    assert.throws(() => read("keyframe", [1, 0xff, 0xff, 0xff, 0xff, 0x0f], none), /kind index/);
  });

  test("refuses deltas that the baseline rules out", () => {
    const { read, snapshot } = wire(BOTH, "mask");
    const base = snapshot([shell(5, 1)]);
    assert.throws(() => read("delta", [18], base), /lacks entity 4/);
    assert.throws(() => read("delta", [16, 1, ...D1], base), /lacks entity 4/);
    assert.throws(() => read("delta", [21, 1, ...D1_5], base), /spawns twice/);
    assert.throws(() => read("delta", [21, 1, ...D1], base), /spawns twice/);
    assert.throws(() => read("delta", [20, 0], base), /holds no field/);
    assert.throws(() => read("delta", [0x94, 0, 1, ...D1_5], base), /longer than needed/);
    assert.throws(() => read("delta", [20], base), /the input ends/);
    assert.throws(() => read("delta", [20, 1, ...D1], base), /unchanged/);
    assert.throws(() => read("delta", [20, 2, ...D1_5], base), /lacks/);
    // A second record of the same entity would have to go back.
    assert.throws(() => read("delta", [22, 3], base), ByteSyntaxError);
  });

  test("refuses partial deltas that the baseline rules out, whatever is held", () => {
    for (const name of ["mask", "varint"] as const) {
      const { read, snapshot } = wire(BOTH, name);
      const base = snapshot([shell(5, 1)]);
      const held = snapshot([shell(4, 1), shell(5, 2)]);
      const partial = (bytes: number[]) => () => read("partial", bytes, base, held);
      assert.throws(partial([16, 1, ...D1_5]), /the baseline lacks entity 4/);
      assert.throws(partial([20, 0]), /holds no field/);
      assert.throws(partial([20, 1, ...(name === "mask" ? D1 : [0, 0])]), /unchanged/);
      assert.throws(partial([21, 1, ...D1_5]), /spawns twice/);
      assert.throws(partial([21, 2]), /kind index is 2/);
      assert.throws(partial([22, 2, 3]), /record type is 3/);
      // It goes whole when only packets on their way may have changed it.
      assert.deepEqual(partial([21, 1, ...D1])().toFrame().entities, [shell(4, 1), shell(5, 1)]);
      assert.deepEqual(partial([18])().toFrame().entities, [shell(5, 2)]);
      assert.equal(partial([0 * 4 + 2])().equals(held), true);
    }
  });

  test("refuses a partial delta of the codec raw, which leaves nothing out", () => {
    const { read, snapshot } = wire(BOTH, "raw");
    assert.throws(() => read("partial", [], snapshot([])), /leaves nothing out/);
  });

  test("reads patches: makes unknown entities, replaces kinds, shrugs off despawns", () => {
    const { read, snapshot } = wire(BOTH, "mask");
    const held = snapshot([shell(5, 1)]);
    assert.equal(read("patch", [18], held).equals(held), true);
    const blank = { x: 0, hp: 0, gear: "park" };
    const update = [0, 0, 0b0010, 90];
    const made = [tank(0, { ...blank, hp: 90 }), shell(5, 1)];
    assert.deepEqual(read("patch", update, held).toFrame().entities, made);
    const other = [20, 0, 0b0010, 90];
    assert.deepEqual(read("patch", other, held).toFrame().entities, [
      tank(5, { ...blank, hp: 90 }),
    ]);
    assert.throws(() => read("patch", [20, 1, 0], held), /holds no field/);
    // A patch may send a field that the far end holds already.
    assert.equal(read("patch", [20, 1, 1, ...D1], held).equals(held), true);
  });
});

const mutations = fc.array(
  fc.tuple(fc.constantFrom("set", "cut", "insert", "swap"), fc.nat(), fc.nat(255)),
  { maxLength: 2 },
);

function mutated(
  bytes: readonly number[],
  changes: readonly (readonly [string, number, number])[],
) {
  let result = [...bytes];
  for (const [change, place, byte] of changes) {
    const at = place % (result.length + 1);
    if (change === "set" && at < result.length) result[at] = byte;
    else if (change === "insert") result.splice(at, 0, byte);
    else if (change === "cut") result = result.slice(0, at);
    else if (at < result.length) result[at]! ^= 1 << (byte & 7);
  }
  return result;
}

/** What `read` gives, or undefined when it refuses the bytes; any other error fails the test. */
function refusal(read: () => Snapshot): Snapshot | undefined {
  try {
    return read();
  } catch (error) {
    assert.ok(error instanceof ByteSyntaxError, String(error));
    return undefined;
  }
}

test("WorldCodec refuses what is no layout, and says where to get one", () => {
  const { layout, schema } = defineSchema({ ship: { x: "u8" } });
  for (const given of [{ layout, schema }, schema, undefined]) {
    const make = () => new WorldCodec(given as never, "varint");
    assert.throws(
      make,
      /TypeError: The layout is no SnapshotLayout: give the layout of defineSchema/,
    );
  }
});
