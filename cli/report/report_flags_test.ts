import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parquetReadObjects } from "hyparquet";
import type { BandwidthReport, RunReport } from "../../lib/report.ts";
import { hindcast, hindcastJson, inFolder, recordShort, testdata } from "../run_cli_test_helper.ts";

async function runOf(path: string, ...args: readonly string[]): Promise<RunReport> {
  return (await hindcastJson<BandwidthReport>(["report", path, "--json", ...args])).runs[0]!;
}

test("report --wire sends by a schema: rounded, verified, what it leaves out unsent", {
  timeout: 60_000,
}, () =>
  inFolder(async (folder) => {
    const path = await recordShort(folder);
    const wire = join(folder, "wire.json");
    const fields = ["x", "y", "z"].map((name) => ({ name, type: "fixed", step: 1 }));
    writeFileSync(wire, JSON.stringify({ kinds: [{ name: "player", fields }] }));
    const run = await runOf(path, "--wire", wire, "--net", "loss=10%", "--consumers", "5");
    assert.equal(run.verified, true);
    assert.equal(run.divergence.wrongFieldFrames, 0);
    assert.deepEqual(run.fields.map(({ field }) => field).sort(), ["x", "y", "z"]);
    assert.deepEqual([...new Set(run.fields.map(({ kind }) => kind))], ["player"]);
    const fine = await runOf(path, "--net", "loss=10%", "--consumers", "5");
    const bitsOfX = ({ fields }: RunReport) =>
      fields.find(({ kind, field }) => kind === "player" && field === "x")!.bits;
    assert.ok(bitsOfX(run) < bitsOfX(fine), "steps of 1 cost less than steps of 1/8");

    // The schema that was recorded changes nothing but the name, and errs nowhere.
    writeFileSync(wire, (await hindcast(["info", path, "--schema"])).stdout);
    const same = await runOf(path, "--wire", wire);
    assert.equal(same.name, "strict varint none wire=wire.json");
    assert.ok(same.wireError!.length > 10);
    assert.deepEqual(same.wireError!.filter(({ max }) => max !== 0), []);
    const { name, settings, wireError } = await runOf(path);
    assert.deepEqual({ ...same, name, settings, wireError }, await runOf(path));
  }));

/** Wire schemas that cannot send the short duel, and what is said of them. */
const BAD_WIRES: readonly [field: object, message: RegExp][] = [
  [{ name: "nope", type: "u8" }, /recording by wire\.json: .*"nope".*"player"/],
  [{ name: "x", type: "u8" }, /frame 690 by wire\.json: .*"x".*0 to 255/],
  [{ name: "weapon", type: "f32" }, /frame 690 by wire\.json: .*"weapon".*number/],
  [{ name: "x", type: "u9" }, /wire\.json:1:\d+: .*type/],
];

test(
  "report names the wire schema that does not fit",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      for (const [field, message] of BAD_WIRES) {
        const kinds = [{ name: "player", fields: [field] }];
        writeFileSync(join(cwd, "wire.json"), JSON.stringify({ kinds }));
        const { code, stdout, stderr } = await hindcast(
          ["report", "short.mcap", "--wire", "wire.json"],
          { cwd },
        );
        assert.equal(code, 1);
        assert.equal(stdout, "");
        assert.match(stderr, message);
        assert.match(stderr, /^hindcast: [^\n]*\n$/);
      }
    }),
);

test(
  "report --interest, --lod, --budget and --churn have their effect",
  { timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      const path = await recordShort(folder);
      const of = (...args: string[]) => runOf(path, "--consumers", "6", ...args);
      const all = await of();
      const near = await of("--interest", "radius=300@x,y,z");
      assert.ok(near.payloadBytes < all.payloadBytes);
      assert.equal(near.verified, true);
      const coarse = await of(
        "--interest",
        "radius=all@x,y,z",
        "--lod",
        "near=1:all,far=100000:x,y",
      );
      assert.equal(coarse.verified, true);
      assert.ok(coarse.payloadBytes < all.payloadBytes);
      const tight = await of("--budget", "10kbps");
      assert.equal(tight.verified, true);
      assert.ok(tight.kbps.mean < 12.5 && all.kbps.mean > 20, `${tight.kbps.mean}`);
      assert.ok(tight.stalenessFrames.max > 0);
      const churned = await of("--churn", "join=200ms,reconnect=400ms,away=100ms");
      assert.ok(churned.keyframeReasons.reset > 0);
      assert.ok(churned.packets < all.packets);
      assert.equal(churned.verified, true);
    }),
);

/** Flags that cannot be understood, or not with this recording. */
const BAD_FLAGS: readonly [args: readonly string[], message: RegExp][] = [
  [["--ack", "tcp"], /'tcp' is invalid.*append, strict, nack/],
  [["--codec", "zip"], /'zip' is invalid.*raw, mask, varint/],
  [["--consumers", "0"], /1 to 100000/],
  [["--consumers", "1e3"], /1 to 100000/],
  [["--send-every", "0"], /1 to 1000000/],
  [["--mtu", "63"], /64 to 65507/],
  [["--history", "0"], /1 to 16777216/],
  [["--seed", "4294967296"], /0 to 4294967295/],
  [["--net", "wfii"], /wfii.*did you mean wifi/],
  [["--net", "loss=2"], /write the percent sign/],
  [["--net", "delay=-1"], /milliseconds from 0/],
  [["--net", ""], /a part is empty/],
  [["--interest", "x,y"], /--interest is "x,y", expected radius=800@x,y,z/],
  [["--interest", "radius=0@x"], /expected radius=800@x,y,z/],
  [["--interest", "radius=9@a,b,c,d"], /1 to 3 fields/],
  [["--interest", "radius=9@weapon"], /"weapon", expected numbers of "player": .*"x"/],
  [["--interest", "radius=9@x", "--own", "cow"], /--own is "cow", expected one of .*"player"/],
  [["--own", "player"], /--own is "player" without --interest/],
  [["--own", "player", "--ignore-recorded"], /--own is "player" without --interest/],
  [["--interest", "none", "--own", "cow"], /--own is "cow", expected one of .*"player"/],
  [["--interest", "radius=9@x,y,x"], /names "x" twice in the position "x,y,x"/],
  [["--lod", "near=3:all"], /need interest/],
  [
    ["--interest", "radius=9@x", "--lod", "near=5:all,far=5:x"],
    /"far" up to 5, .* the 5 of "near"/,
  ],
  [
    ["--interest", "radius=9@x", "--lod", "near=5:all,far=3:x"],
    /"far" up to 3, .* the 5 of "near"/,
  ],
  [["--interest", "radius=9@x", "--lod", "near"], /--lod is "near", expected levels/],
  [["--interest", "radius=9@x", "--lod", "near=3:hat"], /--lod names "hat"/],
  [["--interest", "radius=9@x", "--lod", "near=Infinity:all"], /expected levels .* a number/],
  [["--interest", "radius=9@x", "--lod", "near=1e999:all"], /expected levels .* a number/],
  [["--interest", "radius=Infinity@x"], /expected radius=800@x,y,z .or radius=all/],
  [["--budget", "256"], /--budget is "256", expected such as 256kbps/],
  [["--budget", "1e9mbps"], /--budget is/],
  [["--budget", "64kbps", "--codec", "raw"], /codec raw/],
  [["--churn", "rejoin=1s"], /--churn has "rejoin=1s", expected join, reconnect/],
  [["--churn", "join=1s,join=2s"], /join twice/],
  [["--interp", "50", "--interp", "100"], /--interp <ms>.*given twice/],
  [["--interp", "50", "--interp", "50"], /--interp <ms>.*given twice/],
  [["--freeze", "250", "--freeze", "500"], /--freeze <ms>.*given twice/],
  [["--figures", "all", "--figures", "cost"], /--figures <set>.*given twice/],
  [["--figures", "both"], /cost, all/],
  [["--frame", "0", "--frame", "1"], /--frame <n>.*given twice/],
  [["--interest", "radius=9@x", "--own", "ball", "--own", "car"], /--own <kind>.*given twice/],
  [["--csv", "a.csv", "--csv", "b.csv"], /--csv <file>.*given twice/],
  [["--interp", "10001"], /0 to 10000/],
  [["--freeze", "0"], /1 to 86400000/],
  [["--json", "--compare", "short.mcap"], /cannot be used with/],
  [["--csv", "-", "--json"], /standard output leaves no room/],
  [["--csv", "-", "--html", "-"], /Two outputs go to -/],
  [["--csv", "short.mcap"], /short\.mcap is an input as well; name another/],
  [["--html", "./short.mcap"], /is an input as well; name another/],
];

test(
  "report refuses flags that make no sense in one line",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      const before = readFileSync(await recordShort(cwd));
      await Promise.all(BAD_FLAGS.map(async ([args, message]) => {
        const { code, stdout, stderr } = await hindcast(["report", "short.mcap", ...args], { cwd });
        assert.equal(code, 2, `${args.join(" ")}: ${stderr}`);
        assert.equal(stdout, "");
        assert.match(stderr, message);
        assert.match(stderr, /^hindcast: [^\n]*\n$/);
      }));
      assert.deepEqual(readFileSync(join(cwd, "short.mcap")), before);
    }),
);

test(
  "report takes networks from files, and refuses broken ones by name",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      const trace = `trace:${testdata("net/webrtc-g729-500-699.csv")}`;
      const run = await runOf(join(cwd, "short.mcap"), "--net", trace, "--consumers", "3");
      assert.equal(run.net, trace);
      assert.equal(run.verified, true);
      writeFileSync(join(cwd, "net.json"), '{"delay": 20, "down": {"loss": "250%"}}');
      for (const net of ["net.json", "trace:none.csv"]) {
        const { code, stderr } = await hindcast(["report", "short.mcap", "--net", net], { cwd });
        assert.ok(code === 1 || code === 2);
        assert.match(stderr, net === "net.json" ? /net\.json.*down.*loss/ : /none\.csv/);
        assert.match(stderr, /^hindcast: [^\n]*\n$/);
      }
    }),
);

test(
  "report --list-nets names every preset that --net takes, with its source",
  { timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      const { code, stdout } = await hindcast(["report", "--list-nets"]);
      assert.equal(code, 0);
      const names = stdout.split("\n").slice(1).flatMap((line) =>
        /^ {2}(\S+)/.exec(line)?.[1] ?? []
      );
      for (const name of ["wifi", "5g", "2g", "very-poor", "cellular", "satellite", "congested"]) {
        assert.ok(names.includes(name), name);
      }
      const path = await recordShort(folder);
      const nets = names.flatMap((name) => ["--net", name]);
      const { runs } = await hindcastJson<BandwidthReport>(["report", path, "--json", ...nets]);
      assert.deepEqual(runs.map(({ net }) => net), names);
      for (const { verified, divergence } of runs) {
        assert.ok(verified && divergence.wrongFieldFrames === 0);
      }
    }),
);

test("report --list-nets shows all of each network, as JSON too, and refuses what it ignores", async () => {
  const list = ["report", "--list-nets"];
  const nets = await hindcastJson<{ name: string; down: string; source: string }[]>(
    [...list, "--json"],
  );
  assert.equal(nets.find(({ name }) => name === "4g")?.down, "delay=35,jitter=5,loss=3%");
  const { stdout } = await hindcast(list);
  assert.ok(!stdout.includes("…"));
  for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
  for (const words of [["x.mcap"], ["--net", "4g"], ["--html", "x.html"]]) {
    const { code, stderr } = await hindcast([...list, ...words]);
    assert.equal(code, 2);
    assert.match(stderr, new RegExp(`leave out ${words[0]}\n$`));
  }
});

test(
  "report writes CSV, Parquet and HTML beside its table",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      const { code, stdout, stderr } = await hindcast([
        "report",
        "short.mcap",
        ..."--consumers 2 --net none --net loss=5%,delay=9".split(" "),
        ..."--csv r.csv --parquet r.parquet --html r.html".split(" "),
      ], { cwd });
      assert.equal(code, 0, stderr);
      assert.match(stdout, /strict varint none/);
      const rows = await parquetReadObjects({ file: bufferOf(join(cwd, "r.parquet")) });
      const [header, ...lines] = readFileSync(join(cwd, "r.csv"), "utf8").trim().split("\r\n");
      // Two runs, one whole second, two consumers.
      assert.equal(rows.length, 4);
      assert.equal(lines.length, 4);
      assert.deepEqual(header!.split(","), Object.keys(rows[0]!));
      const { series } = await runOf(join(cwd, "short.mcap"), "--consumers", "2");
      for (const row of rows.filter((row) => row["net"] === "none")) {
        assert.equal(row["kbps"], series[0]!.kbps);
        assert.equal(Number(row["wire_bytes"]) * 8 / 1000, series[0]!.kbps);
      }
      const html = readFileSync(join(cwd, "r.html"), "utf8");
      assert.match(html, /^<!DOCTYPE html>/);
      assert.ok(html.includes("strict varint loss=5%,delay=9"));
      assert.ok(!/<[^>]+(src|href)="(?!data:|#)/.test(html), "it needs nothing from elsewhere");

      const csv = await hindcast(["report", "short.mcap", "--csv", "-"], { cwd });
      assert.ok(csv.stdout.startsWith(`${header}\r\n`));
      assert.ok(!csv.stdout.includes("yaw"), "nothing but the CSV is printed");
    }),
);

function bufferOf(path: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path)).buffer;
}

test(
  "report --compare says what changed, and refuses what is no report",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      const args = ["report", "short.mcap", "--net", "delay=20"];
      writeFileSync(join(cwd, "old.json"), (await hindcast([...args, "--json"], { cwd })).stdout);
      const same = await hindcast([...args, "--compare", "old.json"], { cwd });
      assert.match(same.stdout, /no change/);
      const other = [...args, "--send-every", "2", "--compare", "old.json"];
      const refused = await hindcast(other, { cwd });
      assert.equal(refused.code, 2);
      assert.equal(refused.stdout, "");
      assert.equal(
        refused.stderr,
        "hindcast: Cannot compare with old.json: send-every is 1 there and 2 now; make both alike, or compare them with --anyway\n",
      );
      const fewer = await hindcast([...other, "--anyway"], { cwd });
      assert.equal(fewer.code, 0);
      assert.match(fewer.stdout, /^warning: send-every differs: 1 before, 2 now\n/);
      assert.match(fewer.stdout, /kbps.*[-−]\s?\d/);
      for (const [name, text] of [["text", "hello"], ["list", "[]"], ["other", '{"runs":[{}]}']]) {
        writeFileSync(join(cwd, name!), text!);
        const { code, stderr } = await hindcast([...args, "--compare", name!], { cwd });
        assert.equal(code, 1);
        assert.match(stderr, new RegExp(`^hindcast: Cannot read report ${name}[^\n]*\n$`));
      }
    }),
);

test(
  "report opens its files before it measures",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      await recordShort(cwd);
      for (const flag of ["--csv", "--parquet", "--html"]) {
        const { code, stderr } = await hindcast(["report", "short.mcap", flag, "no/file"], { cwd });
        assert.equal(code, 1);
        assert.equal(
          stderr,
          "hindcast: Cannot write no/file: there is no such file or folder; check the path\n",
        );
        if (!existsSync("/dev/full")) continue;
        const full = await hindcast(["report", "short.mcap", flag, "/dev/full"], { cwd });
        assert.equal(full.code, 1);
        assert.match(
          full.stderr,
          /^hindcast: Cannot write \/dev\/full: the disk is full; [^\n]*\n$/,
        );
      }
    }),
);
