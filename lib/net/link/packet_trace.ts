import type { DelayModel } from "./delay.ts";
import { LineReader } from "./line_reader.ts";
import type { PacketTrace } from "./link_spec.ts";
import type { LossModel } from "./loss.ts";
import { RunLengths } from "./run_lengths.ts";

/** Packets that a trace may have. */
export const TRACE_PACKETS_MAX = 1_000_000;

const HEADER = "packet,send_ms,delay_ms,lost";
const DELAY_MS_MAX = 60_000;
const NUMBER = /^\d{1,12}(\.\d{1,12})?$/;

/**
 * Reads a packet trace: CSV with the header `packet,send_ms,delay_ms,lost`.
 *
 * Packets are numbered without a gap, send times never fall, a delay is 0 .. 60000 ms, `lost` is 0
 * or 1, and the delay of a lost packet may be empty.
 *
 * @param text content of the file
 * @param file name for errors
 * @throws {NetSpecError} with the line, if it is not so, if there is no packet or more than a million
 */
export function parsePacketTrace(text: string, file: string): PacketTrace {
  const lines = new LineReader(text, file);
  if (lines.next() !== HEADER) {
    throw lines.fault(`the header is ${lines.quoted()}`, `begin the file with ${HEADER}`);
  }
  const delaysUs: number[] = [];
  const lost: number[] = [];
  let firstPacket = 0;
  let lastSendMs = 0;
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const [packetText = "", sendText = "", delayText = "", lostText = "", ...more] = line.split(
      ",",
      5,
    );
    if (more.length > 0 || !/^\d{1,10}$/.test(packetText) || !NUMBER.test(sendText)) {
      throw lines.fault(
        `${lines.quoted()} is no row of ${HEADER}`,
        "write it as 7,140.000,24.000,0",
      );
    }
    if (lost.length === 0) firstPacket = Number(packetText);
    if (Number(packetText) !== firstPacket + lost.length) {
      throw lines.fault(
        `packet is ${packetText}, expected ${firstPacket + lost.length}`,
        "give each packet a row; one that did not arrive has lost=1",
      );
    }
    if (Number(sendText) < lastSendMs) {
      throw lines.fault(
        `send_ms falls from ${lastSendMs} to ${sendText}`,
        "sort by time of sending",
      );
    }
    lastSendMs = Number(sendText);
    if (lostText !== "0" && lostText !== "1") {
      throw lines.fault(
        `lost is not 0 or 1 in ${lines.quoted()}`,
        "write 1 for a lost packet, else 0",
      );
    }
    const needsDelay = lostText === "0" || delayText !== "";
    if (needsDelay && !(NUMBER.test(delayText) && Number(delayText) <= DELAY_MS_MAX)) {
      throw lines.fault(
        `delay_ms is no number from 0 to ${DELAY_MS_MAX} in ${lines.quoted()}`,
        "write one-way milliseconds, or mark the packet as lost",
      );
    }
    if (lost.length === TRACE_PACKETS_MAX) {
      throw lines.fault(
        `more than ${TRACE_PACKETS_MAX} packets`,
        "cut the file: it loops at its end",
      );
    }
    delaysUs.push(lostText === "1" ? 0 : Math.round(Number(delayText) * 1000));
    lost.push(Number(lostText));
  }
  if (lost.length === 0) throw lines.fault("it has no packet", "add at least one row");
  return { delaysUs: Float64Array.from(delaysUs), lost: Uint8Array.from(lost) };
}

/**
 * Replays a trace: the n-th packet of each line has the fate of the n-th row, whatever its size and
 * time of sending, and after the last row it begins again at the first. It draws nothing, so every
 * line with the same trace loses the same packets.
 */
export class TraceReplay implements LossModel, DelayModel {
  readonly lossRuns: RunLengths;
  readonly badStay: undefined = undefined;
  readonly #trace: PacketTrace;
  /** By line, the row of the newest packet. */
  readonly #rows: Int32Array;

  /**
   * Begins before the first row.
   *
   * @throws {RangeError} if the trace has no packet, or its arrays differ in length
   */
  constructor(trace: PacketTrace, lines: number = 1) {
    if (trace.lost.length === 0 || trace.lost.length !== trace.delaysUs.length) {
      throw new RangeError(
        `Cannot replay ${trace.lost.length} losses with ${trace.delaysUs.length} delays`,
      );
    }
    this.#trace = trace;
    this.#rows = new Int32Array(lines).fill(-1);
    this.lossRuns = new RunLengths(lines);
  }

  isLost(line: number = 0): boolean {
    const next = this.#rows[line]! + 1;
    const row = this.#rows[line] = next === this.#trace.lost.length ? 0 : next;
    const lost = this.#trace.lost[row] !== 0;
    this.lossRuns.count(lost, line);
    return lost;
  }

  /** Delay of the packet that {@linkcode TraceReplay.isLost} was asked about last. */
  nextDelayUs(line: number = 0): number {
    return this.#trace.delaysUs[this.#rows[line]!]!;
  }
}
