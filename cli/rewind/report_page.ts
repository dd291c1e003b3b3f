import { basename } from "node:path";
import { CommandError } from "../exit_code.ts";
import { readText } from "../files/files.ts";
import { isPageThere } from "../page/other_page.ts";
import { shellPath } from "../terminal/shell_word.ts";
import { warn } from "../terminal/terminal.ts";

const TITLE = /<title>([^<]*) · bandwidth report<\/title>/;

/**
 * Says what a page that is to be linked as the report's lacks: that it is not there yet, or that it is
 * of another recording.
 *
 * @throws {CommandError} when it is another file
 */
export function checkReportPage(page: string, recording: string): void {
  const command = `hindcast report ${shellPath(recording)} --html ${shellPath(page)}`;
  if (!isPageThere(page)) {
    warn(
      `note: ${page} is not there yet: the links to it work once \`${command}\` has written it`,
    );
    return;
  }
  const [, named] = TITLE.exec(readText(page)) ?? [];
  if (named === undefined) {
    throw new CommandError(
      `Cannot link ${page}: it is no page of hindcast report; write one with \`${command}\``,
    );
  }
  if (plain(basename(named)) !== plain(basename(recording))) {
    warn(
      `note: ${page} is a report of another recording (${named}), this page is of ${recording}`,
    );
  }
}

/** What is the same in a name and in what HTML makes of it: the rest is left out. */
function plain(name: string): string {
  return name.replaceAll(/&(?:amp|lt|gt|quot|#39);|[&<>"'\p{C}]|\\u\{[0-9a-f]+\}/gu, "");
}
