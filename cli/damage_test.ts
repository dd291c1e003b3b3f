import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { FileSource, RecordingReader } from "../lib/recording.ts";
import {
  hindcast,
  hindcastJson,
  inFolder,
  ndjson,
  recordRows,
  recordShort,
  type Row,
  THIS_RUNTIME,
  unwrapped,
} from "./run_cli_test_helper.ts";

const SLOW = { timeout: 120_000 };

/** Rows of 30 frames in three blocks of ten, and an event of each block. */
const ROWS: readonly Row[] = Array.from({ length: 30 }, (_, f): Row[] => [
  { f, t: f * 100, id: 1, kind: "p", x: f },
  ...(f % 10 === 0 ? [{ ev: "hit", f, t: f * 100, n: f }] : []),
]).flat();

interface Place {
  readonly offset: number;
  readonly length: number;
}

/** Records the rows, and says where the blocks lie. */
async function recordBlocks(folder: string) {
  const path = await recordRows(folder, ROWS);
  const source = new FileSource(path);
  const { blocks } = await RecordingReader.open(source);
  source.close();
  assert.deepEqual(blocks.map(({ firstFrame }) => firstFrame), [0, 10, 20]);
  return { path, blocks, bytes: readFileSync(path) };
}

function flipped(bytes: Uint8Array, { offset, length }: Place): Uint8Array {
  const copy = bytes.slice();
  copy[offset + length - 20]! ^= 1;
  return copy;
}

/** Lines in an order of their own, as events stand before or after the states of their frame. */
function sorted(text: string): string[] {
  return text.trimEnd().split("\n").map((line) =>
    JSON.stringify(Object.entries(JSON.parse(line)).sort())
  )
    .sort();
}

describe("A recording with a damaged block", SLOW, () => {
  test("is read without it by each command, which says so once and exits with 4", () =>
    inFolder(async (cwd) => {
      const { blocks, bytes } = await recordBlocks(cwd);
      writeFileSync(join(cwd, "bad.mcap"), flipped(bytes, blocks[1]!));
      const told =
        /^hindcast: bad\.mcap is damaged: 10 frames are lost \(10 to 19\); hindcast recover saves the rest as a whole file\n/;
      const commands: readonly (readonly string[])[] = [
        ["info", "bad.mcap"],
        ["info", "bad.mcap", "--json"],
        ["info", "bad.mcap", "--schema"],
        ["info", "bad.mcap", "--checksums"],
        ["info", "bad.mcap", "--propose-schema"],
        ["at", "bad.mcap", "--frame", "5"],
        ["at", "bad.mcap", "--frame", "15"],
        ["at", "bad.mcap", "--time", "1500"],
        ["cat", "bad.mcap"],
        ["cut", "bad.mcap", "--from", "5", "-o", "cut.mcap"],
        ["merge", "bad.mcap", "rows.mcap", "--after", "-o", "merged.mcap"],
        ["diff", "bad.mcap", "bad.mcap"],
        ["report", "bad.mcap"],
        ["report", "bad.mcap", "--json"],
      ];
      for (const command of commands) {
        const { code, stderr } = await hindcast(command, { cwd });
        assert.equal(code, 4, `${command.join(" ")}: ${stderr}`);
        assert.match(stderr, told);
        const strict = await hindcast([...command, "--no-damage"], { cwd });
        assert.deepEqual([strict.code, strict.stdout], [1, ""], command.join(" "));
        if (command[0] !== "cut" && command[0] !== "merge") {
          assert.match(
            strict.stderr,
            /^hindcast: Cannot read bad\.mcap: it is damaged: 10 frames [^\n]*--no-damage[^\n]*\n$/,
          );
        }
      }
    }));

  test("lacks its frames in every answer", () =>
    inFolder(async (cwd) => {
      const { blocks, bytes } = await recordBlocks(cwd);
      writeFileSync(join(cwd, "bad.mcap"), flipped(bytes, blocks[1]!));
      const info = await hindcast(["info", "bad.mcap", "--json"], { cwd });
      const found = JSON.parse(info.stdout);
      assert.equal(found.frames, 20);
      assert.deepEqual([found.gaps, found.missingFrames], [1, 10]);
      assert.equal(found.kinds[0].rows, 20);
      assert.deepEqual(found.events, { hit: 3 });
      const { faults, ...damage } = found.damage;
      assert.deepEqual(damage, {
        cut: false,
        hasAllData: true,
        unfinishedBytes: 0,
        leftOutBytes: blocks[1]!.length,
        lostFrames: 10,
        lost: [{ from: 10, to: 19, frames: 10, after: 9, before: 20 }],
        lostEvents: 0,
        lostIds: 0,
        faultCount: 1,
      });
      assert.deepEqual([faults.length, faults[0].section, faults[0].offset], [
        1,
        "block",
        blocks[1]!.offset,
      ]);
      const at = await hindcast(["at", "bad.mcap", "--frame", "15", "--json"], { cwd });
      assert.deepEqual(JSON.parse(at.stdout), { frame: 15, found: false, reason: "lost" });
      const told = await hindcast(["at", "bad.mcap", "--frame", "15"], { cwd });
      assert.equal(told.stdout, "frame 15: not there, it is lost\n");
      const after = await hindcast(["at", "bad.mcap", "--frame", "31", "--json"], { cwd });
      assert.equal(JSON.parse(after.stdout).reason, "future");
      const cat = await hindcast(["cat", "bad.mcap", "--events", "none"], { cwd });
      const states = ROWS.filter(({ ev, f }) => !ev && ((f as number) < 10 || (f as number) > 19));
      assert.deepEqual(sorted(cat.stdout), sorted(ndjson(states)));
    }));

  test("keeps the exit code of what goes wrong besides", () =>
    inFolder(async (cwd) => {
      const { blocks, bytes } = await recordBlocks(cwd);
      writeFileSync(join(cwd, "bad.mcap"), flipped(bytes, blocks[1]!));
      const differs = await hindcast(["diff", "rows.mcap", "bad.mcap"], { cwd });
      assert.equal(differs.code, 3, differs.stderr);
      const usage = await hindcast(["at", "bad.mcap"], { cwd });
      assert.equal(usage.code, 2);
      const taken = await hindcast(["cut", "bad.mcap", "-o", "rows.mcap"], { cwd });
      assert.equal(taken.code, 1, taken.stderr);
      const after = await hindcast(["info", "rows.mcap"], { cwd });
      assert.deepEqual([after.code, after.stderr], [0, ""]);
    }));
});

describe("hindcast verify", SLOW, () => {
  test("says of a whole recording what it holds", () =>
    inFolder(async (cwd) => {
      await recordBlocks(cwd);
      const { code, stderr, stdout } = await hindcast(["verify", "rows.mcap"], { cwd });
      assert.deepEqual([code, stderr], [0, ""]);
      assert.equal(stdout, "rows.mcap: whole: 30 frames in 3 blocks, 3 events\n");
      const { bytes, ...json } = await hindcastJson<{ bytes: number }>(
        ["verify", "rows.mcap", "--json"],
        { cwd },
      );
      assert.equal(bytes, readFileSync(join(cwd, "rows.mcap")).length);
      assert.deepEqual(json, {
        path: "rows.mcap",
        whole: true,
        rewrittenBy: null,
        frames: 30,
        blocks: 3,
        events: 3,
        faults: [],
        faultCount: 0,
        damage: null,
      });
    }));

  test("lists faults, the worst first, and what recover saves, with exit code 3", () =>
    inFolder(async (cwd) => {
      const { blocks, bytes } = await recordBlocks(cwd);
      writeFileSync(join(cwd, "bad.mcap"), flipped(bytes, blocks[2]!));
      const { code, stdout } = await hindcast(["verify", "bad.mcap"], {
        cwd,
        runtime: THIS_RUNTIME,
      });
      assert.equal(code, 3);
      const lines = stdout.trimEnd().split("\n");
      assert.equal(lines[0], "bad.mcap: damaged: 2 faults");
      assert.match(lines[1]!, new RegExp(`^  block at byte ${blocks[2]!.offset}: `));
      assert.match(lines[2]!, /^ {2}data end at byte \d+: CRC of the data is 0x/);
      assert.equal(
        unwrapped(lines.slice(3).join("\n")),
        "hindcast recover saves 20 frames in 2 blocks, 3 events; 10 frames are lost (20 to 29)",
      );
    }));

  test("says of a text that it is no recording, with exit code 1", () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, "rows.ndjson"), ndjson(ROWS));
      const { code, stderr, stdout } = await hindcast(["verify", "rows.ndjson"], { cwd });
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(
        stderr,
        /^hindcast: Cannot read header at byte 0: this is no MCAP file[^\n]*\n$/,
      );
    }));
});

describe("hindcast recover", SLOW, () => {
  test("saves a cut recording, which is then whole, and says what it lacks", () =>
    inFolder(async (cwd) => {
      const { blocks, bytes } = await recordBlocks(cwd);
      writeFileSync(join(cwd, "cut.mcap"), bytes.subarray(0, blocks[2]!.offset + 30));
      const saved = await hindcast(["recover", "cut.mcap", "-o", "saved.mcap"], {
        cwd,
        runtime: THIS_RUNTIME,
      });
      assert.equal(saved.code, 4);
      assert.match(
        saved.stderr,
        /^saved 20 frames, 20 states, \d events of cut\.mcap to saved\.mcap/,
      );
      assert.match(
        saved.stderr,
        /\nlost: what came after frame 19( and of events after frame \d+)?, 30 bytes of an unfinished block among it; how much it was is not known\n$/,
      );
      const verified = await hindcast(["verify", "saved.mcap"], { cwd });
      assert.equal(verified.code, 0, verified.stdout);
      const cat = await hindcast(["cat", "saved.mcap", "--events", "none"], { cwd });
      const states = ROWS.filter(({ ev, f }) => !ev && (f as number) < 20);
      assert.deepEqual([cat.code, cat.stderr], [0, ""]);
      assert.deepEqual(sorted(cat.stdout), sorted(ndjson(states)));
    }));

  test("copies a whole recording to one that equals it, with exit code 0", () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      const { code } = await hindcast(["recover", "short.mcap", "-o", "saved.mcap"], { cwd });
      assert.equal(code, 0);
      assert.equal((await hindcast(["diff", "short.mcap", "saved.mcap"], { cwd })).code, 0);
    }));

  test("refuses an output that is there, and leaves it", () =>
    inFolder(async (cwd) => {
      const { bytes } = await recordBlocks(cwd);
      writeFileSync(join(cwd, "saved.mcap"), "old");
      const { code, stderr } = await hindcast(["recover", "rows.mcap", "-o", "saved.mcap"], {
        cwd,
      });
      assert.equal(code, 1);
      assert.match(stderr, /saved\.mcap: it is there already[^\n]*--force\n$/);
      assert.equal(readFileSync(join(cwd, "saved.mcap"), "utf8"), "old");
      const itself = await hindcast(["recover", "rows.mcap", "-o", "rows.mcap", "--force"], {
        cwd,
      });
      assert.equal(itself.code, 2);
      assert.deepEqual(new Uint8Array(readFileSync(join(cwd, "rows.mcap"))), new Uint8Array(bytes));
    }));

  test("writes nothing where nothing can be read", () =>
    inFolder(async (cwd) => {
      const { bytes } = await recordBlocks(cwd);
      for (const length of [0, 20, 45, 200, 400]) {
        writeFileSync(join(cwd, "cut.mcap"), bytes.subarray(0, length));
        const { code, stderr } = await hindcast(["recover", "cut.mcap", "-o", "saved.mcap"], {
          cwd,
        });
        assert.equal(code, 1, String(length));
        assert.match(stderr, /^hindcast: Cannot re[^\n]*\n$/);
        assert.ok(!existsSync(join(cwd, "saved.mcap")));
      }
    }));
});

test(
  "hindcast info, at, report and cat read every frame of a file cut at its last block",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const { blocks, bytes } = await recordBlocks(cwd);
      writeFileSync(join(cwd, "cut.mcap"), bytes.subarray(0, blocks[2]!.offset + 30));
      const told =
        /^hindcast: cut\.mcap was cut or is still being written: frames 0 to 19 are read, 30 bytes of an unfinished block are left out; hindcast recover saves it as a whole file\n/;
      for (
        const args of [
          ["info", "cut.mcap"],
          ["at", "cut.mcap", "--frame", "19"],
          ["report", "cut.mcap"],
          ["cat", "cut.mcap"],
        ]
      ) {
        const { code, stderr, stdout } = await hindcast(args, { cwd, runtime: THIS_RUNTIME });
        assert.equal(code, 4, stderr);
        assert.match(stderr, told);
        assert.ok(stdout.length > 0);
      }
    }),
);

test(
  "hindcast rewind judges the shots of a cut recording, and says that it was cut",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const path = await recordShort(cwd);
      const bytes = readFileSync(path);
      writeFileSync(join(cwd, "cut.mcap"), bytes.subarray(0, bytes.length - 1700));
      const judged = ["--shots", "lg_shot", "--shot-map", "quakeworld", "--policy", "ping"];
      const [cut, whole] = [
        await hindcast(["rewind", "cut.mcap", ...judged], { cwd }),
        await hindcast(["rewind", "short.mcap", ...judged], { cwd }),
      ];
      assert.deepEqual([whole.code, cut.code], [0, 4]);
      assert.equal(
        cut.stdout.replaceAll("cut.mcap", ""),
        whole.stdout.replaceAll("short.mcap", ""),
      );
      assert.match(cut.stderr, /^hindcast: cut\.mcap was cut[^\n]*\n/);
    }),
);
