import type { OptionNaming } from "../../../core/remedy.ts";
import type { EntityIds } from "../../ids/entity_ids.ts";
import type { Cause, CauseRule } from "../../verdict/cause/cause.ts";
import { causeClaim, type CauseFacts } from "../../verdict/cause/cause_sentence.ts";

/** With what a policy and the game would agree on a shot, and what speaks for it. */
export interface PageClaim {
  /** "they would agree if ..." or a fact that no change can mend, without a full stop. */
  readonly text: string;
  /** Other shots on which the same change makes them agree; left out when not counted. */
  readonly others?: number;
  /** Index of a shot that contradicts it; left out when none does or none was looked at. */
  readonly contradictedBy?: number;
  /** Changes that are a reason of as many shots; left out when there is none. */
  readonly rivals?: readonly { readonly rule: CauseRule; readonly others: number }[];
  /** Other changes that make them agree on this shot; left out when there is none. */
  readonly also?: readonly CauseRule[];
}

/** Gathers what a page says of a disagreement. */
export function pageClaim(
  cause: Cause,
  facts: CauseFacts,
  { ids, nameOf }: {
    readonly ids: EntityIds | undefined;
    readonly nameOf: OptionNaming | undefined;
  },
): PageClaim {
  const { changes = [], contradictedBy, rivals = [], sharedBy } = cause;
  const told = new Set([cause.rule, ...rivals.map(({ rule }) => rule)]);
  const also = [...new Set(changes.map(({ rule }) => rule))].filter((rule) => !told.has(rule));
  return {
    text: causeClaim(cause, facts, nameOf, ids),
    ...(sharedBy === undefined ? {} : { others: sharedBy - 1 }),
    ...(contradictedBy === undefined ? {} : { contradictedBy }),
    ...(rivals.length === 0
      ? {}
      : { rivals: rivals.map((rival) => ({ rule: rival.rule, others: rival.sharedBy - 1 })) }),
    ...(also.length === 0 ? {} : { also }),
  };
}
