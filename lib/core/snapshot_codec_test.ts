import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError, ByteWriter } from "./bytes.ts";
import { PacketBreakdown } from "./packet_breakdown.ts";
import type { Kind } from "./schema.ts";
import { CODEC_NAMES, type CodecName, SnapshotCodec } from "./snapshot_codec.ts";
import { Snapshot, SnapshotLayout } from "./snapshot.ts";
import type { EntityState, FieldValues } from "./state.ts";
import { bodyBytes, KINDS, worldPairs, worlds } from "./wire_model_test.ts";

type Form = "keyframe" | "delta" | "patch";

const FORMS: readonly Form[] = ["keyframe", "delta", "patch"];

/** Writing and reading of whole worlds of objects. */
function wire(kinds: readonly Kind[], name: CodecName) {
  const layout = new SnapshotLayout({ kinds });
  const codec = new SnapshotCodec(layout, name);
  const snapshot = (entities: readonly EntityState[]) =>
    Snapshot.of(layout, { frame: 0, timeMs: 0, entities });
  const write = (form: Form, state: Snapshot, base: Snapshot) => {
    const out = new ByteWriter();
    if (form === "keyframe") codec.writeKeyframe(state, out);
    else if (form === "delta") codec.writeDelta(state, base, out);
    else codec.writePatch(state, base, out);
    return [...out.bytes()];
  };
  const read = (form: Form, bytes: readonly number[], base: Snapshot) => {
    const input = new ByteReader(Uint8Array.from(bytes));
    const state = form === "keyframe"
      ? codec.readKeyframe(input)
      : form === "delta"
      ? codec.readDelta(input, base)
      : codec.readPatch(input, base);
    assert.equal(input.remaining, 0, "the packet was not read to its end");
    return state;
  };
  return { layout, codec, snapshot, write, read };
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
];

describe("SnapshotCodec", () => {
  test("SnapshotCodec writes and reads packets written by hand", () => {
    for (const { what, kinds, codec, form, before, after, bytes } of GOLDEN) {
      const { snapshot, write, read } = wire(kinds, codec);
      assert.deepEqual(write(form, snapshot(after), snapshot(before)), bytes, `${codec} ${what}`);
      const state = read(form, bytes, snapshot(before));
      assert.deepEqual(state.toFrame().entities, after, `${codec} ${what}`);
    }
  });

  for (const name of CODEC_NAMES) {
    const { codec, snapshot, write, read } = wire(KINDS, name);

    test(`SnapshotCodec ${name} agrees with the format's description for any two worlds`, () => {
      fc.assert(fc.property(worldPairs, fc.constantFrom(...FORMS), ([before, after], form) => {
        const base = snapshot(before);
        const state = snapshot(after);
        const bytes = write(form, state, base);
        assert.deepEqual(bytes, bodyBytes(KINDS, name, form, after, before));
        assert.equal(read(form, bytes, base).equals(state), true);
      }));
    });

    test(`SnapshotCodec ${name} accepts only keyframes and deltas that it writes`, () => {
      let accepted = 0;
      fc.assert(
        fc.property(worldPairs, mutations, fc.boolean(), ([before, after], changes, isDelta) => {
          const form = isDelta ? "delta" : "keyframe";
          const base = snapshot(before);
          const bytes = mutated(write(form, snapshot(after), base), changes);
          const state = refusal(() => read(form, bytes, base));
          if (state === undefined) return;
          accepted++;
          assert.deepEqual(write(form, state, base), bytes);
        }),
        { seed: 5, numRuns: 500 },
      );
      assert.ok(accepted > 100, `only ${accepted} were accepted`);
    });

    test(`SnapshotCodec ${name} reads or refuses hostile patches, and can say what it read`, () => {
      let accepted = 0;
      fc.assert(
        fc.property(worldPairs, worlds, mutations, ([before, after], held, changes) => {
          const base = snapshot(before);
          const bytes = mutated(write("patch", snapshot(after), base), changes);
          const far = snapshot(held);
          const state = refusal(() => read("patch", bytes, far));
          if (state === undefined) return;
          accepted++;
          const again = write("patch", state, far);
          assert.equal(read("patch", again, far).equals(state), true);
        }),
        { seed: 5, numRuns: 500 },
      );
      assert.ok(accepted > 100, `only ${accepted} were accepted`);
    });

    test(`SnapshotCodec ${name} refuses every cut packet that is not cut between records`, () => {
      fc.assert(
        fc.property(worldPairs, fc.constantFrom(...FORMS), ([before, after], form) => {
          const base = snapshot(before);
          const bytes = write(form, snapshot(after), base);
          for (let length = 0; length < bytes.length; length++) {
            const cut = bytes.slice(0, length);
            const state = refusal(() => read(form, cut, base));
            if (state !== undefined && form !== "patch") {
              assert.deepEqual(write(form, state, base), cut);
            }
          }
        }),
        { numRuns: 40 },
      );
    });

    test(`SnapshotCodec ${name} makes a far end's memory cost input bytes`, () => {
      const noise = fc.uint8Array({ minLength: 0, maxLength: 300 });
      fc.assert(fc.property(noise, fc.constantFrom(...FORMS), (bytes, form) => {
        const base = snapshot([]);
        const state = refusal(() => read(form, [...bytes], base));
        if (state === undefined) return;
        assert.ok(state.count * 2 <= bytes.length);
        assert.ok(state.words.length <= 256 + bytes.length * 48);
      }));
    });

    test(`SnapshotCodec ${name} writes the same with a breakdown, whose parts add up`, () => {
      const counted = wire(KINDS, name);
      const breakdown = counted.codec.breakdown = new PacketBreakdown(counted.layout);
      fc.assert(fc.property(worldPairs, fc.constantFrom(...FORMS), ([before, after], form) => {
        const bytes = counted.write(form, counted.snapshot(after), counted.snapshot(before));
        assert.deepEqual(bytes, write(form, snapshot(after), snapshot(before)));
        const fieldBits = breakdown.fieldBits.reduce((sum, bits) => sum + bits, 0);
        assert.equal(breakdown.entityBits + breakdown.maskBits + fieldBits, bytes.length * 8);
      }));
    });

    test(`SnapshotCodec ${name} refuses snapshots whose texts are numbers elsewhere`, () => {
      const foreign = wire(KINDS, name).snapshot([]);
      for (const form of FORMS) {
        assert.throws(() => write(form, foreign, snapshot([])), /another layout than the codec/);
      }
    });

    test(`SnapshotCodec ${name} changes neither state nor baseline`, () => {
      fc.assert(
        fc.property(worldPairs, ([before, after]) => {
          const base = snapshot(before);
          const state = snapshot(after);
          for (const form of FORMS) read(form, write(form, state, base), base);
          assert.equal(base.equals(snapshot(before)), true);
          assert.equal(state.equals(snapshot(after)), true);
          assert.equal(codec.snapshot(state, base).equals(state), true);
        }),
        { numRuns: 30 },
      );
    });
  }

  test("SnapshotCodec.snapshot() copies into snapshots that were larger or smaller", () => {
    const { codec, snapshot } = wire(BOTH, "mask");
    const counts = [0, 5, 700, 3, 90, 701, 70, 16, 17, 64, 65, 2000, 128, 129, 0];
    let reuse: Snapshot | undefined;
    for (const count of counts) {
      const ids = Array.from({ length: count }, (_, id) => id);
      const entities = ids.map((id) =>
        id % 3 ? tank(id, { ...parked, hp: id & 255 }) : shell(id, id)
      );
      reuse = codec.snapshot(snapshot(entities), reuse);
      assert.deepEqual(reuse.toFrame().entities, entities);
      // What lies behind the copy must not show in entities that are added later.
      const at = reuse.add(4000000, 0);
      assert.deepEqual([...reuse.words.subarray(at, reuse.wordCount)], new Array(8).fill(0));
    }
  });

  test("SnapshotCodec.readKeyframe() refuses updates, despawns and unknown kinds", () => {
    const { read, snapshot } = wire(BOTH, "mask");
    const none = snapshot([]);
    assert.throws(() => read("keyframe", [2], none), /only spawns/);
    assert.throws(() => read("keyframe", [0, 0, 1], none), /only spawns/);
    assert.throws(() => read("keyframe", [1, 2], none), /kind index is 2/);
    assert.throws(() => read("keyframe", [1, 0xff, 0xff, 0xff, 0xff, 0x0f], none), /kind index/);
  });

  test("SnapshotCodec.readDelta() refuses what the baseline rules out", () => {
    const { read, snapshot } = wire(BOTH, "mask");
    const base = snapshot([shell(5, 1)]);
    assert.throws(() => read("delta", [18], base), /lacks entity 4/);
    assert.throws(() => read("delta", [16, 1, ...D1], base), /lacks entity 4/);
    assert.throws(() => read("delta", [21, 1, ...D1_5], base), /spawns twice/);
    assert.throws(() => read("delta", [20, 0], base), /holds no field/);
    assert.throws(() => read("delta", [20, 1, ...D1], base), /unchanged/);
    assert.throws(() => read("delta", [20, 2, ...D1_5], base), /lacks/);
    // A second record of the same entity would have to go back.
    assert.throws(() => read("delta", [22, 3], base), ByteSyntaxError);
  });

  test("SnapshotCodec.readPatch() makes unknown entities, replaces kinds, shrugs off despawns", () => {
    const { codec, read, snapshot } = wire(BOTH, "mask");
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
    const alone = codec.readPatch(new ByteReader(Uint8Array.from(update)), undefined);
    assert.deepEqual(alone.toFrame().entities, [tank(0, { ...blank, hp: 90 })]);
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
