import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { textWidth } from "../report/text_width.ts";
import { anatomyText } from "./anatomy_text.ts";
import type { FieldAnatomy, PacketAnatomy, PacketFate, RecordAnatomy } from "./packet_anatomy.ts";

const FIELDS: readonly FieldAnatomy[] = [
  { field: "x", bits: 16, from: -0, to: 0 },
  { field: "key", bits: 64, from: 2n ** 63n, to: 2n ** 63n + 1n },
  { field: "name", bits: 24, from: null, to: "ada" },
  { field: "hp", bits: 8, from: 7, to: null },
];
const RECORDS: readonly RecordAnatomy[] = [
  {
    id: 3,
    kind: "ship",
    type: "update",
    bits: 128,
    entityBits: 8,
    maskBits: 8,
    fields: FIELDS,
  },
  { id: 9, kind: null, type: "despawn", bits: 8, entityBits: 8, maskBits: 0, fields: [] },
];
const DELTA: PacketAnatomy = {
  run: "strict mask 4g",
  consumer: 2,
  frame: 12,
  timeMs: 200.5,
  form: "delta",
  ack: "strict",
  codec: "mask",
  baselineFrame: 9,
  assumedFrame: null,
  baselineAgeFrames: 3,
  baselineAgeMs: 50,
  ackedFrame: 9,
  appliedFrame: 11,
  keyframeReason: null,
  reason: ["Against frame 9."],
  between: [
    { frame: 10, outcome: "applied", latencyMs: 30, ack: "on-its-way" },
    { frame: 11, outcome: "applied", latencyMs: 32.26, ack: "on-its-way" },
  ],
  betweenLeftOut: 0,
  waiting: [4, "door"],
  bits: 184,
  wireBits: 408,
  datagrams: 1,
  wire: [{ part: "ipUdpHeaders", bits: 224 }, { part: "packet", bits: 184 }],
  header: [
    { part: "form", bits: 8, value: "delta" },
    { part: "frame", bits: 32, value: 12 },
    { part: "baselineDistance", bits: 8, value: 3 },
  ],
  records: RECORDS,
  fate: { outcome: "applied", latencyMs: 31, wrongFields: 0 },
};

describe("anatomyText()", () => {
  test("prints each part with its bits and shares, and what is known of it", () => {
    const rows: readonly (readonly [string, number | string, string, string])[] = [
      ["", "bits", "packet", "wire"],
      ["on the wire", 408, "", "100.0 %"],
      ["├ IPv4 and UDP headers of 1 datagram", 224, "", "54.9 %"],
      ["└ delta against frame 9", 184, "100.0 %", "45.1 %"],
      ["  ├ header", 48, "26.1 %", "11.8 %"],
      ["  │ ├ form: delta", 8, "4.3 %", "2.0 %"],
      ["  │ ├ frame: 12", 32, "17.4 %", "7.8 %"],
      ["  │ └ frames back to the baseline: 3", 8, "4.3 %", "2.0 %"],
      ["  ├ update ship 3", 128, "69.6 %", ""],
      ["  │ ├ id and type", 8, "4.3 %", ""],
      ["  │ ├ mask: x, key, name, hp", 8, "4.3 %", ""],
      ["  │ ├ x -0 -> 0", 16, "8.7 %", ""],
      ["  │ ├ key 9223372036854775808 -> 9223372036854775809", 64, "34.8 %", ""],
      ['  │ ├ name absent -> "ada"', 24, "13.0 %", ""],
      ["  │ └ hp 7 -> absent", 8, "4.3 %", ""],
      ["  └ despawn 9", 8, "4.3 %", ""],
      ["    └ id and type", 8, "4.3 %", ""],
      ["sum of the packet's lines: 23 bytes", 184, "100.0 %", ""],
    ];
    assert.deepEqual([...anatomyText(DELTA, { columns: 100 })], [
      "strict mask 4g: consumer 2, frame 12 at 200.5 ms",
      "",
      ...rows.map(([label, bits, packet, wire]) =>
        `${label.padEnd(71)}${String(bits).padStart(11)}${packet.padStart(9)}${wire.padStart(9)}`
          .trimEnd()
      ),
      "",
      "Against frame 9.",
      "The packet arrived after 31 ms and was applied.",
      "Waiting for the budget: 4, door",
      "",
      "Packets since the acked frame 9, as it stood when this one was sent:",
      "  frames 10 to 11 (2)  applied after 30 ms to 32.3 ms, its ack on its way",
    ]);
  });

  test("tells kinds where they travel, and of a patch what is sent though it is held", () => {
    const records: readonly RecordAnatomy[] = [
      { ...RECORDS[0]!, kindBits: 4, fields: [{ field: "x", bits: 16, from: 4, to: 4 }] },
      {
        ...RECORDS[0]!,
        type: "spawn",
        maskBits: 0,
        fields: [{ field: "x", bits: 16, from: null, to: 4 }],
      },
      {
        ...RECORDS[0]!,
        id: "",
        type: "spawn",
        maskBits: 0,
        fields: [
          { field: "x", bits: 16, from: null, to: 4 },
          { field: "hp", bits: 8, from: 1, to: 1 },
        ],
      },
    ];
    const patch: PacketAnatomy = {
      ...DELTA,
      form: "patch",
      baselineFrame: null,
      assumedFrame: 11,
      datagrams: 2,
      wire: [
        { part: "ipUdpHeaders", bits: 448 },
        { part: "pieceHeaders", bits: 64 },
        { part: "packet", bits: 184 },
      ],
      wireBits: 696,
      records,
    };
    const labels = [...anatomyText(patch, { columns: 100 })].map((line) =>
      line.slice(0, 71).trimEnd()
    );
    for (
      const label of [
        "├ IPv4 and UDP headers of 2 datagrams",
        "├ piece headers of 2 datagrams",
        "└ patch, going on from frame 11",
        "  │ ├ id, type and kind",
        "  │ └ x 4, as the far end has it",
        "  ├ spawn ship 3",
        "  │ ├ id and type",
        "  │ └ x 4",
        '  └ spawn ship ""',
        "    ├ x absent -> 4",
        "    └ hp 1, as the far end has it",
      ]
    ) assert.ok(labels.includes(label), label);
  });

  test("tells of what is sent again with which frame it went before, and what became of that", () => {
    const x = (outcome: "lost" | "late" | "applied"): FieldAnatomy => ({
      ...{ field: "x", bits: 16, from: 4, to: 4 },
      sentAgain: { frame: 11, outcome },
    });
    const records: readonly RecordAnatomy[] = [
      { ...RECORDS[0]!, fields: [x("lost"), x("late"), x("applied")] },
      {
        ...RECORDS[0]!,
        type: "spawn",
        fields: [{ field: "x", bits: 16, from: 4, to: 4 }],
        sentAgain: { frame: 10, outcome: "lost" },
      },
      { ...RECORDS[1]!, kind: "ship", sentAgain: { frame: 10, outcome: "lost" } },
    ];
    const patch: PacketAnatomy = { ...DELTA, form: "patch", ack: "nack", records };
    const labels = [...anatomyText(patch, { columns: 100 })].map((line) =>
      line.slice(0, 71).trimEnd()
    );
    for (
      const label of [
        "  │ ├ x 4, sent again: lost with frame 11",
        "  │ ├ x 4, sent again: frame 11 came late",
        "  │ └ x 4, sent again: no ack told of frame 11",
        "  ├ spawn ship 3, sent again: lost with frame 10",
        "  │ └ x 4",
        "  └ despawn ship 9, sent again: lost with frame 10",
      ]
    ) assert.ok(labels.includes(label), label);
  });

  test("tells since when packets are listed", () => {
    const titleOf = (given: Partial<PacketAnatomy>) =>
      [...anatomyText({ ...DELTA, ...given }, { columns: 100 })].find((line) =>
        line.startsWith("Packets since")
      );
    const end = ", as it stood when this one was sent:";
    assert.equal(titleOf({}), `Packets since the acked frame 9${end}`);
    assert.equal(titleOf({ ackedFrame: null }), `Packets since the consumer joined${end}`);
    const append = { ack: "append", ackedFrame: null } as const;
    assert.equal(
      titleOf(append),
      `Packets since frame 11, which the consumer had applied last${end}`,
    );
    assert.equal(
      titleOf({ ...append, appliedFrame: null }),
      `Packets since the consumer joined${end}`,
    );
  });

  test("tells every fate", () => {
    const said = (fate: PacketFate) =>
      [...anatomyText({ ...DELTA, fate, between: [], waiting: null }, { columns: 100 })].at(-1);
    const at = { latencyMs: 5.04, wrongFields: null };
    assert.equal(
      said({ outcome: "lost", latencyMs: null, wrongFields: null }),
      "The packet was lost.",
    );
    assert.equal(
      said({ outcome: "applied", latencyMs: 5, wrongFields: 1 }),
      "The packet arrived after 5 ms and was applied; 1 field was wrong with the consumer then.",
    );
    assert.equal(
      said({ ...at, outcome: "late" }),
      "The packet arrived after 5 ms, later than a newer one, and was left aside.",
    );
    assert.equal(
      said({ ...at, outcome: "missing-baseline" }),
      "The packet arrived after 5 ms and could not be applied: the consumer held nothing to apply it to.",
    );
    assert.equal(
      said({ ...at, outcome: "disconnected" }),
      "The packet was on its way when the consumer disconnected.",
    );
    assert.equal(
      said({ ...at, outcome: "on-its-way" }),
      "The packet is still on its way at the end of the recording: it takes 5 ms.",
    );
  });

  test("fits its columns and steers no terminal, whatever names and texts are", () => {
    const hostile = "\x1b[31m\u202e漢字\n".repeat(30);
    const wide: RecordAnatomy = {
      id: hostile,
      kind: hostile,
      type: "update",
      bits: 1e9,
      entityBits: 8,
      maskBits: 8,
      fields: Array.from({ length: 64 }, () => ({
        field: hostile,
        bits: 1e9,
        from: hostile,
        to: Number.MIN_VALUE,
      })),
    };
    const packet: PacketAnatomy = {
      ...DELTA,
      run: hostile,
      records: [wide],
      waiting: Array.from({ length: 50 }, () => hostile),
      between: Array.from({ length: 50 }, (_, i) => ({
        frame: 4294967290 + i % 2,
        outcome: i % 2 === 0 ? "missing-baseline" as const : "late" as const,
        latencyMs: 59_999.9,
        ack: null,
      })),
    };
    for (const columns of [undefined, 60, 61, 99, 200]) {
      const lines = [...anatomyText(packet, columns === undefined ? {} : { columns })];
      const most = Math.max(...lines.map(textWidth));
      assert.ok(most <= (columns ?? 80), `${most} of ${columns}`);
      assert.doesNotMatch(lines.join(""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });

  test("colours what it is told to", () => {
    const plain = [...anatomyText(DELTA, { columns: 100 })];
    const colored = [...anatomyText(DELTA, { isColored: true, columns: 100 })];
    assert.ok(colored[0]!.includes("\x1b["));
    // deno-lint-ignore no-control-regex
    assert.deepEqual(colored.map((line) => line.replace(/\x1b\[\d+m/g, "")), plain);
  });
});
