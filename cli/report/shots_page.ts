import { basename, dirname } from "node:path";
import type { RecordingReader } from "../../lib/recording.ts";
import type { PageShots, ShotsPage } from "../../lib/report.ts";
import { readShotsPage } from "../../lib/bandwidth/moments/shots_page.ts";
import { CommandError } from "../exit_code.ts";
import { addressFrom } from "../page/file_address.ts";
import { readText } from "../files/files.ts";
import { type FittingShots, fittingShots, OFF_MS_MAX } from "./fitting_shots.ts";
import { isPageThere } from "../page/other_page.ts";
import { shellPath } from "../terminal/shell_word.ts";
import { warn } from "../terminal/terminal.ts";

/**
 * Shots of a page of `rewind`, as the report's page links them. A page that is not there yet is
 * linked by frames.
 *
 * @param page path of the page of `rewind`
 * @param html path of the report's page; `-` is standard output
 * @param recording path of the recording
 * @throws {CommandError} when it is another file
 */
export async function shotsOf(
  page: string,
  html: string,
  recording: string,
  reader: RecordingReader,
): Promise<PageShots> {
  const links = linksBetween(html, page);
  const command = `\`hindcast rewind ${shellPath(recording)} --html ${
    shellPath(page)
  }\`, with the flags that say what its shots are,`;
  if (!isPageThere(page)) {
    warn(
      `note: ${page} is not there yet: its links work once ${command} has written it, and lead to frames; report again after that to link each shot`,
    );
    return { ...links, shots: [], byFrame: true };
  }
  const found = pageAt(page);
  if (found === undefined) {
    throw new CommandError(
      `Cannot read ${page}: it is no page of hindcast rewind; ${command} writes one`,
    );
  }
  const fitting = await fittingShots(found.shots, reader);
  noteOthers(found, fitting, page, recording);
  const leftOut = found.leftOut + fitting.outside;
  return { ...links, shots: fitting.shots, ...(leftOut === 0 ? {} : { leftOut }) };
}

/** Reads a page; undefined when it is none of `rewind`. @throws {CommandError} */
function pageAt(page: string): ShotsPage | undefined {
  try {
    return readShotsPage(readText(page, BYTES_MAX));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CommandError(
      `Cannot read ${page}: ${error.message}, more than any page of hindcast rewind; name another file`,
    );
  }
}

/** Says where the shots seem to be of another recording. */
function noteOthers(
  { recording: named, shots }: ShotsPage,
  { off, outside, shots: inside }: FittingShots,
  page: string,
  recording: string,
): void {
  const other = named.length > NAME_MAX ? `${named.slice(0, NAME_MAX)}…` : named;
  if (outside > 0) {
    warn(
      `note: ${page} is of another recording (${other}): ${outside} of its ${shots.length} shots are left out, at frames or times that ${recording} does not have`,
    );
  } else if (basename(named) !== basename(recording)) {
    warn(`note: ${page} was made from ${other}, this report from ${recording}`);
  }
  if (off > 0) {
    warn(
      `note: ${off} of the ${inside.length} shots that ${page} has in ${recording} are more than ${OFF_MS_MAX} ms off the time of their frame; make that page again from this recording`,
    );
  }
}

/** Longest page that is read; those of rewind stay under some 10 MB. */
const BYTES_MAX = 1 << 24;
/** Longest name of another recording, in characters. */
const NAME_MAX = 200;

/** Addresses of two pages, each as the other has it. */
function linksBetween(html: string, page: string): Pick<PageShots, "href" | "from"> {
  if (html === "-") return { href: addressFrom(".", page) };
  return { href: addressFrom(dirname(html), page), from: addressFrom(dirname(page), html) };
}
