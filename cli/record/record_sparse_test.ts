import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import type { StateFrame } from "../../lib/world.ts";
import {
  hindcast,
  hindcastJson,
  inFolder,
  ndjson,
  type Outcome,
  recordHere,
  testdata,
} from "../run_cli_test_helper.ts";

interface Report {
  readonly runs: readonly { readonly hash: string }[];
}

/** Two at rest; the second jumps from x = 0 to x = 12 in frame 9. */
const SPARSE = [
  { f: 0, t: 0, id: 1, kind: "p", x: 0, y: -20, z: 0 },
  { f: 0, t: 0, id: 2, kind: "p", x: 0, y: 0, z: 0 },
  { f: 9, t: 180, id: 2, x: 12 },
  { f: 10, t: 200, id: 2, y: 0.5 },
];
const DENSE = Array.from({ length: 11 }, (_, f) => [
  { f, t: f * 20, id: 1, kind: "p", x: 0, y: -20, z: 0 },
  { f, t: f * 20, id: 2, kind: "p", x: f < 9 ? 0 : 12, y: f < 10 ? 0 : 0.5, z: 0 },
]).flat();

const SLOW = { timeout: 60_000 };

test(
  "record --sparse answers as the same world does in dense rows",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, "dense"), ndjson(DENSE));
      writeFileSync(join(cwd, "rows"), ndjson(SPARSE));
      const inputs = [["dense"], ["rows", "--sparse"], ["-", "--sparse"]];
      const recordings = await Promise.all(inputs.map(async (args, i) => {
        const input = args[0] === "-" ? ndjson(SPARSE) : "";
        const { code, stderr } = await hindcast(["record", ...args, "-o", `${i}.mcap`], {
          cwd,
          input,
        });
        assert.equal(code, 0, stderr);
        assert.match(stderr, /^recorded 11 frames, 22 states to [^\n]*\n$/);
        const source = new FileSource(join(cwd, `${i}.mcap`));
        const frames = await framesOf(await RecordingReader.open(source));
        source.close();
        return frames;
      }));
      const [dense, ...others] = recordings;
      assert.deepEqual(dense![8], {
        frame: 8,
        timeMs: 160,
        entities: [
          { id: 1, kind: "p", fields: { x: 0, y: -20, z: 0 } },
          { id: 2, kind: "p", fields: { x: 0, y: 0, z: 0 } },
        ],
      });
      for (const other of others) assert.deepEqual(other, dense);

      const shots = ["--shape", "p=sphere:1", "--policy", "ms:100", "--json", "--details"];
      const ray = "frame=10,shooter=1,from=6,-20,0,to=6,20,0";
      const answers = await Promise.all(["0.mcap", "1.mcap"].map(async (path) => {
        const [rewind, report] = await Promise.all([
          hindcast(["rewind", path, "--shot", ray, ...shots], { cwd }),
          hindcastJson<Report>(["report", path, "--json"], { cwd }),
        ]);
        return { rewind: rewind.stdout.replaceAll(path, ""), runs: report.runs };
      }));
      assert.match(answers[0]!.rewind, /"victim": null/);
      assert.equal(answers[0]!.runs.length, 1);
      assert.deepEqual(answers[1], answers[0]);
    }),
);

test("a recording of sparse rows, frames and CSV is as of the same world in dense rows", async () => {
  const frames = [0, 9, 10].map((f) => {
    const rows = SPARSE.filter((row) => row.f === f);
    return { f, t: rows[0]!.t, entities: rows.map(({ f: _f, t: _t, ...row }) => row) };
  });
  const cells = SPARSE.map(({ f, t, id, kind = "", x = "", y = "", z = "" }) =>
    [f, t, id, kind, x, y, z].join()
  );
  const dense = await framesOf(await recordHere(ndjson(DENSE)));
  assert.equal(dense.length, 11);
  const inputs = {
    "rows.gz": new Uint8Array(gzipSync(ndjson(SPARSE))),
    frames: ndjson(frames),
    csv: ndjson(["f,t,id,kind,x,y,z", ...cells]),
  };
  for (const [name, input] of Object.entries(inputs)) {
    assert.deepEqual(await framesOf(await recordHere(input, { sparse: true })), dense, name);
  }
});

async function framesOf(reader: RecordingReader): Promise<StateFrame[]> {
  return await Array.fromAsync(reader.snapshots(), (snapshot) => snapshot.toFrame());
}

test(
  "record --every makes quiet frames at each k-th, and refuses a frame beside them",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const rows = [4, 10, 22].map((f) => ({ f, t: f * 10, id: 1, x: f }));
      const [plain, three, five] = await Promise.all([[], ["3"], ["5"]].map(([every = ""]) => {
        const args = ["record", "-", "--sparse", "-o", `o${every}.mcap`];
        if (every !== "") args.push("--every", every);
        return hindcast(args, { cwd, input: ndjson(rows) });
      })) as [Outcome, Outcome, Outcome];
      assert.equal(plain.code, 0);
      assert.match(
        plain.stderr,
        /^note: all frames with rows are a multiple of 6 apart, .*; give --every 6\nrecorded 19 frames/,
      );
      assert.equal(three.code, 0);
      assert.match(three.stderr, /^recorded 7 frames, 7 states to o3\.mcap/);
      const at = (frame: number) => hindcast(["at", "o3.mcap", "--frame", String(frame)], { cwd });
      const [kept, beside] = await Promise.all([at(7), at(8)]);
      assert.match(kept.stdout, /^frame 7 at 70 ms/);
      assert.match(beside.stdout, /never recorded/);
      assert.equal(five.code, 1);
      assert.match(five.stderr, /^hindcast: Cannot read standard input:2:6: .*count by 5 from 4; /);
    }),
);

test(
  "record refuses a gap in sparse rows that no recorder leaves",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const input = ndjson([{ f: 0, t: 0, id: 1 }, { f: 4294967295, t: 9, id: 1 }]);
      const { code, stderr } = await hindcast(["record", "-", "--sparse", "-o", "o"], {
        cwd,
        input,
      });
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^hindcast: Cannot read standard input:2:6: [^\n]*give --every the step[^\n]*\n$/,
      );
    }),
);

for (const args of [["--every", "2"], ["--sparse", "--every", "0"]]) {
  test(`record ${args.join(" ")} is a usage error`, SLOW, () =>
    inFolder(async (cwd) => {
      const { code, stderr } = await hindcast(["record", "-", "-o", "o", "--force", ...args], {
        cwd,
      });
      assert.equal(code, 2);
      assert.match(stderr, /--every/);
    }));
}

test(
  "record notes dense input that looks sparse in one line, once, and exits 0",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const rows = [
        ...[1, 2, 3].map((id) => ({ f: 0, t: 0, id, x: 0 })),
        ...[5, 6, 9].map((f) => ({ f, t: f * 20, id: 2, x: f })),
      ];
      writeFileSync(join(cwd, "in"), ndjson(rows));
      for (const input of ["in", "-"]) {
        const options = { cwd, ...input === "-" ? { input: ndjson(rows) } : {} };
        const { code, stderr } = await hindcast(
          ["record", input, "-o", "o.mcap", "--force"],
          options,
        );
        assert.equal(code, 0);
        assert.match(stderr, /^note: rows seem to be [^\n]*; give --sparse\nrecorded 4 [^\n]*\n$/);
      }
    }),
);

test(
  "record notes input that looks sparse, and what its rows lack",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const { code, stderr } = await hindcast(["record", "-", "-o", "o.mcap", "--force"], {
        cwd,
        input: ndjson(SPARSE),
      });
      assert.equal(code, 0);
      assert.match(
        stderr,
        /^note: rows seem [^\n]*; give --sparse\nnote: some rows of "entity" have no "x" and "y", [^\n]*\nrecorded 3 /,
      );
    }),
);

test(
  "at, info, report and rewind read a sparse recording of an old version, with a note",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const path = testdata("recording/sparse-v1.mcap");
      const shot = ["--shot", "frame=9,shooter=1,from=8,-20,0,to=8,20,0", "--policy", "frames:0"];
      const commands = [
        ["at", path, "--frame", "9"],
        ["info", path],
        ["report", path],
        ["rewind", path, "--shape", "guard=sphere:1", ...shot],
      ];
      const outcomes = await Promise.all(commands.map((args) => hindcast(args, { cwd })));
      for (const { code, stderr } of outcomes) {
        assert.equal(code, 0, stderr);
        const notes = stderr.split("\n").filter((line) => line.includes("older version"));
        assert.equal(notes.length, 1);
        assert.match(notes[0]!, /^note: .*sparse-v1\.mcap .* 14 frames .*; record it again$/);
      }
      assert.match(outcomes[0]!.stdout, /^frame 9 at 180 ms/);
      assert.match(outcomes[1]!.stdout, /4 frames, 3 to 20, .* 2 gaps \(14 frames missing\)/);
      const missing = await hindcast(["at", path, "--frame", "5"], { cwd });
      assert.match(missing.stdout, /never recorded/);
      const { format } = await hindcastJson<{ format: number }>(["info", path, "--json"]);
      assert.equal(format, 1);
    }),
);

test("info has no note on a dense recording of an old version that has a hole", SLOW, async () => {
  const { code, stdout, stderr } = await hindcast(["info", testdata("recording/hole-v1.mcap")]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /20 frames, 0 to 69, .* 1 gap \(50 frames missing\)/);
});
