import type { OptionKey, OptionNaming, OptionNamingError } from "../lib/ingest.ts";

/** What the command line calls the options that the library's remedies name. */
const FLAGS: Readonly<Record<OptionKey, string>> = {
  after: "--after",
  alive: "--alive",
  budgetKbps: "--budget",
  check: "--check",
  churn: "--churn",
  codec: "--codec",
  decimal: "--decimal",
  entities: "--entities",
  eventKey: "--event-key",
  eventWindowMs: "--event-window",
  events: "--events",
  every: "--every",
  exclude: "--exclude",
  fields: "--fields",
  frameBits: "--frame-bits",
  frameKey: "--frame-key",
  frameOffset: "--frame-offset",
  freezeMs: "--freeze",
  generationKey: "--generation-key",
  historyFrames: "--history",
  idKey: "--id-key",
  ids: "--ids",
  idsByKind: "--ids-by-kind",
  infoSchema: "hindcast info --schema",
  interest: "--interest",
  interpMs: "--interp",
  keyframeEveryFrames: "--keyframe-every",
  kindKey: "--kind-key",
  kinds: "--kinds",
  leaveOut: "--leave-out",
  onRestart: "--on-restart",
  policy: "--ack",
  rateHz: "--rate",
  reportJson: "hindcast report --json",
  schema: "--schema",
  sendEveryFrames: "--send-every",
  sendRateHz: "--send-rate",
  shapes: "--shapes",
  skipBad: "--skip-bad",
  sparse: "--sparse",
  timeKey: "--time-key",
  timeOffsetMs: "--time-offset",
  timeUnit: "--time-unit",
  wire: "--wire",
};

/** Flag of an option of the library. */
export const flagOf: OptionNaming = (key) => FLAGS[key];

/** Message of an error, with flags where it names options. */
export function messageOf(error: Error): string {
  return namesOptions(error) ? error.messageWith(flagOf) : error.message;
}

function namesOptions(error: Error): error is OptionNamingError {
  return "messageWith" in error;
}
