import { visibleText } from "../../core/visible_text.ts";
import { htmlText } from "../../page/html_escape.ts";
import { pageHeader } from "../../page/page_parts.ts";
import { recordedText } from "../report/recorded_text.ts";
import { egressText } from "../report/run_figures.ts";
import type { BandwidthReport, RunReport } from "../report/run_report.ts";
import { seedsText, sharedSettings } from "../report/setting_text.ts";

/** Characters of a setting, such as a list of levels of detail. */
const SETTING_MAX = 200;

/** What was reported on, in facts of a word or two, how, and by what. */
export function reportHeader(report: BandwidthReport, recordedOn: string | undefined): string {
  return `${pageHeader("hindcast · bandwidth report", report.recording, factsOf(report))}
${origin(report, recordedOn)}`;
}

function factsOf({ seed, runs }: BandwidthReport): [name: string, value: string][] {
  const verified = runs.filter((run) => run.verified);
  const consumers = alike(runs, (run) => String(run.consumers));
  return [
    ["frames", alike(verified, (run) => String(run.frames))],
    ["duration", alike(verified, (run) => durationText(run.durationSeconds))],
    [consumers === "1" ? "consumer" : "consumers", consumers],
    ["egress", verified.length === 0 ? "–" : egressText(verified)],
    ["MTU", alike(verified, (run) => `${run.mtuBytes} B`)],
    ["seed", seedsText(seed, runs).replace(/^seeds? /, "")],
    [runs.length === 1 ? "run" : "runs", String(runs.length)],
  ];
}

/** Lines that say where the figures come from; each is left out where it is not known. */
function origin(
  { command, recorded, runs, version }: BandwidthReport,
  recordedOn: string | undefined,
): string {
  const settings = sharedSettings(runs).map((text) => visibleText(text, SETTING_MAX)).join(" · ");
  const lines = [
    ...textLine("date", recordedOn),
    ...textLine("settings", settings),
    ...textLine("from the recording", recorded === undefined ? "" : recordedText(recorded)),
    ...(command === undefined ? [] : [line("command", commandLine(command))]),
    ...textLine("made by", version === undefined ? "" : `hindcast ${version}`),
  ];
  return lines.length === 0 ? "" : `<dl class="origin">${lines.join("\n")}</dl>`;
}

function textLine(name: string, text: string | undefined): string[] {
  return text === undefined || text === "" ? [] : [line(name, htmlText(text))];
}

function line(name: string, html: string): string {
  return `<div><dt>${name}</dt><dd>${html}</dd></div>`;
}

function commandLine(command: string): string {
  // A line breaks between words only: flags are full of hyphens.
  const words = `hindcast ${command}`.split(" ").map((word) => `<span>${htmlText(word)}</span>`);
  return `<code id="command">${words.join(" ")}</code> ` +
    `<button type="button" class="small" data-copy="command">copy</button>`;
}

function alike(runs: readonly RunReport[], text: (run: RunReport) => string): string {
  const texts = [...new Set(runs.map(text))];
  if (texts.length === 0) return "–";
  return texts.length > 3 ? `${texts.length} values` : texts.join(", ");
}

function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${Math.round(seconds * 10) / 10} s` : `${minutes} min ${whole % 60} s`;
}
