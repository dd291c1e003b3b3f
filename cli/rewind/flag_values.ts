import { InvalidArgumentError } from "@commander-js/extra-typings";
import type { TeleportSpec } from "../../lib/rewind.ts";
import { parseTeleportSpec } from "../../lib/rewind/past/teleport_text.ts";
import type { RewindFlags } from "./flags.ts";

/** Parser of `--sweep`. */
export function sweepRange(text: string): NonNullable<RewindFlags["sweep"]> {
  const [, from, to, step] = /^([\d.]+)\.\.([\d.]+)(?:\/([\d.]+))?$/.exec(text) ?? [];
  const [fromMs, toMs, stepMs] = [Number(from), Number(to), Number(step ?? 1)];
  const steps = (toMs - fromMs) / stepMs;
  if (from !== undefined && steps >= 0 && steps <= SWEEP_STEPS_MAX && toMs <= SWEEP_MS_MAX) {
    return { fromMs, toMs, stepMs };
  }
  throw new InvalidArgumentError(
    `Expected a range such as 0..150 or 0..150/5, up to ${SWEEP_MS_MAX} ms in at most ` +
      `${SWEEP_STEPS_MAX} steps.`,
  );
}

const SWEEP_MS_MAX = 10_000;
const SWEEP_STEPS_MAX = 10_000;

/** Parser of `--teleport`. */
export function teleportSpec(text: string): TeleportSpec {
  try {
    return parseTeleportSpec(text);
  } catch {
    throw new InvalidArgumentError(
      "Expected UNITS, speed:UNITS_PER_SECOND, field:NAME, event:NAME (or event:NAME:KEY) or none.",
    );
  }
}

/** Parser of an option that takes any number. */
export function numberOf(text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Expected a number.");
}

/** Parser of an option that takes a number of 0 or more. */
export function notNegative(text: string): number {
  const value = numberOf(text);
  if (value >= 0) return value;
  throw new InvalidArgumentError("Expected a number of 0 or more.");
}

/** Parser of an option that takes a rewind in milliseconds. */
export function rewindMs(text: string): number {
  const value = notNegative(text);
  if (value <= SWEEP_MS_MAX) return value;
  throw new InvalidArgumentError(`Expected at most ${SWEEP_MS_MAX} ms.`);
}
