import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FileSink, RecordingWriter } from "../../lib/recording.ts";
import { hindcast, hindcastJson, inFolder, ndjson } from "../run_cli_test_helper.ts";

interface Answer {
  readonly details: readonly {
    readonly frame: number;
    readonly usedFrame: number;
    readonly victim: number | string | null;
  }[];
}

/** What the game said of its shots: the frame that its counter showed, and that of the client. */
interface Said {
  /** Recorded frame of the event. */
  readonly frame: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Records frames `first` to `first + 39`, 20 ms each: player 2 goes 10 units a frame from x = 0. */
async function record(
  path: string,
  first: number,
  source: Record<string, string>,
  said: readonly Said[],
): Promise<void> {
  const sink = new FileSink(path);
  const writer = await RecordingWriter.open(sink, { rateHz: 50, source });
  for (let i = 0; i < 40; i++) {
    const frame = first + i;
    const entities = [
      { id: 1, kind: "player", fields: { x: 0, y: 0 } },
      { id: 2, kind: "player", fields: { x: i * 10, y: 100 } },
    ];
    await writer.write({ frame, timeMs: i * 20, entities });
    for (const { data } of said.filter((one) => one.frame === frame)) {
      await writer.writeEvent({ frame, timeMs: i * 20, name: "shot", data });
    }
  }
  await writer.close();
  sink.close();
}

/** A ray straight up at where player 2 is so many frames after the first. */
function upAt(frames: number): Readonly<Record<string, unknown>> {
  return { who: 1, sx: frames * 10, sy: 0, sz: 0, ex: frames * 10, ey: 200, ez: 0, hit: 2 };
}

const MAP = "shooter=who,from=sx,sy,sz,to=ex,ey,ez,verdict=hit";
const SHAPE = ["--shape", "player=sphere:4", "--details", "--json"];

/** Frame of the shot, frame that was used, and victim. */
async function judge(path: string, ...args: readonly string[]) {
  const { details } = await hindcastJson<Answer>(["rewind", path, ...SHAPE, ...args]);
  return details.map(({ frame, usedFrame, victim }) => [frame, usedFrame, victim]);
}

test("rewind takes a client's stamp for a value of the counter that was unwrapped", () =>
  inFolder(async (folder) => {
    // The counter of 8 bits showed 244 at frame 500 (500 - 256), and 0 at frame 512.
    const stamped = (frame: number, stamp: unknown, frames: number): Said => ({
      frame,
      data: { ...upAt(frames), stamp },
    });
    const said = [
      // Frame 514 shows 2; the client drew 253, which is frame 509, 9 frames after the first.
      stamped(514, 253, 9),
      // Frame 520 shows 8; he drew 5.5, which is 517.5.
      stamped(520, 5.5, 17.5),
      // Frame 508 shows 252; he drew 250, which is 506.
      stamped(508, 250, 6),
      // Between 255 and 1, which are 511 and 513, half way: 512.
      stamped(516, { src: 255, dst: 1, fraction: 0.5 }, 12),
    ].sort((a, b) => a.frame - b.frame);
    const path = join(folder, "wrapped.mcap");
    await record(path, 500, { "record.frameBits": "8" }, said);
    const options = ["--shots", "shot", "--shot-map", `${MAP},stamp=stamp`, "--policy", "stamped"];
    assert.deepEqual(await judge(path, ...options), [
      [508, 506, 2],
      [514, 509, 2],
      [516, 512, 2],
      [520, 517.5, 2],
    ]);
    // Without the fact the same numbers are frames that the server never had.
    const plain = join(folder, "plain.mcap");
    await record(plain, 500, {}, said);
    const wrong = await judge(plain, ...options);
    assert.deepEqual(wrong.map(([, , victim]) => victim), [null, null, null, null]);
  }));

test("rewind adds the offset to frames that events keep in their data", () =>
  inFolder(async (folder) => {
    // Warm-up: the game counted from -20, and 100 was added.
    const said: Said[] = [
      { frame: 90, data: { ...upAt(7), at: -10, stamp: -13, tick: -11 } },
      { frame: 110, data: { ...upAt(25), at: 10, stamp: 5, tick: 9 } },
    ];
    const path = join(folder, "offset.mcap");
    await record(path, 80, { "record.frameOffset": "100" }, said);
    const options = ["--shots", "shot", "--policy", "stamped", "--shot-map"];
    const expected = [[90, 87, 2], [110, 105, 2]];
    assert.deepEqual(await judge(path, ...options, `${MAP},stamp=stamp`), expected);
    assert.deepEqual(await judge(path, ...options, `${MAP},stamp=stamp,frame=at`), expected);
  }));

test("rewind reads frames of an events file as the counter that the recording unwrapped", () =>
  inFolder(async (folder) => {
    const path = join(folder, "wrapped.mcap");
    await record(path, 500, { "record.frameBits": "8" }, []);
    // 252, 2 and 20 are 508, 514 and 532; the last says by its time that it is of frame 536.
    const shot = (f: number, frames: number, more = {}) => ({
      ...{ f, ev: "shot", ...upAt(frames), stamp: (f + 253) % 256 },
      ...more,
    });
    const file = join(folder, "shots.ndjson");
    writeFileSync(
      file,
      ndjson([shot(252, 5), shot(2, 11), shot(20, 29), shot(24, 33, { t: 36 * 20 })]),
    );
    const options = ["--shot-map", `${MAP},stamp=stamp`, "--policy", "stamped"];
    assert.deepEqual(await judge(path, "--shots", file, ...options), [
      [508, 505, 2],
      [514, 511, 2],
      [532, 529, 2],
      [536, 533, 2],
    ]);
    // Who writes a shot has its frames from what hindcast prints.
    const words = "frame=514,shooter=1,from=110,0,0,to=110,200,0,stamp=511";
    assert.deepEqual(await judge(path, "--shot", words, "--policy", "stamped"), [[514, 511, 2]]);
  }));

test("rewind refuses a counter that it cannot read, in one line", () =>
  inFolder(async (folder) => {
    const path = join(folder, "odd.mcap");
    await record(path, 0, { "record.frameBits": "12" }, []);
    const { code, stderr } = await hindcast([
      ...["rewind", path, ...SHAPE, "--shot", "frame=1,shooter=1,from=0,0,0,to=0,1,0"],
    ]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^hindcast: Cannot read how frames were counted: record\.frameBits is "12" \(in .*odd\.mcap\)\n$/,
    );
  }));

test("rewind judges what record made of a wrapping counter and of ids as a server prints them", () =>
  inFolder(async (folder) => {
    // Counts 240 to 255, then 0 to 23: frames 240 to 279. A double cannot hold the target's id.
    const target = "76561198000000131";
    const lines: string[] = [];
    for (let i = 0; i < 40; i++) {
      const head = `"f":${(240 + i) % 256},"t":${i * 20}`;
      lines.push(`{${head},"id":"q8Zk","kind":"player","x":0,"y":0}`);
      lines.push(`{${head},"id":${target},"kind":"player","x":${i * 10},"y":100}`);
      if (i !== 20) continue;
      // Frame 260 shows 4; the client drew 251, which is 251, 11 frames after the first.
      const ray = '"sx":110,"sy":0,"sz":0,"ex":110,"ey":200,"ez":0';
      lines.push(`{${head},"ev":"shot","who":"q8Zk","hit":${target},${ray},"stamp":251}`);
    }
    const path = join(folder, "server.mcap");
    const recorded = await hindcast(["record", "-", "-o", path, "--frame-bits", "8"], {
      input: lines.join("\n") + "\n",
    });
    assert.equal(recorded.code, 0, recorded.stderr);
    const options = ["--shots", "shot", "--shot-map", `${MAP},stamp=stamp`, "--policy", "stamped"];
    assert.deepEqual(await judge(path, ...options), [[260, 251, target]]);
    const { stdout } = await hindcast([
      ...["rewind", path, ...SHAPE.slice(0, 2), ...options, "--explain", "0"],
    ]);
    assert.match(stdout, new RegExp(`^Shot 0 by q8Zk: the game hits ${target}$`, "m"));
    assert.match(stdout, new RegExp(`Policy and game agree: the shot hits ${target}\\.`));
  }));
