import type { TeleportRule } from "./teleport.ts";

/** What is known of the steps of one kind. */
export interface KindSteps {
  /** Name of the kind. */
  readonly kind: string;
  /** Steps of its entities from frame to frame, those of length 0 left out. */
  readonly steps: number;
  /** Median of those in units a frame interval; 0 without steps. */
  readonly medianUnits: number;
  /** Limit in units a frame interval; Infinity where no step stands apart. */
  readonly limitUnits: number;
  /** Steps above it. */
  readonly above: number;
  /** Widest step below it. */
  readonly widestBelow: number;
  /** How the limit was found: `gap` in the steps, from the target's `size` and median, or `none`. */
  readonly from: "gap" | "size" | "none";
}

/** Answer of {@linkcode findTeleports}. */
export interface FoundTeleports {
  /** The rule. */
  readonly rule: Extract<TeleportRule, { readonly by: "pace" }>;
  /** What it was found from, by kind of the model; kinds without shapes are left out. */
  readonly kinds: readonly KindSteps[];
}
