import type { RunReport } from "../../report/run_report.ts";
import { keyframeTable, lossTable } from "../cause_tables.ts";
import { chart, section } from "./section.ts";

/** What packets consist of, how they are spread, and what the network broke. */
export function costSections(runs: readonly RunReport[]): string {
  return `<div class="columns">
${
    section(
      "Packet sizes",
      "Payload bytes of a packet; the tail is the share of packets at least so large.",
      `${views("sizes", false)}${chart("sizes", 240)}`,
    )
  }
${
    section(
      "Baseline age",
      "Frames between a packet and what it is encoded against; keyframes do not count.",
      `${views("ages", true)}${chart("ages", 240, "tail")}`,
    )
  }
</div>
${
    section(
      "Where the bytes go",
      "What a mean packet consists of on the wire. Click a part to line it up at the left and sort by it.",
      `${ORDERS}<div id="field-bars"></div>`,
    )
  }
<div class="columns wide-left">
${
    section(
      "Divergence",
      "Fields that consumers saw wrong at frames they applied: sum over all consumers and each second's packets.",
      chart("wrong", 240),
    )
  }
${
    section(
      "Time to heal",
      "Frames until a wrong field was right again, median to longest.",
      `<div id="heal-ranges"></div>`,
    )
  }
</div>
<div class="columns">
${
    section(
      "Keyframes",
      "Sent in each second to all consumers; linear below 1, then logarithmic.",
      `${chart("keyframes", 200)}${keyframeTable(runs)}`,
    )
  }
${
    section(
      "Losses",
      "Packets of each second that did not arrive, all consumers.",
      `${chart("losses", 200)}${lossTable(runs)}`,
    )
  }
</div>`;
}

function views(name: string, isTail: boolean): string {
  const button = (view: string, isPressed: boolean) =>
    `<button type="button" data-view-of="${name}" data-view="${view}" ` +
    `aria-pressed="${isPressed}">${view}</button>`;
  return `<div class="switch">${button("distribution", !isTail)}${button("tail", isTail)}</div>`;
}

const ORDERS = `<div class="switch">${
  ["given", "bytes", "name"].map((order) =>
    `<button type="button" data-order="${order}" aria-pressed="${order === "given"}">${
      order === "given" ? "as given" : `by ${order}`
    }</button>`
  ).join("")
}</div>`;
