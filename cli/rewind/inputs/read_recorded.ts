import type { RecordingReader } from "../../../lib/recording.ts";
import type { RewindFacts } from "../../../lib/rewind.ts";
import { readRewindFacts } from "../../../lib/rewind/live/rewind_facts.ts";
import { teleportText } from "../../../lib/rewind/past/teleport_text.ts";
import { LIVE_EVENT } from "../../../lib/rewind/shot/live_shots.ts";
import { CommandError } from "../../exit_code.ts";
import { messageOf } from "../../option_flags.ts";
import type { RewindFlags } from "../flags.ts";
import { describedShots } from "./shot_flags.ts";

/** What a recording says of its server's rewinds, where no flag says otherwise. */
export interface RecordedRules {
  /** Kinds whose shapes it gives. */
  readonly shapes?: readonly string[];
  /** Events that are shots. */
  readonly shots?: string;
  /** Policy that the server rewound by. */
  readonly policy?: string;
  /** Size of its ring in frames. */
  readonly ringFrames?: number;
  /** Which steps were teleports, as `--teleport` takes it. */
  readonly teleport?: string;
}

/** How the server that was recorded rewound; undefined when the file does not say. @throws {CommandError} */
export function readRecorded(path: string, reader: RecordingReader): RewindFacts | undefined {
  try {
    return readRewindFacts(reader.rewind);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new CommandError(
      `${messageOf(error)} (in ${path}); leave it aside with --ignore-recorded`,
    );
  }
}

/** The flags with what the recording says where they are silent, and what that is. */
export function withRecorded(
  flags: RewindFlags,
  recorded: RewindFacts | undefined,
  reader: RecordingReader,
): { readonly flags: RewindFlags; readonly rules: RecordedRules | undefined } {
  const isLive = flags.shotMap === "live" ||
    (recorded !== undefined && flags.shotMap === undefined);
  const names = flags.shots === undefined && flags.eventsFile === undefined &&
    describedShots(flags).length === 0 && reader.eventCounts.has(LIVE_EVENT);
  const shots = isLive && names ? LIVE_EVENT : undefined;
  const all = {
    ...flags,
    ...(isLive ? { shotMap: "live" } : {}),
    ...(shots === undefined ? {} : { shots }),
  };
  if (recorded === undefined) return { flags: all, rules: undefined };
  const { model, policy } = recorded;
  const ring = flags.ring === undefined ? recorded.ringFrames : undefined;
  const teleport = flags.teleport === undefined ? recorded.teleport : undefined;
  const saysShapes = flags.shape === undefined && flags.shapes === undefined;
  return {
    flags: {
      ...all,
      ...(ring === undefined ? {} : { ring }),
      ...(teleport === undefined ? {} : { teleport }),
    },
    rules: {
      ...(saysShapes ? { shapes: model.kinds.map(({ kind }) => kind) } : {}),
      ...(shots === undefined ? {} : { shots }),
      ...(policy === undefined || flags.policy !== undefined ? {} : { policy: policy.name }),
      ...(ring === undefined ? {} : { ringFrames: ring }),
      ...(teleport === undefined ? {} : { teleport: teleportText(teleport) }),
    },
  };
}
