import assert from "node:assert/strict";
import { textWidth } from "../../lib/bandwidth/report/text_width.ts";
import { test } from "node:test";
import fc from "fast-check";
import {
  type DiffOptions,
  diffRecordings,
  MemorySink,
  MemorySource,
  type RecordingDiff,
  RecordingReader,
  RecordingWriter,
} from "../../lib/recording.ts";
import type { StateEvent, StateFrame } from "../../lib/world.ts";
import { ndjson, recordHere } from "../run_cli_test_helper.ts";
import { diffLines } from "./diff_lines.ts";
import { pairTexts } from "./value_text.ts";

async function diffRows(
  a: readonly object[],
  b: readonly object[],
  options?: DiffOptions,
): Promise<RecordingDiff> {
  return await diffRecordings(await recordHere(ndjson(a)), await recordHere(ndjson(b)), options);
}

async function recordFrames(
  frames: readonly StateFrame[],
  events: readonly StateEvent[],
): Promise<RecordingReader> {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { level: 1 });
  for (const frame of frames) await writer.write(frame);
  for (const event of events) await writer.writeEvent(event);
  await writer.close();
  return await RecordingReader.open(new MemorySource(sink.bytes()));
}

async function linesOf(...given: Parameters<typeof diffRows>): Promise<string[]> {
  return diffLines(await diffRows(...given), ["a.mcap", "b.mcap"]);
}

interface Row {
  readonly f: number;
  readonly t: number;
  readonly id: number;
  readonly kind: string;
  readonly x?: number;
}

const ROWS: readonly Row[] = Array.from({ length: 30 }, (_, f) => [
  { f, t: f * 20, id: 3, kind: "player", x: f * 0.5, arm: "axe" },
  { f, t: f * 20, id: 4, kind: "rock", size: 7 },
]).flat();
const SHOT = { f: 12, t: 240, ev: "shot", id: 3, ray: [0, 1] };

test("diffLines() says in one line that nothing differs, and what was compared", async () => {
  assert.deepEqual(await linesOf([...ROWS, SHOT], [...ROWS, SHOT]), [
    "A and B are equal: 30 frames, 60 states, 1 events compared",
    "A: a.mcap",
    "B: b.mcap",
  ]);
});

test("diffLines() tells the first difference, then all of its frame, of each field and sort", async () => {
  const others = ROWS.filter(({ f, id }) => f !== 20 && !(id === 4 && f >= 15 && f < 18))
    .map((row) =>
      row.x !== undefined && row.f >= 12 ? { ...row, x: row.x + 0.25, arm: "lg" } : row
    );
  const lines = await linesOf([...ROWS, SHOT], [...others, { ...SHOT, ray: [0, 2] }]);
  assert.deepEqual(lines, [
    "A and B differ: first at frame 12 (240 ms):",
    "  entity 3 (player) x: 6 in A, 6.25 in B",
    "A: a.mcap",
    "B: b.mcap",
    "",
    "what differs at frame 12:",
    "  entity 3 (player) x: 6 in A, 6.25 in B",
    '  entity 3 (player) arm: "axe" in A, "lg" in B',
    '  event shot: ray[1]: 1 in A, 2 in B; {"id":3,"ray":[0,1]} in A',
    "",
    "values that differ:",
    "  field       count  first  last  ids  id      A     B  largest  growing",
    "  player.x       17     12    29    1   3      6  6.25     0.25  no",
    '  player.arm     17     12    29    1   3  "axe"  "lg"        -  -',
    "",
    "frame only in A: 20",
    "",
    "states and fields that are missing, or of another kind:",
    "  what  how        states  first at  id: frames",
    "  rock  only in A       3        15  4: 15-17",
    "",
    "events that differ:",
    "  event  changed  only in A  only in B  first at",
    "  shot         1          0          0        12",
    '    ray[1]: 1 in A, 2 in B; {"id":3,"ray":[0,1]} in A',
    "",
    "first, last: frames; ids: how many entities differ; id, A, B: at the first",
    "growing: the mean |difference| of up to 64 spans of time rises (Kendall's tau at",
    "  least 0.6 and 5 deviations above chance) and is twice as large in the last",
    "  third; - where that cannot be told",
    "",
    "pairs: 29 frames, 55 states, 1 events (of 30 frames, 1 events in A, 29 frames, 1",
    "  events in B)",
  ]);
});

test("diffLines() tells drift within a tolerance apart from differences", async () => {
  const others = ROWS.map((row) => row.x === undefined ? row : { ...row, x: row.x + row.f / 64 });
  assert.deepEqual(await linesOf(ROWS, others, { tolerances: { "player.x": 0.5 } }), [
    "A and B are equal within the tolerances: 30 frames, 60 states, 0 events compared",
    "A: a.mcap",
    "B: b.mcap",
    "",
    "drift within a tolerance, which is no difference:",
    "  field     count  first  last  ids  tolerance  largest  growing",
    "  player.x     29      1    29    1        0.5   0.4531  yes",
    "",
    "first, last: frames; ids: how many entities differ",
    "growing: the mean |difference| of up to 64 spans of time rises (Kendall's tau at",
    "  least 0.6 and 5 deviations above chance) and is twice as large in the last",
    "  third; - where that cannot be told",
    "",
    "tolerances: player.x 0.5",
  ]);
});

test("diffLines() fits a terminal and tells what names would do to it, whatever they are", async () => {
  const name = fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 90 }),
    fc.constantFrom("\u001b[31m", "a\nb", "constructor", "x".repeat(200)),
  ).filter((text) => text !== "__proto__");
  const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
  const row = fc.record({ kind: name, field: name, a: value, b: value, isGone: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
      const frame = 4_000_000_000;
      const record = (side: "a" | "b") => {
        const there = rows.map((row, i) => ({ ...row, id: frame + i }))
          .filter(({ isGone }) => side === "a" || !isGone);
        const entities = there.map(({ id, kind, field, ...values }) => {
          return { id, kind, fields: { [field]: values[side] } };
        });
        const { kind, field } = rows[0]!;
        const data = side === "a" ? { [field]: { [kind]: 1 } } : { [field]: 2 };
        const event = { name: kind, frame, timeMs: 1.5, data };
        return recordFrames([{ frame, timeMs: 1.5, entities }], [event]);
      };
      const diff = await diffRecordings(await record("a"), await record("b"));
      const lines = diffLines(diff, ["a\u001b[2J", "b\n"]);
      assert.match(lines[0]!, /^A and B differ: first at frame 4000000000 \(1.5 ms\):/);
      for (const line of lines) {
        assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        assert.ok(textWidth(line) <= 80, line);
      }
    }),
    { numRuns: 12 },
  );
});

test("diffLines() puts names, and then all cells, on lines of their own where they are too wide", async () => {
  const frame = 4_000_000_000;
  const frames = (x: number, kind: string) =>
    [0, 1].map((i) => ({
      frame: frame + i,
      timeMs: i * 20,
      entities: [{ id: 4_294_967_295, kind, fields: { x } }],
    }));
  const table = async (kind: string, a: number, b: number) => {
    const [one, other] = [a, b].map((x) => recordFrames(frames(x, kind), []));
    const lines = diffLines(await diffRecordings(await one!, await other!), ["a", "b"]);
    const start = lines.indexOf("values that differ:") + 1;
    return lines.slice(start, lines.indexOf("", start));
  };
  assert.deepEqual(await table("vehicle_with_wheels", 1, 3), [
    "    count       first        last  ids          id  A  B  largest  growing",
    "  vehicle_with_wheels.x",
    "        2  4000000000  4000000001    1  4294967295  1  3        2  -",
  ]);
  assert.deepEqual(await table("vehicle", 9007199254740991, 0.5), [
    "  vehicle.x: count 2, first 4000000000, last 4000000001, ids 1, id 4294967295, A",
    "    9007199254740991, B 0.5, largest 9007199254740990, growing -",
  ]);
});

test("diffLines() tells what events hold of which one recording alone has some", async () => {
  const events = [1, 2].map((id) => ({ f: 12, t: 240, ev: "shot", id, by: "x".repeat(9 * id) }));
  const lines = await linesOf([...ROWS, ...events], [...ROWS, events[0]!]);
  assert.deepEqual(lines.slice(0, 2), [
    "A and B differ: first at frame 12 (240 ms):",
    '  event shot: only in A: {"id":2,"by":"xxxxxxxxxxxxxxxxxx"}',
  ]);
});

test("pairTexts() never gives the same text for what differs, and whole numbers as they are", () => {
  const number = fc.double({ noNaN: true });
  fc.assert(
    fc.property(number, number, fc.integer({ min: 1, max: 1000 }), (a, b, ulps) => {
      for (const other of [b, a * (1 + ulps * Number.EPSILON), a + 1e-9]) {
        if (Object.is(a, other)) continue;
        const [one, two] = pairTexts(a, other, 12);
        assert.notEqual(one, two);
        for (const [value, shown] of [[a, one], [other, two]] as const) {
          assert.ok(shown.length <= 24, shown);
          if (Number.isInteger(value)) assert.ok(Object.is(Number(shown), value), shown);
          else if (Number.isFinite(value)) {
            assert.ok(Math.abs(Number(shown) / value - 1) < 1e-5, shown);
          }
        }
      }
    }),
    { numRuns: 2000 },
  );
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\u001b") });
  fc.assert(
    fc.property(text, text, text, text, (before, a, b, after) => {
      if (a === b) return;
      const [one, two] = pairTexts(before + a + after, before + b + after, 12);
      assert.notEqual(one, two);
      assert.ok(one.length <= 12 && two.length <= 12, `${one} ${two}`);
    }),
    { numRuns: 2000 },
  );
  assert.deepEqual(pairTexts(169.375, 169.37500000000003, 12), ["169.375", "169.37500000000003"]);
  assert.deepEqual(pairTexts(-0.0000011620439826085406, -0.0000011620439826085408, 12), [
    "-1.1620439826085406e-6",
    "-1.1620439826085408e-6",
  ]);
  assert.deepEqual(pairTexts(1 / 3, 2 / 3, 12), ["0.333333", "0.666667"]);
  assert.deepEqual(pairTexts(9007199254740991, 9007199254740990, 10), [
    "9007199254740991",
    "9007199254740990",
  ]);
  assert.deepEqual(pairTexts(123456789.4, 0.5, 10), ["1.23457e+8", "0.5"]);
  assert.deepEqual(pairTexts(true, 1, 12), ["true", "1"]);
});
