import * as v from "valibot";
import type { RunReport } from "./run_report.ts";
import type { FieldError } from "./seen_figures.ts";
import { optionKey, type OptionNaming, type OptionNamingError, remedy } from "../../core/remedy.ts";
import { visibleText } from "../../core/visible_text.ts";

/** The part of a report that a comparison needs; reports of other versions have it too. */
export interface ReportFigures {
  /** Recording, as it was named. */
  readonly recording: string;
  /** Seed of every run. */
  readonly seed: number;
  /**
   * One element a run; of one that is not verified, only name and fault are sure to be there. Older
   * reports have no staleness, settings, late packets, nor what the player sees.
   */
  readonly runs: readonly (
    & { readonly settings?: object }
    & Partial<
      Pick<
        RunReport,
        | "stalenessFrames"
        | "durationSeconds"
        | "late"
        | "mtuBytes"
        | "egressMbps"
        | "stateAgeMs"
        | "updateGapMs"
        | "timeToFirstStateMs"
        | "joinBytes"
        | "freezes"
        | "holes"
      >
    >
    & {
      readonly interpolation?: Omit<Required<RunReport>["interpolation"], "withoutStateShare">;
      readonly drawnError?: readonly (
        & Pick<FieldError, "kind" | "field" | "axes" | "p50" | "p99" | "max">
        & Partial<Pick<FieldError, "count">>
      )[];
      readonly drawnSample?: Pick<Required<RunReport>["drawnSample"], "missingShare">;
    }
    & {
      readonly divergence:
        & Partial<RunReport["divergence"]>
        & Omit<RunReport["divergence"], "wrongShare">;
    }
    & Pick<
      RunReport,
      | "name"
      | "verified"
      | "consumers"
      | "frames"
      | "packets"
      | "lost"
      | "keyframes"
      | "bytesPerFrame"
      | "kbps"
      | "baselineAgeFrames"
      | "healFrames"
      | "fault"
    >
  )[];
}

/** One run of {@linkcode ReportFigures}. */
export type RunFigures = ReportFigures["runs"][number];

/**
 * A text that is no report of hindcast; the message is one line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readReport, ReportSyntaxError } from "@hindcast/hindcast/report";
 *
 * assert.throws(() => readReport("{}", "old.json"), (error) =>
 *   error instanceof ReportSyntaxError && error.path === "recording");
 * ```
 */
export class ReportSyntaxError extends SyntaxError implements OptionNamingError {
  /** Name of the class. */
  override name = "ReportSyntaxError";
  /** The file. */
  readonly file: string;
  /** Place in the report, such as `runs.0.kbps.p95`; empty when it is no JSON. */
  readonly path: string;
  /** What is wrong there. */
  readonly reason: string;

  /** Puts file, place and reason into one line. */
  constructor(file: string, path: string, reason: string) {
    super(messageOf({ file, path, reason }, (key) => key));
    this.file = file;
    this.path = path;
    this.reason = reason;
  }

  /** The message with what writes reports as it is called where the message is read. */
  messageWith(nameOf: OptionNaming): string {
    return messageOf(this, nameOf);
  }
}

function messageOf(
  { file, path, reason }: Pick<ReportSyntaxError, "file" | "path" | "reason">,
  nameOf: OptionNaming,
): string {
  const where = path === "" ? "" : ` at ${visibleText(path, 200)}`;
  return `Cannot read report ${visibleText(file, 200)}${where}: ` +
    `${visibleText(reason, 200)}; ${REMEDY.render(nameOf)}`;
}

const REMEDY = remedy`give a file that \`${optionKey("reportJson")}\` wrote`;

/**
 * Reads the JSON of a report, also of an older version.
 *
 * @param text the whole JSON
 * @param file its name, for the error
 * @throws {ReportSyntaxError} when it is no report
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readReport } from "@hindcast/hindcast/report";
 *
 * const runs = [{ name: "strict varint none", verified: false, fault: "packet of frame 3" }];
 * const text = JSON.stringify({ recording: "duel.mcap", seed: 1, runs });
 * assert.equal(readReport(text, "old.json").runs[0]?.fault, "packet of frame 3");
 * ```
 */
export function readReport(text: string, file: string): ReportFigures {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ReportSyntaxError(file, "", "it is not JSON");
  }
  const result = v.safeParse(REPORT, json);
  if (result.success) return result.output as ReportFigures;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? "";
  const reason = issue.received === "undefined"
    ? "it is missing"
    : `it is ${issue.received}, expected ${issue.expected ?? "something else"}`;
  throw new ReportSyntaxError(file, path, reason);
}

const NUMBER = v.pipe(v.number(), v.finite());
const COUNT = v.pipe(NUMBER, v.minValue(0));

const SPREAD = v.object({ p50: COUNT, p95: COUNT, p99: COUNT, max: COUNT });
const SETTINGS = v.optional(
  v.looseObject({ ack: v.string(), codec: v.string(), net: v.string() }),
);

const FIGURES = v.object({
  verified: v.literal(true),
  name: v.string(),
  consumers: COUNT,
  frames: COUNT,
  packets: COUNT,
  lost: COUNT,
  keyframes: COUNT,
  bytesPerFrame: v.object({ mean: COUNT, p50: COUNT, p95: COUNT, p99: COUNT, max: COUNT }),
  kbps: v.object({ mean: COUNT, p95: COUNT, max: COUNT }),
  baselineAgeFrames: v.object({ p50: COUNT, p99: COUNT, max: COUNT }),
  late: v.optional(COUNT),
  mtuBytes: v.optional(COUNT),
  divergence: v.object({
    wrongFieldFrames: COUNT,
    wrongShare: v.optional(COUNT),
    longestStreakFrames: COUNT,
  }),
  healFrames: v.object({ p50: COUNT, p99: COUNT, max: COUNT }),
  stalenessFrames: v.optional(v.object({ p50: COUNT, p99: COUNT, max: COUNT })),
  durationSeconds: v.optional(COUNT),
  egressMbps: v.optional(COUNT),
  stateAgeMs: v.optional(SPREAD),
  updateGapMs: v.optional(SPREAD),
  timeToFirstStateMs: v.optional(v.object({ ...SPREAD.entries, joins: COUNT, open: COUNT })),
  joinBytes: v.optional(SPREAD),
  drawnError: v.optional(v.array(v.object({
    kind: v.string(),
    field: v.string(),
    axes: v.optional(v.array(v.string())),
    count: v.optional(COUNT),
    p50: COUNT,
    p99: COUNT,
    max: COUNT,
  }))),
  drawnSample: v.optional(v.object({ missingShare: COUNT })),
  freezes: v.optional(
    v.object({ thresholdMs: COUNT, count: COUNT, share: COUNT, longestMs: COUNT }),
  ),
  holes: v.optional(v.object({ count: COUNT, ms: COUNT, share: COUNT })),
  interpolation: v.optional(
    v.object({
      delayMs: COUNT,
      underrunShare: COUNT,
      fillingShare: COUNT,
      delayMsFor99: COUNT,
      delayMsFor999: COUNT,
    }),
  ),
  settings: SETTINGS,
});

/** A run without a figure that anyone may trust; some reports leave its figures out. */
const UNVERIFIED = v.object({
  verified: v.literal(false),
  name: v.string(),
  fault: v.optional(v.string()),
  settings: SETTINGS,
});

const REPORT = v.object({
  recording: v.string(),
  seed: COUNT,
  runs: v.array(v.variant("verified", [FIGURES, UNVERIFIED])),
});
