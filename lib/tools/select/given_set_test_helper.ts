import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { StateEvent, StateFrame } from "../../core/state/state.ts";
import { readEvents } from "../../ingest/read_events.ts";
import { readStates } from "../../ingest/read_states.ts";

/** Recordings of real games in testdata, by the names of their files. */
export const GIVEN_SETS: readonly { readonly name: string; readonly sparse: boolean }[] = [
  { name: "sets/rl-duel", sparse: false },
  { name: "sets/soccer", sparse: false },
  { name: "sets/cubes-float", sparse: true },
  { name: "sets/cubes", sparse: true },
  { name: "duel/duel", sparse: false },
];

/** Frames and events of a set. */
export async function readGivenSet(
  { name, sparse }: typeof GIVEN_SETS[number],
): Promise<{ readonly frames: StateFrame[]; readonly events: StateEvent[] }> {
  const file = (end: string) =>
    new URL(`../../../testdata/${name}.${end}.ndjson.gz`, import.meta.url);
  const open = (end: string) => new Blob([gunzipSync(readFileSync(file(end)))]).stream();
  const frames = await Array.fromAsync(readStates(open("state"), { sparse, rateHz: 60 }));
  const hasEvents = existsSync(file("events"));
  return { frames, events: hasEvents ? await Array.fromAsync(readEvents(open("events"))) : [] };
}
