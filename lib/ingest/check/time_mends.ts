import { fittingUnit, rereadStep, TIME_UNITS } from "../input/time_unit.ts";
import { checkedKeys, type CheckedOptions } from "./checked_options.ts";
import { guessStep, guessTimeKey } from "./guess/guess_keys.ts";
import type { SampledLine } from "./guess/line_sample.ts";

/** Share by which a rate may differ from a whole number that is meant. */
const WHOLE_RATE = 0.01;
/** Key that no row has. */
export const NO_KEY = "none";

/** The key of the times, and their unit, where no row has the key that is given. */
export function guessTime(
  sample: readonly SampledLine[],
  options: CheckedOptions,
  frameKey: string | undefined,
): CheckedOptions {
  const { frameKey: givenFrameKey, timeKey, idKey, kindKey } = checkedKeys(options);
  const frame = frameKey ?? givenFrameKey;
  if (options.rateHz !== undefined || sample.some(({ own }) => own.has(timeKey))) return {};
  const key = guessTimeKey(sample, frame, [frame, idKey, kindKey]);
  return key === undefined ? {} : { timeKey: key, ...unitOf(sample, options, key) };
}

/** A rate in place of the times of the input, which are then a field. */
export function rateOf(sample: readonly SampledLine[], options: CheckedOptions): CheckedOptions {
  const { frameKey, timeKey } = checkedKeys(options);
  const step = guessStep(sample, frameKey, timeKey);
  if (step === undefined) return {};
  const exactHz = 1000 / rereadStep(step, "ms", options.timeUnit ?? "ms");
  const wholeHz = Math.round(exactHz);
  const isWhole = wholeHz > 0 && Math.abs(wholeHz - exactHz) < wholeHz * WHOLE_RATE;
  const isDefault = timeKey === "t";
  return {
    timeKey: isDefault ? NO_KEY : undefined,
    timeUnit: undefined,
    rateHz: isWhole ? wholeHz : Number(exactHz.toPrecision(6)),
  };
}

/** The unit in which times fit that are beyond what a recording holds. */
export function unitOf(
  sample: readonly SampledLine[],
  { timeUnit = "ms" }: CheckedOptions,
  key: string,
): CheckedOptions {
  const times = sample.map(({ own }) => Math.abs(Number(own.get(key)))).filter(Number.isFinite);
  const fitting = fittingUnit(times.reduce((most, time) => Math.max(most, time), 0));
  const isFitting = fitting === undefined ||
    TIME_UNITS.indexOf(fitting) <= TIME_UNITS.indexOf(timeUnit);
  return isFitting ? {} : { timeUnit: fitting };
}
