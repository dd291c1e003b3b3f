import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { frameDistance } from "../../core/time/frame.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import type { NoPacket, PacketAnatomy } from "../anatomy/packet_anatomy.ts";
import { PacketTrace } from "../anatomy/packet_trace.ts";
import { namedRuns } from "../report/run_name.ts";
import { FIGURE_DEFAULTS } from "../report/run_settings.ts";
import { framesOfRuns, sentFramesOf } from "./sent_frames.ts";
import { withNextTime } from "./with_next_time.ts";

/** Which packet, and who is told on the way. */
export interface TraceOptions {
  /** Recorded frame. */
  readonly frame: number;
  /** Whom it was sent to; the first consumer unless given. */
  readonly consumer?: number;
  /** Ids of entities in their game; their numbers unless given. */
  readonly names?: ReadonlyEntityNames;
  /** Told of the number of recorded frames that all runs have taken in. */
  readonly onProgress?: (frames: number) => void;
}

/**
 * Takes apart the packet that a consumer is sent at a recorded frame, in every run: its bits line by
 * line, why its baseline is what it is, and what became of it. A run goes on until that is known; the
 * packet is the one of {@linkcode measureBandwidth}, byte for byte.
 *
 * @param layout layout of the snapshots
 * @param frames snapshots in order of frame; none may change after it was handed out
 * @param runs what to run, side by side
 * @returns an anatomy a run; where nothing was sent, why
 * @throws {RangeError} for an option outside its range, a consumer that a run lacks, or a wire schema
 *   that does not fit
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { RUN_DEFAULTS, tracePacket } from "@hindcast/hindcast/report";
 * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast/world";
 *
 * const layout = new SnapshotLayout({
 *   kinds: [{ name: "ship", fields: [{ name: "x", type: "i16" }] }],
 * });
 * const frames = [5, 8].map((x, frame) =>
 *   Snapshot.of(layout, {
 *     frame,
 *     timeMs: frame * 50,
 *     entities: [{ id: 1, kind: "ship", fields: { x } }],
 *   })
 * );
 * const [packet] = await tracePacket(layout, frames, [RUN_DEFAULTS], { frame: 1 });
 * assert.ok(packet !== undefined && "records" in packet);
 * assert.deepEqual(packet.records[0]?.fields, [{ field: "x", bits: 8, from: 5, to: 8 }]);
 * ```
 */
export async function tracePacket(
  layout: SnapshotLayout,
  frames: AsyncIterable<Snapshot> | Iterable<Snapshot>,
  runs: readonly RunOptions[],
  { frame, consumer = 0, names, onProgress }: TraceOptions,
): Promise<(PacketAnatomy | NoPacket)[]> {
  const titles = namedRuns(runs, FIGURE_DEFAULTS).map(({ name }) => name);
  const idOf = (entity: number) => names?.idOf(entity) ?? entity;
  const sent = sentFramesOf(layout, runs);
  const framesOf = framesOfRuns(sent);
  const wanted = { frame, consumer };
  const traces = runs.map((run, i) =>
    new PacketTrace(sent[i]!.layout, run, titles[i]!, wanted, idOf)
  );
  let count = 0;
  let first: number | undefined;
  let before: number | undefined;
  let isThere = false;
  for await (const [recorded, nextMs] of withNextTime(frames)) {
    first ??= recorded.frame;
    // Frames go forward from the first, around 2^32 once at most.
    if (!isThere && (recorded.frame - first) >>> 0 > (frame - first) >>> 0) {
      return notRecorded(titles, wanted, before, recorded.frame);
    }
    before = recorded.frame;
    isThere ||= recorded.frame === frame;
    const taken = framesOf(recorded);
    for (const [i, trace] of traces.entries()) trace.step(taken[i]!, nextMs);
    onProgress?.(++count);
    if (traces.every(({ isDone }) => isDone)) break;
  }
  if (!isThere) {
    const isWrapped = first !== undefined && before !== undefined && before < first;
    const isBefore = !isWrapped && first !== undefined && frame < first;
    return notRecorded(
      titles,
      wanted,
      isBefore ? undefined : before,
      isBefore || isWrapped ? first : undefined,
    );
  }
  return traces.map((trace) => trace.finish());
}

function notRecorded(
  runs: readonly string[],
  { frame, consumer }: { readonly frame: number; readonly consumer: number },
  before: number | undefined,
  after: number | undefined,
): NoPacket[] {
  const nearest = [before, after].filter((near) => near !== undefined)
    .sort((a, b) => Math.abs(frameDistance(a, frame)) - Math.abs(frameDistance(b, frame)));
  const where = nearest.length === 0
    ? "nothing is recorded"
    : `the nearest recorded ${nearest.length === 1 ? "is" : "are"} ${nearest.join(" and ")}`;
  const text = `Frame ${frame} is not in the recording; ${where}`;
  return runs.map((run) => ({ run, consumer, frame, missing: "not-recorded", text }));
}
