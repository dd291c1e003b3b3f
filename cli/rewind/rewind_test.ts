import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { hindcast, THIS_RUNTIME, unwrapped } from "../run_cli_test_helper.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = join(ROOT, "cli", "main.ts");
const TESTDATA = join(ROOT, "testdata", "rewind");

/** Deno is given the permissions that the command needs, and no more. */
const DENO = ["deno", "run", "--no-prompt", "--allow-read", "--allow-write", "--allow-env"];
const BUN = ["bun"];

/** Runtimes that are installed. */
const RUNTIMES = [DENO, BUN].filter(([program]) => spawnSync(program!, ["--version"]).status === 0);
const SLOW = { timeout: 120_000 };

/** What a command prints in a process of a runtime. */
function printedBy([program, ...before]: readonly string[], args: readonly string[]): string {
  const { status, stderr, stdout } = spawnSync(program!, [...before, MAIN, ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    maxBuffer: 1 << 28,
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

/** Runs a command that has to succeed. @returns standard output */
async function done(args: readonly string[]): Promise<string> {
  const { code, stderr, stdout } = await hindcast(args);
  assert.equal(code, 0, stderr);
  return stdout;
}

async function withFolder(action: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "hindcast-rewind-"));
  try {
    await action(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Records `testdata/rewind/NAME` by the command line. @returns path of the recording */
async function record(folder: string, name: string, suffix = "ndjson"): Promise<string> {
  const path = join(folder, `${name}.mcap`);
  const input = (what: string) => join(TESTDATA, `${name}.${what}.${suffix}`);
  await done(["record", input("state"), "--events", input("events"), "-o", path]);
  return path;
}

const BOX = ["--shape", "player=box:-16,-16,-24,16,16,32", "--alive", "dead=0"];
const QUAKEWORLD = ["--shots", "lg_shot", "--shot-map", "quakeworld", ...BOX, "--reach", "4"];
const NAMES = ["none", "ping-13", "ping", "ms:100"];
const POLICIES = NAMES.flatMap((name) => ["--policy", name]);

interface ExpectedCut {
  readonly shots: number;
  readonly victims: Readonly<Record<string, readonly number[]>>;
  readonly accuracy: Readonly<Record<string, number>>;
  readonly sweepAgrees: readonly number[];
}

function expectedCut(): ExpectedCut {
  return JSON.parse(readFileSync(join(TESTDATA, "qw-povdmm4-cut.expected.json"), "utf8"));
}

test("rewind --json: contract, and the figures of an independent computation", SLOW, async () => {
  await withFolder(async (folder) => {
    const path = await record(folder, "qw-povdmm4-cut", "ndjson.gz");
    const expected = expectedCut();
    const args = ["rewind", path, ...QUAKEWORLD, ...POLICIES, "--sweep", "0..150"];
    const answer = JSON.parse(await done([...args, "--details", "--json"]));
    assert.equal(answer.shots, expected.shots);
    assert.deepEqual(answer.policies.map((policy: { policy: string }) => policy.policy), NAMES);
    for (const policy of answer.policies) {
      const { accuracy, causes, fn, fp, tn, tp } = policy;
      for (const count of [tp, fp, tn, fn]) assert.ok(Number.isInteger(count));
      assert.equal(tp + fp + tn + fn, expected.shots);
      assert.equal(tp + tn, expected.accuracy[policy.policy]);
      assert.equal(accuracy, (tp + tn) / expected.shots);
      assert.equal(causes.agrees, tp + tn);
      const sum = Object.values<number>(causes).reduce((total, count) => total + count, 0);
      assert.equal(sum, expected.shots);
      const victims = answer.details
        .filter((detail: { policy: string }) => detail.policy === policy.policy)
        .map((detail: { victim: number | null }) => detail.victim ?? -1);
      assert.deepEqual(victims, expected.victims[policy.policy]);
    }
    const agrees = answer.sweep.map(({ accuracy }: { accuracy: number }) =>
      Math.round(accuracy * expected.shots)
    );
    assert.deepEqual(agrees, expected.sweepAgrees);
    assert.equal(answer.sweep[150].rewindMs, 150);
    for (const key of ["a", "b", "accuracy"]) assert.equal(typeof answer.best[key], "number");
    assert.ok(answer.best.accuracy >= answer.policies[1].accuracy);
    const [detail] = answer.details;
    for (const key of ["shot", "frame", "wantedMs", "usedMs", "usedFrame"]) {
      assert.equal(typeof detail[key], "number", key);
    }
    assert.deepEqual(
      [detail.policy, detail.clamped, detail.victim, detail.expected, detail.cause],
      ["none", null, null, null, "agrees"],
    );
    assert.equal(typeof detail.marginUnits, "number");
    for (const shot of answer.details) {
      for (const { fromMs, target, toMs } of shot.intervals) {
        assert.ok(Number.isInteger(target) && fromMs >= 0 && toMs >= fromMs);
      }
    }
  });
});

test("rewind: every runtime prints the same JSON, with a network too", SLOW, async () => {
  await withFolder(async (folder) => {
    const path = await record(folder, "qw-povdmm4-cut", "ndjson.gz");
    for (
      const more of [
        ["--sweep", "0..100/5", "--details"],
        [
          "--net",
          "delay=30,jitter=8,loss=10%",
          "--ack",
          "append",
          "--interp",
          "20",
          "--explain",
          "2",
        ],
      ]
    ) {
      const args = ["rewind", path, ...QUAKEWORLD, "--policy", "ping", "--json", ...more];
      const [first, ...others] = RUNTIMES.map((runtime) => printedBy(runtime, args));
      for (const other of others) assert.ok(other === first, `runtimes differ for ${more}`);
    }
  });
});

test("rewind: the table, several recordings, and QuakeWorld with one flag", SLOW, async () => {
  await withFolder(async (folder) => {
    const path = await record(folder, "qw-povdmm4-cut", "ndjson.gz");
    const table = unwrapped(
      await done(["rewind", path, ...QUAKEWORLD, ...POLICIES, "--sweep", "0..60"]),
    );
    const { accuracy, shots } = expectedCut();
    assert.match(table, /138 shots, the game hit with \d+ of 138/);
    for (const name of NAMES) {
      const share = (accuracy[name]! / shots * 100).toFixed(1);
      assert.ok(table.includes(` ${name} `) && table.includes(`${share} %`), name);
    }
    assert.match(table, /best rule, from the event +ping-[\d.]+ .*95 % confidence/);
    const short = await done(["rewind", path, "--shot-map", "quakeworld", ...POLICIES, "--json"]);
    const long = await done(["rewind", path, ...QUAKEWORLD, ...POLICIES, "--json"]);
    assert.equal(short, long);
    const twice = JSON.parse(
      await done(["rewind", path, path, "--shot-map", "quakeworld", "--policy", "ping", "--json"]),
    );
    assert.deepEqual(twice.recordings[0], twice.recordings[1]);
    assert.match(await done(["rewind", path, "--shot-map", "quakeworld"]), /ping-13 .*\n +acked/);
  });
});

test(
  "rewind: shots from files, shapes and maps from JSON, one from the command line",
  SLOW,
  async () => {
    await withFolder(async (folder) => {
      const path = await record(folder, "qw-povdmm4-cut", "ndjson.gz");
      const events = join(TESTDATA, "qw-povdmm4-cut.events.ndjson.gz");
      const json = async (args: readonly string[]) =>
        JSON.parse(await done(["rewind", path, "--policy", "ping", "--json", ...args]));
      const wanted = (await json(QUAKEWORLD)).policies;
      const map = ["--shot-map", "quakeworld"];
      assert.deepEqual((await json(["--shots", events, ...map])).policies, wanted);
      assert.deepEqual(
        (await json(["--events-file", events, "--shots", "lg_shot", ...map])).policies,
        wanted,
      );
      const files = { map: join(folder, "map.json"), shapes: join(folder, "shapes.json") };
      const vector = (a: string) => [`${a}x`, `${a}y`, `${a}z`];
      writeFileSync(
        files.map,
        JSON.stringify({
          ...{ shooter: "shooter", from: vector("s"), to: vector("e"), verdict: "hit" },
          ...{ ping: "ping", eye: [0, 0, 16], reach: 4 },
        }),
      );
      const shapes = [{ shape: "box", min: [-16, -16, -24], max: [16, 16, 32] }];
      writeFileSync(
        files.shapes,
        JSON.stringify({ kinds: { player: { alive: "dead=0", shapes } } }),
      );
      const fromJson = ["--shots", "lg_shot", "--shot-map", files.map, "--shapes", files.shapes];
      assert.deepEqual((await json(fromJson)).policies, wanted);
      const shot = "frame=682,shooter=2,from=-18.375,-254.375,-172.125,to=-19.375,236.5,-156.25," +
        "verdict=0,ping=25";
      const one = await json(["--shot", shot, ...BOX, "--reach", "4", "--details"]);
      const [, second] = (await json([...QUAKEWORLD, "--details"])).details;
      assert.equal(one.shots, 1);
      assert.deepEqual(
        [one.details[0].victim, one.details[0].marginUnits, one.details[0].intervals],
        [second.victim, second.marginUnits, second.intervals],
      );
      // A ray as thick as a house hits what a thin one misses.
      const thick = await json(["--shot", shot, ...BOX, "--ray-radius", "40"]);
      assert.deepEqual([one.policies[0].tp, thick.policies[0].tp], [0, 1]);
    });
  },
);

const BUGS: readonly [name: string, args: readonly string[], told: RegExp][] = [
  [
    "stop-distance",
    ["--policy", "rtt+interp"],
    /teleport distance of 64 units that stops all rewinding/,
  ],
  ["off-by-one", ["--policy", "frames:delay"], /a history that is off by one frame/],
  [
    "ring-aliases",
    ["--policy", "frames:delay", "--ring", "32"],
    /frame 70 was evicted, and a ring that aliases .* frame 102/,
  ],
  ["half-rtt", ["--policy", "rtt+interp"], /the game left one way out/],
  ["shooter-rewound", ["--policy", "ping"], /rewinds the shooter as well/],
];

test("rewind --explain names the cause of five published bugs", SLOW, async () => {
  await withFolder(async (folder) => {
    for (const [name, args, told] of BUGS) {
      const path = await record(folder, name);
      const map = "shooter=shooter,from=sx,sy,sz,to=ex,ey,ez,verdict=hit";
      const shots = ["--shots", "shot", "--shot-map", map, ...BOX];
      const page = await done(["rewind", path, ...shots, ...args, "--explain", "0"]);
      assert.match(unwrapped(page), told, name);
      assert.match(page, /^Shot 0 by 1: the game (?:misses|hits 2)\n/);
      const again = JSON.parse(
        await done(["rewind", path, ...shots, ...args, "--json", "--explain", "0"]),
      );
      assert.match(again.explanation.policies[0].sentence, told);
      assert.equal(again.policies[0].accuracy, 0);
    }
  });
});

test("rewind --net: the shooter's view, its error, and stale-view", SLOW, async () => {
  await withFolder(async (folder) => {
    const path = await record(folder, "qw-povdmm4-cut", "ndjson.gz");
    const args = ["rewind", path, ...QUAKEWORLD, "--policy", "ping", "--json"];
    const perfect = JSON.parse(await done([...args, "--net", "none"])).views;
    assert.deepEqual([perfect.net, perfect.ack, perfect.shots], ["none", "strict", 138]);
    assert.deepEqual(perfect.errorUnits, { p50: 0, p95: 0, max: 0 });
    const { details, seen } = JSON.parse(await done([...args, "--net", "none", "--details"]));
    assert.equal(seen.length, 138);
    // Without a network and interpolation the client shows the server's newest frame.
    assert.deepEqual(
      seen.map(({ viewFrame }: { viewFrame: number }) => viewFrame),
      details.map(({ frame }: { frame: number }) => frame),
    );
    assert.deepEqual(Object.keys(seen[0].errors[0]), ["id", "errorUnits", "errorFrames"]);
    const lossy = ["--net", "delay=40,loss=30%,burst=6", "--ack", "append", "--interp", "30"];
    const { policies, views } = JSON.parse(await done([...args, "--policy", "ms:100", ...lossy]));
    assert.ok(views.errorUnits.max > 1 && views.errorFrames.max > 0);
    assert.ok(policies[1].rules["client-view"] > 0);
    const page = await done(["rewind", path, ...QUAKEWORLD, ...lossy, "--explain", "9"]);
    assert.match(page, /The shooter's client showed frame [\d.]+ \(newest applied \d+/);
    assert.match(page, /units from the truth, -?[\d.]+ frames old/);
    const [table] = [await done(["rewind", path, ...QUAKEWORLD, ...lossy])];
    assert.match(table, /what shooters saw over delay=40,loss=30%,burst=6, append: 138 shots/);
  });
});

test(
  "rewind refuses bad input in one line, with an exit code that says whose fault",
  SLOW,
  async () => {
    await withFolder(async (folder) => {
      const path = await record(folder, "qw-povdmm4-cut", "ndjson.gz");
      const file = (name: string, text: string) => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      };
      const shot = (text: string) => [path, ...BOX, "--shot", text];
      const to = "to=1,0,0";
      const fine = [path, ...QUAKEWORLD];
      const game = [path, "--shot-map", "quakeworld"];
      const cases: [args: readonly string[], status: number, told: RegExp][] = [
        [shot(`frame=682,shooter=77,from=0,0,0,${to}`), 1, /shooter 77 is not in the recording/],
        [shot(`frame=9,shooter=2,from=0,0,0,${to}`), 1, /frame 9 is not in the recording \(640 to/],
        [
          shot(`time=1e9,shooter=2,from=0,0,0,${to}`),
          1,
          /time 1000000000 ms is not in the recording/,
        ],
        [shot(`frame=682,shooter=2,from=1,0,0,${to}`), 1, /the ray has length zero/],
        [shot(`frame=682,shooter=2,from=NaN,0,0,${to}`), 1, /is NaN, expected a finite number/],
        [shot(`frame=682,shooter=2,${to}`), 2, /lacks from/],
        [shot("nonsense"), 2, /not of the form key=value/],
        [[...fine, "--policy", "nosuch:5"], 2, /there is no policy nosuch;/],
        [[...fine, "--policy", "ping-"], 2, /Cannot read expression "ping-"/],
        [[...fine, "--policy", "stamped"], 1, /policy stamped needs stampMs or stamp/],
        [
          [path, "--shots", "lg_shot", "--shot-map", "quakeworld", "--shape", "p=box:1"],
          2,
          /expected box/,
        ],
        [[...fine, "--shape", "p=box:1,0,0,0,0,0"], 2, /min is 1 and max 0 along x/],
        [[...fine, "--shape", "plyer=sphere:8"], 1, /it has no kind "plyer"; its kinds are player/],
        [[...game, "--alive", "nope=0"], 1, /it has no alive field "nope"/],
        [[...game, "--alive", "dead"], 2, /Cannot read condition "dead"/],
        [
          [path, "--shots", "nosuch", "--shot-map", "quakeworld"],
          1,
          /"nosuch" in .*: it has lg_shot/,
        ],
        [
          [path, "--shots", join(folder, "no.ndjson"), "--shot-map", "quakeworld"],
          1,
          /no such file/,
        ],
        [[path, "--shots", "lg_shot", ...BOX], 2, /Say where events keep a shot/],
        [[path, "--shots", "lg_shot"], 2, /Say what can be hit/],
        [[path, ...BOX], 2, /Name the shots/],
        [[path, "--shots", "lg_shot", ...BOX, "--shot-map", "shooter=shooter"], 2, /it lacks from/],
        [
          [path, "--shots", "lg_shot", ...BOX, "--shot-map", "shooter=a,from=b,c,d,to=e,f,g"],
          1,
          /shooter \(field a\) is missing/,
        ],
        [[...fine, "--shapes", file("x.json", "{}")], 2, /--shape and --shapes/],
        [[path, "--shapes", file("y.json", "{")], 1, /y\.json: it is not JSON/],
        [
          [path, "--shapes", file("z.json", "{}")],
          1,
          /Cannot read hit shapes: the key kinds is missing; .*z\.json/,
        ],
        [
          [path, "--shots", file("b.ndjson", '{"f":1}\n'), "--shot-map", "quakeworld"],
          1,
          /b\.ndjson:1/,
        ],
        [[...fine, "--explain", "999"], 1, /Cannot find shot 999 in .*: shots are 0 to 137/],
        [[...fine, "--sweep", "9..1"], 2, /Expected a range such as 0\.\.150/],
        [[...fine, "--ring", "0"], 2, /Expected an integer from 1/],
        [[...fine, "--ack", "nack"], 2, /--ack needs --net/],
        [[...fine, "--net", "delya=5"], 2, /did you mean delay/],
        [[...fine, "--policy", "ms:1/(ping-25)"], 1, /shot 0 .*ms:1\/\(ping-25\).* is Infinity/],
        [[...fine, "--html", "-", "--json"], 2, /leaves no room on standard output/],
        [[...fine, "--details"], 2, /--details needs --json/],
        [[...fine, "--shot", "3"], 2, /--shot 3 selects a shot for --repro DIR/],
        [[...fine, "--repro", join(folder, "r")], 2, /--repro needs --shot N/],
        [[path, path, ...QUAKEWORLD, "--explain", "0"], 2, /--explain takes one recording, not 2/],
        [[join(folder, "no.mcap"), ...QUAKEWORLD], 1, /no such file/],
        [[file("a.mcap", "no recording"), ...QUAKEWORLD], 1, /a\.mcap/],
      ];
      for (const [args, status, told] of cases) {
        const outcome = await hindcast(["rewind", ...args]);
        const what = `${args.slice(-2).join(" ")}: ${outcome.stderr}`;
        assert.equal(outcome.code, status, what);
        assert.match(outcome.stderr, told, what);
        assert.equal(outcome.stderr.trimEnd().split("\n").length, 1, what);
        assert.equal(outcome.stdout, "", what);
      }
    });
  },
);

test("rewind --skip-bad counts and names what it leaves out, and exits with 4", SLOW, async () => {
  await withFolder(async (folder) => {
    const path = await record(folder, "qw-povdmm4-cut", "ndjson.gz");
    const shots = join(folder, "shots.ndjson");
    const good = '{"f":682,"ev":"s","id":2,"a":[0,0,0],"b":[9,0,0],"hit":-1}\n';
    writeFileSync(
      shots,
      good + good.replace(":2,", ":77,") + good.replace("[9,0,0]", "[0,0,0]") + "no json\n" +
        good.replace(":682,", ":6820,"),
    );
    const map = "shooter=id,from=a.0,a.1,a.2,to=b.0,b.1,b.2,verdict=hit";
    const args = ["rewind", path, "--shots", shots, "--shot-map", map, ...BOX, "--policy", "none"];
    assert.equal((await hindcast(args)).code, 1);
    const { code, stderr, stdout } = await hindcast([...args, "--skip-bad", "--json"]);
    assert.equal(code, 4, stderr);
    const answer = JSON.parse(stdout);
    assert.equal(answer.shots, 1);
    assert.deepEqual(answer.skipped.map(({ shot }: { shot: number }) => shot), [1, 2, 3]);
    const lines = stderr.trimEnd().split("\n");
    assert.match(lines[0]!, /shots\.ndjson:4/);
    assert.match(lines[1]!, /Cannot judge shot 1 .*shooter 77/);
    assert.match(lines.at(-1)!, /^hindcast: 4 skipped, all others are judged$/);
    const html = join(folder, "s.html");
    assert.equal((await hindcast([...args, "--skip-bad", "--html", html])).code, 4);
    const page = readFileSync(html, "utf8");
    assert.match(page, /Of 4 shots 3 are left out, .*: shot 1 \(.*shooter 77.*\); shot 2 \(/);
    assert.match(page, /1 line of the events that cannot be read is left out/);
    const unjudged = await hindcast([...args, "--skip-bad", "--policy", "ping"]);
    assert.match(unjudged.stderr, /Policy ping skipped 1 shot/);
    assert.equal((await hindcast(["rewind", path, ...QUAKEWORLD, "--skip-bad"])).code, 0);
  });
});

test(
  "rewind --repro writes a test that passes here, and commands for Deno, Bun and Node",
  SLOW,
  async () => {
    await withFolder(async (folder) => {
      const path = await record(folder, "ring-aliases");
      const map = "shooter=shooter,from=sx,sy,sz,to=ex,ey,ez,verdict=hit,ping=ping";
      const out = join(folder, "repro");
      const shots = ["--shots", "shot", "--shot-map", map, ...BOX, "--ring", "32"];
      const policies = ["--policy", "frames:delay", "--policy", "source:latency=ping"];
      const args = ["rewind", path, ...shots, ...policies];
      const told = await done([
        ...args,
        ...["--repro", out, "--shot", "0", "--repro-import", join(ROOT, "mod.ts")],
      ]);
      assert.deepEqual(readdirSync(out).sort(), ["shot-0.mcap", "shot-0.md", "shot-0_test.ts"]);
      const commands = told.trim().split("\n").slice(1).map((line) => line.trim().split(" "));
      assert.deepEqual(commands.map(([program]) => program), ["deno", "bun", "node"]);
      const own = commands.find(([program]) => program === THIS_RUNTIME.name);
      const [words, run] = [own?.slice(1) ?? [], THIS_RUNTIME.command];
      // Node runs no tests within tests.
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      if (own !== undefined) {
        // Here its types are checked too.
        const checked = words.filter((word) => word !== "--no-check");
        const { output, status } = spawnSync(run, checked, { cwd: ROOT, env, encoding: "utf8" });
        assert.equal(status, 0, output.join("\n"));
        assert.match(output.join("\n"), /2 pass|pass 2/);
      }
      // The cut recording is judged as the whole one was, and holds the event.
      const cut = join(out, "shot-0.mcap");
      const explain = async (recording: string) =>
        JSON.parse(await done(["rewind", recording, ...args.slice(2), "--json", "--explain", "0"]));
      const [whole, part] = [await explain(path), await explain(cut)];
      assert.deepEqual(part.explanation.policies, whole.explanation.policies);
      assert.equal(part.explanation.policies[0].cause.rule, "ring-aliases");
      // A broken expectation is seen.
      const text = readFileSync(join(out, "shot-0_test.ts"), "utf8");
      writeFileSync(join(out, "shot-0_test.ts"), text.replace(/victim: null/, "victim: 2"));
      if (own !== undefined) assert.notEqual(spawnSync(run, words, { cwd: ROOT, env }).status, 0);
    });
  },
);

test("rewind --html writes a page beside the table", SLOW, async () => {
  await withFolder(async (folder) => {
    const path = await record(folder, "qw-povdmm4-cut", "ndjson.gz");
    const page = join(folder, "page.html");
    const table = await done(["rewind", path, "--shot-map", "quakeworld", "--html", page]);
    assert.match(table, /sweep of 0 to 150 ms/);
    assert.ok(existsSync(page));
    const html = readFileSync(page, "utf8");
    assert.match(html, /^<!DOCTYPE html>/);
    const [, json] = /<script type="application\/json" id="page">([^<]*)</.exec(html)!;
    assert.equal(JSON.parse(json!).shots.length, 138);
    assert.ok(html.length < 1_000_000, `${html.length}`);
    // Its command line is all that tells it from the one on standard output.
    const { command, recordedOn, version } = JSON.parse(json!);
    assert.ok(command.endsWith(`rewind ${path} --shot-map quakeworld --html ${page}`), command);
    assert.match(recordedOn, /^file written \d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    assert.match(version, /^\d+\.\d+\.\d+$/);
    const printed = await done(["rewind", path, "--shot-map", "quakeworld", "--html", "-"]);
    const named = printed.replace("--html -", `--html ${page}`).replace(
      "<span>--html</span> <span>-</span>",
      `<span>--html</span> <span>${page}</span>`,
    );
    assert.ok(named === html);
  });
});

test("rewind --report-page links to the report's page as it lies from its own", SLOW, async () => {
  await withFolder(async (folder) => {
    const path = await record(folder, "qw-povdmm4-cut", "ndjson.gz");
    const asked = ["rewind", path, "--shot-map", "quakeworld", "--policy", "none"];
    mkdirSync(join(folder, "a b"));
    const [html, report] = [join(folder, "a b", "s.html"), join(folder, "r #1.html")];
    const absent = await hindcast([...asked, "--html", html, "--report-page", report]);
    assert.equal(absent.code, 0);
    assert.ok(absent.stderr.includes(`note: ${report} is not there yet`), absent.stderr);
    assert.ok(readFileSync(html, "utf8").includes('<a id="to-report" href="../r%20%231.html">'));
    for (
      const [flags, why] of [
        [["--report-page", report], /--report-page goes with --html/],
        [["--handed", "left"], /--handed goes with --html/],
        [["--html", html, "--report-page", join(folder, "r.txt")], /expected the page of a report/],
        [["--html", html, "--report-page", html], /is the page of --html itself/],
        [["--html", html, "--report-page", `${"a/".repeat(120)}r.html`], /there is no folder a\/a/],
        [
          ["--html", html, "--report-page", join(folder, `${"r".repeat(200)}.html`)],
          /--report-page is .*r\.html, expected a path that a page can link: short/,
        ],
        [
          ["--html", html, "--report-page", "http://a/r.html"],
          /http:\/\/a\/r\.html, which reads as/,
        ],
        [
          ["--html", join(folder, "n.html"), "--report-page", `${folder}/./n.html`],
          /is the page of --html itself/,
        ],
      ] as const
    ) {
      const refused = await hindcast([...asked, ...flags]);
      assert.equal(refused.code, 2, refused.stderr);
      assert.match(refused.stderr, why);
    }
  });
});

test(
  "rewind --report-page refuses what is no report, and notes that of another",
  SLOW,
  async () => {
    await withFolder(async (folder) => {
      const path = await record(folder, "qw-povdmm4-cut", "ndjson.gz");
      const [html, page] = [join(folder, "s.html"), join(folder, "r.html")];
      const asked = ["rewind", path, "--shot-map", "quakeworld", "--policy", "none"];
      const link = async () => await hindcast([...asked, "--html", html, "--report-page", page]);
      writeFileSync(page, "<!DOCTYPE html><title>notes</title>");
      const refused = await link();
      assert.equal(refused.code, 1);
      assert.match(
        refused.stderr,
        /Cannot link .*r\.html: it is no page of hindcast report; write/,
      );
      assert.equal(existsSync(html), false);
      writeFileSync(page, "<title>a/other.mcap · bandwidth report</title>");
      const other = await link();
      assert.equal(other.code, 0, other.stderr);
      assert.match(other.stderr, /r\.html is a report of another recording \(a\/other\.mcap\)/);
      await done(["report", path, "--html", page]);
      const own = await link();
      assert.deepEqual([own.code, /note: .*r\.html/.test(own.stderr)], [0, false], own.stderr);
    });
  },
);

test("rewind --help names every option", SLOW, async () => {
  const help = await done(["rewind", "--help"]);
  for (const option of ["--shots", "--shot-map", "--policy", "--sweep", "--net", "--repro"]) {
    assert.ok(help.includes(option), option);
  }
});
