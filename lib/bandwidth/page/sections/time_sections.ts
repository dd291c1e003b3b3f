import type { PageEvents } from "../../moments/page_events.ts";
import type { RunReport } from "../../report/run_report.ts";
import { chart, section } from "./section.ts";

type Point = RunReport["series"][number];

/** What players see and what is sent, second by second, and what one second is made of. */
export function timeSections(
  runs: readonly RunReport[],
  events: PageEvents | undefined,
): string {
  const points = runs.flatMap((run) => run.verified ? run.series : []);
  if (points.length === 0) return "";
  return `<div class="over-time">
${seenSection(points)}
${costSection(points, events, Math.max(...runs.map((run) => run.secondsLeftOut ?? 0)))}
${TIME_BAR}
</div>
${SECOND}`;
}

function seenSection(points: readonly Point[]): string {
  const hasAge = points.some(({ stateAgeMs }) => stateAgeMs !== undefined);
  const hasError = points.some(({ drawnError }) => drawnError !== undefined);
  if (!hasAge) {
    return section(
      "What the player sees",
      "Age and errors over time were not measured: the report is of the cost alone.",
      "",
    );
  }
  return section(
    "What the player sees",
    `How old the world is that players look at, and how far off it is drawn. ${HOW}`,
    [
      isAbove(points, ({ stateAgeMs }) => stateAgeMs?.max)
        ? timeChart(
          "age",
          "State age",
          `of the newest state applied, median ${thin("the oldest")}`,
          190,
        )
        : `<p class="hint">Every consumer had the newest state at every frame: no state was older than 0 ms.</p>`,
      isAbove(points, ({ drawnError }) => drawnError?.max)
        ? timeChart("error", "Error of positions", `mean ${thin("the largest")}`, 170)
        : hasError
        ? `<p class="hint">Every position that was compared was drawn where it was: the error is 0 throughout.</p>`
        : `<p class="hint">No position was compared, so there is no error over time.</p>`,
      `<div class="time-chart"><h3>Freezes <small>how much of each second the picture stood still: the higher and stronger, the more</small></h3><div id="freeze-strip"></div></div>`,
    ].join("\n"),
  );
}

/** Button that shows a second, thin line of each run. */
function thin(what: string): string {
  return `<button type="button" class="thin" data-thin aria-pressed="true">and ${what}, thin</button>`;
}

const HOW =
  "Drag to zoom, click a second to look into it; with the keyboard, arrows, Enter, + and -.";

function costSection(
  points: readonly Point[],
  events: PageEvents | undefined,
  secondsLeftOut: number,
): string {
  const charts = [
    timeChart("kbps", "Bandwidth", "of one connected consumer, headers included, mean", 230),
    ...small(points, ({ keyframes }) => keyframes, "keyframes", [
      "Keyframes",
      "to all consumers; linear below 1, then logarithmic",
    ]),
    ...small(points, ({ losses }) => losses, "losses", [
      "Losses",
      "packets to all consumers that did not arrive",
    ]),
    ...small(points, ({ wrongFields }) => wrongFields, "wrong", [
      "Wrong fields",
      "that consumers saw at frames they applied, sum over packets and consumers",
    ]),
  ];
  if (events !== undefined && events.events.length > 0) {
    charts.push(
      `<div class="time-chart"><h3>Recorded events <small>higher is more at once</small></h3><div id="event-lane"></div></div>`,
    );
  }
  return section(
    "Cost over time",
    `What is sent in each second. A last second that is not whole is left out${
      secondsLeftOut === 0 ? "" : `, and ${secondsLeftOut} seconds of pauses without frames`
    }. ${HOW}`,
    charts.join("\n"),
  );
}

function isAbove(
  points: readonly Point[],
  valueOf: (point: Point) => number | undefined,
): boolean {
  return points.some((point) => (valueOf(point) ?? 0) > 0);
}

/** A small chart, or none where it would be empty. */
function small(
  points: readonly Point[],
  valueOf: (point: Point) => number,
  name: string,
  [title, what]: readonly [string, string],
): string[] {
  return isAbove(points, valueOf) ? [timeChart(name, title, what, 120)] : [];
}

function timeChart(name: string, title: string, what: string, height: number): string {
  return `<div class="time-chart"><h3>${title} <small>${what}</small></h3>${
    chart(name, height)
  }</div>`;
}

/** Buttons of all charts over time; they stay in sight while one of these is. */
const TIME_BAR = `<nav id="time-bar" aria-label="Time shown"><span>${
  [
    ["out", "−", "zoom out"],
    ["in", "+", "zoom in"],
    ["earlier", "◂", "earlier"],
    ["later", "▸", "later"],
    ["all", "all", "all of the time"],
  ].map(([action, text, name]) =>
    `<button type="button" data-zoom="${action}" aria-label="${name}">${text}</button>`
  ).join("")
}</span><output></output><a href="#second" hidden></a></nav>`;

const SECOND = `<section id="second" tabindex="-1" aria-labelledby="second-title">
<h2 id="second-title">One second</h2>
</section>`;
