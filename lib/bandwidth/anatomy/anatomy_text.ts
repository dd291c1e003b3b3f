import { visibleText } from "../../core/visible_text.ts";
import { COLORED, COLUMNS, PLAIN, proseCells, wrapped } from "../report/table_text.ts";
import { fateText, outcomeLines } from "./fate_text.ts";
import type { PacketAnatomy } from "./packet_anatomy.ts";
import { idText, treeLines } from "./tree_lines.ts";

/**
 * A packet as text, line by line: its parts as a tree with the bits of each, why its baseline is what
 * it is, and what became of it and those before it. Lines have at most so many columns, 60 or more (80); the tree no
 * more than 100.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { anatomyText, RUN_DEFAULTS, tracePacket } from "@hindcast/hindcast/report";
 * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast/world";
 *
 * const layout = new SnapshotLayout({
 *   kinds: [{ name: "ship", fields: [{ name: "x", type: "i16" }] }],
 * });
 * const entities = [{ id: 1, kind: "ship", fields: { x: 5 } }];
 * const frames = [Snapshot.of(layout, { frame: 3, timeMs: 50, entities })];
 * const [packet] = await tracePacket(layout, frames, [RUN_DEFAULTS], { frame: 3 });
 * assert.ok(packet !== undefined && "records" in packet);
 * const lines = [...anatomyText(packet)];
 * assert.equal(lines[0], "strict varint none: consumer 0, frame 3 at 50 ms");
 * ```
 */
export function* anatomyText(
  packet: PacketAnatomy,
  { isColored = false, columns = COLUMNS }: {
    readonly isColored?: boolean;
    readonly columns?: number;
  } = {},
): Generator<string, void, void> {
  const { run, consumer, frame, timeMs, waiting } = packet;
  const paint = isColored ? COLORED : PLAIN;
  const cells = proseCells(columns);
  const [title, ...rest] = wrapped(
    `${visibleText(run)}: consumer ${consumer}, frame ${frame} at ${timeMs} ms`,
    cells,
  );
  yield paint("bold", title!);
  yield* rest;
  yield "";
  yield* treeLines(packet, paint, cells);
  yield "";
  for (const sentence of [...packet.reason, fateText(packet.fate)]) {
    yield* wrapped(sentence, cells);
  }
  if (waiting !== null && waiting.length > 0) {
    const ids = waiting.map(idText).join(", ");
    yield* wrapped(`Waiting for the budget: ${ids}`, cells);
  }
  yield* outcomeLines(packet, paint, cells);
}
