import { ByteReader } from "../../core/bytes/bytes.ts";
import { FORMAT_VERSION, PROFILE_PREFIX } from "./format.ts";
import {
  MCAP_MAGIC,
  OPCODE,
  readRecord,
  readText,
  RECORD_HEAD_BYTES,
  startsWithMagic,
} from "./mcap_records.ts";
import { Section } from "./section.ts";
import type { RecordingSource } from "./sink.ts";

/** Refuses a file that has no end. @throws {RecordingSyntaxError} always */
export function refuseCut(section: Section): never {
  return section.refuse("the file was cut or is still being written and has no index", {
    remedy: 'let the recorder end, or read what is whole of it with damage: "leave-out"',
  });
}

/** What the first record of a recording says. */
export interface RecordingHeader {
  /** Byte after the header. */
  readonly end: number;
  /** Version of the file format. */
  readonly format: number;
  /** Program that wrote the file. */
  readonly library: string;
}

/** Checks magic, profile and version. @throws {RecordingSyntaxError} */
export async function readHeader(source: RecordingSource): Promise<RecordingHeader> {
  const section = new Section("header", 0, source.name);
  const head = await source.read(0, Math.min(source.size, HEADER_BYTES_MAX));
  if (head.length === 0) section.refuse("the file is empty");
  const known = head.subarray(0, MCAP_MAGIC.length);
  if (!startsWithMagic(known)) {
    const isCut = known.every((byte, i) => byte === MCAP_MAGIC[i]);
    if (isCut && known.length < MCAP_MAGIC.length) refuseCut(section);
    section.refuse(
      `this is no MCAP file, which begins with ${spaced(MCAP_MAGIC)}`,
      { remedy: "name a file that hindcast record wrote" },
    );
  }
  const input = new ByteReader(head);
  input.take(MCAP_MAGIC.length);
  if (head.length === source.size && !holdsRecord(head)) refuseCut(section);
  return section.parse(() => {
    const { opcode, length } = readRecord(input);
    const end = input.offset + length;
    if (opcode !== OPCODE.header) input.refuse(`opcode is ${opcode}, expected ${OPCODE.header}`);
    const profile = readText(input);
    const format = readFormat(profile, section);
    const library = readText(input);
    if (input.offset !== end) input.refuse("the header has another length than it says");
    return { end, format, library };
  }, 0);
}

/** Ours has a few dozen bytes. */
const HEADER_BYTES_MAX = 4096;

function holdsRecord(head: Uint8Array): boolean {
  const start = MCAP_MAGIC.length + RECORD_HEAD_BYTES;
  if (head.length < start) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return BigInt(head.length - start) >= view.getBigUint64(MCAP_MAGIC.length + 1, true);
}

function readFormat(profile: string, section: Section): number {
  const version = profile.startsWith(PROFILE_PREFIX) ? profile.slice(PROFILE_PREFIX.length) : "";
  if (!/^[1-9][0-9]{0,8}$/.test(version)) {
    section.refuse(
      `it is an MCAP file of profile ${JSON.stringify(profile.slice(0, 60))}, not of hindcast`,
    );
  }
  if (Number(version) > FORMAT_VERSION) {
    section.refuse(
      `its format version is ${version}, this hindcast reads up to ${FORMAT_VERSION}`,
      { remedy: "use a newer one" },
    );
  }
  return Number(version);
}

function spaced(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
