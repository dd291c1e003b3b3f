import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { Ring } from "../../lib/core/time/ring.ts";
import { FileSink, RecordingWriter } from "../../lib/recording.ts";
import {
  parseHitModel,
  parseRewindPolicy,
  rayBetween,
  rewind,
  rewindFacts,
  shotEvent,
} from "../../lib/rewind.ts";
import { Snapshot, SnapshotLayout } from "../../lib/world.ts";
import { hindcast, hindcastJson, inFolder, unwrapped } from "../run_cli_test_helper.ts";

const layout = new SnapshotLayout({
  kinds: [{ name: "pilot", fields: [{ name: "x", type: "f32" }, { name: "y", type: "f32" }] }],
});

interface Answer {
  readonly shots: number;
  readonly policies: readonly { readonly policy: string; readonly accuracy: number }[];
  readonly recorded?: Readonly<Record<string, unknown>>;
  readonly teleport: { readonly rule: { readonly by: string } };
  readonly explanation?: { readonly policies: readonly { readonly victim: number | null }[] };
}

/**
 * Records what a server does: pilot 2 flies along y = 100, 10 units a frame of 20 ms, and pilot 1
 * shoots straight up at where he was 5 frames ago, and at where he is.
 */
async function recordServer(path: string, facts?: Record<string, string>): Promise<void> {
  const model = parseHitModel(["pilot=sphere:4"]);
  const policy = parseRewindPolicy("rtt+interp");
  const ring = new Ring<Snapshot>(16);
  const sink = new FileSink(path);
  const writer = await RecordingWriter.open(sink, {
    rateHz: 50,
    source: { game: "test \u0007 flight" },
    rewind: facts ?? rewindFacts({ model, policy, ringFrames: 16 }),
  });
  for (let frame = 0; frame < 40; frame++) {
    const entities = [
      { id: 1, kind: "pilot", fields: { x: 0, y: 0 } },
      { id: 2, kind: "pilot", fields: { x: frame * 10, y: 100 } },
    ];
    const snapshot = Snapshot.of(layout, { frame, timeMs: frame * 20, entities });
    ring.push(frame, snapshot);
    await writer.writeSnapshot(snapshot);
    if (frame < 20) continue;
    const back = frame % 2 === 0 ? 5 : 0;
    const x = (frame - back) * 10;
    const shot = {
      shooter: 1,
      ray: rayBetween([x, 0, 0], [x, 200, 0]),
      numbers: new Map([["ping", 60], ["interp", 40]]),
    };
    const answer = rewind(ring, policy, shot, { model });
    // By hand: 60 + 40 ms are the 5 frames that every second shot is late.
    assert.equal(answer.victim, back === 5 ? 2 : null);
    await writer.writeEvent(shotEvent(shot, answer));
  }
  await writer.close();
  sink.close();
}

test("rewind of a file that a server recorded needs no option", () =>
  inFolder(async (folder) => {
    const path = join(folder, "live.mcap");
    await recordServer(path);
    const { policies, recorded, shots, teleport } = await hindcastJson<Answer>([
      "rewind",
      path,
      "--json",
    ]);
    assert.equal(shots, 20);
    assert.deepEqual(
      policies.map(({ policy, accuracy }) => [policy, accuracy]),
      [
        ["rtt+interp", 1],
        ["none", 0],
        ["ping", 0.5],
        ["half-rtt+interp", 0.5],
        ["source", 1],
      ],
    );
    assert.deepEqual(recorded, {
      shapes: ["pilot"],
      shots: "shot",
      policy: "rtt+interp",
      ringFrames: 16,
      teleport: "none",
    });
    assert.deepEqual(teleport.rule, { by: "units", units: "Infinity" });
    const { stdout } = await hindcast(["rewind", path]);
    assert.match(
      unwrapped(stdout),
      /^recorded {2}shapes of pilot · shots in events shot · policy rtt\+interp · ring of 16 frames · teleports none$/m,
    );
    const { explanation } = await hindcastJson<Answer>([
      "rewind",
      path,
      "--explain",
      "0",
      "--json",
    ]);
    assert.equal(explanation?.policies[0]?.victim, 2);
  }));

test("rewind takes flags for what the file says", () =>
  inFolder(async (folder) => {
    const path = join(folder, "live.mcap");
    await recordServer(path);
    const wide = await hindcastJson<Answer>([
      ...["rewind", path, "--json", "--shape", "pilot=sphere:60", "--policy", "none"],
      ...["--ring", "3", "--teleport", "500"],
    ]);
    assert.deepEqual(wide.recorded, { shots: "shot" });
    assert.deepEqual(wide.policies.map(({ policy, accuracy }) => [policy, accuracy]), [[
      "none",
      0.5,
    ]]);
    const nobody = await hindcastJson<Answer>(["rewind", path, "--json", "--alive", "x>9000"]);
    assert.equal(nobody.policies[0]?.accuracy, 0.5);
    const described = await hindcastJson<Answer>([
      ...["rewind", path, "--json"],
      ...["--shot", "frame=30,shooter=1,from=300,0,0,direction=0,2,0,range=200"],
    ]);
    assert.equal(described.shots, 1);
    // The described shot has no ping, which the server's policy needs.
    assert.deepEqual(described.policies.map(({ policy }) => policy), ["none", "ms:50", "ms:100"]);
  }));

test("rewind needs shapes of a live file that says none, and no name of its events", () =>
  inFolder(async (folder) => {
    const path = join(folder, "live.mcap");
    await recordServer(path, {});
    const { code, stderr } = await hindcast(["rewind", path, "--shot-map", "live"]);
    assert.equal(code, 2);
    assert.match(stderr, /Say what can be hit/);
    const { policies, shots } = await hindcastJson<Answer>([
      ...["rewind", path, "--json", "--shot-map", "live", "--shape", "pilot=sphere:4"],
      ...["--policy", "ping+interp"],
    ]);
    assert.deepEqual([shots, policies[0]?.accuracy], [20, 1]);
  }));

test("rewind refuses facts of the server that cannot be read, and says which", () =>
  inFolder(async (folder) => {
    const model = '{"kinds":{"pilot":{"shapes":[{"shape":"sphere","radius":4}]}}}';
    const cases: readonly (readonly [facts: Record<string, string>, says: RegExp])[] = [
      [{ model: "{" }, /how the server rewound, model: /],
      [{ model: '{"kinds":{}}' }, /model: Cannot read hit shapes at kinds: there is no kind/],
      [{ model, policy: "pong:1" }, /policy: .*there is no policy pong;/],
      [{ model, ringFrames: "-1" }, /ringFrames: "-1" is no number of frames/],
      [{ model, teleport: "speed:x" }, /teleport: Cannot read teleports "speed:x"/],
    ];
    for (const [i, [facts, says]] of cases.entries()) {
      const path = join(folder, `${i}.mcap`);
      await recordServer(path, facts);
      const { code, stderr } = await hindcast(["rewind", path]);
      assert.equal(code, 1);
      assert.match(stderr, says);
      assert.match(stderr, /leave it aside with --ignore-recorded$/m);
      assert.equal(stderr.trim().split("\n").length, 1);
      const aside = await hindcastJson<Answer>([
        ...["rewind", path, "--ignore-recorded", "--json", "--shape", "pilot=sphere:4"],
        ...["--shot-map", "live", "--policy", "rtt+interp"],
      ]);
      assert.deepEqual([aside.shots, aside.policies[0]?.accuracy], [20, 1]);
      assert.equal(aside.recorded, undefined);
    }
  }));

test("info, cut and merge keep what a file says of its server's rewinds", () =>
  inFolder(async (folder) => {
    const path = join(folder, "live.mcap");
    await recordServer(path);
    const { stdout } = await hindcast(["info", path]);
    assert.match(stdout, /^source:\n {2}game: test \\x07 flight$/m);
    assert.match(
      stdout,
      /^rewind:\n {2}model: \{"kinds":\{"pilot":.{40,60}…\n {2}policy: rtt\+interp$/m,
    );
    const cut = join(folder, "cut.mcap");
    await hindcast(["cut", path, "--from", "10", "--to", "30", "-o", cut]);
    const answer = await hindcastJson<Answer>(["rewind", cut, "--json"]);
    assert.deepEqual([answer.shots, answer.policies[0]?.accuracy], [11, 1]);
    const other = join(folder, "other.mcap");
    await recordServer(other, rewindFacts({ model: parseHitModel(["pilot=sphere:5"]) }));
    const merged = join(folder, "merged.mcap");
    const { code, stderr } = await hindcast([
      ...["merge", path, other, "--frame-offset", "1000", "--time-offset", "20000", "-o", merged],
    ]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /how the servers rewind differs, and the first counts: model is/);
    const { rewind: facts } = await hindcastJson<{ rewind: Record<string, string> }>([
      ...["info", merged, "--json"],
    ]);
    assert.equal(facts.policy, "rtt+interp");
  }));
