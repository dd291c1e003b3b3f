import type { RunOptions } from "../../replication/run_options.ts";
import type { ConsumerTrace } from "./consumer_trace.ts";
import type { MissingReason } from "./packet_anatomy.ts";

/** Frames at which packets are due around the one that is wanted; undefined for none. */
export interface DueFrames {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** Why there is no packet at a frame that is recorded. */
export type UnsentReason = Exclude<MissingReason, "not-recorded">;

/** Why a consumer was sent no packet at a frame, on one line. */
export function missingText(
  missing: UnsentReason,
  { frame, consumer }: { readonly frame: number; readonly consumer: number },
  { joinedAt, leftAt, last }: Pick<ConsumerTrace, "joinedAt" | "leftAt" | "last">,
  { budgetKbps, sendEveryFrames, sendRateHz }: RunOptions,
  { before, after }: DueFrames,
): string {
  const start = `No packet goes to consumer ${consumer} at frame ${frame}`;
  switch (missing) {
    case "not-due": {
      const rate = sendRateHz === undefined
        ? `one goes every ${sendEveryFrames} recorded frames`
        : `${sendRateHz} go a second`;
      const near = [before, after].filter((due) => due !== undefined);
      const frames = near.length === 1 ? `frame ${near[0]}` : `frames ${near.join(" and ")}`;
      return `${start}: ${rate}, near it at ${frames}`;
    }
    case "not-connected":
      if (joinedAt === undefined) return `${start}: it has not joined by then`;
      return `${start}: it joined at frame ${joinedAt.frame} and left at frame ${leftAt?.frame}`;
    case "budget":
      return `${start}: its budget of ${budgetKbps} kbps allows none; ${
        last === undefined
          ? "it was sent none since it joined"
          : `the packet before it went at frame ${last.frame}`
      }`;
  }
}
