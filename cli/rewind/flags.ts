import type { DamageFlags } from "../files/damage_option.ts";
import type { RunOptions } from "../../lib/report.ts";
import type { HitModel, RewindReportOptions, TeleportSpec } from "../../lib/rewind.ts";

/** What `hindcast rewind` takes. */
export interface RewindFlags extends DamageFlags {
  readonly shots?: string;
  readonly eventsFile?: string;
  readonly frameKey: string;
  readonly timeKey: string;
  readonly eventKey: string;
  readonly shot?: string[];
  readonly shotMap?: string;
  readonly reach?: number;
  readonly rayRadius?: number;
  readonly skipBad?: true;

  readonly shape?: string[];
  readonly shapes?: string;
  readonly alive?: string;
  readonly rewinds?: string;
  readonly up?: NonNullable<HitModel["up"]>;
  readonly handed?: NonNullable<HitModel["handed"]>;

  readonly policy?: string[];
  readonly ring?: number;
  readonly teleport?: TeleportSpec;
  readonly eventsFirst?: true;
  readonly ignoreRecorded?: true;
  readonly sweep?: Required<NonNullable<RewindReportOptions["sweep"]>>;

  readonly net?: string;
  readonly ack?: RunOptions["policy"];
  readonly codec?: RunOptions["codec"];
  readonly sendEvery?: number;
  readonly seed?: number;
  readonly interp?: number;

  readonly by?: "shooter";
  readonly list?: number;
  readonly details?: true;
  readonly json?: true;
  readonly explain?: number;
  readonly html?: string;
  readonly reportPage?: string;
  readonly repro?: string;
  readonly reproImport: string;
}
