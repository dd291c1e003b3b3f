import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FileSink, RecordingWriter } from "../../lib/recording.ts";
import { type BandwidthReport, replicationFacts } from "../../lib/report.ts";
import {
  hindcast,
  hindcastJson,
  inFolder,
  recordRows,
  recordShort,
} from "../run_cli_test_helper.ts";
import { VERSION } from "../version.ts";

const WIRE = JSON.stringify({
  kinds: [{ name: "player", fields: [{ name: "x", type: "fixed", step: 1 }] }],
});

test("report says its version, its command as a shell takes it again, and every setting", () =>
  inFolder(async (cwd) => {
    await recordShort(cwd);
    writeFileSync(join(cwd, "a wire.json"), WIRE);
    const args = ["report", "short.mcap", "--json", "--wire", "a wire.json", "--history", "128"];
    const report = await hindcastJson<BandwidthReport>(args, { cwd });
    assert.equal(report.version, VERSION);
    assert.equal(
      report.command,
      "report short.mcap --json --wire 'a wire.json' --history 128",
    );
    const [{ name, settings }] = report.runs as [BandwidthReport["runs"][number]];
    assert.equal(name, "strict varint none wire=a wire.json");
    assert.deepEqual([settings.history, settings.wire, settings.seed], [128, "a wire.json", 1]);
    const again = await hindcastJson<BandwidthReport>(
      ["report", "--history=128", "--seed", "4", "--seed", "2", "--json", "short.mcap"],
      { cwd },
    );
    assert.equal(again.command, "report --history=128 --seed 4 --seed 2 --json short.mcap");
    assert.equal(again.seed, 4);
  }));

test("report's table and page say what all runs share, and the page how it was made", () =>
  inFolder(async (cwd) => {
    await recordShort(cwd);
    const args = "--history 128 --mtu 900 --seed 1 --seed 2 --net none --net acklag=3".split(" ");
    const { stdout } = await hindcast(["report", "short.mcap", ...args], { cwd });
    const [title, names, settings] = stdout.split("\n");
    assert.equal(names, "all runs  strict varint");
    assert.equal(title, "short.mcap  seeds 1, 2 · 4 runs · 1 consumer");
    assert.equal(settings, "settings  mtu 900 · history 128");
    const page = await hindcast(["report", "short.mcap", "--html", "-", ...args], { cwd });
    assert.ok(page.stdout.includes("<dt>settings</dt><dd>mtu 900 · history 128</dd>"));
    assert.ok(page.stdout.includes("<dt>seed</dt><dd>1, 2</dd>"));
    const command = `report short.mcap --html - ${args.join(" ")}`;
    assert.ok(page.stdout.includes(`<dd>hindcast ${VERSION}</dd>`));
    const unwrapped = (html: string) => html.replaceAll(/<\/?span>/g, "");
    assert.ok(unwrapped(page.stdout).includes(`<code id="command">hindcast ${command}</code>`));
    const plain = await hindcast(["report", "short.mcap"], { cwd });
    assert.ok(!plain.stdout.includes("settings"));
    const hostile = await hindcast([
      "report",
      "short.mcap",
      "--html",
      "-",
      "--net",
      "none",
      "--interest",
      "radius=9@x",
      "--lod",
      "<b>=9:all",
    ], { cwd });
    assert.ok(!hostile.stdout.includes("<b>="), hostile.stdout.slice(-300));
    assert.ok(unwrapped(hostile.stdout).includes("--lod &#39;&lt;b&gt;=9:all&#39;"));
  }));

test("report compares several wires with what was recorded in one command", () =>
  inFolder(async (cwd) => {
    await recordShort(cwd);
    mkdirSync(join(cwd, "old"));
    writeFileSync(join(cwd, "half.json"), WIRE.replace("1}", "0.5}"));
    writeFileSync(join(cwd, "old", "half.json"), WIRE);
    const wires = "--wire none --wire half.json --wire old/half.json --net none --net loss=5%";
    const { runs } = await hindcastJson<BandwidthReport>(
      ["report", "short.mcap", "--json", ...wires.split(" ")],
      { cwd },
    );
    assert.deepEqual(runs.map(({ name, verified }) => [name, verified]), [
      ["strict varint none", true],
      ["strict varint none wire=half.json", true],
      ["strict varint none wire=old/half.json", true],
      ["strict varint loss=5%", true],
      ["strict varint loss=5% wire=half.json", true],
      ["strict varint loss=5% wire=old/half.json", true],
    ]);
    const alone = async (...args: string[]) =>
      (await hindcastJson<BandwidthReport>(["report", "short.mcap", "--json", ...args], { cwd }))
        .runs[0]!.hash;
    assert.deepEqual(runs.slice(0, 3).map(({ hash }) => hash), [
      await alone(),
      await alone("--wire", "half.json"),
      await alone("--wire", "old/half.json"),
    ]);
  }));

test("report names the frame and the wire as it was given, where one of several cannot send", () =>
  inFolder(async (cwd) => {
    await recordRows(cwd, [0, 1, 2].map((f) => ({ f, t: f * 20, id: 1, kind: "a", x: f * 200 })));
    mkdirSync(join(cwd, "w"));
    const field = (type: string) =>
      `{"kinds":[{"name":"a","fields":[{"name":"x","type":"${type}"}]}]}`;
    writeFileSync(join(cwd, "w", "narrow.json"), field("u8"));
    writeFileSync(join(cwd, "wide.json"), field("u16"));
    writeFileSync(join(cwd, "other.json"), field("u16").replace('"x"', '"nope"'));
    const run = (...wires: string[]) =>
      hindcast(["report", "rows.mcap", ...wires.flatMap((wire) => ["--wire", wire])], { cwd });
    const narrow = await run("wide.json", "w/narrow.json", "none");
    assert.deepEqual([narrow.code, narrow.stdout], [1, ""]);
    assert.match(
      narrow.stderr,
      /^hindcast: Cannot send frame 2 by w\/narrow\.json: [^\n]*"x"[^\n]*0 to 255[^\n]*; correct it \(info --schema prints one that fits\)\n$/,
    );
    const other = await run("wide.json", "other.json");
    assert.deepEqual([other.code, other.stdout], [1, ""]);
    assert.match(other.stderr, /^hindcast: Cannot send the recording by other\.json: .*"nope"/);
    const none = await run("wide.json", "gone.json");
    assert.deepEqual([none.code, none.stdout], [1, ""]);
    assert.match(none.stderr, /^hindcast: Cannot read gone\.json/);
    const server = await run("server");
    assert.equal(server.code, 2);
    assert.match(server.stderr, /^hindcast: --wire is server, but the recording holds no wire/);
  }));

test("report --send-rate sends that often, and takes the place of what a file says of it", () =>
  inFolder(async (folder) => {
    const path = join(folder, "told.mcap");
    const sink = new FileSink(path);
    const fields = [{ name: "x", type: "u16" }, { name: "y", type: "u16" }] as const;
    const wire = { kinds: [{ name: "ship", fields: [fields[0]] }] };
    const writer = await RecordingWriter.open(sink, {
      schema: { kinds: [{ name: "ship", fields }] },
      replication: replicationFacts({ sendRateHz: 20, wire }),
    });
    // 60 frames a second from a time that is no beat of the clock on the wall.
    for (let frame = 0; frame < 121; frame++) {
      const entities = [{ id: 1, kind: "ship", fields: { x: frame, y: frame } }];
      await writer.write({ frame, timeMs: 12_345 + frame * 1000 / 60, entities });
    }
    await writer.close();
    sink.close();
    const of = async (...args: string[]) => {
      const { recorded, runs } = await hindcastJson<BandwidthReport>([
        "report",
        path,
        "--json",
        ...args,
      ]);
      return {
        recorded: Object.keys(recorded ?? {}),
        packets: runs.map(({ packets }) => packets),
        runs,
      };
    };
    const told = await of();
    assert.deepEqual(told.recorded, ["ack", "codec", "sendRate", "wire"]);
    assert.deepEqual(told.packets, [41]);
    assert.deepEqual(told.runs.map(({ name }) => name), ["strict varint none wire=server"]);
    assert.deepEqual([told.runs[0]!.settings.sendEvery, told.runs[0]!.settings.sendRateHz], [
      null,
      20,
    ]);
    const given = await of(
      "--send-rate",
      "30",
      "--send-every",
      "2",
      "--wire",
      "none",
      "--wire",
      "server",
    );
    assert.deepEqual(given.recorded, ["ack", "codec", "wire"]);
    assert.deepEqual(given.packets, [61, 61, 61, 61]);
    const every = await of("--send-every", "1", "--ignore-recorded");
    assert.deepEqual([every.recorded, every.packets], [[], [121]]);
    const fast = await of("--send-rate", "1000", "--wire", "none");
    assert.deepEqual([fast.recorded, fast.packets], [["ack", "codec"], [121]]);
  }));

test("report --own is the only kind that moves, which its settings say", () =>
  inFolder(async (cwd) => {
    const rows = (isMoving: boolean) =>
      [0, 1, 2, 3].flatMap((f) =>
        ["car", "tree"].map((kind, id) => ({
          f,
          t: f * 20,
          id,
          kind,
          x: kind === "car" || isMoving ? f : 9,
          y: id,
        }))
      );
    const path = await recordRows(cwd, rows(false));
    const args = ["report", path, "--interest", "radius=800@x,y"];
    const { runs } = await hindcastJson<BandwidthReport>([...args, "--json"]);
    assert.deepEqual(runs[0]!.settings.interest, {
      radius: 800,
      position: ["x", "y"],
      ownKind: "car",
    });
    assert.match((await hindcast(args)).stdout, /\nsettings {2}interest 800@x,y · own car\n/);
    const given = await hindcastJson<BandwidthReport>([...args, "--own", "tree", "--json"]);
    assert.equal(given.runs[0]!.settings.interest?.ownKind, "tree");
    const moving = await recordRows(cwd, rows(true));
    const { code, stderr } = await hindcast(["report", moving, "--interest", "radius=800@x,y"]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^hindcast: Whose entities .*several kinds move, "car", "tree"; name one with --own\n$/,
    );
  }));

test("report --figures, --interp and --freeze are settings, and cost leaves out what the player sees", () =>
  inFolder(async (cwd) => {
    await recordShort(cwd);
    const of = async (
      ...args: string[]
    ) => (await hindcastJson<BandwidthReport>(["report", "short.mcap", "--json", ...args], {
      cwd,
    }));
    const { runs: [given] } = await of("--interp", "0", "--freeze", "300.5");
    assert.deepEqual(
      [given!.settings.figures, given!.settings.interpMs, given!.settings.freezeMs],
      ["all", 0, 300.5],
    );
    const cost = await of("--figures", "cost");
    assert.equal(cost.runs[0]!.settings.figures, "cost");
    assert.equal(cost.findings, undefined);
    for (const key of ["stateAgeMs", "updateGapMs", "freezes", "interpolation", "drawnError"]) {
      assert.ok(!(key in cost.runs[0]!), key);
    }
    assert.equal(cost.runs[0]!.hash, given!.hash);
  }));

/** One value in two spellings, and how many runs it makes with what else is there. */
const SPELT_TWICE: readonly (readonly [args: string, runs: number])[] = [
  ["--send-rate 20 --send-rate 20.0", 1],
  ["--send-rate 20 --send-rate 20.0 --seed 1 --seed 2", 2],
  ["--budget 256kbps --budget 0.256mbps", 1],
  ["--budget 1005kbps --budget 1.005mbps", 1],
  ["--churn join=3s,away=1s --churn away=1000ms,join=3000ms", 1],
  ["--churn join=1005ms --churn join=1.005s", 1],
  ["--net none --net none", 1],
  ["--interest radius=5@x --interest radius=5.0@x", 1],
  ["--ack strict --ack nack --ack strict", 2],
  ["--wire none --wire w.json --wire w.json", 2],
  ["--keyframe-every none --keyframe-every none", 1],
];

test("report makes runs of equal settings once, and says so", () =>
  inFolder(async (cwd) => {
    await recordShort(cwd);
    writeFileSync(join(cwd, "w.json"), WIRE);
    for (const [args, count] of SPELT_TWICE) {
      const { code, stdout, stderr } = await hindcast(
        ["report", "short.mcap", "--json", "--figures", "cost", ...args.split(" ")],
        { cwd },
      );
      assert.equal(code, 0, stderr);
      const { runs } = JSON.parse(stdout) as BandwidthReport;
      assert.equal(runs.length, count, args);
      assert.equal(new Set(runs.map(({ name }) => name)).size, count);
      assert.equal(stderr.match(/^note: \d of \d runs would repeat another/gm)?.length, 1, args);
    }
    const once = await hindcast(
      ["report", "short.mcap", "--budget", "256kbps", "--budget", "257kbps"],
      { cwd },
    );
    assert.ok(!once.stderr.includes("repeat"));
  }));

/** Flags that make no sense, and what is said of them. */
const BAD: readonly (readonly [args: string, message: RegExp])[] = [
  ["--figures some", /choices are cost, all/],
  ["--interp -1", /number from 0 to 10000/],
  ["--interp 10001", /number from 0 to 10000/],
  ["--freeze 0", /number from 1 to/],
  ["--freeze x", /number from 1 to/],
  ["--send-rate 0", /number from 0.01 to 10000/],
  ["--send-rate 20hz", /number from 0.01 to 10000/],
  ["--keyframe-every never", /integer from 1/],
  ["--history none", /integer from 1/],
  ["--anyway", /--anyway goes with --compare; name the old report/],
  [
    "--figures cost --interp 50",
    /--interp is of what the player sees, which --figures cost leaves/,
  ],
  [
    "--freeze 50 --figures cost",
    /--freeze is of what the player sees, which --figures cost leaves/,
  ],
  ["--frame 1 --figures cost", /'--frame <n>' cannot be used with option '--figures <set>'/],
  ["--frame 1 --interp 50", /'--frame <n>' cannot be used with option '--interp <ms>'/],
  ["--frame 1 --freeze 50", /'--frame <n>' cannot be used with option '--freeze <ms>'/],
];

test("report refuses settings outside their ranges in one line", () =>
  inFolder(async (cwd) => {
    await recordShort(cwd);
    for (const [args, message] of BAD) {
      const { code, stdout, stderr } = await hindcast(
        ["report", "short.mcap", ...args.split(" ")],
        { cwd },
      );
      assert.deepEqual([code, stdout], [2, ""], args);
      assert.match(stderr, message);
      assert.match(stderr, /^hindcast: [^\n]*\n$/);
    }
  }));
