import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { shortened, withAlteredMessages } from "../lib/recording/altered_message_test_helper.ts";
import {
  hindcast,
  inFolder,
  ndjson,
  recordRows,
  recordShort,
  type Row,
  unwrapped,
} from "./run_cli_test_helper.ts";

const SLOW = { timeout: 120_000 };

/** Rows of 30 frames in three blocks of ten, and an event of each block. */
const ROWS: readonly Row[] = Array.from({ length: 30 }, (_, f): Row[] => [
  { f, t: f * 100, id: 1, kind: "p", x: f },
  ...(f % 10 === 0 ? [{ ev: "hit", f, t: f * 100, n: f }] : []),
]).flat();

/** Writes the recording with blocks, by their first frames, whose CRC is right and that do not decode. */
async function recordSpoilt(folder: string, name: string, lost: readonly number[]): Promise<void> {
  const bytes = readFileSync(await recordRows(folder, ROWS));
  const altered = withAlteredMessages(bytes, (message) => {
    const isLost = message.channelId >= 3 && lost.includes(message.sequence);
    return isLost ? shortened(message) : message;
  });
  writeFileSync(join(folder, name), altered);
}

function statesOf(text: string): Row[] {
  return text.trimEnd().split("\n").map((line) => JSON.parse(line)).filter(({ ev }) => !ev);
}

const KEPT = ROWS.filter(({ ev, f }) => !ev && ((f as number) < 10 || (f as number) > 19));

describe("A recording with a block whose CRC is right and that does not decode", SLOW, () => {
  test("is read without it by each command that meets it, which says so at its end", () =>
    inFolder(async (cwd) => {
      await recordSpoilt(cwd, "bad.mcap", [10]);
      const told =
        /^hindcast: bad\.mcap is damaged: 10 frames are lost \(10 to 19\); hindcast recover saves the rest as a whole file$/m;
      for (
        const command of [
          ["info", "bad.mcap"],
          ["info", "bad.mcap", "--json"],
          ["info", "bad.mcap", "--checksums"],
          ["at", "bad.mcap", "--frame", "15"],
          ["at", "bad.mcap", "--time", "1500"],
          ["cat", "bad.mcap"],
          ["cat", "bad.mcap", "--csv"],
          ["cat", "bad.mcap", "--parquet", "p.parquet"],
          ["cut", "bad.mcap", "--from", "5", "-o", "cut.mcap"],
          ["merge", "bad.mcap", "rows.mcap", "--after", "-o", "merged.mcap"],
          ["diff", "bad.mcap", "bad.mcap"],
          ["report", "bad.mcap"],
          ["report", "bad.mcap", "--json"],
        ]
      ) {
        const { code, stderr } = await hindcast(command, { cwd });
        assert.equal(code, 4, `${command.join(" ")}: ${stderr}`);
        assert.equal(stderr.match(new RegExp(told, "gm"))?.length, 1, stderr);
        for (const name of ["cut.mcap", "merged.mcap"]) rmSync(join(cwd, name), { force: true });
        const strict = await hindcast([...command, "--no-damage"], { cwd });
        assert.equal(strict.code, 1, command.join(" "));
        assert.match(strict.stderr, /^hindcast: Cannot read block at byte \d+: [^\n]*\n$/);
      }
      const untouched = await hindcast(["at", "bad.mcap", "--frame", "5"], { cwd });
      assert.deepEqual([untouched.code, untouched.stderr], [0, ""]);
    }));

  test("is counted, printed, cut and compared without it", () =>
    inFolder(async (cwd) => {
      await recordSpoilt(cwd, "bad.mcap", [10]);
      const info = JSON.parse((await hindcast(["info", "bad.mcap", "--json"], { cwd })).stdout);
      assert.deepEqual([info.frames, info.gaps, info.missingFrames], [20, 1, 10]);
      assert.equal(info.kinds[0].rows, 20);
      assert.equal(info.damage.lostFrames, 10);
      const cat = await hindcast(["cat", "bad.mcap"], { cwd });
      assert.deepEqual(statesOf(cat.stdout), KEPT);
      await hindcast(["cut", "bad.mcap", "-o", "cut.mcap"], { cwd });
      const cut = await hindcast(["cat", "cut.mcap"], { cwd });
      assert.deepEqual([cut.code, statesOf(cut.stdout)], [0, KEPT]);
      const diff = await hindcast(["diff", "rows.mcap", "bad.mcap"], { cwd });
      assert.equal(diff.code, 3);
      assert.match(diff.stdout, /\b10\b/);
    }));

  test("is saved without it by recover, and named by verify", () =>
    inFolder(async (cwd) => {
      await recordSpoilt(cwd, "bad.mcap", [10]);
      const saved = await hindcast(["recover", "bad.mcap", "-o", "saved.mcap"], { cwd });
      assert.equal(saved.code, 4, saved.stderr);
      assert.match(saved.stderr, /^saved 20 frames, 20 states, 3 events of bad\.mcap/);
      assert.match(saved.stderr, /^10 frames are lost \(10 to 19\)$/m);
      const cat = await hindcast(["cat", "saved.mcap"], { cwd });
      assert.deepEqual([cat.code, cat.stderr, statesOf(cat.stdout)], [0, "", KEPT]);
      const whole = await hindcast(["verify", "saved.mcap"], { cwd });
      assert.equal(whole.stdout, "saved.mcap: whole: 20 frames in 2 blocks, 3 events\n");
      const { code, stdout } = await hindcast(["verify", "bad.mcap"], { cwd });
      assert.equal(code, 3);
      assert.match(stdout, /^ {2}block at byte \d+: raw byte \d+: /m);
      assert.match(
        unwrapped(stdout),
        /hindcast recover saves 20 frames in 2 blocks, 3 events; 10 frames are lost \(10 to 19\)$/m,
      );
    }));

  test("and no other block or event leaves nothing to recover", () =>
    inFolder(async (cwd) => {
      await recordRows(cwd, ROWS.filter(({ ev }) => !ev));
      const bytes = readFileSync(join(cwd, "rows.mcap"));
      const isBlock = ({ channelId }: { channelId: number }) => channelId >= 3;
      const altered = withAlteredMessages(bytes, (it) => isBlock(it) ? shortened(it) : it);
      writeFileSync(join(cwd, "bad.mcap"), altered);
      const saved = await hindcast(["recover", "bad.mcap", "-o", "saved.mcap"], { cwd });
      assert.deepEqual([saved.code, saved.stdout], [1, ""]);
      assert.match(
        saved.stderr,
        /^hindcast: Cannot recover bad\.mcap: no frame and no event[^\n]*\n$/,
      );
      assert.ok(!existsSync(join(cwd, "saved.mcap")));
      for (const command of ["info", "report", "cat"]) {
        const { code, stderr } = await hindcast([command, "bad.mcap"], { cwd });
        assert.ok(code === 4 || code === 1, `${command}: ${stderr}`);
        assert.match(stderr, /30 frames are lost/);
      }
    }));
});

test(
  "ndjson rows of the helper are those that cat prints of a whole recording",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      await recordRows(cwd, ROWS);
      const { stdout } = await hindcast(["cat", "rows.mcap"], { cwd });
      assert.deepEqual(statesOf(stdout), statesOf(ndjson(ROWS)));
    }),
);

describe("hindcast rewind of a recording that lacks frames", SLOW, () => {
  const judged = ["--shots", "lg_shot", "--shot-map", "quakeworld", "--policy", "ping", "--json"];
  const isBlock = ({ channelId }: { channelId: number }) => channelId >= 3 && channelId < 65535;

  /** Frames of shots in the recording, and of each block the first. */
  function framesIn(bytes: Uint8Array): { readonly shots: number[]; readonly blocks: number[] } {
    const [shots, blocks]: [number[], number[]] = [[], []];
    withAlteredMessages(bytes, (message) => {
      if (isBlock(message)) blocks.push(message.sequence);
      if (message.channelId === 1) {
        const { events } = JSON.parse(new TextDecoder().decode(message.data));
        for (const { ev } of events) if (ev === "lg_shot") shots.push(message.sequence);
      }
      return message;
    });
    return { shots, blocks };
  }

  test("judges the other shots, and says how many it leaves out", () =>
    inFolder(async (cwd) => {
      const bytes = readFileSync(await recordShort(cwd));
      const { blocks, shots } = framesIn(bytes);
      assert.equal(blocks.length, 2);
      for (const [i, lost] of blocks.entries()) {
        const isLost = (frame: number) => i === 0 ? frame < blocks[1]! : frame >= lost;
        const left = shots.filter((frame) => !isLost(frame)).length;
        assert.ok(left > 0 && left < shots.length);
        const isBad = (message: { channelId: number; sequence: number }) =>
          isBlock(message) && message.sequence === lost;
        const late = withAlteredMessages(bytes, (it) => isBad(it) ? shortened(it) : it);
        writeFileSync(join(cwd, "bad.mcap"), late);
        const { code, stderr, stdout } = await hindcast(["rewind", "bad.mcap", ...judged], { cwd });
        assert.equal(code, 4, stderr);
        assert.match(
          stderr,
          new RegExp(
            `^hindcast: ${shots.length - left} events "lg_shot" of bad\\.mcap at frames`,
            "m",
          ),
        );
        assert.match(stderr, /^hindcast: bad\.mcap is damaged: \d+ frames are lost/m);
        assert.equal(JSON.parse(stdout).shots, left);
      }
    }));
});
