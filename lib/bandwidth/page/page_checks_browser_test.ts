import type { PageInks } from "../../page_checks_test_helper.ts";
import { testPages } from "../../page_tests_test_helper.ts";
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

/** So often may Tab stop, however many runs there are. */
const STOPS_MAX = 300;

testPages("the page of a report", PAGES, INKS, STOPS_MAX);
