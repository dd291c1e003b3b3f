import { gilbertElliottFromMean, meanBurstFault } from "../link/gilbert_elliott.ts";
import {
  type CapacitySpec,
  type LinkSpec,
  type LossSpec,
  QUEUE_PACKETS_DEFAULT,
} from "../link/link_spec.ts";
import type { LinkOptions } from "./link_options.ts";

/** Makes the error for an option that does not go with the others. */
export type OptionFault = (option: keyof LinkOptions, why: string, remedy: string) => Error;

const REPLACED_BY_TRACE = [
  "delay",
  "jitter",
  "jitterdist",
  "loss",
  "burst",
  "badloss",
  "goodloss",
  "gemodel",
  "reorder",
] as const;

/**
 * Turns options, each of which is in its range, into the spec of a link.
 *
 * @param fault makes the error that is thrown if options do not go together
 */
export function resolveLink(options: LinkOptions, fault: OptionFault): LinkSpec {
  if (options.trace !== undefined) {
    const extra = REPLACED_BY_TRACE.find((name) => options[name] !== undefined);
    if (extra !== undefined) {
      throw fault(
        extra,
        "a trace fixes delay and loss of every packet",
        `drop ${extra} or the trace`,
      );
    }
  }
  const { delay = 0, jitter = 0, jitterdist, reorder = 0 } = options;
  if (jitterdist !== undefined && options.jitter === undefined) {
    throw fault("jitterdist", "there is no jitter to distribute", "add for example jitter=10");
  }
  if (reorder > 0 && delay === 0 && jitter === 0) {
    throw fault("reorder", "nothing can be overtaken without a delay", "add for example delay=50");
  }
  return {
    loss: resolveLoss(options, fault),
    capacity: resolveCapacity(options, fault),
    delay: {
      delayUs: Math.round(delay * 1000),
      jitterUs: Math.round(jitter * 1000),
      jitterDistribution: jitterdist ?? "uniform",
      reorder,
    },
    duplicate: options.duplicate ?? 0,
    ...(options.trace === undefined ? {} : { trace: options.trace }),
  };
}

function resolveLoss(options: LinkOptions, fault: OptionFault): LossSpec {
  const { loss, burst, badloss, goodloss, gemodel } = options;
  const detail = (["loss", "burst", "badloss", "goodloss"] as const)
    .find((name) => options[name] !== undefined);
  if (gemodel !== undefined) {
    if (detail !== undefined) {
      throw fault(detail, "gemodel fixes the loss already", `drop ${detail} or gemodel`);
    }
    const [p, r, badLoss, goodLoss] = gemodel;
    return { model: "gilbert-elliott", p, r, badLoss, goodLoss };
  }
  if (loss === undefined) {
    if (detail !== undefined) {
      throw fault(detail, "it says how packets are lost, not how many", "add for example loss=2%");
    }
    return { model: "none" };
  }
  if (burst === undefined) {
    if (badloss !== undefined || goodloss !== undefined) {
      const name = badloss !== undefined ? "badloss" : "goodloss";
      throw fault(name, "without burst there is no bad state", "add for example burst=4");
    }
    return loss === 0 ? { model: "none" } : { model: "bernoulli", loss };
  }
  const mean = { loss, burst, badLoss: badloss ?? 1, goodLoss: goodloss ?? 0 };
  const impossible = meanBurstFault(mean);
  if (impossible !== undefined) throw fault("loss", impossible.why, impossible.remedy);
  return { model: "gilbert-elliott", ...gilbertElliottFromMean(mean) };
}

function resolveCapacity(options: LinkOptions, fault: OptionFault): CapacitySpec {
  const { rate, queue, mahimahi } = options;
  const queuePackets = queue ?? QUEUE_PACKETS_DEFAULT;
  if (mahimahi !== undefined) {
    if (rate !== undefined) {
      throw fault("rate", "a mahimahi file fixes the rate already", "drop rate or the file");
    }
    return { model: "mahimahi", trace: mahimahi, queuePackets };
  }
  if (rate !== undefined) return { model: "rate", rateBps: Math.round(rate * 1000), queuePackets };
  if (queue !== undefined) {
    throw fault("queue", "nothing queues on a link without a rate", "add for example rate=10000");
  }
  return { model: "unlimited" };
}
