import type { DamageFault } from "../contents/recording_damage.ts";
import type { RecordPlace } from "../container/mcap_records.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";

/** Faults that are kept; of a hostile file there is no end of them. */
export const FAULTS_MAX = 100;

/** What a search through a damaged file finds at fault. */
export class DamageLog {
  /** The first faults. */
  readonly faults: DamageFault[] = [];
  /** Number of all faults. */
  count = 0;
  /** Bytes that could not be read. */
  leftOutBytes = 0;
  /** Byte of each fault that may have cost blocks, ascending. */
  readonly blockOffsets: number[] = [];
  /** Byte of the first fault that may have cost ids; Infinity where none may. */
  namesLostFrom = Infinity;
  /** True when events may have been lost. */
  mayLackEvents = false;
  /** True when the file has no end. */
  isCut = false;
  /** True when the end of the data was met. */
  hasAllData = false;
  /** Bytes of a record at the end that is not whole. */
  unfinishedBytes = 0;

  /**
   * Notes a fault.
   *
   * @param place what cannot be read for it
   * @param costs what may have been in it
   */
  add(
    fault: DamageFault,
    place: RecordPlace | undefined,
    costs: "blocks" | "events" | "names" | "anything" | "nothing",
  ): void {
    this.count++;
    if (this.faults.length < FAULTS_MAX) this.faults.push(fault);
    this.leftOutBytes += place?.length ?? 0;
    const isOfBlocks = costs === "blocks" || costs === "anything";
    if (isOfBlocks) this.blockOffsets.push(place?.offset ?? fault.offset);
    if (costs === "names" || costs === "anything") {
      this.namesLostFrom = Math.min(this.namesLostFrom, place?.offset ?? fault.offset);
    }
    if (costs === "events" || costs === "anything") this.mayLackEvents = true;
  }

  /** Runs a reader. @returns undefined where it finds a fault, which is passed on */
  async attempt<T>(
    read: () => T | Promise<T>,
    onFault: (fault: DamageFault) => void,
  ): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof RecordingSyntaxError)) throw error;
      const { section, offset, problem } = error;
      onFault({ section, offset, problem });
      return undefined;
    }
  }
}
