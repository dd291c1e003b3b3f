import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder, testdata } from "../cli/run_cli_test_helper.ts";
import { pageDataOf } from "../lib/page_data_test_helper.ts";
import type { BandwidthReport } from "../lib/report.ts";
import { PICTURES } from "../tasks/pictures/pictures.ts";
import { NOT_PRINTED } from "./printed_commands_test_helper.ts";

const PAGE = readFileSync(new URL("tour.md", import.meta.url), "utf8");
/** The page's words in one line. */
const TEXT = PAGE.replace(/\s+/g, " ");
/** Words of each command of the page. */
const COMMANDS = [...PAGE.matchAll(/^hindcast (.*)$/gm)].map(([, words]) => words!.split(" "));

test("docs/tour.md shows pictures that are there, each made by the task", () => {
  const shown = [...PAGE.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, name]) => name!);
  const tour = Object.keys(PICTURES).filter((name) => name.startsWith("tour-"));
  assert.deepEqual(shown.toSorted(), tour.toSorted());
  for (const name of shown) assert.ok(existsSync(new URL(name, import.meta.url)), name);
});

test("docs/tour.md says what its commands find", {
  timeout: 300_000,
  skip: NOT_PRINTED,
}, () =>
  inFolder(async (cwd) => {
    const [rewind, report, histories] = COMMANDS;
    assert.equal(COMMANDS.length, 3);
    mkdirSync(join(cwd, "out"));
    const [states, events] = ["state", "events"].map((name) =>
      testdata(`duel/duel.${name}.ndjson.gz`)
    );
    await run(cwd, ["record", states!, "--events", events!, "-o", "out/duel.mcap"]);
    await run(cwd, rewind!);
    await run(cwd, report!);
    for (const page of ["report", "shots"]) assert.ok(existsSync(join(cwd, `out/${page}.html`)));

    const html = readFileSync(join(cwd, "out/report.html"), "utf8");
    const { runs, findings } = pageDataOf(html)["report"] as BandwidthReport;
    const { evidence, remedy } = findings!.find(({ code }) => code === "history-shorter-than-rtt")!;
    assert.match(evidence, /64 frames are 1025 ms, the round trip 1260 ms/);
    assert.equal(remedy, "--history 128");
    assert.ok(TEXT.includes("come back after 1260 ms, and the server keeps 1025 ms"));
    const wrong = runs.filter(({ ack, net }) => ack === "append" && net === "satellite")
      .map(({ divergence }) => Math.round(divergence.wrongShare * 100));
    assert.deepEqual(wrong, [28, 28]);
    assert.ok(TEXT.includes("28 % of what players see is wrong"));

    const [short, long] = (await reportOf(cwd, histories!)).runs.map(({ kbps }) =>
      kbps.mean.toFixed(1)
    );
    assert.ok(TEXT.includes(`From ${short} kbps a consumer it falls to ${long}.`));

    const shot = await run(cwd, [
      ...rewind!.slice(0, rewind!.indexOf("--sweep")),
      "--explain",
      "61",
    ]);
    assert.match(shot, /ping-13: miss[^]*12 ms back[^]*missed by 1\.33/);
    assert.match(shot, /Rewinds that hit[^]*2 +16\.02 to/);
  }));

async function run(cwd: string, words: readonly string[]): Promise<string> {
  const { code, stderr, stdout } = await hindcast(words, { cwd });
  assert.equal(code, 0, stderr);
  return stdout;
}

async function reportOf(cwd: string, words: readonly string[]): Promise<BandwidthReport> {
  return JSON.parse(await run(cwd, [...words, "--json"]));
}
