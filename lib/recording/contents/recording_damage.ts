import type { Frame } from "../../core/time/frame.ts";

/** A part of a recording that cannot be read. */
export interface DamageFault {
  /** Part of the file: header, summary, block, events, names, record ... */
  readonly section: string;
  /** Byte of the file at which that part, or the fault in it, lies. */
  readonly offset: number;
  /** What is wrong. */
  readonly problem: string;
}

/** Frames that a recording had, or may have had, and that cannot be read. */
export interface LostFrames {
  /** What is known of them from the block table; undefined where that is lost as well. */
  readonly known:
    | { readonly from: Frame; readonly to: Frame; readonly frames: number }
    | undefined;
  /** Last frame before them that is read; undefined when there is none. */
  readonly after: Frame | undefined;
  /** First frame after them that is read; undefined when there is none. */
  readonly before: Frame | undefined;
}

/**
 * What of a recording is not there, when it was opened to be read without it. Its frames are missing
 * frames of the recording then, and its events are not counted.
 */
export interface RecordingDamage {
  /** True when the file has no end: it was cut, or is still being written. */
  readonly isCut: boolean;
  /** True when all of the data is there, and it is the index behind it that was cut or damaged. */
  readonly hasAllData: boolean;
  /** Bytes at the end of such a file that belong to a record that is not whole. */
  readonly unfinishedBytes: number;
  /** Bytes of the file that could not be read, those included; records that nobody needs aside. */
  readonly leftOutBytes: number;
  /** What is at fault, in the order of the file: the first hundred. */
  readonly faults: readonly DamageFault[];
  /** Number of all faults. */
  readonly faultCount: number;
  /**
   * Places at which frames are lost, in their order. Of a file that was cut the last is the end,
   * where that lies in a record which may have held some; what it never got is not counted.
   */
  readonly lost: readonly LostFrames[];
  /** Number of frames in `lost`; undefined where it is not known of all. */
  readonly lostFrames: number | undefined;
  /**
   * Number of entities whose id is lost: each has one that says so, `lost id` and its number, where
   * the number alone could be the id of another.
   */
  readonly lostIds: number;
  /** Number of lost events; undefined where it is not known. */
  readonly lostEvents: number | undefined;
}
