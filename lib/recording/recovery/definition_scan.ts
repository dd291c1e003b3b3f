import { ByteSyntaxError } from "../../core/bytes/bytes.ts";
import { OPCODE } from "../container/mcap_records.ts";
import type { RecordingSource } from "../container/sink.ts";
import {
  DefinitionRepair,
  type Patch,
  REPAIRED_BYTES_MAX,
} from "../definitions/definition_repair.ts";
import { FoundChannels } from "../definitions/found_channels.ts";
import { type Definition, type FoundRecord, readDefinition } from "../definitions/found_record.ts";
import { DamageLog } from "./damage_log.ts";
import { PatchedSource } from "./patched_source.ts";
import { scanRecords } from "./record_scan.ts";
import { headOf, SHAPE_BYTES } from "./record_shape.ts";
import { walkRecords } from "./record_walk.ts";
import { SourceWindow } from "./source_window.ts";

/** What can be found of schemas and channels without an index. */
interface FoundDefinitions {
  /** Schemas and channels that a summary repeats, of which no CRC speaks. */
  readonly repeated: readonly Definition[];
  /** Bytes of schemas and channels among the data that are wrong. */
  readonly patches: readonly Patch[];
}

/** Records that no schema and no channel is. */
const OTHERS: ReadonlySet<number> = new Set([
  OPCODE.chunk,
  OPCODE.messageIndex,
  OPCODE.attachment,
  OPCODE.metadata,
  OPCODE.dataEnd,
  OPCODE.footer,
]);

/** Schemas and channels of a summary that are taken; a hostile one has no end of them. */
const REPEATED_MAX = 1 << 17;

/** Bytes of a definition that are read. */
const DEFINITION_BYTES_MAX = 1 << 26;

/** Bytes of the file, in parts of it, that are looked at for a record inside another. */
const LOOKS = 0.5;

/** Wrong bits that are set right in a file. */
const PATCHES_MAX = 16;

/**
 * Records of a file whose index is lost, the schemas and channels that its summary repeats before
 * them, and those of which a bit is wrong set right.
 *
 * @param start byte of the file at which to begin
 * @param log takes what is at fault
 * @param options `isRepeated`: false where the summary is of another recording
 */
export async function* scanAll(
  source: RecordingSource,
  start: number,
  log: DamageLog,
  { isRepeated = true }: { readonly isRepeated?: boolean } = {},
): AsyncGenerator<FoundRecord, void, void> {
  const { patches, repeated } = await scanDefinitions(source, start);
  const problem = "a bit was wrong, and its hash says which";
  for (const { at } of patches) {
    log.add({ section: MENDED, offset: at, problem }, undefined, "nothing");
  }
  if (isRepeated) yield* repeated;
  const mended = patches.length === 0 ? source : new PatchedSource(source, patches);
  yield* scanRecords(mended, start, log);
}

/** Section of the fault that a schema or a channel is which could be set right. */
const MENDED = "mended schema";

/**
 * Looks through a file whose index is lost for what its blocks are read by, which has no CRC: goes
 * through its records once more than is needed.
 *
 * @param start byte at which its records begin
 */
async function scanDefinitions(
  source: RecordingSource,
  start: number,
): Promise<FoundDefinitions> {
  const window = new SourceWindow(source);
  // Each goes forward alone: a window that went back and forth would read all again and again.
  const regions = new SourceWindow(source);
  const repair = new DefinitionRepair();
  const patches: Patch[] = [];
  let regionStart = start;
  let dataEnd: number | undefined;
  // What the data say is what their blocks were written by, and not what stands behind them.
  const own = new FoundChannels(true);
  for await (
    const { length, offset, opcode } of walkRecords(window, start, new DamageLog(), LOOKS)
  ) {
    if (!OTHERS.has(opcode)) {
      if (length <= REPAIRED_BYTES_MAX) take(own, await regions.bytes(offset, length), offset);
      continue;
    }
    const size = offset - regionStart;
    if (size > 0 && size <= REPAIRED_BYTES_MAX && patches.length < PATCHES_MAX) {
      const bytes = await regions.bytes(regionStart, size);
      const patch = holdsDefinition(bytes) ? repair.find(bytes) : undefined;
      if (patch !== undefined) patches.push({ ...patch, at: regionStart + patch.at });
    }
    regionStart = offset + length;
    if (opcode === OPCODE.dataEnd) dataEnd = regionStart;
  }
  const repeated = dataEnd === undefined ? [] : await readRepeated(window, dataEnd);
  const states = new Set(own.of("state"));
  return { patches, repeated: repeated.filter((record) => !states.has(channelOf(record))) };
}

function take(channels: FoundChannels, bytes: Uint8Array, offset: number): void {
  const found = bytes[0] === OPCODE.schema || bytes[0] === OPCODE.channel
    ? definitionOf(bytes, offset)
    : undefined;
  if (found?.type === "schema") channels.addSchema(found.schema, offset);
  else if (found !== undefined) channels.addChannel(found.channel, offset, false);
}

/** Number of a channel, or of a schema, which our recorder gives the same one. */
function channelOf(record: Definition): number {
  return record.type === "schema" ? record.schema.id : record.channel.id;
}

/** True for bytes in which one of ours may be: no single bit damages all of what it is told by. */
function holdsDefinition(bytes: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(bytes);
  return MARKS.some((mark) => text.includes(mark));
}

const MARKS: readonly string[] = ["x-hindcast-schema", "schemaHash", "jsonschema", "hindcast."];

async function readRepeated(window: SourceWindow, start: number): Promise<Definition[]> {
  const found: Definition[] = [];
  for (let at = start; at < window.size && found.length < REPEATED_MAX;) {
    const head = headOf(await window.bytes(at, SHAPE_BYTES));
    if (head === undefined || at + head.length > window.size) break;
    const isOne = head.opcode === OPCODE.schema || head.opcode === OPCODE.channel;
    if (isOne && head.length <= DEFINITION_BYTES_MAX) {
      const record = definitionOf(await window.bytes(at, head.length), at);
      if (record !== undefined) found.push(record);
    }
    at += head.length;
  }
  return found;
}

function definitionOf(bytes: Uint8Array, offset: number): Definition | undefined {
  try {
    return readDefinition(bytes, offset);
  } catch (error) {
    if (error instanceof ByteSyntaxError) return undefined;
    throw error;
  }
}
