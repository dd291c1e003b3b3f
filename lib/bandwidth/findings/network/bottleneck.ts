import { optionKey, type Remedy, remedy } from "../../../core/remedy.ts";
import type { JudgedRun } from "../finding_rule.ts";
import { numberText } from "../figure_text.ts";

/** Part of a bottleneck that a stream may take: the rest is for what else goes through it. */
export const USED_PART = 0.8;
/** Part of that which headers may take before sending less often is the first thing to do. */
const HEADERS_PART = 0.5;
/** Bytes of a packet that says nothing: IP, UDP and the packet header. */
const EMPTY_BYTES = 36;
const OPPORTUNITY_BYTES = 1500;

/** Kilobits per second that go through the link to a consumer; undefined where nothing limits it. */
export function bottleneckKbps({ options: { net: { down } } }: JudgedRun): number | undefined {
  const { capacity } = down;
  if (capacity.model === "unlimited") return undefined;
  if (capacity.model === "rate") return capacity.rateBps / 1000;
  const { opportunitiesMs } = capacity.trace;
  return opportunitiesMs.length * OPPORTUNITY_BYTES * 8 / (opportunitiesMs.at(-1) ?? 1);
}

/** What keeps a stream below a bottleneck. */
export function belowBottleneck(run: JudgedRun, kbps: number): Remedy {
  const budget = roundedDown(kbps * USED_PART);
  const packetsHz = (budget * 125 * HEADERS_PART) / EMPTY_BYTES;
  const limit = remedy`${optionKey("budgetKbps")} ${numberText(budget)}kbps`;
  if (run.sendMs === 0 || packetsHz >= 1000 / run.sendMs) {
    return remedy`stay below the bottleneck: ${limit}`;
  }
  const rate = optionKey("sendRateHz");
  return remedy`stay below the bottleneck: ${rate} ${
    numberText(roundedDown(packetsHz))
  } with ${limit}, since headers alone fill it`;
}

/** Two digits, not above the value. */
function roundedDown(value: number): number {
  let unit = 1;
  while (value / unit >= 100) unit *= 10;
  while (value / unit < 10 && unit > 1e-6) unit /= 10;
  return Number((Math.floor(value / unit) * unit).toPrecision(2));
}
