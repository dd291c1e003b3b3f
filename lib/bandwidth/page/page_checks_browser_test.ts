import assert from "node:assert/strict";
import { test } from "node:test";
import { BROWSER_TEST, openPage } from "../../browser_page_test_helper.ts";
import {
  checkContrast,
  checkLayout,
  checkNames,
  checkReach,
  type PageInks,
} from "../../page_checks_test_helper.ts";
import {
  faultyRun,
  sampleEvents,
  sampleMoments,
  sampleReport,
  sampleRun,
  sampleShots,
  wrongRun,
} from "../report/sample_report_test_helper.ts";
import type { RunReport } from "../report/run_report.ts";
import { reportHtml, type ReportPageOptions } from "./report_html.ts";

const OPTIONS = { ...BROWSER_TEST, ...(BROWSER_TEST.skip === undefined && { timeout: 180_000 }) };

/** What scripts draw with, and what means nothing: grids, tracks, what is not shown now. */
const INKS: PageInks = {
  decoration: ".off, .off *, .track, .grid, .grid *",
  drawn: {
    ground: "--card",
    marks: [...Array.from({ length: 8 }, (_, i) => `--run-${i}`), "--event", "--worst"],
    texts: ["--ink", "--soft", "--best", "--worst"],
  },
};

const NAME = `<b onclick="x">${"wide ".repeat(20)}\u202e${"long".repeat(40)}`;

/** All that a page can show of some runs. */
function pageOf(runs: readonly RunReport[], recording = "duel.mcap"): string {
  const options: ReportPageOptions = {
    moments: runs.map(() => sampleMoments()),
    events: sampleEvents(),
    shots: sampleShots(),
  };
  return reportHtml({ ...sampleReport(...runs), recording, version: "0.1.0" }, options);
}

const ACKS = ["strict", "append", "nack"] as const;
const CODECS = ["mask", "varint", "raw"] as const;
const NETS = ["none", "4g", "satellite"];

/** Every ack policy with every codec, network and rate. */
function manyRuns(): RunReport[] {
  const rates = [1, 2];
  return ACKS.flatMap((ack) =>
    CODECS.flatMap((codec) =>
      NETS.flatMap((net) =>
        rates.map((sendEveryFrames) => {
          const given = { ack, codec, net };
          const { kbps, settings } = sampleRun(given);
          const times = ACKS.indexOf(ack) + 1 + NETS.indexOf(net) / 3 + 1 / sendEveryFrames;
          return faultyRun({
            ...given,
            name: `${ack} ${codec} ${net} every=${sendEveryFrames}`,
            settings: { ...settings, sendEvery: sendEveryFrames },
            kbps: { ...kbps, mean: kbps.mean * times },
          });
        })
      )
    )
  );
}

const PAGES: Readonly<Record<string, () => string>> = {
  "one run": () => pageOf([faultyRun()]),
  "one run of what is sent alone": () => reportHtml(sampleReport(sampleRun())),
  "runs of one ack policy": () =>
    pageOf(CODECS.map((codec) => faultyRun({ codec, name: `strict ${codec}` }))),
  "runs that show what is wrong": () => pageOf([faultyRun(), wrongRun()]),
  "names that are long, wide and hostile": () =>
    pageOf([
      faultyRun({ name: NAME, net: NAME }),
      {
        ...wrongRun(),
        name: `${NAME}2`,
        fields: [{ ...wrongRun().fields[0]!, kind: NAME, field: NAME }],
      },
    ], NAME),
  "54 runs": () => pageOf(manyRuns()),
};

for (const [what, html] of Object.entries(PAGES)) {
  test(`the page of a report of ${what} can be read, wide and narrow`, OPTIONS, async () => {
    for (const [width, scheme] of [[1400, "light"], [1400, "dark"], [420, "light"]] as const) {
      await openPage(html(), scheme, async (page) => {
        await checkContrast(page, INKS);
        if (scheme === "light") await checkLayout(page);
      }, width);
    }
  });

  test(`all on the page of a report of ${what} is named and reached`, OPTIONS, async () => {
    for (const width of [1400, 420]) {
      await openPage(html(), "light", async (page) => {
        await checkNames(page);
        const stops = await checkReach(page);
        assert.ok(stops < STOPS_MAX, `Tab stops ${stops} times`);
      }, width);
    }
  });
}

/** So often may Tab stop, however many runs there are. */
const STOPS_MAX = 300;
