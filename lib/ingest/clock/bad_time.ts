import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";
import { describe, excerpt } from "../input/excerpt.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { fittingUnit, TIME_UNIT_NAMES, timeInUnit, type TimeUnit } from "../input/time_unit.ts";
import { inexactNumber } from "../rows/exact_number.ts";
import type { FlatRow } from "../rows/flat_row.ts";

/** What is wrong with the time of a row that is none, and what to do. */
export function badTime(row: FlatRow, unit: TimeUnit): [problem: string, remedy: Remedy] {
  const { time } = row;
  const name = `the time ${JSON.stringify(row.keys.time)}`;
  const unitName = TIME_UNIT_NAMES[unit];
  if (typeof time === "number" && !Number.isFinite(time)) {
    const { problem } = inexactNumber(time, row.timeLiteral(), row.timeCell || undefined)!;
    return [problem, remedy`send ${unitName} up to ${timeInUnit(INPUT_LIMITS.timeMs, unit)}`];
  }
  if (typeof time === "number") {
    const fitting = fittingUnit(Math.abs(time));
    return [
      `${name} is ${shown(row)} ${unit}, at most ${timeInUnit(INPUT_LIMITS.timeMs, unit)} fit`,
      remedy`send ${unitName}${
        fitting === undefined ? "" : remedy`, or give ${optionKey("timeUnit")} ${fitting}`
      }`,
    ];
  }
  return [
    `${name} is ${describe(time)}, expected ${unitName} or a date of ISO 8601`,
    remedy`send ${unitName}, or name another key with ${optionKey("timeKey")}`,
  ];
}

/** What is wrong with the time of a row whose frame has another. @param before that one, as shown */
export function otherTime(
  row: FlatRow,
  frame: number,
  before: unknown,
): [problem: string, remedy: Remedy] {
  return [
    `the time ${JSON.stringify(row.keys.time)} is ${
      shown(row)
    } in frame ${frame}, an earlier row of the frame said ${excerpt(before)}`,
    remedy`send one time a frame, or name another key with ${optionKey("timeKey")}`,
  ];
}

/** What is wrong with a time before that of the frame before. @param before that one, as shown */
export function timeBack(row: FlatRow, before: unknown): [problem: string, remedy: Remedy] {
  return [
    `the time ${JSON.stringify(row.keys.time)} goes backwards, from ${excerpt(before)} to ${
      shown(row)
    }`,
    remedy`sort the input, or name another key with ${optionKey("timeKey")} and give ${
      optionKey("rateHz")
    }, or give ${optionKey("onRestart")} split to record each session by itself`,
  ];
}

function shown(row: FlatRow): string {
  return excerpt(row.spelt(row.keys.time, row.time));
}
