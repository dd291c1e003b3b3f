import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { McapChunkBuilder } from "@mcap/core";
import { ByteWriter } from "../../core/bytes/bytes.ts";
import type { Schema } from "../../core/state/schema.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { FieldValues, StateFrame } from "../../core/state/state.ts";
import { BlockBuilder } from "../block/block_builder.ts";
import { writeBlock } from "../block/block_codec.ts";
import { writeBlockTable } from "../block/block_table.ts";
import { McapOutput } from "../container/mcap_output.ts";
import { framesOf, openBytes } from "../memory_recording_test_helper.ts";
import { sealMembers } from "../container/metadata_facts.ts";
import { recordHash } from "./schema_record.ts";
import { MemorySink } from "../container/memory_file.ts";

/** A block of one frame of one player. */
interface PlayerBlock {
  /** Revision whose channel it is on. */
  readonly revision: number;
  /** Fields of its rows as they are laid out, enums as their words. */
  readonly types: readonly string[];
  /** Values, fields named a, b, c. */
  readonly fields: FieldValues;
}

/** File of hand-written schema records, `AFTER` standing for the hash of the record before. */
function fileOf(records: readonly string[], blocks: readonly PlayerBlock[]): Uint8Array {
  const sink = new MemorySink();
  const output = new McapOutput(sink, "by hand");
  output.metadata("hindcast", sealMembers(new Map([["format", "2"]])));
  let hash = "";
  records.forEach((text, revision) => {
    const data = new TextEncoder().encode(text.replace("AFTER", hash));
    hash = recordHash(data);
    const id = 3 + revision;
    output.channel({ id, name: "hindcast.State", encoding: "x-hindcast-schema", data }, {
      id,
      schemaId: id,
      topic: "state",
      messageEncoding: "x-hindcast-block",
      metadata: new Map([["schemaHash", hash]]),
    });
  });
  blocks.forEach(({ revision, types, fields }, i) => {
    const chunk = new McapChunkBuilder({});
    const logTime = BigInt(i) * 1_000_000_000n;
    const data = blockOf(frameOf(i, fields), types);
    chunk.addMessage({ channelId: 3 + revision, sequence: i, logTime, publishTime: logTime, data });
    output.chunk(chunk, 1);
  });
  output.metadata("hindcast.events", sealMembers(new Map()));
  const spans = blocks.map((_, i) => ({
    firstFrame: i,
    lastFrame: i,
    frameCount: 1,
    firstTimeMs: i * 1000,
    lastTimeMs: i * 1000,
    minTimeMs: i * 1000,
  }));
  output.attachment("hindcast.blocks", "application/x-hindcast-blocks", writeBlockTable(spans));
  output.end();
  return sink.bytes();
}

function frameOf(frame: number, fields: FieldValues): StateFrame {
  return { frame, timeMs: frame * 1000, entities: [{ id: 7, kind: "player", fields }] };
}

function blockOf(frame: StateFrame, types: readonly string[]): Uint8Array {
  const fields = types.map((type, i) => ({
    name: "abc"[i]!,
    type: type.replace("?", ""),
    ...(type.endsWith("?") ? { optional: true } : {}),
  }));
  const layout = new SnapshotLayout({ kinds: [{ name: "player", fields }] } as Schema);
  const builder = new BlockBuilder(layout);
  builder.stage(frame);
  builder.commit(frame);
  const out = new ByteWriter();
  writeBlock(out, builder.take(), layout);
  return out.bytes().slice();
}

const player = (fields: string) => `{"name":"player","fields":[${fields}]}`;
const FIRST = `{"kinds":[${
  player('{"name":"a","type":"enum","values":["rl"]},{"name":"b","type":"u8"}')
}]}`;
const added = (fields: string) => `{"after":"AFTER","kinds":[${player(fields)}]}`;
const RECORDS = [
  FIRST,
  added('{"name":"a","type":"enum","more":["lg","gl"]}'),
  added('{"name":"b","type":"i16"}'),
  added(
    '{"name":"a","type":"enum","more":["axe"],"optional":true},{"name":"c","type":"bool","optional":true}',
  ),
  added('{"name":"a","type":"enum","more":["ng"],"optional":true}'),
];
const OLD = ["u16", "u8"];
const WIDE = ["u16", "i16"];
const LAST = ["u16?", "i16", "bool?"];

describe("A recording with revisions that add", () => {
  const bytes = fileOf(RECORDS, [
    { revision: 0, types: OLD, fields: { a: 0, b: 255 } },
    { revision: 1, types: OLD, fields: { a: 2, b: 0 } },
    { revision: 2, types: WIDE, fields: { a: 1, b: -3 } },
    { revision: 3, types: LAST, fields: { a: 3, b: 4, c: true } },
    { revision: 4, types: LAST, fields: { b: 5 } },
    { revision: 4, types: LAST, fields: { a: 4, b: 5, c: false } },
  ]);
  const frames = [
    frameOf(0, { a: "rl", b: 255 }),
    frameOf(1, { a: "gl", b: 0 }),
    frameOf(2, { a: "lg", b: -3 }),
    frameOf(3, { a: "axe", b: 4, c: true }),
    frameOf(4, { b: 5 }),
    frameOf(5, { a: "ng", b: 5, c: false }),
  ];

  test("reads under the last of them, in any order", async () => {
    const reader = await openBytes(bytes);
    assert.equal(reader.revisions, 5);
    assert.deepEqual(reader.schema.kinds[0]!.fields, [
      { name: "a", type: "enum", values: ["rl", "lg", "gl", "axe", "ng"], optional: true },
      { name: "b", type: "i16" },
      { name: "c", type: "bool", optional: true },
    ]);
    assert.deepEqual(await framesOf(reader), frames);
    for (const i of [5, 0, 3, 1, 4, 2, 0]) {
      const answer = await reader.at(i);
      assert.deepEqual(answer.found && answer.state.toFrame(), frames[i]);
    }
  });

  test("is refused where a block goes back to an earlier one", async () => {
    const back = fileOf(RECORDS, [
      { revision: 2, types: WIDE, fields: { a: 1, b: -3 } },
      { revision: 1, types: OLD, fields: { a: 2, b: 0 } },
    ]);
    await assert.rejects(openBytes(back), /block 1 has revision 1 after 2/);
  });

  test("is refused where one adds to another than the one before", async () => {
    const other = RECORDS.with(2, RECORDS[2]!.replace("AFTER", "0123456789abcdef"));
    const file = fileOf(other, []);
    await assert.rejects(openBytes(file), (error) => {
      const told =
        /^RecordingSyntaxError: Cannot read schema 5 at byte (\d+): the revision adds to "0123456789abcdef", the one before is "[0-9a-f]{16}" \(test\.mcap\)$/
          .exec(String(error));
      const at = Number(told?.[1]);
      // A schema record with that text stands there.
      assert.equal(file[at], 0x03);
      const text = new TextDecoder("latin1").decode(file.subarray(at, at + 100));
      assert.match(text, /"0123456789abcdef"/);
      return true;
    });
  });

  test("is refused where a word names no text, in an early and in the last revision", async () => {
    for (const [revision, types] of [[1, OLD], [4, LAST]] as const) {
      const reader = await openBytes(
        fileOf(RECORDS, [{ revision, types, fields: { a: 5, b: 1 } }]),
      );
      await assert.rejects(reader.at(0), /Cannot read block at byte \d+: .*holds 5/);
    }
  });
});
