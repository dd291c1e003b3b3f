import { CommandError, EXIT, usageError } from "../../exit_code.ts";
import { numberedPath } from "../../files/numbered_path.ts";
import { outputPlace } from "../../files/output_place.ts";
import { exitCodeOf } from "../../errors/failure.ts";
import { warn } from "../../terminal/terminal.ts";
import type { RecordOptions } from "../options.ts";
import { RecordOutputs } from "../outputs.ts";
import { readOptions } from "../read_options.ts";
import { RecordSession } from "../session.ts";
import type { StopSignal } from "../stop_signal.ts";
import { drained } from "./drained.ts";
import { Hall } from "./hall.ts";
import { cutOffText, refusedText, turnedAwayText } from "./counts_text.ts";
import type { ListenAddress } from "./listen_address.ts";
import type { ListenFlags } from "./listen_flags.ts";
import { LinesInput } from "./lines_input.ts";
import { Listeners } from "./listeners.ts";
import { TICK_MS } from "./live_input.ts";
import { SeparateLines } from "./separate_lines.ts";

/**
 * Records each producer to a file of its own, OUT-1, OUT-2 and so on, until the user stops. One that
 * comes again has another file.
 *
 * @throws {CommandError} with the exit code of the worst
 */
export async function recordProducers(
  addresses: readonly ListenAddress[],
  options: RecordOptions,
  flags: ListenFlags,
  stop: StopSignal,
): Promise<void> {
  const { kind, target } = outputPlace(options.output);
  if (kind === "stream") {
    throw usageError(
      `--per-producer makes several recordings, which ${options.output} cannot take; name a file`,
    );
  }
  const recordings: Promise<number>[] = [];
  let count = 0;
  const separate = new SeparateLines(({ name }) => {
    const input = new LinesInput(name, flags, readOptions(options, ""), () => hall.makeRoom());
    const own = { ...options, output: numberedPath(target, ++count) };
    const output = new RecordOutputs(own, { inputs: [], isLive: true });
    const session = new RecordSession(input, undefined, own, { stop, output });
    recordings.push(recorded(session, input));
    return input;
  });
  const hall = new Hall(separate, flags);
  let cutOff = 0;
  const listeners = new Listeners();
  const timer = setInterval(() => separate.tick(performance.now()), TICK_MS);
  try {
    await listeners.open(addresses, hall);
    await new Promise<void>((resolve) => stop.onceRaised(resolve));
    cutOff = await drained(hall);
    separate.stop();
    await Promise.all(recordings);
  } finally {
    clearInterval(timer);
    await listeners.close();
    separate.end();
  }
  if (hall.refused > 0) warn(refusedText(hall.refused));
  const codes = await Promise.all(recordings);
  const code = codes.includes(1) ? 1 : Math.max(0, ...codes);
  const failed = codes.filter((code) => code !== 0).length;
  const faults = [
    ...failed > 0
      ? [
        `${failed} of ${codes.length} recordings ${
          failed === 1 ? "lacks" : "lack"
        } something, see above`,
      ]
      : [],
    ...hall.turnedAway > 0 ? [turnedAwayText(hall.turnedAway)] : [],
    ...cutOff > 0 ? [cutOffText(cutOff)] : [],
  ];
  if (faults.length > 0) throw new CommandError(faults.join(", "), code === 0 ? EXIT.loss : code);
}

/** Records one producer, and says how it ended. @returns its exit code */
async function recorded(session: RecordSession, { name, lines }: LinesInput): Promise<number> {
  try {
    await session.run();
    return 0;
  } catch (error) {
    if (lines.counts.bytes === 0) {
      warn(`${name} sent nothing`);
      return 0;
    }
    return exitCodeOf(error);
  } finally {
    lines.end();
  }
}
