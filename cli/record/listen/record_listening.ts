import { usageError } from "../../exit_code.ts";
import { inputOf } from "../../files/files.ts";
import type { RecordOptions } from "../options.ts";
import { readOptions } from "../read_options.ts";
import { sessionOutput } from "../outputs/open_output.ts";
import { RecordSession } from "../session.ts";
import { StopSignal } from "../stop_signal.ts";
import { listenAddresses, type ListenFlags } from "./listen_flags.ts";
import { LiveInput } from "./live_input.ts";
import { recordProducers } from "./record_producers.ts";

/** Records what producers send, until the user stops. @throws {CommandError} */
export async function recordListening(
  path: string,
  given: RecordOptions,
  flags: ListenFlags,
): Promise<void> {
  if (path !== "-") {
    throw usageError(`--listen records what producers send; leave out the input ${path}`);
  }
  if (given.format === "csv") {
    throw usageError("--listen takes JSON, an object a line; leave out --format csv");
  }
  const addresses = listenAddresses(flags);
  // A line of one producer must not end what the others send.
  const options: RecordOptions = { ...given, skipBad: true };
  if (flags.perProducer && given.events !== undefined) {
    throw usageError("--per-producer has no events beside the producers; leave out --events");
  }
  const events = given.events === undefined ? undefined : inputOf(given.events);
  const stop = new StopSignal();
  try {
    if (flags.perProducer) return await recordProducers(addresses, options, flags, stop);
    const states = new LiveInput(addresses, flags, readOptions(options, ""), stop);
    const output = await sessionOutput(states, events, options);
    await new RecordSession(states, events, options, { stop, output }).run()
      .finally(() => states.closed());
  } finally {
    stop.forget();
  }
}
