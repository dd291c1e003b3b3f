import { type Paint, wrapped } from "../report/table_text.ts";
import type { EarlierPacket, PacketAnatomy, PacketFate } from "./packet_anatomy.ts";

/** What became of a packet, as a sentence. */
export function fateText({ outcome, latencyMs, wrongFields }: PacketFate): string {
  const arrived = `The packet arrived after ${msText(latencyMs)}`;
  switch (outcome) {
    case "lost":
      return "The packet was lost.";
    case "applied":
      return wrongFields === null || wrongFields === 0
        ? `${arrived} and was applied.`
        : `${arrived} and was applied; ${fieldsText(wrongFields)} wrong with the consumer then.`;
    case "late":
      return `${arrived}, later than a newer one, and was left aside.`;
    case "missing-baseline":
      return `${arrived} and could not be applied: the consumer held nothing to apply it to.`;
    case "disconnected":
      return "The packet was on its way when the consumer disconnected.";
    case "on-its-way":
      return `The packet is still on its way at the end of the recording: ${
        latencyMs === null ? "it does not arrive." : `it takes ${msText(latencyMs)}.`
      }`;
  }
}

/** What had become of the packets before, neighbours of one fate in one line. */
export function* outcomeLines(
  { ack, ackedFrame, appliedFrame, between, betweenLeftOut }: PacketAnatomy,
  paint: Paint,
  cells: number,
): Generator<string, void, void> {
  if (between.length === 0) return;
  yield "";
  const since = ack === "append" && appliedFrame !== null
    ? `Packets since frame ${appliedFrame}, which the consumer had applied last`
    : ackedFrame !== null
    ? `Packets since the acked frame ${ackedFrame}`
    : "Packets since the consumer joined";
  for (const line of wrapped(`${since}, as it stood when this one was sent:`, cells)) {
    yield paint("bold", line);
  }
  if (betweenLeftOut > 0) yield `  ${betweenLeftOut} earlier ones are not listed`;
  const runs = runsOf(between);
  const names = runs.map((run) =>
    run.length === 1
      ? `frame ${run[0]!.frame}`
      : `frames ${run[0]!.frame} to ${run.at(-1)!.frame} (${run.length})`
  );
  const width = Math.max(...names.map(({ length }) => length));
  for (const [i, run] of runs.entries()) {
    const [first, ...rest] = wrapped(runText(run), cells - width - 4);
    yield `  ${names[i]!.padEnd(width)}  ${first}`;
    for (const line of rest) yield " ".repeat(width + 4) + line;
  }
}

/** Packets in a row with the same fate. */
function runsOf(packets: readonly EarlierPacket[]): EarlierPacket[][] {
  const runs: EarlierPacket[][] = [];
  for (const packet of packets) {
    const before = runs.at(-1)?.[0];
    if (before?.outcome === packet.outcome && before.ack === packet.ack) runs.at(-1)!.push(packet);
    else runs.push([packet]);
  }
  return runs;
}

const ACKS = {
  back: "its ack had come",
  "on-its-way": "its ack on its way",
  lost: "its ack lost",
} as const;

function runText(run: readonly EarlierPacket[]): string {
  const { outcome, ack } = run[0]!;
  const times = run.map(({ latencyMs }) => latencyMs).filter((ms) => ms !== null);
  const [least, most] = [Math.min(...times), Math.max(...times)];
  const after = least === most ? msText(least) : `${msText(least)} to ${msText(most)}`;
  switch (outcome) {
    case "lost":
      return "lost";
    case "on-its-way":
      return "on its way";
    case "applied":
      return `applied after ${after}${ack === null ? "" : `, ${ACKS[ack]}`}`;
    case "late":
      return `late: arrived after ${after}, later than a newer one`;
    case "missing-baseline":
      return `discarded: arrived after ${after} at a consumer without a state to apply it to`;
    case "disconnected":
      return "discarded: the consumer had disconnected";
  }
}

function fieldsText(count: number): string {
  return count === 1 ? "1 field was" : `${count} fields were`;
}

function msText(ms: number | null): string {
  return `${Math.round((ms ?? 0) * 10) / 10} ms`;
}
