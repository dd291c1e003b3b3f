import { statSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { PageShots, ShotsPage } from "../../lib/report.ts";
import { readShotsPage } from "../../lib/bandwidth/moments/shots_page.ts";
import { CommandError } from "../exit_code.ts";
import { addressFrom } from "../page/file_address.ts";
import { readText } from "../files/files.ts";
import { warn } from "../terminal/terminal.ts";

/** Frames of the recording that is reported on. */
export interface FramesOf {
  readonly firstFrame: number | undefined;
  readonly lastFrame: number | undefined;
}

/**
 * Shots of a page of `rewind`, as the report's page links them. A page that is not there yet is
 * linked by frames.
 *
 * @param page path of the page of `rewind`
 * @param html path of the report's page; `-` is standard output
 * @param recording path of the recording, for what does not fit
 * @throws {CommandError} when it is another file
 */
export function shotsOf(
  page: string,
  html: string,
  recording: string,
  { firstFrame, lastFrame }: FramesOf,
): PageShots {
  const links = linksBetween(html, page);
  if (!isThere(page)) {
    warn(
      `note: ${page} is not there yet: its links work once \`hindcast rewind ${recording} --html ${page}\` has written it, and lead to frames; report again after that to link each shot`,
    );
    return { ...links, shots: [], byFrame: true };
  }
  const found = readShotsPage(readText(page));
  if (found === undefined) {
    throw new CommandError(
      `Cannot read ${page}: it is no page of hindcast rewind; write one with \`hindcast rewind ${recording} --html ${page}\``,
    );
  }
  noteOthers(found, { page, recording, firstFrame, lastFrame });
  const { leftOut, shots } = found;
  return { ...links, shots, ...(leftOut === 0 ? {} : { leftOut }) };
}

/** Says where the shots seem to be of another recording. */
function noteOthers(
  { recording: named, shots }: ShotsPage,
  { firstFrame, lastFrame, page, recording }: FramesOf & {
    readonly page: string;
    readonly recording: string;
  },
): void {
  const outside = firstFrame === undefined || lastFrame === undefined
    ? shots
    : shots.filter(({ frame }) => frame < firstFrame || frame > lastFrame);
  if (outside.length > 0) {
    warn(
      `note: ${page} is of another recording (${named}): ${outside.length} of its ${shots.length} shots are at frames that ${recording} does not have`,
    );
  } else if (basename(named) !== basename(recording)) {
    warn(`note: ${page} was made from ${named}, this report from ${recording}`);
  }
}

function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    // Whatever else is in the way is told when it is read.
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}

/** Addresses of two pages, each as the other has it. */
function linksBetween(html: string, page: string): Pick<PageShots, "href" | "from"> {
  if (html === "-") return { href: addressFrom(".", page) };
  return { href: addressFrom(dirname(html), page), from: addressFrom(dirname(page), html) };
}
