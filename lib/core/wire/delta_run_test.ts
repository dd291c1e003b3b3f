import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError } from "../bytes/bytes.ts";
import { PacketBreakdown } from "./packet_breakdown.ts";
import { PacketHeader } from "./packet_header.ts";
import type { Field, Kind } from "../state/schema.ts";
import { Snapshot } from "../state/snapshot.ts";
import { SnapshotLayout } from "../state/snapshot_layout.ts";
import type { EntityState } from "../state/state.ts";
import { bodyBytes } from "./wire_model_test_helper.ts";
import { BodyWriter } from "./wire_rewrite_test_helper.ts";
import { WorldReader } from "./world_reader.ts";

const wide = Array.from({ length: 40 }, (_, i): Field => ({ name: `n${i}`, type: "i32" }));

/** Kinds of numbers that are always there, of few fields and of more than 32. */
const STEPS: readonly Kind[] = [
  {
    name: "dot",
    fields: [{ name: "n0", type: "u8" }, { name: "n1", type: "i16" }, ...wide.slice(2, 10)],
  },
  { name: "wide", fields: wide },
];
const layout = new SnapshotLayout({ kinds: STEPS });

const small = fc.integer({ min: 0, max: 120 });
const large = fc.oneof(small, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));

function entity(id: number): fc.Arbitrary<EntityState> {
  const values = (kind: Kind) =>
    fc.record(Object.fromEntries(
      kind.fields.map(({ name, type }) => [name, type === "i32" ? large : small]),
    ));
  return fc.oneof(
    values(STEPS[0]!).map((fields) => ({ id, kind: "dot", fields })),
    values(STEPS[1]!).map((fields) => ({ id, kind: "wide", fields })),
  );
}

/** A world, and what became of it: some fields of some entities are another's. */
const changes: fc.Arbitrary<[EntityState[], EntityState[]]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 6 })
  .chain((ids) =>
    fc.tuple(...ids.sort((a, b) => a - b).map((id) => fc.tuple(entity(id), entity(id), fc.nat())))
  )
  .map((all) => [
    all.map(([before]) => before),
    all.map(([before, other, bits]) => {
      const names = Object.keys(before.fields).filter((_, i) => (bits >>> (i % 31)) & 1);
      const taken = before.kind === other.kind ? names : [];
      const fields = Object.fromEntries(taken.map((name) => [name, other.fields[name]!]));
      return { ...before, fields: { ...before.fields, ...fields } };
    }),
  ]);

/** What a body comes to, or why it is none. */
function readBody(body: Uint8Array, base: Snapshot, isRun: boolean, isCounted: boolean): unknown {
  const reader = new WorldReader(layout, "varint");
  if (isCounted) reader.breakdown = new PacketBreakdown(reader.codec);
  const header = Object.assign(new PacketHeader(), { form: "delta" });
  const reuse = isRun ? new Snapshot(layout) : undefined;
  try {
    return reader.read(header, new ByteReader(body), base, base, reuse).toFrame().entities;
  } catch (error) {
    if (error instanceof ByteSyntaxError) return error.message;
    throw error;
  }
}

describe("DeltaRun", () => {
  test("write() puts the bytes of the format, whatever fields changed by whatever steps", () => {
    const writer = new BodyWriter(layout, "varint");
    const snapshot = (entities: readonly EntityState[]) =>
      Snapshot.of(layout, { frame: 0, timeMs: 0, entities });
    fc.assert(
      fc.property(changes, ([before, after]) => {
        const written = writer.write("delta", snapshot(after), snapshot(before));
        assert.deepEqual([...written], bodyBytes(STEPS, "varint", "delta", after, before));
      }),
      { numRuns: 400 },
    );
  });

  test("read() takes bodies, and bytes that are none, as records one by one", () => {
    const accident = fc.record({
      at: fc.nat(),
      byte: fc.oneof(fc.constantFrom(0, 1, 0x80, 0xff), fc.nat(255)),
      length: fc.nat(),
    });
    const run = fc.tuple(changes, fc.option(accident)).map(([[before, after], hit]) => {
      const body = Uint8Array.from(bodyBytes(STEPS, "varint", "delta", after, before));
      if (hit === null || body.length === 0) return { before, body, after };
      body[hit.at % body.length] = hit.byte;
      return { before, body: hit.length % 4 === 0 ? body.slice(0, hit.at % body.length) : body };
    });
    fc.assert(
      fc.property(run, ({ before, body, after }) => {
        const base = Snapshot.of(layout, { frame: 0, timeMs: 0, entities: before });
        const one = readBody(body, base, false, false);
        if (after !== undefined) assert.deepEqual(one, after);
        for (const isCounted of [false, true]) {
          assert.deepEqual(readBody(body, base, true, isCounted), one);
        }
      }),
      { numRuns: 600 },
    );
  });
});
