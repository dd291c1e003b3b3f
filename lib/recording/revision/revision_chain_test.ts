import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";
import type { Schema } from "../../core/state/schema.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { StateFrame } from "../../core/state/state.ts";
import { DecodedBlock } from "../block/decoded_block.ts";
import { BlockBuilder } from "../block/block_builder.ts";
import { readBlock, writeBlock } from "../block/block_codec.ts";
import { convertContent } from "./revision.ts";
import { RevisionChain } from "./revision_chain.ts";
import { recordHash, revisionBytes } from "./schema_record.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const format = readFileSync(new URL("../FORMAT.md", import.meta.url), "utf8");

/** Records and block of the examples in FORMAT.md, sections 2 and 9, with hashes by sha256sum. */
const RECORDS = [
  '{"kinds":[{"name":"player","fields":[{"name":"x","type":"i16"},{"name":"hp","type":"u8"}]}]}',
  '{"after":"bd54f92657397790","kinds":[{"name":"player","fields":[{"name":"hp","type":"u16"},{"name":"weapon","type":"enum","values":["rl"],"optional":true}]}]}',
  '{"after":"a236fd8838c49efd","kinds":[{"name":"player","fields":[{"name":"weapon","type":"enum","more":["lg"],"optional":true}]},{"name":"flag","fields":[]}]}',
];
const HASHES = ["bd54f92657397790", "a236fd8838c49efd", "20582d4028f618dc"];
const x = { name: "x", type: "i16" } as const;
const hp8 = { name: "hp", type: "u8" } as const;
const hp16 = { name: "hp", type: "u16" } as const;
const weapon = (...values: string[]) =>
  ({ name: "weapon", type: "enum", values, optional: true }) as const;
const SCHEMAS: readonly Schema[] = [
  { kinds: [{ name: "player", fields: [x, hp8] }] },
  { kinds: [{ name: "player", fields: [x, hp16, weapon("rl")] }] },
  {
    kinds: [{ name: "player", fields: [x, hp16, weapon("rl", "lg")] }, {
      name: "flag",
      fields: [],
    }],
  },
];
// Written by hand from FORMAT.md.
// deno-fmt-ignore
const BLOCK = Uint8Array.of(
  0x01, 0x0e, 0x00, 0x00, 0x00,          // 1 frame: 14
  0x00, 0, 0, 0, 0, 0, 0, 0x50, 0x40,    // integers from 64 ms
  0x00,                                  // offset 0
  0x01, 0x00, 0x01,                      // 1 kind, kind 0, 1 track
  0x01, 0x06, 0x00, 0x00, 0x00,          // id 3, birth 0, 1 frame, 1 sample
  0x01, 0x08,                            // presence: bit 2
  0x01, 0xda, 0x02, 0x58, 0x02,          // x = 109, hp = 300
  0x01, 0x02,                            // weapon 1
);
const FRAME: StateFrame = {
  frame: 14,
  timeMs: 64,
  entities: [{ id: 3, kind: "player", fields: { x: 109, hp: 300, weapon: "lg" } }],
};

function chainOf(records: readonly string[]): RevisionChain {
  const chain = new RevisionChain();
  let before: Uint8Array | undefined;
  for (const record of records.map(utf8)) {
    chain.add(record, before);
    before = record;
  }
  return chain;
}

function framesOf(block: DecodedBlock): StateFrame[] {
  return Array.from(
    block.frames,
    (_, i) => block.read(i, new Snapshot(block.layout)).toFrame(),
  );
}

describe("RevisionChain", () => {
  test("reads the records that FORMAT.md spells out", () => {
    for (const record of RECORDS) assert.ok(format.includes(`\n    ${record}\n`), record);
    for (const hash of HASHES) assert.ok(format.includes(hash), hash);
    assert.deepEqual(RECORDS.map((record) => recordHash(utf8(record))), HASHES);
    for (let count = 1; count <= 3; count++) {
      const chain = chainOf(RECORDS.slice(0, count));
      assert.equal(chain.count, count);
      assert.deepEqual(chain.schema, SCHEMAS[count - 1]);
    }
  });

  test("reads the block that FORMAT.md spells out, and writes it", () => {
    const [, example] = format.split(/## 9\. |## 10\. /);
    const lines = example!.split("\n").map((line) =>
      /^ {4}((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: {2}|$)/.exec(line)
    );
    const hex = lines.flatMap((line) => line === null ? [] : line[1]!.split(" "));
    assert.deepEqual(Uint8Array.from(hex, (byte) => parseInt(byte, 16)), BLOCK);
    const layout = new SnapshotLayout(chainOf(RECORDS).schema);
    assert.deepEqual(framesOf(new DecodedBlock(readBlock(new ByteReader(BLOCK), layout), layout)), [
      FRAME,
    ]);
    const builder = new BlockBuilder(layout);
    builder.stage(FRAME);
    builder.commit(FRAME);
    const out = new ByteWriter();
    writeBlock(out, builder.take(), layout);
    assert.deepEqual(out.bytes(), BLOCK);
  });

  test("has the same rows while only enums and kinds grow", () => {
    const chain = chainOf(RECORDS);
    assert.deepEqual([0, 1, 2].map((revision) => chain.isLast(revision)), [false, true, true]);
  });

  test("reads each revision whole where it was written so, and shares what is the same", () => {
    const whole = (schema: Schema) => JSON.stringify(schema);
    const chain = chainOf(SCHEMAS.map(whole));
    assert.deepEqual(chain.schema, SCHEMAS[2]);
    assert.deepEqual([0, 1, 2].map((revision) => chain.isLast(revision)), [false, true, true]);
  });

  test("takes a whole schema that is no addition, and converts by name", () => {
    const player = (...fields: unknown[]) => ({ name: "player", fields });
    const from = { kinds: [player(weapon("rl", "lg"), hp8), { name: "flag", fields: [] }] };
    const to = {
      kinds: [{ name: "flag", fields: [] }, player(hp16, weapon("axe", "lg", "rl"))],
    };
    const chain = chainOf([JSON.stringify(from), JSON.stringify(to)]);
    const frame: StateFrame = {
      frame: 1,
      timeMs: 2,
      entities: [
        { id: 1, kind: "flag", fields: {} },
        { id: 2, kind: "player", fields: { hp: 7 } },
        { id: 3, kind: "player", fields: { hp: 255, weapon: "lg" } },
      ],
    };
    const layout = new SnapshotLayout(from as Schema);
    const builder = new BlockBuilder(layout);
    builder.stage(frame);
    builder.commit(frame);
    const out = new ByteWriter();
    writeBlock(out, builder.take(), layout);
    const rows = chain.earlier(0);
    const last = new SnapshotLayout(chain.schema);
    const content = convertContent(readBlock(new ByteReader(out.bytes()), rows.layout), rows, last);
    assert.deepEqual(framesOf(new DecodedBlock(content, last)), [frame]);
  });

  const player =
    '{"kinds":[{"name":"player","fields":[{"name":"e","type":"enum","values":["a"]}]}]}';
  const after = recordHash(utf8(player));
  const bad: readonly [string, string[], RegExp][] = [
    ["an addition to nothing", [RECORDS[1]!], /there is none before/],
    ["an addition to another revision", [RECORDS[0]!, RECORDS[2]!], /the one before is "bd54f926/],
    [
      "more texts of a field that is no enum",
      [RECORDS[0]!, RECORDS[1]!.replace('"type":"u16"', '"type":"enum","more":["a"]')],
      /"player" has more values of a field that is no enum/,
    ],
    [
      "more texts in a whole schema",
      ['{"kinds":[{"name":"a","fields":[{"name":"e","type":"enum","more":["a"]}]}]}'],
      /"a" has more values/,
    ],
    [
      "texts that are whole and more at once",
      [
        player,
        `{"after":"${after}","kinds":[{"name":"player","fields":[{"name":"e","type":"enum","values":["a"],"more":["a"]}]}]}`,
      ],
      /"e" has more values of no enum/,
    ],
    [
      "a kind twice",
      ['{"kinds":[{"name":"a","fields":[]},{"name":"a","fields":[]}]}'],
      /"a" occurs twice/,
    ],
    ["no schema", ['{"kinds":7}'], /no list of kinds/],
  ];
  for (const [name, records, message] of bad) {
    test(`refuses ${name}`, () => assert.throws(() => chainOf(records), message));
  }

  test("refuses more texts and fields than a field and a kind hold", () => {
    const hash = (record: string) => recordHash(utf8(record));
    const more = (count: number) =>
      `{"after":"${after}","kinds":[{"name":"player","fields":[{"name":"e","type":"enum","more":${
        JSON.stringify(Array.from({ length: count }, (_, i) => `${i}`))
      }}]}]}`;
    assert.equal(chainOf([player, more(65535)]).schema.kinds[0]!.fields[0]!.values!.length, 65536);
    assert.throws(() => chainOf([player, more(65536)]), /"e" has more than 65536 values/);
    const records = [player];
    for (let i = 0; i < 64; i++) {
      records.push(
        `{"after":"${
          hash(records.at(-1)!)
        }","kinds":[{"name":"player","fields":[{"name":"f${i}","type":"u8"}]}]}`,
      );
    }
    assert.equal(chainOf(records.slice(0, 64)).schema.kinds[0]!.fields.length, 64);
    assert.throws(() => chainOf(records), /"player" has more than 64 fields/);
  });

  test("of 65 000 revisions keeps one list of an enum's texts, and copies none", () => {
    const chain = new RevisionChain();
    let before: Uint8Array = utf8(player);
    chain.add(before, undefined);
    const texts = () => chain.schema.kinds[0]!.fields[0]!.values!;
    const list = texts();
    for (let i = 1; i < 65_000; i++) {
      const record: Uint8Array = utf8(
        `{"after":"${
          recordHash(before)
        }","kinds":[{"name":"player","fields":[{"name":"e","type":"enum","more":["t${i}"]}]}]}`,
      );
      chain.add(record, before);
      before = record;
      // Copies of the list would be 2^31 texts.
      if (texts() !== list) assert.fail(`revision ${i} has a list of its own`);
    }
    assert.equal(list.length, 65_000);
    assert.ok(chain.isLast(0));
  });

  test("refuses revisions that would make a reader lay out too many fields", () => {
    const kinds = Array.from({ length: 65_536 }, (_, i) => `{"name":"${i}","fields":[]}`);
    const chain = new RevisionChain();
    let before: Uint8Array = utf8(`{"kinds":[${kinds.join(",")}]}`);
    chain.add(before, undefined);
    assert.throws(() => {
      for (let i = 0; i < 65_000; i++) {
        const record: Uint8Array = utf8(
          `{"after":"${recordHash(before)}","kinds":[{"name":"7","fields":[{"name":"x","type":"${
            i % 2 ? "u8" : "i8"
          }"}]}]}`,
        );
        chain.add(record, before);
        before = record;
      }
    }, /more than 8388608 kinds and fields together/);
    // The first has 65 536 kinds; each of 126 with a field more is laid out anew.
    assert.equal(chain.count, 127);
  });
});

describe("revisionBytes()", () => {
  test("writes the records that FORMAT.md spells out", () => {
    const written = SCHEMAS.map((schema, i) => {
      const before = i === 0 ? undefined : { schema: SCHEMAS[i - 1]!, hash: HASHES[i - 1]! };
      return new TextDecoder().decode(revisionBytes(schema, before));
    });
    assert.deepEqual(written, RECORDS);
  });

  test("writes all of a schema that is no addition", () => {
    const schema = { kinds: [{ name: "player", fields: [hp8, x] }] };
    const bytes = revisionBytes(schema, { schema: SCHEMAS[0]!, hash: HASHES[0]! });
    assert.deepEqual(JSON.parse(new TextDecoder().decode(bytes)), schema);
  });
});
