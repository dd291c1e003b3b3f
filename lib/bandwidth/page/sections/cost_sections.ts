import type { RunReport } from "../../report/run_report.ts";
import { keyframeCauses, lossCauses, sizeTable } from "../cause_tables.ts";
import { chart, section } from "./section.ts";

/** What packets consist of, how they are spread, and what the network broke. */
export function costSections(runs: readonly RunReport[]): string {
  const verified = runs.filter((run) => run.verified);
  return `${
    section(
      "Where the bytes go",
      "What a mean packet of each run that is shown consists of on the wire, heaviest part first. " +
        "Press a part to line it up at the left and sort by it.",
      `${ORDERS}<div id="field-bars"></div>
<details id="parts-table"><summary>The same as a table</summary><div class="scroll"></div></details>`,
    )
  }
<div class="columns">
${
    section(
      "Packet sizes",
      "Payload bytes of a packet; the tail is the share of packets at least so large.",
      `${views("sizes", false)}${chart("sizes", 240)}${sizeTable(runs)}`,
    )
  }
${baselineAges(verified)}
</div>
<div class="columns own-height">
${section("Why keyframes were sent", "", keyframeCauses(runs))}
${section("What became of packets", "", lossCauses(runs))}
</div>
${healTimes(verified)}`;
}

function baselineAges(runs: readonly RunReport[]): string {
  const title = "Baseline age";
  const ages = new Set(runs.flatMap((run) => run.baselineAges.map(({ from }) => from)));
  const [age] = ages;
  if (age === undefined) {
    return section(
      title,
      "",
      "<p>Every packet is a keyframe: none goes against a state before it.</p>",
    );
  }
  // Bars of several frames each say less than that.
  if (ages.size === 1 && runs.every((run) => run.baselineAgeFrames.max <= age)) {
    const frames = age === 1 ? "1 frame" : `${age} frames`;
    const text = `Every packet that is no keyframe goes against the state of ${frames} before it.`;
    return section(title, "", `<p>${text}</p>`);
  }
  return section(
    title,
    "Frames between a packet and what it is encoded against; keyframes do not count.",
    `${views("ages", true)}${chart("ages", 240, "tail")}`,
  );
}

function healTimes(runs: readonly RunReport[]): string {
  const title = "Time to heal";
  return runs.every(({ divergence }) => divergence.wrongFieldFrames === 0)
    ? section(title, "", "<p>No consumer ever saw a wrong field, in any run.</p>")
    : section(
      title,
      "Frames until a wrong field was right again, median to longest.",
      `<div id="heal-ranges"></div>`,
    );
}

function views(name: string, isTail: boolean): string {
  const button = (view: string, isPressed: boolean) =>
    `<button type="button" data-view-of="${name}" data-view="${view}" ` +
    `aria-pressed="${isPressed}">${view}</button>`;
  return `<div class="switch" role="group" aria-label="View">${button("distribution", !isTail)}${
    button("tail", isTail)
  }</div>`;
}

const ORDERS = `<div class="switch" role="group" aria-label="Order of runs">${
  ["given", "bytes", "name"].map((order) =>
    `<button type="button" data-order="${order}" aria-pressed="${order === "given"}">${
      order === "given" ? "as given" : `by ${order}`
    }</button>`
  ).join("")
}</div>`;
