import * as v from "valibot";
import type { RunReport } from "./run_report.ts";
import { visibleText } from "../../core/visible_text.ts";

/**
 * The part of a {@linkcode RunReport} that a table or a comparison looks at; older reports have no
 * staleness.
 */
export type RunFigures =
  & Partial<Pick<RunReport, "stalenessFrames">>
  & Pick<
    RunReport,
    | "name"
    | "packets"
    | "lost"
    | "keyframes"
    | "bytesPerFrame"
    | "kbps"
    | "baselineAgeFrames"
    | "divergence"
    | "healFrames"
    | "verified"
    | "fault"
  >;

/** The part of a report that a comparison needs; reports of other versions have it too. */
export interface ReportFigures {
  /** Recording, as it was named. */
  readonly recording: string;
  /** Seed of every run. */
  readonly seed: number;
  /** One element a run; of one that is not verified, only name and fault are sure to be there. */
  readonly runs: readonly (RunFigures & { readonly consumers: number; readonly frames: number })[];
}

/** A text that is no report of hindcast; the message is one line. */
export class ReportSyntaxError extends SyntaxError {
  /** Name of the class. */
  override name = "ReportSyntaxError";
  /** Place in the report, such as `runs.0.kbps.p95`; empty when it is no JSON. */
  readonly path: string;

  /** Puts file, place and reason into one line. */
  constructor(file: string, path: string, reason: string) {
    const where = path === "" ? "" : ` at ${visibleText(path, 200)}`;
    super(
      `Cannot read report ${visibleText(file, 200)}${where}: ${visibleText(reason, 200)}; ` +
        "give a file that `hindcast report --json` wrote",
    );
    this.path = path;
  }
}

/**
 * Reads the JSON that `report --json` wrote.
 *
 * @param text the whole JSON
 * @param file its name, for the error
 * @throws {ReportSyntaxError} when it is no report
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
  divergence: v.object({ wrongFieldFrames: COUNT, longestStreakFrames: COUNT }),
  healFrames: v.object({ p50: COUNT, p99: COUNT, max: COUNT }),
  stalenessFrames: v.optional(v.object({ p50: COUNT, p99: COUNT, max: COUNT })),
});

/** A run without a figure that anyone may trust; some reports leave its figures out. */
const UNVERIFIED = v.object({
  verified: v.literal(false),
  name: v.string(),
  fault: v.optional(v.string()),
});

const REPORT = v.object({
  recording: v.string(),
  seed: COUNT,
  runs: v.array(v.variant("verified", [FIGURES, UNVERIFIED])),
});
