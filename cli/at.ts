import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";
import type { RecordingReader } from "../lib/recording.ts";
import type { ReadonlyEntityNames, Snapshot } from "../lib/world.ts";
import { integer, milliseconds, U32_MAX } from "./arguments.ts";
import { CommandError, usageError } from "./exit_code.ts";
import { jsonText } from "./terminal/json_text.ts";
import { type DamageFlags, withDamage } from "./files/damage_option.ts";
import { openRecording } from "./files/open_recording.ts";
import { type NamedState, stateLines } from "./at/state_lines.ts";
import { print, printLines } from "./terminal/terminal.ts";

interface AtOptions extends DamageFlags {
  readonly frame?: number;
  readonly time?: number;
  readonly ring?: number;
  readonly now?: number;
  readonly entity?: string;
  readonly json?: true;
}

/** `hindcast at`: the world at a frame. */
export function atCommand(command: Command): CommandUnknownOpts {
  return withDamage(
    command
      .argument("<recording>", "MCAP file that hindcast record wrote")
      .option("--frame <n>", "frame", integer(0, U32_MAX))
      .option("--time <ms>", "newest frame at or before this time", milliseconds)
      .option("--ring <size>", "answer as a ring of so many frames would", integer(1, 1 << 24))
      .option(
        "--now <frame>",
        "with --ring: newest frame pushed; the last unless given",
        integer(0, U32_MAX),
      )
      .option("--entity <id>", "only this entity, by its id, or KIND:ID of one kind")
      .option("--json", "print JSON"),
  )
    .action(at);
}

async function at(path: string, options: AtOptions): Promise<void> {
  if ((options.frame === undefined) === (options.time === undefined)) {
    throw usageError("Name the moment by --frame N or by --time MS, one of them");
  }
  if (options.now !== undefined && options.ring === undefined) {
    throw usageError("--now F needs --ring SIZE");
  }
  const reader = await openRecording(path, options);
  const frame = options.frame ?? await reader.frameAt(options.time!);
  const recorded = frame === undefined ? BEFORE_ALL : await answerFor(reader, frame, options);
  const answer = isLost(recorded, reader) ? { ...recorded, reason: "lost" as const } : recorded;
  const states = answer.found ? namedStates(answer.state, reader.names, options.entity) : [];
  if (options.json) await print(jsonText(answerJson(answer, states)) + "\n");
  else await printLines(answerLines(answer, states));
}

/** A time before the first frame. */
const BEFORE_ALL = { found: false, frame: null, reason: "never" } as const;

/** What is known of a frame, or of a time before all frames. */
type Recorded = Awaited<ReturnType<RecordingReader["at"]>> | typeof BEFORE_ALL;

/** The same, of a frame of a damaged recording as well. */
type Answer = Recorded | { readonly found: false; readonly frame: number; readonly reason: "lost" };

/** True for a frame that is not there, and stands where frames are lost. */
function isLost(
  answer: Recorded,
  reader: RecordingReader,
): answer is Recorded & { readonly found: false; readonly frame: number } {
  if (answer.found || answer.frame === null || reader.firstFrame === undefined) return false;
  if (answer.reason === "evicted") return false;
  // From the first frame that is read, around 2^32; negative before it.
  const placeOf = (frame: number) => (frame - reader.firstFrame!) | 0;
  const at = placeOf(answer.frame);
  // How far it went that came behind the last frame nobody knows.
  return (reader.damage?.lost ?? []).some(({ known, after, before }) =>
    known === undefined
      ? before !== undefined && at < placeOf(before) && (after === undefined || at > placeOf(after))
      : at >= placeOf(known.from) && at <= placeOf(known.to)
  );
}

async function answerFor(
  reader: RecordingReader,
  frame: number,
  { ring: size, now }: AtOptions,
): Promise<Recorded> {
  if (size === undefined) return await reader.at(frame);
  const newest = now ?? reader.lastFrame;
  const isThere = newest !== undefined && (await reader.at(newest)).found;
  if (!isThere) {
    throw new CommandError(
      `Cannot push frame ${
        newest ?? "-"
      }: it is not recorded; --now takes a recorded frame, ${reader.firstFrame} to ${reader.lastFrame}`,
    );
  }
  return await reader.atRing(frame, { size, newest });
}

function answerJson(answer: Answer, states: readonly NamedState[]): object {
  if (!answer.found) return { frame: answer.frame, found: false, reason: answer.reason };
  const { kinds } = answer.state.layout.schema;
  const keys = new Map(kinds.map(({ name, fields }) => [name, flatKeys(fields)]));
  const entities = states.map(({ id, kind, fields }) => ({
    id,
    kind,
    ...Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [keys.get(kind)!.get(name)!, value]),
    ),
  }));
  return { frame: answer.frame, timeMs: answer.state.timeMs, found: true, entities };
}

/**
 * Keys of a kind's fields beside `id` and `kind`: a field of such a name gets `field.` in front, as
 * often as no other field has the name. Fields that an entity lacks count, so that a field has one
 * key in all frames.
 */
function flatKeys(fields: readonly { readonly name: string }[]): ReadonlyMap<string, string> {
  const taken = new Set(["id", "kind", ...fields.map(({ name }) => name)]);
  return new Map(fields.map(({ name }) => {
    if (name !== "id" && name !== "kind") return [name, name];
    let key = name;
    while (taken.has(key)) key = `field.${key}`;
    return [name, key];
  }));
}

/** States of a snapshot, or of the entities that a text names alone: by their id, or `KIND:ID`. */
function namedStates(
  snapshot: Snapshot,
  names: ReadonlyEntityNames,
  entity: string | undefined,
): readonly NamedState[] {
  const states = snapshot.toFrame().entities.map((state) => ({
    ...state,
    id: names.idOf(state.id),
  }));
  if (entity === undefined) return states;
  const named = states.filter(({ id }) => String(id) === entity);
  return named.length > 0 ? named : states.filter(({ id, kind }) => `${kind}:${id}` === entity);
}

const REASONS = {
  never: "it was never recorded",
  lost: "it is lost",
  evicted: "the ring has given its place to a later frame",
  future: "it lies after the newest frame",
} as const;

function answerLines(answer: Answer, states: readonly NamedState[]): string[] {
  if (answer.frame === null) return ["no frame is that old: the recording starts later"];
  if (!answer.found) return [`frame ${answer.frame}: not there, ${REASONS[answer.reason]}`];
  const count = states.length === 1 ? "1 entity" : `${states.length} entities`;
  return [`frame ${answer.frame} at ${answer.state.timeMs} ms: ${count}`, ...stateLines(states)];
}
