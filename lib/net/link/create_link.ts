import { BernoulliLoss, NoLoss } from "./bernoulli.ts";
import type { Capacity } from "./capacity.ts";
import type { DelayModel } from "./delay.ts";
import { GilbertElliottLoss } from "./gilbert_elliott.ts";
import { FixedDelay, NormalJitter, UniformJitter } from "./jitter.ts";
import { Link } from "./link.ts";
import type { CapacitySpec, DelaySpec, LinkSpec, LossSpec } from "./link_spec.ts";
import type { LossModel } from "./loss.ts";
import { MahimahiCapacity } from "./mahimahi.ts";
import { TraceReplay } from "./packet_trace.ts";
import type { Random } from "./random.ts";
import { RateLimit } from "./rate_limit.ts";
import { Reorder } from "./reorder.ts";

/**
 * Builds a link of one or more lines, which share nothing but the spec.
 *
 * Loss draws from a stream of its own (a fork of `random`), all else from `random` itself: with the
 * same seed two links that differ in delay only lose the same packets.
 *
 * @param random a fresh stream a line, from `createRandoms(seed, consumers, "down")`
 * @throws {RangeError} if a value of the spec is out of range
 */
export function createLink(spec: LinkSpec, random: Random, lines: number = 1): Link {
  const capacity = createCapacity(spec.capacity, lines);
  if (spec.trace !== undefined) {
    const replay = new TraceReplay(spec.trace, lines);
    return new Link(replay, capacity, replay, spec.duplicate, random);
  }
  const loss = createLossModel(spec.loss, random.fork(), lines);
  return new Link(loss, capacity, createDelayModel(spec.delay, random), spec.duplicate, random);
}

/**
 * Builds the loss model that a spec names.
 *
 * @param random stream of each line, from which the model draws one or two words a packet
 * @throws {RangeError} if a probability is outside 0 .. 1
 */
export function createLossModel(spec: LossSpec, random: Random, lines: number = 1): LossModel {
  switch (spec.model) {
    case "none":
      return new NoLoss();
    case "bernoulli":
      return new BernoulliLoss(spec.loss, random, lines);
    case "gilbert-elliott":
      return new GilbertElliottLoss(spec, random, lines);
  }
}

/**
 * Builds the bottleneck that a spec describes, or none.
 *
 * @throws {RangeError} if rate or queue is out of range
 */
export function createCapacity(spec: CapacitySpec, lines: number = 1): Capacity | undefined {
  switch (spec.model) {
    case "unlimited":
      return undefined;
    case "rate":
      return new RateLimit(spec.rateBps, spec.queuePackets, lines);
    case "mahimahi":
      return new MahimahiCapacity(spec.trace, spec.queuePackets, lines);
  }
}

/**
 * Builds the delay model that a spec describes.
 *
 * Each packet is delayed on its own, so with jitter a packet may overtake another. A delay that the
 * jitter would take below zero is zero, as in netem: with `delay=0,jitter=5` half of the packets have
 * none. Reorder is netem's (`reorder P%`, gap 1): that share of packets goes out at once.
 *
 * @throws {RangeError} if a time is not a whole number from 0 up, or the share is outside 0 .. 1
 */
export function createDelayModel(spec: DelaySpec, random: Random): DelayModel {
  requireMicroseconds("delay", spec.delayUs);
  requireMicroseconds("jitter", spec.jitterUs);
  const model = spec.jitterUs === 0
    ? new FixedDelay(spec.delayUs)
    : spec.jitterDistribution === "normal"
    ? new NormalJitter(spec.delayUs, spec.jitterUs, random)
    : new UniformJitter(spec.delayUs, spec.jitterUs, random);
  return spec.reorder === 0 ? model : new Reorder(spec.reorder, model, random);
}

function requireMicroseconds(name: string, value: number): void {
  // 2 * jitter + 1 outcomes have to fit one 32-bit draw.
  if (!Number.isInteger(value) || value < 0 || value >= 2147483648) {
    throw new RangeError(
      `Cannot use a ${name} of ${value} us: it must be whole, from 0 below 2^31`,
    );
  }
}
