import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { FileSink, RecordingWriter } from "../../lib/recording.ts";
import { type BandwidthReport, replicationFacts } from "../../lib/report.ts";
import { hindcast, hindcastJson, inFolder } from "../run_cli_test_helper.ts";

const FIELDS = [{ name: "x", type: "f32" }, { name: "y", type: "f32" }] as const;

/** Records 90 frames of ten ships that fly in a row, and what their server says of itself. */
async function recordServer(path: string, replication: Record<string, string>): Promise<void> {
  const sink = new FileSink(path);
  const writer = await RecordingWriter.open(sink, {
    schema: { kinds: [{ name: "ship", fields: FIELDS }] },
    rateHz: 30,
    replication,
  });
  for (let frame = 0; frame < 90; frame++) {
    const entities = Array.from({ length: 10 }, (_, id) => ({
      id,
      kind: "ship",
      fields: { x: id * 100 + (frame * (id + 3)) % 64, y: Math.fround(Math.sin(frame / 9) * 50) },
    }));
    await writer.write({ frame, timeMs: frame * 1000 / 30, entities });
  }
  await writer.close();
  sink.close();
}

const FACTS = replicationFacts({
  codec: "mask",
  consumers: 5,
  nets: ["none", "delay=40,loss=10%"],
  interest: { radius: 250, position: ["x", "y"], ownKind: "ship" },
  budgetKbps: 64,
});
const FLAGS = [
  ...["--ack", "strict", "--codec", "mask", "--consumers", "5"],
  ...["--net", "none", "--net", "delay=40,loss=10%"],
  ...["--interest", "radius=250@x,y", "--own", "ship", "--budget", "64kbps"],
];

test("report takes from the file what its server says of itself, as flags would say it", () =>
  inFolder(async (folder) => {
    const [told, silent] = [join(folder, "told.mcap"), join(folder, "silent.mcap")];
    await recordServer(told, FACTS);
    await recordServer(silent, {});
    const { recorded, runs } = await hindcastJson<BandwidthReport>(["report", told, "--json"]);
    assert.deepEqual(recorded, FACTS);
    const byFlags = await hindcastJson<BandwidthReport>(["report", silent, "--json", ...FLAGS]);
    assert.deepEqual(runs, byFlags.runs);
    assert.equal(byFlags.recorded, undefined);
    assert.ok(runs[1]!.lost > 0 && runs[1]!.verified);
    const { stdout } = await hindcast(["report", told]);
    assert.match(
      stdout.replace(/\n */g, " "),
      /recorded {2}ack strict · codec mask · consumers 5 · nets none delay=40,loss=10% · interest radius=250@x,y · own ship · budget 64kbps/,
    );
    const page = await hindcast(["report", told, "--html", "-"]);
    assert.match(page.stdout, /interest radius=250@x,y · own ship/);
  }));

test("report takes flags for what the file says, and can leave it aside", () =>
  inFolder(async (folder) => {
    const [told, silent] = [join(folder, "told.mcap"), join(folder, "silent.mcap")];
    await recordServer(told, FACTS);
    await recordServer(silent, {});
    const report = (...args: string[]) =>
      hindcastJson<BandwidthReport>(["report", ...args, "--json"]);
    const aside = await report(told, "--ignore-recorded");
    assert.equal(aside.recorded, undefined);
    assert.deepEqual(aside.runs, (await report(silent)).runs);
    const given = await report(
      told,
      "--codec",
      "varint",
      "--interest",
      "radius=90@x",
      "--own",
      "ship",
    );
    assert.deepEqual(Object.keys(given.recorded!).sort(), ["ack", "budget", "consumers", "nets"]);
    assert.deepEqual(given.runs.map(({ codec }) => codec), ["varint", "varint"]);
    // Levels of detail need the interest that the file says.
    const detailed = await report(told, "--lod", "near=90:all,far=250:x");
    assert.deepEqual(detailed.recorded, FACTS);
    assert.notDeepEqual(detailed.runs, given.runs);
  }));

test("report sends by the wire schema that the file holds", () =>
  inFolder(async (folder) => {
    const [told, plain] = [join(folder, "told.mcap"), join(folder, "plain.mcap")];
    const fields = FIELDS.map(({ name }) => ({ name, type: "fixed", step: 1 } as const));
    await recordServer(told, replicationFacts({ wire: { kinds: [{ name: "ship", fields }] } }));
    await recordServer(plain, {});
    const rounded = (await hindcastJson<BandwidthReport>(["report", told, "--json"])).runs[0]!;
    const exact = (await hindcastJson<BandwidthReport>(["report", plain, "--json"])).runs[0]!;
    assert.equal(rounded.verified, true);
    assert.ok(rounded.payloadBytes < exact.payloadBytes / 2);
    assert.match((await hindcast(["report", told])).stdout, /wire schema in the file/);
  }));

test("report refuses what a file says and nobody can use, and says how to go on", () =>
  inFolder(async (folder) => {
    const cases: readonly (readonly [facts: Record<string, string>, says: RegExp])[] = [
      [{ codec: "nope" }, /: codec is "nope", expected one of raw, mask, varint; leave/],
      [{ consumers: "0" }, /: consumers is "0", expected an integer from 1 to 100000; leave/],
      [{ sendEvery: "0" }, /: sendEvery is "0", expected an integer from 1 to 1000000; leave/],
      [{ sendEvery: "2", sendRate: "20" }, /: sendEvery and sendRate both say when packets go; /],
      [{ own: "ghost" }, /: own is "ghost" without --interest/],
      [{ interest: "radius=50@x", own: "ghost" }, /: own is "ghost", expected one of "ship"/],
      [{ interest: "radius=50@z" }, /: interest names the position "z", which no kind has/],
      [
        { interest: "radius=50@z", own: "ship" },
        /: interest names "z", expected numbers of "ship"/,
      ],
      [{ interest: "radius=50@x", lod: "near=5:hat" }, /: lod names "hat", which is a field of no/],
      [{ interest: "radius=50@x", lod: "a=5:x,b=5:x" }, /: lod has "b" up to 5, expected more/],
      [{ nets: "/etc/passwd" }, /network "\/etc\/passwd".*there is no preset of that name/],
      [{ nets: "none,trace=/etc/passwd.csv" }, /network/],
      [
        { nets: "/tmp/net.json" },
        /: nets has "\/tmp\/net.json", which names a file, and files are not/,
      ],
      [
        { nets: "none trace:/tmp/net.csv" },
        /: nets has "trace:\/tmp\/net.csv", which names a file/,
      ],
      [{ nets: "loss=7000%" }, /network/],
      [{ interest: "radius=-1@x" }, /: interest is "radius=-1@x"/],
      [{ lod: "near=300:all" }, /Levels of detail need interest/],
      [{ wire: "{" }, /the wire schema in .*1:/],
      [{ wire: '{"kinds":[{"name":"hat","fields":[]}]}' }, /by the wire schema in .*hat/],
    ];
    for (const [i, [facts, says]] of cases.entries()) {
      const path = join(folder, `${i}.mcap`);
      await recordServer(path, facts);
      const { code, stderr, stdout } = await hindcast(["report", path]);
      assert.deepEqual([code, stdout], [1, ""], stderr);
      assert.match(stderr, says);
      assert.ok(
        stderr.startsWith(`hindcast: Cannot use what ${path} says of its server's replication: `),
      );
      assert.match(stderr, /; leave it aside with --ignore-recorded\n$/);
      assert.equal(stderr.trim().split("\n").length, 1, stderr);
      assert.equal((await hindcast(["report", path, "--ignore-recorded"])).code, 0);
    }
  }));

test("report blames flags for what they say themselves, whatever the file says beside them", () =>
  inFolder(async (folder) => {
    const path = join(folder, "told.mcap");
    await recordServer(path, { interest: "radius=50@x", own: "ghost" });
    const cases: readonly (readonly [args: string, says: RegExp])[] = [
      ["--own cow", /^hindcast: --own is "cow", expected one of "ship"\n$/],
      [
        "--own ship --lod near=5:hat",
        /^hindcast: --lod names "hat", which is a field of no kind; fields are "/,
      ],
      ["--own ship --codec raw --budget 5kbps", /^hindcast: [^\n]*budget[^\n]*codec raw[^\n]*\n$/],
      ["--interest radius=5@x --own cow", /^hindcast: --own is "cow", expected one of "ship"\n$/],
    ];
    for (const [args, says] of cases) {
      const { code, stderr } = await hindcast(["report", path, ...args.split(" ")]);
      assert.equal(code, 2, args);
      assert.match(stderr, says);
    }
    assert.equal((await hindcast(["report", path, "--own", "ship"])).code, 0);
  }));
