import type { ReadStatesOptions } from "../../lib/ingest.ts";
import type { ListenFlags } from "./listen/listen_flags.ts";
import type { KeepFlags } from "./keep/keep_flags.ts";
import type { OutputFlags } from "./outputs/output_flags.ts";

/** Options that say how an input is to be read, as the command line gives them. */
export interface InputOptions {
  readonly rate?: number;
  readonly timeUnit?: ReadStatesOptions["timeUnit"];
  readonly decimal?: ReadStatesOptions["decimal"];
  readonly sparse?: true;
  readonly every?: number;
  readonly despawnKey?: string;
  readonly format?: ReadStatesOptions["format"];
  readonly frameKey: string;
  readonly timeKey: string;
  readonly idKey: string;
  readonly kindKey: string;
  readonly entities?: readonly string[];
  readonly leaveOut?: readonly string[];
  readonly exclude?: readonly string[];
  readonly idsByKind?: true;
  readonly generationKey?: string;
  readonly frameBits?: "8" | "16";
  readonly frameOffset?: number;
  readonly onRestart?: "stop" | "split";
  readonly eventWindow?: number;
  readonly eventKey: string;
  readonly skipBad?: true;
}

/** Options of `hindcast record`. */
export interface RecordOptions extends InputOptions, Partial<ListenFlags>, OutputFlags, KeepFlags {
  readonly schema?: string;
  readonly output: string;
  readonly force?: true;
  readonly events?: string;
  readonly preview?: true;
}

/** Options as the command line gives them. */
export interface GivenRecordOptions
  extends Omit<RecordOptions, "output" | keyof ListenFlags>, ListenFlags {
  readonly output?: string;
  readonly check?: true;
  readonly json?: true;
}
