import { CommandError, EXIT, usageError } from "../../exit_code.ts";
import { numberedPath } from "../../files/numbered_path.ts";
import { outputPlace } from "../../files/output_place.ts";
import { exitCodeOf } from "../../errors/failure.ts";
import { messageOf } from "../../option_flags.ts";
import { counted } from "../../terminal/counted.ts";
import { warn } from "../../terminal/terminal.ts";
import type { RecordOptions } from "../options.ts";
import { RecordOutputs } from "../outputs.ts";
import { freeNumber } from "../outputs/free_number.ts";
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
import { claimProducersPlace } from "./producers_place.ts";
import type { SeparateProducer } from "./separate_producer.ts";
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
  const release = await claimProducersPlace(outputPlace(options.output), options.force === true);
  try {
    await recordSeparately(addresses, options, flags, { stop, target });
  } finally {
    release();
  }
}

async function recordSeparately(
  addresses: readonly ListenAddress[],
  options: RecordOptions,
  flags: ListenFlags,
  { stop, target }: { readonly stop: StopSignal; readonly target: string },
): Promise<void> {
  const recordings: Promise<number>[] = [];
  const failures: SeparateProducer[] = [];
  let count = 0;
  const separate = new SeparateLines(({ name }, producer) => {
    const input = new LinesInput(name, flags, readOptions(options, ""), () => hall.makeRoom());
    count = options.force === true ? count + 1 : freeNumber(target, count + 1);
    const own = { ...options, output: numberedPath(target, count) };
    const output = new RecordOutputs(own, { inputs: [], isLive: true });
    const part = stop.part();
    const session = new RecordSession(input, undefined, own, { stop: part, output });
    const isOver = () => producer.isGone || stop.isRaised;
    const onFailure = (error: unknown) => {
      const why = error instanceof Error ? messageOf(error) : String(error);
      producer.fail(why, !output.isOpen);
      failures.push(producer);
      separate.drop(input);
      hall.makeRoom();
    };
    recordings.push(recorded(session, input, { isOver, onFailure }).finally(() => part.forget()));
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
  const lost = failures.reduce((sum, { lost }) => sum + lost, 0);
  const faults = [
    ...failed > 0
      ? [
        `${failed} of ${codes.length} recordings ${
          failed === 1 ? "lacks" : "lack"
        } something, see above`,
      ]
      : [],
    ...lost > 0 ? [`${counted(lost, "line")} of producers whose recording failed left out`] : [],
    ...hall.turnedAway > 0 ? [turnedAwayText(hall.turnedAway)] : [],
    ...cutOff > 0 ? [cutOffText(cutOff)] : [],
  ];
  if (faults.length > 0) throw new CommandError(faults.join(", "), code === 0 ? EXIT.loss : code);
}

/** What becomes of a recording that ends before its producer does. */
interface RecordedOptions {
  /** True once the producer is gone, or the user stops. */
  readonly isOver: () => boolean;
  /** Called with why it has ended before. */
  readonly onFailure: (error: unknown) => void;
}

/** Records one producer, and says how it ended. @returns its exit code */
async function recorded(
  session: RecordSession,
  { name, lines }: LinesInput,
  { isOver, onFailure }: RecordedOptions,
): Promise<number> {
  try {
    await session.run();
    return 0;
  } catch (error) {
    if (isOver() && lines.counts.bytes === 0) {
      warn(`${name} sent nothing`);
      return 0;
    }
    const code = exitCodeOf(error);
    if (!isOver()) onFailure(error);
    return code;
  } finally {
    lines.end();
  }
}
