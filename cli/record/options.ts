import type { DecimalMark, TimeUnit } from "../../mod.ts";

/** Options of `hindcast record`, as the command line gives them. */
export interface RecordOptions {
  readonly output: string;
  readonly force?: true;
  readonly events?: string;
  readonly schema?: string;
  readonly rate?: number;
  readonly timeUnit?: TimeUnit;
  readonly decimal?: DecimalMark;
  readonly sparse?: true;
  readonly every?: number;
  readonly despawnKey?: string;
  readonly format?: "rows" | "frames" | "csv";
  readonly frameKey: string;
  readonly timeKey: string;
  readonly idKey: string;
  readonly kindKey: string;
  readonly eventKey: string;
  readonly skipBad?: true;
  readonly preview?: true;
}
