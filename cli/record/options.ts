import type { ReadStatesOptions } from "../../lib/ingest.ts";

/** Options of `hindcast record`, as the command line gives them. */
export interface RecordOptions {
  readonly output: string;
  readonly force?: true;
  readonly events?: string;
  readonly schema?: string;
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
  readonly idsByKind?: true;
  readonly generationKey?: string;
  readonly frameBits?: "8" | "16";
  readonly frameOffset?: number;
  readonly onRestart?: "stop" | "split";
  readonly eventWindow?: number;
  readonly eventKey: string;
  readonly skipBad?: true;
  readonly preview?: true;
}
