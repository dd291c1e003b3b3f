import type { Snapshot } from "../../core/state/snapshot.ts";

/** Each frame with the one after it; undefined after the last. */
export async function* withNext(
  frames: AsyncIterable<Snapshot> | Iterable<Snapshot>,
): AsyncGenerator<[frame: Snapshot, next: Snapshot | undefined], void, void> {
  let frame: Snapshot | undefined;
  for await (const next of frames) {
    if (frame !== undefined) yield [frame, next];
    frame = next;
  }
  if (frame !== undefined) yield [frame, undefined];
}
