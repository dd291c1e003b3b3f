import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { RecordingReader, Selection } from "../../lib/recording.ts";
import { RecordingPart } from "../../lib/tools/select/recording_part.ts";
import type { EntityId } from "../../lib/world.ts";
import { collect, U32_MAX } from "../arguments.ts";
import { asUsage } from "../errors/as_usage.ts";
import { usageError } from "../exit_code.ts";
import { warn } from "../terminal/terminal.ts";

/** Flags of a part of a recording, as the command line gives them. */
export interface SelectionFlags {
  readonly from?: string;
  readonly to?: string;
  readonly kinds?: readonly string[];
  readonly ids?: readonly string[];
  readonly fields?: readonly string[];
  readonly events?: "only" | "none";
}

/** What the flags of a part are called, and say in the help. */
export function selectionOptions(): Option[] {
  return [
    new Option("--from <moment>", "first frame: a frame, or a time such as 1500ms or 1.5s"),
    new Option("--to <moment>", "last frame, included, given alike"),
    new Option("--kinds <names>", "only these kinds, separated by commas").argParser(collect),
    new Option("--ids <ids>", "only these entities, separated by commas").argParser(collect),
    new Option("--fields <names>", "only these fields: x, or player.x of one kind")
      .argParser(collect),
    new Option("--events <which>", "events without states, or states without events")
      .choices(["only", "none"] as const),
  ];
}

/** Adds the flags of a part to a command. */
export function withSelection<T extends CommandUnknownOpts>(command: T): T {
  for (const option of selectionOptions()) command.addOption(option);
  return command;
}

/** Part of a recording that the flags name. @throws {CommandError} for one that it lacks */
export async function selectedPart(
  reader: RecordingReader,
  flags: SelectionFlags,
): Promise<RecordingPart> {
  const selection = await readSelection(reader, flags);
  return asUsage(() => RecordingPart.of(reader, selection));
}

/** Says which entities were asked for and never there. */
export function warnUnseen({ unseenIds }: { readonly unseenIds: readonly EntityId[] }): void {
  if (unseenIds.length === 0) return;
  warn(`note: no frame has the entities ${unseenIds.join(", ")} that --ids names`);
}

/**
 * Selection that flags name, of one recording or of several, whose frames are those of the first.
 *
 * @throws {CommandError} for a flag that is none
 */
export async function readSelection(
  reader: RecordingReader,
  flags: SelectionFlags,
  others: readonly RecordingReader[] = [],
): Promise<Selection> {
  if (flags.events === "only" && (flags.kinds ?? flags.ids ?? flags.fields) !== undefined) {
    throw usageError("--kinds, --ids and --fields choose states, and --events only leaves none");
  }
  const kinds = [reader, ...others].flatMap(({ schema }) => schema.kinds);
  const names = new Set(kinds.map(({ name }) => name));
  const fields = new Set(
    kinds.flatMap((kind) => kind.fields.flatMap(({ name }) => [name, `${kind.name}.${name}`])),
  );
  return {
    from: flags.from === undefined ? undefined : await frameOf(reader, "--from", flags.from),
    to: flags.to === undefined ? undefined : await frameOf(reader, "--to", flags.to),
    kinds: flags.kinds && listed(flags.kinds, names),
    ids: flags.ids && idsOf(flags.ids, [reader, ...others]),
    fields: flags.fields && listed(flags.fields, fields),
    events: flags.events,
  };
}

/** Items of lists with commas; a name that has commas itself is taken whole. */
function listed(lists: readonly string[], known: ReadonlySet<string>): string[] {
  return lists.flatMap((list) =>
    known.has(list) ? [list] : list.split(",").map((item) => item.trim())
  );
}

function idsOf(lists: readonly string[], readers: readonly RecordingReader[]): EntityId[] {
  const isId = (text: string) => readers.some(({ names }) => names.entitiesOf(text).length > 0);
  return listed(lists, new Set(lists.filter(isId))).map((text) => idOf(text, readers));
}

/** Id of a text: a number where it spells one. @throws {CommandError} for one that nothing has */
function idOf(text: string, readers: readonly RecordingReader[]): EntityId {
  const id = /^\d+$/.test(text) ? Number(text) : NaN;
  if (id <= U32_MAX && String(id) === text) return id;
  if (text !== "" && readers.some(({ names }) => names.list.length > 0)) return text;
  const isOfKind = readers.some(({ schema }) =>
    schema.kinds.some(({ name }) => text.startsWith(`${name}:`))
  );
  if (isOfKind) return text;
  throw usageError(`--ids has ${JSON.stringify(text)}, expected integers from 0 to ${U32_MAX}`);
}

const MOMENT = /^(\d+(?:\.\d+)?)(ms|s)$/;

/** Frame of a moment: of a time the first frame at or after it for a start, else the last by it. */
async function frameOf(
  reader: RecordingReader,
  flag: "--from" | "--to",
  text: string,
): Promise<number> {
  const frame = /^\d+$/.test(text) ? Number(text) : NaN;
  if (frame <= U32_MAX) return frame;
  const [, number, unit] = MOMENT.exec(text) ?? [];
  if (number === undefined) {
    throw usageError(
      `${flag} is ${
        JSON.stringify(text)
      }, expected a frame from 0 to ${U32_MAX}, or a time such as 1500ms or 1.5s`,
    );
  }
  const timeMs = Number(number) * (unit === "s" ? 1000 : 1);
  const before = await reader.frameAt(timeMs);
  const { firstFrame = 0 } = reader;
  if (flag === "--to") {
    if (before !== undefined) return before;
    throw usageError(`--to ${text} is before the first frame`);
  }
  if (before === undefined) return firstFrame;
  const answer = await reader.at(before);
  return answer.found && answer.state.timeMs < timeMs ? (before + 1) >>> 0 : before;
}
