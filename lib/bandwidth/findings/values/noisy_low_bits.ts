import { optionKey, remedy } from "../../../core/remedy.ts";
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
/** Part of the payload that has to be at stake. */
const SAVED_NOTE = 0.02;
const SAVED_WARNING = 0.2;
/** Largest integer that a quantised value may be. */
const WORD_MAX = 0x7fffffff;

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
        someOf(fields.map(({ bits, name, samples }) => `${name} ${bits} bits (${samples} changes)`))
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
  readonly bits: number;
  readonly step: number;
  readonly savedBits: number;
}

function spareOf({ bits: cost, facts, name, recorded, sends, sent }: SentField): Spare[] {
  const { bits, largest, samples, typical } = facts.noise;
  if (samples < SAMPLES_MIN || sent.type !== recorded.type || sent.step !== recorded.step) {
    return [];
  }
  const spare = bits - KEPT_BITS;
  const isFloat = sent.type === "f32" || sent.type === "f64";
  if (spare < SPARE_BITS_MIN || (!isFloat && bits > MEASURE_BITS_MAX)) return [];
  const step = isFloat
    ? typical / 2 ** KEPT_BITS
    : Number(((sent.step ?? 1) * 2 ** spare).toPrecision(6));
  if (!(step > 0) || largest / step > WORD_MAX) return [];
  return [{ name, samples, bits, step, savedBits: Math.min(cost, spare * sends) }];
}
