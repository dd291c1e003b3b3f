import assert from "node:assert/strict";
import { test } from "node:test";
import type { BandwidthReport } from "../../lib/report.ts";
import { runInMemory } from "../in_memory_test_helper.ts";
import { inFolder, ndjson } from "../run_cli_test_helper.ts";

/** Records rows and reports on them. */
function reportOn(
  rows: readonly unknown[],
  flags: readonly string[],
  look: (outcome: { readonly stdout: string; readonly stderr: string }) => void,
): Promise<void> {
  return inFolder(async (cwd) => {
    const record = ["record", "-", "-o", "rows.mcap"];
    const { code } = await runInMemory(record, { cwd, input: ndjson(rows) });
    assert.equal(code, 0);
    const outcome = await runInMemory(["report", "rows.mcap", ...flags], { cwd });
    assert.equal(outcome.code, 0, outcome.stderr);
    look(outcome);
  });
}

const player = (f: number, id: string | number, x: number) => ({
  ...{ f, t: f * 50, id, kind: "player", x },
});

test("report names the dearest entities as the game does, whatever became of them", async () => {
  // "q8Zk2" moves in each frame, is away for one, and comes back; 17 moves once.
  const rows = [0, 1, 2, 3, 4, 5].flatMap((f) => [
    ...(f === 3 ? [] : [player(f, "q8Zk2", f * 1000)]),
    player(f, 17, Math.min(f, 1)),
    player(f, "\u001b[2J", 3),
  ]);
  await reportOn(rows, ["--consumers", "4", "--json"], ({ stdout }) => {
    const [run] = (JSON.parse(stdout) as BandwidthReport).runs;
    assert.deepEqual(run!.entities.map(({ id, kind }) => [id, kind]), [
      ["q8Zk2", "player"],
      [17, "player"],
      ["\u001b[2J", "player"],
    ]);
    assert.equal(run!.entityCount, 3);
  });
  await reportOn(rows, ["--consumers", "4"], ({ stdout }) => {
    assert.match(stdout, /\nall 3 entities, share of the payload\nq8Zk2 +player +\d+\.\d %\n/);
    assert.match(stdout, /\n\\u\{1b\}\[2J player /);
    assert.match(stdout, /\negress {2}0\.0\d+ Mbit\/s, 0\.0\d+ GB an hour, all consumers\n/);
    assert.match(stdout, /\nIP and UDP headers +\d+\.\d % █+\n/);
  });
});

test("report says when nobody was connected for long enough to have a rate", async () => {
  const rows = Array.from({ length: 60 }, (_, f) => player(f, 1, f));
  const churn = ["--churn", "reconnect=300ms,away=50ms"];
  await reportOn(rows, [...churn, "--consumers", "3"], ({ stderr }) => {
    assert.match(stderr, /^note: strict varint none: no consumer was connected for a whole second/);
  });
  await reportOn(rows, [], ({ stderr }) => assert.equal(stderr, ""));
});

test("report shows late packets beside those that were lost", async () => {
  const rows = Array.from({ length: 200 }, (_, f) => player(f, 1, f));
  const flags = ["--consumers", "50", "--net", "delay=50,jitter=120"];
  await reportOn(rows, [...flags, "--json"], ({ stdout }) => {
    const [run] = (JSON.parse(stdout) as BandwidthReport).runs;
    assert.equal(run!.lost, 0);
    assert.equal(run!.late, run!.discarded);
    // 31.1 % are overtaken when delays are uniform in -70 to 170 ms, below 0 cut, every 50 ms.
    assert.ok(Math.abs(run!.late / run!.packets - 0.311) < 0.015);
  });
  await reportOn(rows, flags, ({ stdout }) => {
    assert.match(stdout, / lost late /);
    assert.match(stdout, /\n( *[\d.]+){5} +0 3\d\.\d /);
  });
});

test("report says how many bytes of a last second that is not whole are in no row", async () => {
  // 50 frames of 50 ms: two seconds and a half.
  const rows = Array.from({ length: 50 }, (_, f) => player(f, 1, f));
  await reportOn(rows, ["--csv", "-"], ({ stdout, stderr }) => {
    const cells = stdout.trimEnd().split("\r\n").slice(1).map((line) => line.split(","));
    assert.deepEqual(cells.map((row) => row.at(-4)), ["0", "1"]);
    const bytes = cells.reduce((sum, row) => sum + Number(row.at(-2)), 0);
    const [, left, sent] = stderr.match(
      /^note: the last second is not whole and has no row in -: (\d+) of (\d+) bytes are in none\n$/,
    )!;
    assert.ok(Number(left) > 0);
    assert.equal(Number(left) + bytes, Number(sent));
  });
  for (const count of [40, 10]) {
    await reportOn(rows.slice(0, count), ["--csv", "-"], ({ stderr }) => assert.equal(stderr, ""));
  }
});
