import type { NoPacket, PacketAnatomy, RunOptions } from "../../lib/report.ts";
import { anatomyText } from "../../lib/bandwidth/anatomy/anatomy_text.ts";
import { tracePacket } from "../../lib/bandwidth/meter/trace_packet.ts";
import type { RecordingReader } from "../../lib/recording.ts";
import { CommandError, EXIT, usageError } from "../exit_code.ts";
import { jsonText } from "../terminal/json_text.ts";
import { outputBar } from "../terminal/output_bar.ts";
import { terminalColumns } from "../terminal/columns.ts";
import { hasColor, print, printLines, Progress, warn } from "../terminal/terminal.ts";
import type { ReportOptions } from "./options.ts";

/** Lines that are written in one go. */
const LINES_AT_ONCE = 1000;

/** Refuses a consumer without the frame of its packet. @throws {CommandError} */
export function refuseLoneConsumer({ frame, consumer }: ReportOptions): void {
  if (consumer === undefined || frame !== undefined) return;
  throw usageError(
    "--consumer needs --frame, which packet of it is meant; --consumers says how many there are",
  );
}

/** Refuses a consumer that a run lacks. @throws {CommandError} */
function assertConsumer(consumer: number, runs: readonly RunOptions[]): void {
  const counts = runs.map(({ consumers }) => consumers);
  const least = Math.min(...counts);
  if (consumer < least) return;
  const [range, count] = least === 1
    ? ["0", "there is one"]
    : [`0 to ${least - 1}`, `there are ${least}`];
  const where = counts.every((consumers) => consumers === least) ? "" : " in the smallest run";
  throw usageError(
    `--consumer is ${consumer}, expected ${range}: ${count}${where}, counted from 0; --consumers adds more`,
  );
}

/**
 * Prints the packet of a frame in every run; as JSON also what is known of a run that has none.
 *
 * @param made how it was made, for the JSON
 * @throws {CommandError} where a run has none, or lacks the consumer
 */
export async function printAnatomy(
  made: object,
  reader: RecordingReader,
  runs: readonly RunOptions[],
  { frame, consumer = 0, json }: ReportOptions,
): Promise<void> {
  assertConsumer(consumer, runs);
  const progress = new Progress();
  let packets: readonly (PacketAnatomy | NoPacket)[];
  try {
    const onFrame = outputBar(progress, [], "sending", reader.frameCount);
    packets = await tracePacket(reader.layout, reader.snapshots(), runs, {
      frame: frame!,
      consumer,
      names: reader.names,
      onProgress: () => onFrame(),
    });
  } finally {
    progress.clear();
  }
  const missing = packets.filter((packet) => "missing" in packet);
  if (json) await print(jsonText({ ...made, packets }) + "\n");
  else await printTrees(packets.filter((packet) => "records" in packet));
  if (missing.length === 0) return;
  const texts = textsOf(missing, missing.length === packets.length);
  for (const text of texts.slice(0, -1)) warn(`hindcast: ${text}`);
  throw new CommandError(texts.at(-1)!, isUsage(missing[0]!) ? EXIT.usage : EXIT.fault);
}

/** Why packets are missing, by run where that is not the same for all of them. */
function textsOf(missing: readonly NoPacket[], isAll: boolean): string[] {
  const texts = [...new Set(missing.map(({ text }) => text))];
  return isAll && texts.length === 1 ? texts : missing.map(({ run, text }) => `${run}: ${text}`);
}

/** True where the command line names a frame at which nothing is sent to anybody. */
function isUsage({ missing }: NoPacket): boolean {
  return missing === "not-recorded" || missing === "not-due";
}

async function printTrees(packets: readonly PacketAnatomy[]): Promise<void> {
  const isColored = hasColor();
  const columns = terminalColumns();
  let lines: string[] = [];
  for (const [i, packet] of packets.entries()) {
    if (i > 0) lines.push("");
    for (const line of anatomyText(packet, { isColored, columns })) {
      lines.push(line);
      if (lines.length < LINES_AT_ONCE) continue;
      await printLines(lines);
      lines = [];
    }
  }
  await printLines(lines);
}
