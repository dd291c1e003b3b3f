import { checksum } from "./zstd.ts";
import { utf8 } from "./json_text.ts";

/*
 * MCAP metadata records carry no CRC. Ours end with a member `crc32` over the members before it:
 * each key and each value in UTF-8, followed by a zero byte, in the order of the file.
 */

const CRC_KEY = "crc32";

/** Members with their checksum added. */
export function sealMembers(members: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...members, [CRC_KEY, membersCrc(members)]]);
}

/**
 * Members without their checksum.
 *
 * @throws {RangeError} when it does not fit or is missing
 */
export function openMembers(sealed: ReadonlyMap<string, string>): Map<string, string> {
  const members = new Map(sealed);
  const expected = members.get(CRC_KEY);
  members.delete(CRC_KEY);
  const actual = membersCrc(members);
  if (actual !== expected) throw new RangeError(`CRC is 0x${actual}, expected 0x${expected}`);
  return members;
}

function membersCrc(members: ReadonlyMap<string, string>): string {
  let crc = 0;
  for (const [key, value] of members) crc = checksum(utf8(`${key}\0${value}\0`), crc);
  return crc.toString(16).padStart(8, "0");
}
