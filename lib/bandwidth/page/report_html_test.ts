import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { pageDataOf } from "../../page_data_test_helper.ts";
import { reportHtml } from "./report_html.ts";
import type { Finding } from "../report/finding.ts";
import type { RunReport } from "../report/run_report.ts";
import { sampleReport, sampleRun, wrongRun } from "../report/sample_report_test_helper.ts";
import { manyRuns } from "./many_runs_test_helper.ts";

const HOSTILE = `<img src=x onerror=alert(1)>'"</script><!--\u2028\u001b`;

/** Every number and text that a value holds, lists apart. */
function figuresOf(value: object): string[] {
  return Object.values(value).flatMap((part) =>
    Array.isArray(part)
      ? []
      : typeof part === "object" && part !== null
      ? figuresOf(part)
      : [String(part ?? "none")]
  );
}

function embeddedJson(html: string): unknown {
  return pageDataOf(html)["report"];
}

test("reportHtml() holds every figure, as JSON and in the table of all figures", () => {
  const report = sampleReport(sampleRun(), wrongRun());
  const html = reportHtml(report);
  assert.deepEqual(embeddedJson(html), report);
  const table = html.slice(html.indexOf("<h2>All figures</h2>"));
  for (const run of report.runs) {
    for (const figure of figuresOf(run)) assert.ok(table.includes(`>${figure}</td>`), figure);
  }
});

test("reportHtml() escapes names wherever they stand", () => {
  const fields = [{
    kind: HOSTILE,
    field: HOSTILE,
    bits: 800,
    share: 0.5,
    changes: 1,
    bitsPerChange: 1,
  }];
  const run = { ack: HOSTILE, codec: HOSTILE, net: HOSTILE, name: HOSTILE, fields, hash: HOSTILE };
  const bad = { ...run, verified: false, fault: HOSTILE };
  const html = reportHtml({
    recording: HOSTILE,
    seed: 1,
    runs: [sampleRun(run), sampleRun(bad)],
  });
  assert.ok(!html.includes("<img"));
  assert.ok(!html.includes("<!--"));
  assert.doesNotMatch(html.replaceAll(/[\n\t]/g, ""), /[\p{Cc}\u2028\u2029]/u);
  assert.equal(html.match(/<\/script>/g)!.length, 3);
  assert.equal(html.match(/<script/g)!.length, 3);
  const escaped = "&lt;img src=x onerror=alert(1)&gt;&#39;&quot;&lt;/script&gt;&lt;!--" +
    "\\u{2028}\\u{1b}";
  assert.ok(html.includes(`<title>${escaped} · bandwidth report</title>`));
  assert.ok(html.includes(`title="${escaped}"`));
  const [first] = (embeddedJson(html) as { runs: RunReport[] }).runs;
  assert.equal(first!.fields[0]!.field, HOSTILE);
});

test("reportHtml() allows its own two scripts and no request", () => {
  const html = reportHtml(sampleReport(sampleRun()));
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)!;
  const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) =>
    `'sha256-${createHash("sha256").update(script!).digest("base64")}'`
  );
  assert.equal(hashes.length, 2);
  assert.ok(policy!.startsWith(`default-src 'none'; script-src ${hashes.join(" ")}; `));
  assert.doesNotMatch(html, /(?:src|href)="(?!data:,"|#)/);
});

test("reportHtml() shows the fault of a run that is not verified, and no figure of it", () => {
  const html = reportHtml(
    sampleReport(sampleRun(), sampleRun({ verified: false, fault: "it broke", encodes: 424_242 })),
  );
  assert.ok(html.includes("<b>Not verified, no figures.</b> it broke</td>"));
  assert.ok(!html.includes("424242"));
});

test("reportHtml() takes a report without a verified run, and without any run", () => {
  const none = reportHtml(sampleReport(sampleRun({ verified: false, fault: "it broke" })));
  assert.ok(none.includes("No run is verified."));
  assert.ok(reportHtml(sampleReport()).includes("The report has no run."));
});

test("reportHtml() stays bounded for a report of long and many runs", () => {
  const series = Array.from({ length: 20_000 }, (_, second) => ({
    ...{ second, frame: second * 60, kbps: 123.456, keyframes: 10, losses: 10, wrongFields: 100 },
  }));
  const run = sampleRun({ series, durationSeconds: 20_000, net: "n".repeat(10_000) });
  const html = reportHtml(sampleReport(...Array.from({ length: 24 }, () => run)));
  assert.ok(html.length < 5_000_000, `${html.length}`);
  assert.ok(html.includes("Each point in time stands for 16 seconds"));
});

test("reportHtml() of 54 runs and all that is kept of their seconds takes less than 1.5 MB", () => {
  const { report, moments } = manyRuns(54, 60);
  const seconds = moments.reduce((sum, run) => sum + run.seconds.length, 0);
  const records = moments.flatMap((run) =>
    run.seconds.flatMap(({ largest }) => largest?.contents?.records ?? [])
  );
  assert.ok(seconds > 3000 && records.length > 4000, `${seconds} ${records.length}`);
  const html = reportHtml(report, { moments });
  assert.ok(html.length < 1_500_000, `${html.length}`);
  assert.ok(!html.includes('class="notice">Only'), "left out");
});

test("reportHtml() gives up what tells least until a page is small enough, and says what", () => {
  const { report, moments } = manyRuns(54, 150);
  const html = reportHtml(report, { moments });
  assert.ok(html.length < 1_500_000, `${html.length}`);
  // Not much more than it has to: what is left out would have had no room.
  assert.ok(html.length > 1_200_000, `${html.length}`);
  const notices = [...html.matchAll(/class="notice">(Only[^<]*)</g)].map(([, notice]) => notice!);
  assert.deepEqual(notices, [
    "Only of packets of seconds that stand out, and of the largest others, is shown what they consist of.",
  ]);
  // Every point of every run is still there.
  const { runs } = embeddedJson(html) as { runs: RunReport[] };
  assert.deepEqual(runs.map(({ series }) => series), report.runs.map(({ series }) => series));
});

test("reportHtml() lists findings above the charts, escaped and bounded", () => {
  const finding: Finding = {
    code: "over-mtu",
    severity: "error",
    runs: Array.from({ length: 500 }, (_, i) => `${HOSTILE} ${i}`),
    text: HOSTILE,
    evidence: `${HOSTILE}${"x".repeat(5000)}`,
    remedy: HOSTILE,
  };
  const html = reportHtml({ ...sampleReport(sampleRun()), findings: [finding] });
  assert.ok(!html.includes("<img"));
  const list = html.slice(html.indexOf("<h2>Findings</h2>"), html.indexOf("<h2>Runs</h2>"));
  assert.ok(list.includes("<code>over-mtu</code>"));
  assert.ok(list.includes("and 195 more"));
  assert.ok(!list.includes("x".repeat(401)));
  assert.ok(list.length < 10_000);
});

test("reportHtml() has no section of findings where only the cost is known", () => {
  const report = sampleReport(sampleRun());
  assert.ok(!reportHtml(report).includes("<h2>Findings</h2>"));
  assert.ok(reportHtml({ ...report, findings: [] }).includes("Nothing stands out."));
});

test("reportHtml() says in a sentence where all baselines are as old, and draws where they are not", () => {
  const aged = (from: number, max: number) =>
    reportHtml(sampleReport(sampleRun({
      baselineAges: [{ from, packets: 48 }],
      baselineAgeFrames: { p50: from, p99: from, max },
    })));
  const html = aged(1, 1);
  assert.ok(html.includes("no keyframe goes against the state of 1 frame before it."));
  assert.ok(!html.includes('data-chart="ages"'));
  assert.ok(aged(2, 2).includes("the state of 2 frames before it."));
  // A bar of several frames.
  assert.ok(aged(128, 129).includes('data-chart="ages"'));
});

test("reportHtml() gives every element an id of its own, and every card a link in the contents", () => {
  for (const count of [1, 9]) {
    const runs = Array.from({ length: count }, (_, i) => sampleRun({ net: `delay=${i}` }));
    const html = reportHtml({ ...sampleReport(...runs), findings: [], command: "report x" });
    const ids = [...html.matchAll(/<[a-z]+[^<>]* id="([^"]*)"/g)].map(([, id]) => id!);
    assert.deepEqual(ids, [...new Set(ids)]);
    const cards = [...html.matchAll(/<section[^>]* id="([^"]*)"/g)].map(([, id]) => id!);
    const [contents] = /<nav class="contents"[^]*?<\/nav>/.exec(html)!;
    const links = [...contents.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id!);
    assert.ok(cards.includes("findings") && cards.includes("all-figures"));
    assert.deepEqual(links, cards);
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(id!), id);
  }
});

test("reportHtml() counts one consumer as one, and says when the recording was made", () => {
  const html = reportHtml(sampleReport(sampleRun({ consumers: 1 })), { recordedOn: "<today>" });
  assert.ok(html.includes("<dt>consumer</dt><dd>1</dd>"));
  assert.ok(html.includes("<dt>date</dt><dd>&lt;today&gt;</dd>"));
  assert.ok(reportHtml(sampleReport(sampleRun())).includes("<dt>consumers</dt><dd>2</dd>"));
});

test("reportHtml() tells the egress of several runs from the least to the most", () => {
  const rates = [7, 0.25, 3, 2, 1];
  const runs = rates.map((egressMbps) => sampleRun({ egressMbps, egressGBPerHour: 2 }));
  assert.ok(reportHtml(sampleReport(...runs)).includes("0.25 to 7 Mbit/s, 2 GB an hour"));
  assert.ok(reportHtml(sampleReport(runs[0]!)).includes("7 Mbit/s, 2 GB an hour"));
});

test("reportHtml() does not show what leaves out most of the time as holes, and says why", () => {
  const freezes = { thresholdMs: 250, count: 12_321, share: 0, longestMs: 0 };
  const holes = { count: 40, ms: 40_000, share: 0.75 };
  const pageOf = (run: RunReport) => {
    const html = reportHtml(sampleReport(run), { nameOf: () => "--<threshold>" });
    return html.slice(0, html.indexOf("<h2>All figures</h2>"));
  };
  const page = pageOf(sampleRun({ freezes, holes }));
  assert.ok(page.includes("75 % of the recording"));
  assert.ok(page.includes("give a larger --&lt;threshold&gt;"));
  assert.ok(!page.includes(">12321</td>"));
  const shown = pageOf(sampleRun({ freezes, holes: { ...holes, share: 0.5 } }));
  assert.ok(shown.includes(">12321</td>"));
  assert.ok(!shown.includes("give a larger"));
});
