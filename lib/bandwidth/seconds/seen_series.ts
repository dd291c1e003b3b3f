import type { RunReport } from "../report/run_report.ts";
import { shareOf } from "../spread/share_of.ts";
import type { RunSeconds, SecondNotes } from "./run_seconds.ts";

type Second = RunReport["series"][number];

/**
 * A series with what players see in each of its seconds. What is noted of a second that the series
 * lacks, since it is left out or comes after the last packet, counts in the one before it.
 */
export function withSeen(series: readonly Second[], seconds: RunSeconds): Second[] {
  const notes = [...seconds.all()].sort((a, b) => a.second - b.second);
  let next = 0;
  return series.map((point, i) => {
    const end = series[i + 1]?.second ?? Infinity;
    const own: Readonly<SecondNotes>[] = [];
    while (next < notes.length && notes[next]!.second < end) own.push(notes[next++]!);
    return { ...point, ...seenIn(own) };
  });
}

/** What is said of the seconds of one point; the first with ages gives the median. */
function seenIn(
  own: readonly Readonly<SecondNotes>[],
): Pick<Second, "stateAgeMs" | "frozenShare" | "drawnError"> {
  const sum = (key: "connectedUs" | "frozenUs" | "positions" | "positionErrors") =>
    own.reduce((total, notes) => total + notes[key], 0);
  const largest = (key: "ageMaxUs" | "positionErrorMax") =>
    own.reduce((max, notes) => Math.max(max, notes[key]), -1);
  const p50Us = own.find(({ ageP50Us }) => ageP50Us >= 0)?.ageP50Us;
  const connectedUs = sum("connectedUs");
  const positions = sum("positions");
  const max = rounded(largest("positionErrorMax"));
  return {
    ...(p50Us === undefined ? {} : {
      stateAgeMs: { p50: p50Us / 1000, max: largest("ageMaxUs") / 1000 },
    }),
    // What came late into a hole of the recording may have been waited for in it.
    ...(connectedUs === 0 ? {} : {
      frozenShare: shareOf(Math.min(sum("frozenUs"), connectedUs), connectedUs),
    }),
    ...(positions === 0 ? {} : {
      drawnError: { mean: Math.min(rounded(sum("positionErrors") / positions), max), max },
    }),
  };
}

/** Six digits: seconds are looked at, not reckoned with. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
