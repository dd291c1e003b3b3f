import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";
import { describe } from "../input/excerpt.ts";
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
    const { problem, remedy } = inexactNumber(time, row.timeLiteral())!;
    return [problem, remedy];
  }
  if (typeof time === "number") {
    const fitting = fittingUnit(Math.abs(time));
    return [
      `${name} is ${time} ${unit}, at most ${timeInUnit(INPUT_LIMITS.timeMs, unit)} fit`,
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
