import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import { runInMemory } from "../in_memory_test_helper.ts";
import { inFolder } from "../run_cli_test_helper.ts";

/** States of a recording at a frame as `[id, kind, fields]`. */
async function statesOf(path: string, frame: number) {
  const source = new FileSource(path);
  try {
    const reader = await RecordingReader.open(source);
    const answer = await reader.at(frame);
    assert.ok(answer.found);
    const { entities } = answer.state.toFrame();
    return entities.map(({ id, kind, fields }) => [reader.names.idOf(id), kind, { ...fields }]);
  } finally {
    source.close();
  }
}

/** Records lines from a file and from a pipe, and compares the states at a frame. */
async function records(
  lines: readonly string[],
  args: readonly string[],
  frame: number,
  expected: readonly unknown[],
) {
  await inFolder(async (cwd) => {
    const input = lines.join("\n");
    writeFileSync(join(cwd, "in.ndjson"), input);
    for (const from of ["in.ndjson", "-"]) {
      const record = ["record", from, ...args, "-o", "out.mcap", "--force"];
      const { code, stderr } = await runInMemory(record, { cwd, input });
      assert.equal(code, 0, stderr);
      assert.deepEqual(await statesOf(join(cwd, "out.mcap"), frame), expected, from);
    }
  });
}

const row = (f: number, id: string, rest = '"x":1') =>
  `{"f":${f},"t":${f * 50},"id":${id},${rest}}`;

test("record keeps ids of any spelling, from a file and from a pipe", async () => {
  const ids = ['"3f1f9a1e-7c55"', "76561198000000123", '"17"', "-5", "1.5"];
  const lines = [0, 1].flatMap((f) => ids.map((id) => row(f, id)));
  const kept = ["3f1f9a1e-7c55", "76561198000000123", -5, 1.5, "17"];
  await records(lines, [], 1, kept.map((id) => [id, "entity", { x: 1 }]));
});

test("record tells ids of kinds apart with --ids-by-kind, and names it where they clash", async () => {
  const lines = [row(0, "1", '"kind":"player","x":1'), row(0, "1", '"kind":"rocket","x":2')];
  await records(lines, ["--ids-by-kind"], 0, [[1, "player", { x: 1 }], [1, "rocket", { x: 2 }]]);
  await inFolder(async (cwd) => {
    const input = lines.join("\n");
    const { code, stderr } = await runInMemory(["record", "-", "-o", "out.mcap"], { cwd, input });
    assert.equal(code, 1);
    assert.match(stderr, /:2:19: the entity 1 has two rows in frame 0.*; give --ids-by-kind if/);
  });
});

test("record makes two tracks of an id that is taken again, by a removal and by a generation", async () => {
  const sparse = [row(0, "4"), row(1, "4", '"gone":true'), row(1, "4", '"x":7')];
  await records(sparse, ["--sparse", "--despawn-key", "gone"], 1, [[4, "entity", { x: 7 }]]);
  const dense = [row(0, '"a"', '"gen":1'), row(1, '"a"', '"gen":2')];
  await records(dense, ["--generation-key", "gen"], 1, [["a", "entity", { gen: 2 }]]);
});
