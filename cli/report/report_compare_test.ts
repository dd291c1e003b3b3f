import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { BandwidthReport } from "../../lib/report.ts";
import { hindcast, inFolder, recordRows, recordShort, unwrapped } from "../run_cli_test_helper.ts";

/** Writes a report of the short duel, and compares others with it. */
async function withOld(
  args: string,
  action: (
    compare: (args: string) => Promise<{ code: number | null; stdout: string; stderr: string }>,
    cwd: string,
  ) => Promise<void>,
): Promise<void> {
  await inFolder(async (cwd) => {
    await recordShort(cwd);
    const words = (text: string) => text.split(" ").filter((word) => word !== "");
    const { code, stdout } = await hindcast(["report", "short.mcap", "--json", ...words(args)], {
      cwd,
    });
    assert.equal(code, 0);
    writeFileSync(join(cwd, "old.json"), stdout);
    await action(
      (args) =>
        hindcast(["report", "short.mcap", "--compare", "old.json", ...words(args)], { cwd }),
      cwd,
    );
  });
}

test("report --compare takes a report that was made alike, among other runs as well", () =>
  withOld("--net acklag=2 --history 128 --seed 5", async (compare) => {
    const same = await compare("--net acklag=2 --history 128 --seed 5");
    assert.deepEqual([same.code, same.stdout], [0, "strict varint acklag=2\n  no change\n"]);
    const among = await compare(
      "--net acklag=2 --history 64 --history 128 --seed 5 --figures cost",
    );
    assert.deepEqual([among.code, among.stdout], [
      0,
      "strict varint acklag=2 history=128\n  no change\nonly now: strict varint acklag=2 history=64\n",
    ]);
  }));

test("report --compare refuses what was made otherwise, says each difference, and takes it anyway", () =>
  withOld("", async (compare, cwd) => {
    writeFileSync(
      join(cwd, "w.json"),
      (await hindcast(["info", "short.mcap", "--schema"], { cwd })).stdout,
    );
    const pairs: readonly (readonly [args: string, says: string])[] = [
      ["--history 128", "history is 64 there and 128 now"],
      ["--seed 2 --consumers 3", "consumers is 1 there and 3 now, seed is 1 there and 2 now"],
      ["--send-rate 20", "send-every is 1 there and none now, send-rate is none there and 20 now"],
      ["--interp 50", "interp is 100 there and 50 now"],
      ["--wire w.json", "wire is none there and w.json now"],
      [
        "--interest radius=all@x",
        'interest is none there and {"radius":"all","position":["x"],"ownKind":"player"} now',
      ],
    ];
    for (const [args, says] of pairs) {
      const { code, stdout, stderr } = await compare(args);
      assert.deepEqual([code, stdout], [2, ""], args);
      assert.equal(
        stderr,
        `hindcast: Cannot compare with old.json: ${says}; make both alike, or compare them with --anyway\n`,
      );
      const anyway = await compare(`${args} --anyway`);
      assert.equal(anyway.code, 0);
      const warnings = unwrapped(anyway.stdout).split("\n").filter((line) =>
        line.startsWith("warning: ")
      ).map((line) => /^.*? now(?= |$)/.exec(line)![0]);
      assert.deepEqual(
        warnings,
        says.split(/(?<=now), /).map((text) =>
          `warning: ${text.replace(" is ", " differs: ").replace(" there and ", " before, ")}`
        ),
      );
    }
  }));

test("report --compare refuses another recording, before it writes anything", () =>
  withOld("", async (_, cwd) => {
    await recordRows(cwd, [0, 1].map((f) => ({ f, t: f * 20, id: 1, kind: "player", x: f })));
    const args = ["report", "rows.mcap", "--compare", "old.json"];
    writeFileSync(join(cwd, "out.html"), "before");
    const { code, stdout, stderr } = await hindcast([...args, "--html", "out.html"], { cwd });
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(
      stderr,
      /frames of the recording is 100 there and 2 now;/,
    );
    assert.equal(readFileSync(join(cwd, "out.html"), "utf8"), "before");
    const anyway = await hindcast([...args, "--anyway"], { cwd });
    assert.equal(anyway.code, 0);
    assert.match(anyway.stdout, /^warning: recordings differ: short.mcap before, rows.mcap now\n/);
  }));

test("report --compare takes a report of a version without settings, and warns", () =>
  withOld("--seed 1", async (compare, cwd) => {
    const path = join(cwd, "old.json");
    const { version: _, command: __, ...old } = JSON.parse(
      readFileSync(path, "utf8"),
    ) as BandwidthReport;
    const runs = old.runs.map(({ settings: _, ...run }) => run);
    writeFileSync(path, JSON.stringify({ ...old, runs }));
    const { code, stdout } = await compare("--history 128");
    assert.equal(code, 0);
    assert.match(
      unwrapped(stdout),
      /^warning: a report of an older version does not say all settings: others may differ\nstrict varint none /,
    );
    // What it does say counts as any setting does.
    const args = "--seed 3 --mtu 900 --consumers 2";
    const other = await compare(args);
    assert.deepEqual([other.code, other.stdout, other.stderr], [
      2,
      "",
      "hindcast: Cannot compare with old.json: consumers is 1 there and 2 now, mtu is 1200 there and 900 now, seed is 1 there and 3 now; make both alike, or compare them with --anyway\n",
    ]);
    const anyway = await compare(`${args} --anyway`);
    assert.equal(anyway.code, 0);
    assert.match(anyway.stdout, /^warning: seed differs: 1 before, 3 now$/m);
  }));

test("report --compare refuses reports without a run in common, and lists them anyway", () =>
  withOld("--net acklag=2", async (compare) => {
    const { code, stdout, stderr } = await compare("--ack append --net none --codec raw");
    assert.deepEqual([code, stdout, stderr], [
      2,
      "",
      'hindcast: Cannot compare with old.json: no run is in both reports, it has "strict varint acklag=2" and now there is "append raw none"; make one alike, or list them with --anyway\n',
    ]);
    const anyway = await compare("--ack append --net none --codec raw --anyway");
    assert.deepEqual([anyway.code, anyway.stdout], [
      0,
      "only before: strict varint acklag=2\nonly now: append raw none\nno run is in both reports\n",
    ]);
    const many = await compare("--net none --net 4g --net 3g --net 2g --net wifi");
    assert.match(many.stderr, /now there is "[^"]+", "[^"]+", "[^"]+" and 2 more; make/);
  }));

test("report --compare survives settings that nobody has written", () =>
  withOld("", async (compare, cwd) => {
    const path = join(cwd, "old.json");
    const old = JSON.parse(readFileSync(path, "utf8"));
    const { ack, codec, net } = old.runs[0];
    old.runs[0].settings = {
      ack,
      codec,
      net,
      history: "\u001b[2J".repeat(5000),
      mtu: { a: [1] },
      seed: null,
    };
    writeFileSync(path, JSON.stringify(old));
    const { code, stderr } = await compare("");
    assert.equal(code, 2);
    assert.match(stderr, /^hindcast: [^\n]{1,2000}\n$/);
    assert.ok(!stderr.includes("\u001b"));
    const anyway = await compare("--anyway");
    assert.equal(anyway.code, 0);
    assert.ok(!anyway.stdout.includes("\u001b"));
    old.runs[0].settings = [];
    writeFileSync(path, JSON.stringify(old));
    const list = await compare("");
    assert.equal(list.code, 1);
    assert.match(list.stderr, /^hindcast: Cannot read report old\.json at runs\.0\.settings/);
  }));
