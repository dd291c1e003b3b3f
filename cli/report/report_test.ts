import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { BandwidthReport, RunReport } from "../../lib/report.ts";
import {
  hindcast,
  hindcastJson,
  inFolder,
  otherRuntimes,
  recordRows,
  recordShort,
  rowsOf,
  testdata,
} from "../run_cli_test_helper.ts";

/** Runs of a report over a recording. */
async function runsOf(path: string, ...args: readonly string[]): Promise<readonly RunReport[]> {
  return (await hindcastJson<BandwidthReport>(["report", path, "--json", ...args])).runs;
}

/** Shape of a value: names of types, keys of objects, the first item of lists. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
}

const quantiles = { p50: "number", p99: "number", max: "number" };
const spread = { p50: "number", p95: "number", p99: "number", max: "number" };
const bars = [{ from: "number", packets: "number" }];

const fieldError = {
  kind: "string",
  field: "string",
  axes: ["string"],
  count: "number",
  mean: "number",
  p50: "number",
  p95: "number",
  p99: "number",
  max: "number",
  worst: { entity: "number", frame: "number" },
};

/** What scripts rely on. */
const RUN_SHAPE = {
  name: "string",
  settings: {
    ack: "string",
    codec: "string",
    net: "string",
    netHash: "string",
    consumers: "number",
    sendEvery: "number",
    sendRateHz: "object",
    keyframeEvery: "object",
    mtu: "number",
    history: "number",
    seed: "number",
    wire: "object",
    wireHash: "object",
    interest: "object",
    lod: "object",
    budgetKbps: "object",
    churn: "object",
    figures: "string",
    interpMs: "number",
    freezeMs: "number",
  },
  ack: "string",
  codec: "string",
  net: "string",
  consumers: "number",
  mtuBytes: "number",
  frames: "number",
  durationSeconds: "number",
  packets: "number",
  delivered: "number",
  lost: "number",
  discarded: "number",
  late: "number",
  keyframes: "number",
  keyframeReasons: { "no-ack": "number", evicted: "number", reset: "number", interval: "number" },
  keyframeShare: "number",
  overMtu: "number",
  datagrams: "number",
  datagramsLost: "number",
  datagramsDropped: "number",
  acks: { sent: "number", lost: "number" },
  payloadBytes: "number",
  wireBytes: "number",
  bytesPerFrame: { mean: "number", p50: "number", p95: "number", p99: "number", max: "number" },
  egressMbps: "number",
  egressGBPerHour: "number",
  kbps: { mean: "number", p95: "number", max: "number" },
  kbpsSeconds: "number",
  secondsLeftOut: "number",
  baselineAgeFrames: quantiles,
  encodes: "number",
  distinctBaselines: "number",
  lossRuns: { mean: "number", max: "number" },
  badStay: { mean: "number", max: "number" },
  consumersWithoutState: "number",
  divergence: {
    wrongFieldFrames: "number",
    wrongShare: "number",
    longestStreakFrames: "number",
  },
  healFrames: quantiles,
  stalenessFrames: quantiles,
  overheadBits: { packet: "number", entity: "number", mask: "number", tables: "number" },
  fields: [{
    kind: "string",
    field: "string",
    bits: "number",
    share: "number",
    changes: "number",
    bitsPerChange: "number",
  }],
  kinds: [{
    kind: "string",
    bits: "number",
    share: "number",
    framingBits: "number",
    records: "number",
    bitsPerRecord: "number",
  }],
  entities: [{ id: "number", kind: "string", bits: "number", share: "number" }],
  entityCount: "number",
  costs: [{ part: "string", bits: "number", share: "number" }],
  packetSizes: bars,
  baselineAges: bars,
  series: [
    {
      second: "number",
      frame: "number",
      kbps: "number",
      keyframes: "number",
      losses: "number",
      wrongFields: "number",
      stateAgeMs: { p50: "number", max: "number" },
      frozenShare: "number",
      drawnError: { mean: "number", max: "number" },
    },
  ],
  verified: "boolean",
  hash: "string",
  stateAgeMs: spread,
  updateGapMs: spread,
  timeToFirstStateMs: { ...spread, joins: "number", open: "number" },
  joinBytes: spread,
  freezes: { thresholdMs: "number", count: "number", share: "number", longestMs: "number" },
  interpolation: {
    delayMs: "number",
    underrunShare: "number",
    fillingShare: "number",
    withoutStateShare: "number",
    delayMsFor99: "number",
    delayMsFor999: "number",
  },
  holes: { count: "number", ms: "number", share: "number" },
  drawnError: [fieldError],
  drawnErrorNow: [fieldError],
  wireError: [],
  drawnSample: {
    consumers: "number",
    of: "number",
    everyFrames: "number",
    missingShare: "number",
    missingValueShare: "number",
  },
};

test(
  "report --json has the documented keys",
  { timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      const path = await recordShort(folder);
      const report = await hindcastJson<BandwidthReport>(["report", path, "--json", "--seed", "9"]);
      assert.deepEqual(
        Object.keys(report),
        ["version", "command", "recording", "seed", "runs", "findings"],
      );
      assert.equal(report.recording, path);
      assert.equal(report.seed, 9);
      assert.deepEqual(report.runs.map(shapeOf), [RUN_SHAPE]);
      const [run] = report.runs;
      assert.equal(run!.frames, 100);
      assert.equal(run!.packets, 100);
      assert.deepEqual([run!.ack, run!.codec, run!.net], ["strict", "varint", "none"]);
    }),
);

test("report makes the product of repeated flags, verified, and its parts add up", {
  timeout: 60_000,
}, () =>
  inFolder(async (folder) => {
    const runs = await runsOf(
      await recordShort(folder),
      ..."--ack strict --ack append --ack nack --codec raw --codec mask --codec varint".split(" "),
      ..."--net none --net delay=30,jitter=20,loss=20% --net wifi --consumers 5".split(" "),
    );
    const nets = ["none", "delay=30,jitter=20,loss=20%", "wifi"];
    assert.deepEqual(
      runs.map(({ name }) => name),
      ["strict", "append", "nack"].flatMap((ack) =>
        ["raw", "mask", "varint"].flatMap((codec) => nets.map((net) => `${ack} ${codec} ${net}`))
      ),
    );
    // Without a policy that sees them, equal packets have equal hashes.
    const strict = runs.filter(({ ack }) => ack === "strict");
    assert.equal(new Set(strict.map(({ hash }) => hash)).size, strict.length);
    for (const run of runs) {
      const { packet, entity, mask, tables } = run.overheadBits;
      const fieldBits = run.fields.reduce((sum, { bits }) => sum + bits, 0);
      assert.equal(packet + entity + mask + tables + fieldBits, run.payloadBytes * 8, run.name);
      const share = run.fields.reduce((sum, field) => sum + field.share, 0);
      assert.ok(Math.abs(share - fieldBits / (run.payloadBytes * 8)) < 1e-4, run.name);
      assert.equal(run.packets, 500);
      assert.ok(run.lost <= run.packets && run.delivered <= run.packets, run.name);
      assert.equal(run.wireBytes >= run.payloadBytes + 28 * run.datagrams, true);
      assert.equal(run.verified, true, run.fault);
      const isSilent = run.ack === "strict" || run.lost === 0;
      if (isSilent) assert.equal(run.divergence.wrongFieldFrames, 0, run.name);
      const { p50, p95, p99, max, mean } = run.bytesPerFrame;
      assert.ok(p50 <= p95 && p95 <= p99 && p99 <= max && mean <= max);
      assert.ok(Math.abs(mean - run.payloadBytes / run.packets) < 0.01, run.name);
      const sizes = run.packetSizes.reduce((sum, { packets }) => sum + packets, 0);
      assert.equal(sizes, run.packets);
    }
    const append = runs.filter(({ ack, net }) => ack === "append" && net.includes("loss"));
    for (const { divergence, codec } of append) {
      if (codec !== "raw") assert.ok(divergence.wrongFieldFrames > 0);
    }
  }));

test("report of a duel: strict shows nothing wrong under loss, append does, and none without", {
  timeout: 60_000,
}, () =>
  inFolder(async (cwd) => {
    const states = testdata("duel/duel.state.ndjson.gz");
    assert.equal((await hindcast(["record", states, "-o", "duel.mcap"], { cwd })).code, 0);
    const args = "--ack strict --ack append --net delay=50,jitter=10,loss=5% --net none".split(" ");
    const runs = await runsOf(join(cwd, "duel.mcap"), ...args, "--consumers", "20");
    const wrong = runs.map(({ divergence }) => divergence.wrongFieldFrames);
    assert.deepEqual(wrong.map((count) => count > 0), [false, false, true, false]);
    for (const { lost, packets, net } of runs) {
      assert.ok(net === "none" ? lost === 0 : Math.abs(lost / packets - 0.05) < 0.005);
    }
    assert.ok(runs[2]!.healFrames.max > 0);
  }));

test("report notes how many consumers had no state, and what helps", {
  timeout: 60_000,
}, () =>
  inFolder(async (cwd) => {
    const path = await recordShort(cwd);
    const args = "--ack append --ack strict --net loss=60% --consumers 9".split(" ");
    const runs = await runsOf(path, ...args);
    const [append, strict] = runs.map((run) => run.consumersWithoutState);
    assert.ok(append! > 1 && append! < 9 && strict === 0);
    const { code, stderr } = await hindcast(["report", path, ...args]);
    assert.equal(code, 0);
    const notes = stderr.split("\n").filter((line) => line.includes("note: "));
    assert.equal(notes.length, 1);
    const count = `${append} of 9 consumers had no state`;
    assert.ok(notes[0]!.includes(`note: append varint loss=60%: ${count}`), notes[0]);
    assert.ok(notes[0]!.includes("--keyframe-every"));
    const [keyed] = await runsOf(path, ...args, "--keyframe-every", "5");
    const wrong = (run: RunReport) => run.divergence.wrongFieldFrames;
    assert.ok(wrong(keyed!) < wrong(runs[0]!));
  }));

test("report's encodes are shared: 1000 consumers need less than twice those of 100", {
  timeout: 60_000,
}, () =>
  inFolder(async (folder) => {
    const path = await recordShort(folder);
    const [few, many] = await Promise.all(["100", "1000"].map(async (consumers) =>
      (await runsOf(path, "--net", "delay=50,loss=5%", "--consumers", consumers))[0]!
    ));
    assert.equal(many!.packets, 10 * few!.packets);
    assert.ok(many!.encodes < 2 * few!.encodes, `${few!.encodes} -> ${many!.encodes}`);
  }));

test(
  "report --net acklag=6 sends against the state of 6 frames ago",
  { timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      const [run] = await runsOf(await recordShort(folder), "--net", "acklag=6");
      assert.deepEqual(run!.baselineAgeFrames, { p50: 6, p99: 6, max: 6 });
      assert.equal(run!.keyframes, 6);
      assert.equal(run!.lost, 0);
    }),
);

test(
  "report --history 4 cannot keep a baseline for 200 ms",
  { timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      const path = await recordShort(folder);
      const [short] = await runsOf(path, "--net", "delay=200", "--history", "4");
      assert.ok(short!.keyframeReasons.evicted > 0);
      assert.equal(short!.keyframes, short!.packets);
      const [long] = await runsOf(path, "--net", "delay=200");
      assert.equal(long!.keyframeReasons.evicted, 0);
      assert.ok(long!.keyframes < long!.packets);
    }),
);

test(
  "report --send-every, --keyframe-every and --mtu do what they say",
  { timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      const path = await recordShort(folder);
      const [third] = await runsOf(path, "--send-every", "3");
      assert.equal(third!.packets, 34);
      assert.equal(third!.baselineAgeFrames.p50, 3);
      const [keyed] = await runsOf(path, "--keyframe-every", "10");
      assert.equal(keyed!.keyframes, 10);
      assert.equal(keyed!.keyframeReasons.interval, 9);
      const [cut] = await runsOf(path, "--codec", "raw", "--mtu", "64");
      assert.equal(cut!.overMtu, cut!.packets);
      assert.ok(cut!.datagrams >= 2 * cut!.packets);
      assert.equal(cut!.mtuBytes, 64);
    }),
);

/** Everything that draws, at once. */
const BUSY = [
  ..."--ack strict --ack append --ack nack --codec varint --codec mask --consumers 12".split(" "),
  ..."--net delay=50,jitter=10,loss=5% --net cellular --net loss=2%,burst=8".split(" "),
  ..."--net rate=200,queue=5,delay=5 --seed 4294967295 --mtu 100".split(" "),
  ..."--churn join=300ms,reconnect=500ms,away=90ms".split(" "),
];

test(
  "report prints the same JSON, hashes and page on every runtime",
  { timeout: 60_000 },
  async (context) => {
    const others = otherRuntimes();
    if (others.length === 0) return context.skip("no other runtime is on the path");
    await inFolder(async (folder) => {
      const path = await recordShort(folder);
      const audience = "--interest radius=400@x,y,z --budget 64kbps --ack strict --net loss=3%";
      for (const args of [BUSY, [...audience.split(" "), "--consumers", "4"]]) {
        const page = join(folder, "page.html");
        const all = ["report", path, "--json", "--html", page, ...args];
        const { stdout, code } = await hindcast(all);
        assert.equal(code, 0);
        const html = readFileSync(page, "utf8");
        for (const runtime of others) {
          const other = await hindcast(all, { runtime });
          assert.equal(other.stdout, stdout, runtime.name);
          assert.equal(readFileSync(page, "utf8"), html, runtime.name);
        }
      }
    });
  },
);

test("report says the same again with the same seed, and something else with another", {
  timeout: 60_000,
}, () =>
  inFolder(async (folder) => {
    const path = await recordShort(folder);
    const hashes = async (seed: string) =>
      (await runsOf(path, "--net", "loss=10%", "--seed", seed))[0]!.hash;
    assert.equal(await hashes("7"), await hashes("7"));
    assert.notEqual(await hashes("7"), await hashes("8"));
  }));

test(
  "report verifies every kind of data under loss",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      await Promise.all(["rl-duel", "soccer", "cubes-float"].map(async (set) => {
        const sparse = set.startsWith("cubes") ? ["--sparse"] : [];
        const states = testdata(`sets/${set}.state.ndjson.gz`);
        const out = await hindcast(["record", states, ...sparse, "-o", `${set}.mcap`], { cwd });
        assert.equal(out.code, 0, out.stderr);
        const policies = ["strict", "append", "nack"].flatMap((ack) => ["--ack", ack]);
        const runs = await runsOf(
          join(cwd, `${set}.mcap`),
          ...policies,
          "--net",
          "delay=20,loss=5%",
        );
        assert.deepEqual(runs.map(({ verified }) => verified), [true, true, true]);
        assert.equal(runs[0]!.divergence.wrongFieldFrames, 0);
      }));
    }),
);

test(
  "report sends a world without entities, fields or time",
  { timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      const empty = await recordRows(folder, [0, 1].map((f) => ({ f, t: 0, entities: [] })));
      const [run] = await runsOf(empty);
      assert.equal(run!.packets, 2);
      assert.deepEqual(run!.fields, []);
      const bare = await recordRows(folder, [0, 1].map((f) => ({ f, t: f * 20, id: 1 })));
      assert.equal((await runsOf(bare))[0]!.verified, true);
      assert.equal((await hindcast(["report", bare])).code, 0);
      const { stdout } = await hindcast(["report", bare]);
      assert.match(stdout, /strict varint none/);
    }),
);

test(
  "report counts a field's changes as the input has them",
  { timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      const rows = rowsOf("recording/qw-duel-povdmm4-f690-789.state.ndjson")
        .filter(({ kind }) => kind === "player");
      const [run] = await runsOf(await recordRows(folder, rows));
      const last = new Map<unknown, unknown>();
      let changes = 0;
      for (const { id, x } of rows) {
        if (last.get(id) !== x) changes++;
        last.set(id, x);
      }
      assert.equal(run!.fields.find(({ field }) => field === "x")!.changes, changes);
    }),
);
