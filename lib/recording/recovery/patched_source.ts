import type { RecordingSource } from "../container/sink.ts";
import type { Patch } from "../definitions/definition_repair.ts";

/** Source some of whose bytes are set right. */
export class PatchedSource implements RecordingSource {
  /** Name of the file. */
  readonly name: string | undefined;
  readonly #source: RecordingSource;
  readonly #patches: readonly Patch[];

  /** Source with other bytes. @param patches bytes of the file */
  constructor(source: RecordingSource, patches: readonly Patch[]) {
    this.name = source.name;
    this.#source = source;
    this.#patches = patches;
  }

  /** Bytes of the source. */
  get size(): number {
    return this.#source.size;
  }

  /** Reads bytes. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = await this.#source.read(offset, length);
    const isPatched = (at: number) => at >= offset && at < offset + bytes.length;
    if (!this.#patches.some(({ at }) => isPatched(at))) return bytes;
    const copy = bytes.slice();
    for (const { at, byte } of this.#patches) if (isPatched(at)) copy[at - offset] = byte;
    return copy;
  }
}
