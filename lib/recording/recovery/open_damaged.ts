import { indexedContents } from "../contents/indexed_contents.ts";
import type { RecordingContents } from "../contents/recording_contents.ts";
import type { DamageFault } from "../contents/recording_damage.ts";
import { LIBRARY } from "../container/format.ts";
import { FOOTER_BYTES, MCAP_MAGIC, OPCODE, startsWithMagic } from "../container/mcap_records.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";
import { readHeader } from "../container/recording_header.ts";
import { readIndex, type RecordingIndex } from "../container/recording_index.ts";
import { Section } from "../container/section.ts";
import type { RecordingSource } from "../container/sink.ts";
import { indexedRecords } from "../definitions/found_record.ts";
import { findHeader, UNKNOWN_FORMAT } from "./almost_header.ts";
import { DamageLog } from "./damage_log.ts";
import { isDataWhole } from "./data_end.ts";
import { scanAll } from "./definition_scan.ts";
import { hasOtherIndex, movedRecords, recordsBeforeOther } from "./moved_records.ts";
import { scanRecords } from "./record_scan.ts";
import { shapeOf } from "./record_shape.ts";
import { surveyedContents } from "./surveyed_contents.ts";

/** An index, and the version of the format where that is known. */
type FoundIndex = Omit<RecordingIndex, "format"> & FileFacts;

/** What is known of a file before its records are. */
interface FileFacts {
  readonly format: number | undefined;
  /** Byte at which its records begin. */
  readonly start: number;
  /** What is at fault with a header of which nothing is there. */
  readonly lacksHeader: DamageFault | undefined;
}

/*
 * What reads a file that is not whole, or that another program has written anew: it is loaded then.
 */

/**
 * What a recording holds whose index, or bytes before it, may be at fault.
 *
 * @throws {RecordingSyntaxError} when it is no recording, or nothing of it can be read
 */
export async function openDamaged(source: RecordingSource): Promise<RecordingContents> {
  const log = new DamageLog();
  const onFault = (fault: DamageFault) => log.add(fault, undefined, "nothing");
  const header = await findHeader(source);
  const { end, fault, isLost } = header;
  const isDamaged = fault !== undefined;
  // Whether more than the header is lost is known when its records are.
  if (isDamaged && !isLost) onFault(faultOf(fault));
  const lacksHeader = isLost ? lostHeader(end) : undefined;
  const format = isDamaged ? undefined : header.format;
  const ofIndex: DamageFault[] = [];
  const onIndexFault = (fault: DamageFault) => ofIndex.push(fault);
  const index = await log.attempt(() => readIndex(source, header), onIndexFault);
  if (index !== undefined && !isDamaged && await isDataWhole(source, index.summaryStart)) {
    const contents = await log.attempt(() => indexedContents(source, index), onIndexFault);
    if (contents !== undefined) return await withoutRepeats(source, index, contents);
  }
  // What is no index of ours is no fault of a file that is not, and a missing end is told as such.
  log.isCut = index === undefined && !await hasEnd(source);
  const isOurs = header.library === LIBRARY;
  if (!log.isCut && (index === undefined || isOurs)) {
    for (const fault of ofIndex) {
      onFault(fault);
    }
  }
  const contents = index !== undefined && index.channels.length > 0 && index.chunks.length > 0
    ? await surveyBoth(source, { ...index, format, lacksHeader, start: end }, log)
    : await scanned(source, { format, isOurs, lacksHeader, start: end }, log);
  if (isLost) {
    if (contents.blocks.length === 0 && contents.eventCounts.size === 0) throw fault;
    return { ...contents, format: contents.format || header.format };
  }
  // Only the record of facts can say in which version a file is whose header is damaged.
  if (contents.format === UNKNOWN_FORMAT) await readHeader(source);
  if (!isOurs && contents.damage === undefined) return assertOurs(contents, source);
  if (holdsAnything(contents)) return contents;
  const { section, offset, problem } = contents.damage!.faults[0] ?? cutAt(source.size);
  const text = `${problem}, and nothing in it can be read`;
  const place = { section, offset, file: source.name };
  const remedy = log.isCut ? "record again" : undefined;
  throw new RecordingSyntaxError({ ...place, problem: text, remedy });
}

/**
 * What a recording holds that another program has written anew, and whose records are whole.
 *
 * @returns undefined when something of it is damaged
 */
export async function openRewritten(
  source: RecordingSource,
  index: RecordingIndex,
): Promise<RecordingContents | undefined> {
  const contents = await surveyIndex(source, whole(index), new DamageLog());
  return contents.damage === undefined ? assertOurs(contents, source) : undefined;
}

/** Refuses what another program wrote under our profile, and has nothing of ours. */
function assertOurs(contents: RecordingContents, { name }: RecordingSource): RecordingContents {
  const { blocks, eventCounts, revisions } = contents;
  if (blocks.length > 0 || eventCounts.size > 0 || revisions.count > 0) return contents;
  return new Section("header", 0, name).refuse("the file has no states and no events of hindcast", {
    remedy: "name a file that hindcast record wrote",
  });
}

function whole(index: RecordingIndex): FoundIndex {
  return { ...index, start: 0, lacksHeader: undefined };
}

/** What a recording holds whose chunks another program may have copied twice into one file. */
async function withoutRepeats(
  source: RecordingSource,
  index: RecordingIndex,
  contents: RecordingContents,
): Promise<RecordingContents> {
  const surveyed = await surveyIndex(source, whole(index), new DamageLog());
  return surveyed.damage === undefined ? contents : surveyed;
}

function faultOf({ offset, problem, section }: DamageFault): DamageFault {
  return { section, offset, problem };
}

/** @param start byte at which records begin */
function lostHeader(start: number): DamageFault {
  const problem = start === 0 ? "the file lacks its beginning" : "the header is lost";
  return { section: "header", offset: 0, problem };
}

function cutAt(offset: number): DamageFault {
  return { section: "footer", offset, problem: "the file was cut or is still being written" };
}

/** What lies in a file, found without its index. */
async function scanned(
  source: RecordingSource,
  file: FileFacts & { readonly isOurs: boolean },
  log: DamageLog,
): Promise<RecordingContents> {
  const records = (file.isOurs ? scanAll : scanRecords)(source, file.start, log);
  return await surveyedContents(source, { ...file, isProven: false, records }, log);
}

/** By the index, or where chunks are not where it says: by the records, if that gives more. */
async function surveyBoth(
  source: RecordingSource,
  index: FoundIndex,
  log: DamageLog,
): Promise<RecordingContents> {
  const { format, lacksHeader, library, start } = index;
  const isOurs = library === LIBRARY;
  const file = { format, start, lacksHeader, isOurs };
  if (isOurs && await hasOtherIndex(source, index, start)) {
    const records = recordsBeforeOther(source, index, start, log);
    return await surveyedContents(source, { ...file, isProven: false, records }, log);
  }
  const scanLog = new DamageLog();
  for (const fault of log.faults) scanLog.add(fault, undefined, "nothing");
  const byIndex = await surveyIndex(source, index, log);
  if (byIndex.damage === undefined || log.leftOutBytes === 0) return byIndex;
  const records = movedRecords(source, index, start, isOurs, scanLog);
  const byRecords = await surveyedContents(source, { ...file, isProven: true, records }, scanLog);
  return scanLog.leftOutBytes < log.leftOutBytes ? byRecords : byIndex;
}

async function surveyIndex(
  source: RecordingSource,
  index: FoundIndex,
  log: DamageLog,
): Promise<RecordingContents> {
  const { format, lacksHeader, library, start } = index;
  log.hasAllData = true;
  const [isOurs, records] = [library === LIBRARY, indexedRecords(index)];
  return await surveyedContents(
    source,
    { format, start, lacksHeader, isProven: true, isOurs, records },
    log,
  );
}

/** True when a file ends as one that was written to its end, if not to the bit. */
async function hasEnd(source: RecordingSource): Promise<boolean> {
  const length = FOOTER_BYTES + MCAP_MAGIC.length;
  if (source.size < length) return false;
  const bytes = await source.read(source.size - length, length);
  const isFooter = shapeOf(bytes)?.opcode === OPCODE.footer;
  return isFooter || startsWithMagic(bytes.subarray(FOOTER_BYTES));
}

function holdsAnything({ blocks, eventCounts, revisions, damage }: RecordingContents): boolean {
  // Of a recorder that was killed before its first block nothing is lost that it had written.
  const isJustBegun = damage?.isCut === true && damage.faultCount === 0;
  return damage === undefined || isJustBegun || blocks.length > 0 || eventCounts.size > 0 ||
    revisions.count > 0;
}
