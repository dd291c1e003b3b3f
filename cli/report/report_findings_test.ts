import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { BandwidthReport } from "../../lib/report.ts";
import { hindcast, hindcastJson, inFolder, recordRows } from "../run_cli_test_helper.ts";

/** A walk at 60 frames a second, whose round trip over a second leaves a history of 64 frames. */
const ROWS = Array.from({ length: 300 }, (_, f) => ({ f, t: f * 16, id: 1, x: f * 977 }));
const NET = ["--net", "delay=600"];

test("report names flags in what is to be changed, in JSON, table and page", () =>
  inFolder(async (folder) => {
    const path = await recordRows(folder, ROWS);
    const { findings } = await hindcastJson<BandwidthReport>(["report", path, ...NET, "--json"]);
    const finding = findings!.find(({ code }) => code === "history-shorter-than-rtt")!;
    assert.equal(finding.remedy, "--history 128");
    assert.deepEqual(finding.runs, ["strict varint delay=600"]);
    const page = join(folder, "page.html");
    const { stdout } = await hindcast(["report", path, ...NET, "--html", page]);
    assert.match(
      stdout,
      /^error +history-shorter-than-rtt .*\n(?: {9}.*\n)* {9}-> --history 128\n/m,
    );
    assert.ok(stdout.indexOf("history-shorter-than-rtt") < stdout.indexOf("\nwhat it costs"));
    assert.match(readFileSync(page, "utf8"), /<p class="remedy">--history 128<\/p>/);
    const mended = ["report", path, ...NET, "--history", "128", "--json"];
    const codes = (await hindcastJson<BandwidthReport>(mended)).findings!.map(({ code }) => code);
    assert.ok(!codes.includes("history-shorter-than-rtt"));
  }));

test("report --figures cost has no findings", () =>
  inFolder(async (folder) => {
    const path = await recordRows(folder, ROWS);
    const cost = ["report", path, ...NET, "--figures", "cost"];
    assert.ok(!("findings" in await hindcastJson<BandwidthReport>([...cost, "--json"])));
    assert.ok(!(await hindcast(cost)).stdout.includes("findings"));
  }));

test("report looks at recorded values where a wire schema sends others", () =>
  inFolder(async (folder) => {
    const path = await recordRows(folder, ROWS);
    const { stdout: schema } = await hindcast(["info", path, "--schema"]);
    const wire = join(folder, "wire.json");
    writeFileSync(wire, schema.replace(/"type":"[a-z0-9]+"/, `"type":"fixed","step":64`));
    const { findings } = await hindcastJson<BandwidthReport>([
      "report",
      path,
      "--json",
      "--wire",
      wire,
    ]);
    const lossy = findings!.find(({ code }) => code === "lossy-wire")!;
    assert.match(lossy.evidence, /x is off by 32 at most/);
  }));
