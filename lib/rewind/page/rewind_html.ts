import type { JudgedRecording } from "../report/judged_recording.ts";
import type { RewindReport } from "../report/rewind_report.ts";
import { gatherPage } from "./gather_page.ts";
import { pageHtml } from "./page_html.ts";

/**
 * Shots and what policies make of them as one page that needs nothing else: each shot can be
 * scrubbed, seen from above, from the side and along its ray. Of a recording with very many shots
 * those that some policy misjudges come first, and the page says what it leaves out.
 *
 * @param judged the recording with its verdicts
 * @param about name of the recording, its report, the shots that were skipped, sentences on how the
 *   answer was made, which version and command made it, when it was recorded, and the path from the page to that of the
 *   bandwidth report
 * @throws {RangeError} when `reportPage` is not a relative path to an HTML file
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   JudgedRecording,
 *   parseHitModel,
 *   parseRewindPolicy,
 *   PoseHistory,
 *   rayBetween,
 *   rewindHtml,
 * } from "@hindcast/hindcast/rewind";
 *
 * const model = parseHitModel(["player=sphere:16"]);
 * const source = new PoseHistory(model);
 * for (let frame = 0; frame < 20; frame++) {
 *   const fields = { x: 100, y: frame * 10, z: 0 };
 *   source.addFrame({ frame, timeMs: frame * 20, entities: [{ id: 2, kind: "player", fields }] });
 * }
 * const shot = {
 *   ...{ index: 0, frame: 10, timeMs: 200, shooter: 1, verdict: 2 },
 *   ray: rayBetween([0, 50, 0], [200, 50, 0]),
 *   numbers: new Map([["ping", 100]]),
 * };
 * const policies = [parseRewindPolicy("ping")];
 * const judged = new JudgedRecording({ source, model, shots: [shot], policies });
 * const html = rewindHtml(judged, { recording: "duel.mcap", report: judged.report() });
 * assert.match(html, /^<!DOCTYPE html>[^]*<title>duel.mcap · rewind<\/title>/);
 * ```
 */
export function rewindHtml(judged: JudgedRecording, about: {
  readonly recording: string;
  readonly report: RewindReport;
  readonly skipped?: readonly { readonly shot: number; readonly reason: string }[];
  readonly remarks?: readonly string[];
  readonly version?: string;
  readonly command?: string;
  readonly recordedOn?: string;
  readonly reportPage?: string;
}): string {
  const { model, policies, shots, source } = judged.setting;
  const optionsOf = judged.explainOptions();
  return pageHtml(gatherPage({ ...about, source, shots, policies, model, optionsOf }));
}
