import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder, ndjson } from "./run_cli_test_helper.ts";

const SLOW = { timeout: 60_000 };
const CHUNK = 6;
const FRAMES = 300;

/** Where records of an MCAP file end, with their opcodes. */
function recordEnds(bytes: Uint8Array): { opcode: number; end: number }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const ends: { opcode: number; end: number }[] = [];
  for (let at = 8; at < bytes.length - 8;) {
    const end = at + 9 + Number(view.getBigUint64(at + 1, true));
    ends.push({ opcode: bytes[at]!, end });
    at = end;
  }
  return ends;
}

async function recording(cwd: string): Promise<Uint8Array> {
  const input = ndjson(
    Array.from({ length: FRAMES }, (_, f) => ({ f, t: f * 20, id: 1, x: f * f })),
  );
  assert.equal((await hindcast(["record", "-", "-o", "a.mcap"], { cwd, input })).code, 0);
  return readFileSync(join(cwd, "a.mcap"));
}

test(
  "info, verify and recover end alike where no block was whole, at any byte",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const bytes = await recording(cwd);
      const firstChunk = recordEnds(bytes).findIndex(({ opcode }) => opcode === CHUNK);
      const start = recordEnds(bytes)[firstChunk - 1]!.end;
      for (const length of [20, start - 5, start, start + 30]) {
        writeFileSync(join(cwd, "cut.mcap"), bytes.subarray(0, length));
        for (const words of [["info"], ["verify"], ["recover", "-o", "saved.mcap"]]) {
          const { code } = await hindcast([words[0]!, "cut.mcap", ...words.slice(1)], { cwd });
          assert.equal(code, 1, `${words[0]} of ${length} bytes`);
        }
      }
    }),
);

test(
  "recover ends with 0 where only the end is missing, with 4 within a block",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const bytes = await recording(cwd);
      const ends = recordEnds(bytes);
      const last = ends.findLastIndex(({ opcode }) => opcode === CHUNK);
      const start = ends[last - 1]!.end;
      for (
        const [more, expected, told] of [
          [0, 0, /^nothing that the file had is lost; what came after frame \d+/m],
          [
            40,
            4,
            /^lost: what came after frame \d+.*, 40 bytes of an unfinished block among it; /m,
          ],
        ] as const
      ) {
        writeFileSync(join(cwd, "cut.mcap"), bytes.subarray(0, start + more));
        const { code, stderr, stdout } = await hindcast(
          ["recover", "cut.mcap", "-o", "saved.mcap", "--force", "--json"],
          { cwd },
        );
        assert.equal(code, expected, stderr);
        assert.match(stderr, told);
        const { frames, damage } = JSON.parse(stdout);
        assert.ok(frames > 0 && frames < FRAMES);
        assert.deepEqual(
          [damage.lostFrames, damage.lostEvents],
          more === 0 ? [0, 0] : [null, null],
        );
        assert.equal((await hindcast(["verify", "saved.mcap"], { cwd })).code, 0);
      }
    }),
);
