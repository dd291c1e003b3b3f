import assert from "node:assert/strict";
import { readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { BandwidthReport, PageEvents, RunMoments } from "../../lib/report.ts";
import { pageDataOf } from "../../lib/page_data_test_helper.ts";
import { hindcast, inFolder, recordRows } from "../run_cli_test_helper.ts";

interface PageData {
  readonly report: BandwidthReport;
  readonly moments: readonly RunMoments[];
  readonly events?: PageEvents;
}

/** What the scripts of a page read. */
function dataIn(html: string): PageData {
  return pageDataOf(html) as unknown as PageData;
}

/** States of a ship every 100 ms, with other lines after that of a frame. */
function shipRows(startMs: number, others: Readonly<Record<number, readonly object[]>>): object[] {
  return Array.from({ length: 31 }, (_, f) => [
    { f, t: startMs + f * 100, id: "ship", kind: "ship", x: f },
    ...others[f] ?? [],
  ]).flat();
}

const FLAGS = ["--consumers", "2", "--net", "none", "--net", "delay=40,loss=20%"];

test("report --html holds the moments of every run, and the events at their frames and times", () =>
  inFolder(async (cwd) => {
    const startMs = Date.UTC(2026, 10, 28, 14, 2, 30);
    await recordRows(
      cwd,
      shipRows(startMs, {
        4: [{ ev: "dock", f: 4, port: "A & <b>" }],
        12: [{ ev: "shot", t: startMs + 1250, by: "ship" }, { ev: "shot", f: 12 }],
      }),
    );
    const { code, stdout } = await hindcast(
      ["report", "rows.mcap", ...FLAGS, "--html", "-"],
      { cwd },
    );
    assert.equal(code, 0);
    assert.match(stdout, /2026-11-28 14:02 UTC, by its times/);
    const { events, moments, report } = dataIn(stdout);
    assert.deepEqual(events, {
      names: [{ name: "shot", count: 2 }, { name: "dock", count: 1 }],
      events: [
        { name: 1, frame: 4, timeMs: startMs + 400, text: "port=A & <b>" },
        { name: 0, frame: 12, timeMs: startMs + 1200, text: "" },
        { name: 0, frame: 12, timeMs: startMs + 1250, text: "by=ship" },
      ],
      leftOut: 0,
    });
    assert.equal(moments.length, 2);
    for (const [i, { seconds, startMs: begin }] of moments.entries()) {
      const { series, wireBytes } = report.runs[i]!;
      assert.equal(begin, startMs);
      assert.deepEqual(seconds.map(({ second }) => second), series.map(({ second }) => second));
      const bits = seconds.reduce(
        (sum, { parts, restBits }) =>
          parts.reduce((total, part) => total + part.bits, sum + restBits),
        0,
      );
      assert.equal(bits, wireBytes * 8);
      const [record] = seconds[0]!.largest!.contents!.records;
      assert.deepEqual([record!.id, record!.kind], ["ship", "ship"]);
    }
  }));

test("report --html tells a recording's date by its file where its times do not", () =>
  inFolder(async (cwd) => {
    await recordRows(cwd, shipRows(0, {}));
    const madeOn = new Date("2025-03-09T23:59:30Z");
    utimesSync(join(cwd, "rows.mcap"), madeOn, madeOn);
    await hindcast(["report", "rows.mcap", "--html", "r.html"], { cwd });
    const html = readFileSync(join(cwd, "r.html"), "utf8");
    assert.match(html, /file written 2025-03-09 23:59 UTC/);
    assert.equal(dataIn(html).events, undefined);
  }));
