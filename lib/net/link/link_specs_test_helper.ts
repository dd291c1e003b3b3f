import fc from "fast-check";
import type { LinkSpec } from "./link_spec.ts";

const share = fc.constantFrom(0, 0.01, 0.3, 1);
/** Links of every model. */
export const anyLink: fc.Arbitrary<LinkSpec> = fc.record({
  loss: fc.oneof(
    fc.constant({ model: "none" as const }),
    fc.record({ model: fc.constant("bernoulli" as const), loss: share }),
    fc.record({
      model: fc.constant("gilbert-elliott" as const),
      p: share,
      r: share,
      badLoss: share,
      goodLoss: share,
    }),
  ),
  capacity: fc.oneof(
    fc.constant({ model: "unlimited" as const }),
    fc.record({
      model: fc.constant("rate" as const),
      rateBps: fc.integer({ min: 1, max: 10_000_000 }),
      queuePackets: fc.integer({ min: 1, max: 20 }),
    }),
    fc.record({
      model: fc.constant("mahimahi" as const),
      trace: fc.array(fc.nat(50), { maxLength: 5 }).map((gaps) => {
        let ms = 0;
        return { opportunitiesMs: Uint32Array.from([...gaps, 1], (gap) => ms += gap) };
      }),
      queuePackets: fc.integer({ min: 1, max: 20 }),
    }),
  ),
  delay: fc.record({
    delayUs: fc.nat(100_000),
    jitterUs: fc.constantFrom(0, 1, 50_000),
    jitterDistribution: fc.constantFrom("uniform" as const, "normal" as const),
    reorder: share,
  }),
  duplicate: share,
});
