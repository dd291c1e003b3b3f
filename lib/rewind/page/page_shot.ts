import type { PageResult } from "./page_result.ts";
import type { PageView } from "./page_view.ts";

/** One shot of a page. */
export interface PageShot {
  /** Index of the shot. */
  readonly index: number;
  /** Frame. */
  readonly frame: number;
  /** Time in milliseconds. */
  readonly timeMs: number;
  /** Entity that shot. */
  readonly shooter: number;
  /** The game's verdict; left out when unknown. */
  readonly game?: number | "hit" | null;
  /** The numbers that policies read most. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Start of the ray. */
  readonly origin: readonly number[];
  /** Its unit vector. */
  readonly direction: readonly number[];
  /** Its length. */
  readonly lengthUnits: number;
  /** Its radius. */
  readonly radiusUnits: number;
  /** Whom each rewind hits: from, to, victim. */
  readonly spans: readonly (readonly [fromMs: number, toMs: number, victim: number | null])[];
  /** By policy; null for one that cannot judge the shot. */
  readonly results: readonly (PageResult | null)[];
  /** How far back it can be scrubbed, in milliseconds, where that is more than the page's. */
  readonly reachMs?: number;
  /** What the shooter saw; undefined when unknown. */
  readonly view?: PageView;
  /** Entities of the scene that are no targets of this shooter's; left out when all are. */
  readonly bystanders?: readonly number[];
  /** Entities of the scene that nobody names, nearest to the ray first; left out without any. */
  readonly others?: readonly number[];
  /** Entities with a body that are not drawn; left out when all are. */
  readonly undrawn?: number;
}
