import type { Input } from "../../files/files.ts";
import type { RecordOptions } from "../options.ts";
import { RecordOutputs } from "../outputs.ts";
import type { SessionOutput } from "./session_output.ts";

/** Where an input is recorded to: what keeps only its newest is loaded for that alone. */
export async function sessionOutput(
  states: Input & { onDump?: unknown },
  events: Input | undefined,
  options: RecordOptions,
): Promise<SessionOutput> {
  const { keep, schema } = options;
  const isLive = states.isLive === true;
  if (keep !== undefined) {
    const { KeptOutput } = await import("../keep/kept_output.ts");
    const kept = new KeptOutput(options, keep, isLive);
    if (states.endsAtStop) states.onDump = kept.dump;
    return kept;
  }
  const inputs = [states.name, events?.name, schema].filter((name) => name !== undefined);
  return new RecordOutputs(options, { inputs, isLive });
}
