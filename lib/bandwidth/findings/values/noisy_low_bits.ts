import { optionKey, remedy } from "../../../core/remedy.ts";
import { STEPS_MAX } from "../../../core/state/schema.ts";
import type { FindingRule } from "../finding_rule.ts";
import { partOf, percentText, someOf } from "../figure_text.ts";
import { type SentField, sentFields } from "./sent_fields.ts";

/** Changes that tell. */
const SAMPLES_MIN = 200;
/** Even bits that are kept: a step so much finer than what nobody foresees is not seen. */
const KEPT_BITS = 4;
/** Bits of a field that are worth a coarser step. */
const SPARE_BITS_MIN = 3;
/** Integers whose changes are all noise are no measure but flags, seeds or hashes. */
const MEASURE_BITS_MAX = 20;
/** Parts of what a field ranges over that a step is at most one of. */
const RANGE_STEPS = 4096;
/** Bits of a send from which on a double travels with most of its mantissa. */
const DEAR_BITS = 36;
/** Part of the payload that has to be at stake. */
const SAVED_NOTE = 0.02;
const SAVED_WARNING = 0.2;

/** Low bits that no codec can foresee. */
export const NOISY_LOW_BITS: FindingRule = {
  code: "noisy-low-bits",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    // The other codecs send whole values, whatever their steps.
    if (run.options.codec !== "varint") return undefined;
    const fields = sentFields(run).flatMap(spareOf);
    const { payloadBytes } = run.report;
    const saved = partOf(
      fields.reduce((sum, { savedBits }) => sum + savedBits, 0),
      payloadBytes * 8,
    );
    if (saved < SAVED_NOTE) return undefined;
    return {
      severity: saved >= SAVED_WARNING ? "warning" : "note",
      size: saved,
      cause: "",
      text: "the lowest bits of changing numbers fall like coin tosses: no codec foresees them",
      evidence: `${
        someOf(fields.map(({ name, samples, seen }) => `${name} ${seen} (${samples} changes)`))
      }; ${percentText(saved)} of the payload is such bits beyond what is kept`,
      remedy: remedy`coarser steps by ${optionKey("wire")}: ${
        someOf(fields.map(({ name, step }) => `${name} ${step} (off by ${step / 2} at most)`))
      }`,
    };
  },
};

interface Spare {
  readonly name: string;
  readonly samples: number;
  /** Bits that nobody foresees. */
  readonly seen: string;
  readonly step: number;
  readonly savedBits: number;
}

function spareOf(field: SentField): Spare[] {
  const { facts, recorded, sends, sent } = field;
  const { samples } = facts.noise;
  if (sends === 0 || samples < SAMPLES_MIN) return [];
  if (sent.type !== recorded.type || sent.step !== recorded.step) return [];
  const isFloat = sent.type === "f32" || sent.type === "f64";
  return isFloat ? spareOfFloat(field) : spareOfInteger(field);
}

function spareOfInteger({ bits: cost, facts, name, sends, sent }: SentField): Spare[] {
  const { bits, range, samples } = facts.noise;
  if (bits > MEASURE_BITS_MAX) return [];
  const unit = sent.step ?? 1;
  let spare = bits - KEPT_BITS;
  while (spare > 0 && unit * 2 ** spare > range / RANGE_STEPS) spare--;
  if (spare < SPARE_BITS_MIN) return [];
  const step = Number((unit * 2 ** spare).toPrecision(6));
  return [{ name, seen: `${bits} bits`, samples, step, savedBits: Math.min(cost, spare * sends) }];
}

function spareOfFloat({ bits: cost, facts, name, sends, sent }: SentField): Spare[] {
  const { bits, change, largest, range, samples, typical } = facts.noise;
  const isNoisy = bits - KEPT_BITS >= SPARE_BITS_MIN && typical > 0;
  // A double that is sent with most of its mantissa, however steadily it goes.
  const isDear = sent.type === "f64" && cost >= DEAR_BITS * sends && change > 0 &&
    facts.stepped === undefined;
  if (!isNoisy && !isDear) return [];
  const measure = isNoisy ? typical : change;
  let step = measure / 2 ** KEPT_BITS;
  while (step > range / RANGE_STEPS) step /= 2;
  // Far from the origin an integer reaches no finer step.
  while (largest / step > STEPS_MAX) step *= 2;
  if (!(step > 0) || step > measure) return [];
  let kept = 0;
  while (kept < MEASURE_BITS_MAX && step * 2 ** kept < change) kept++;
  const saved = isDear
    ? cost - (2 * kept + KEPT_BITS) * sends
    : Math.min(cost, (bits - KEPT_BITS) * sends);
  if (saved <= 0) return [];
  return [{
    name,
    seen: isNoisy ? `${bits} bits` : `${Math.round(cost / sends)} bits a send`,
    samples,
    step,
    savedBits: saved,
  }];
}
