import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { usageError } from "../exit_code.ts";
import { isSamePlace } from "../files/files.ts";

/** An address of the web and the like; one letter is a drive. */
const ADDRESS = /^[a-z][a-z\d+.-]+:/i;

/**
 * Refuses what cannot be the page that another one links, whether it is there yet or not.
 *
 * @param flag that names the page
 * @param html the page that links it; `-` is standard output
 * @param of what makes it: `report`
 * @throws {CommandError}
 */
export function refuseOtherPage(
  flag: string,
  page: string,
  { html, of }: { readonly html: string; readonly of: string },
): void {
  const expected = `expected the page of a ${of}, FILE.html`;
  if (page === "") throw usageError(`${flag} is empty, ${expected}`);
  if (ADDRESS.test(page)) {
    throw usageError(`${flag} is ${page}, which reads as an address, ${expected}`);
  }
  if (!/[^/\\]\.html?$/i.test(page)) throw usageError(`${flag} is ${page}, ${expected}`);
  if (!existsSync(dirname(resolve(page)))) {
    throw usageError(`${flag} is ${page}, but there is no folder ${dirname(page)}; check the path`);
  }
  if (isSamePlace(page, html)) {
    throw usageError(`${flag} ${page} is the page of --html itself; name that of the ${of}`);
  }
}

/** True for a page that was written before the one that links it. */
export function isPageThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    // Whatever else is in the way is told when it is read.
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}
