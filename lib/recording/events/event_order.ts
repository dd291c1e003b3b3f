/** A message of events as it lies in a chunk. */
export interface PlacedMessage {
  /** Frame at which it stands, counted from the first frame of the recording. */
  readonly offset: number;
}

/** Messages of several chunks as they lie in the file. */
export async function* inFileOrder<T>(
  count: number,
  read: (index: number) => Promise<readonly T[]>,
): AsyncGenerator<T, void, void> {
  for (let i = 0; i < count; i++) yield* await read(i);
}

/**
 * Messages of several chunks in the order of their frames, those of one frame in the order of the
 * file: an event that came late stands where it belongs. Memory holds a chunk and what runs ahead
 * of a later one. Chunks are read twice where there are several.
 *
 * @param count number of chunks
 * @param read messages of the chunk with that index, in the order of the file
 * @throws {Error} of `read`, after the messages of the chunks before
 */
export async function* inFrameOrder<T extends PlacedMessage>(
  count: number,
  read: (index: number) => Promise<readonly T[]>,
): AsyncGenerator<T, void, void> {
  const floors = await laterFloors(count, read);
  let held: T[] = [];
  for (let i = 0; i < count; i++) {
    let messages: readonly T[];
    try {
      messages = await read(i);
    } catch (error) {
      yield* held;
      throw error;
    }
    held = held.concat(messages).sort((a, b) => a.offset - b.offset);
    const waiting = held.findIndex(({ offset }) => offset > floors[i]!);
    const due = waiting < 0 ? held : held.slice(0, waiting);
    held = waiting < 0 ? [] : held.slice(waiting);
    yield* due;
  }
}

/** For each chunk the least offset of all later ones. */
async function laterFloors(
  count: number,
  read: (index: number) => Promise<readonly PlacedMessage[]>,
): Promise<Float64Array> {
  const floors = new Float64Array(count).fill(Infinity);
  for (let i = count - 1; i > 0; i--) {
    let floor = floors[i]!;
    try {
      for (const { offset } of await read(i)) floor = Math.min(floor, offset);
    } catch {
      // Reading in order meets the damage again, with everything before it given out.
    }
    floors[i - 1] = floor;
  }
  return floors;
}
