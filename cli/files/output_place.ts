import { chmodSync, closeSync, lstatSync, openSync, readlinkSync, statSync } from "node:fs";
import { dirname, isAbsolute, sep } from "node:path";
import { CommandError } from "../exit_code.ts";
import { describing } from "./file_error.ts";
import { TakenError } from "./taken_error.ts";

/** Where an output goes, as it was before anything is written. */
export interface OutputPlace {
  /** Path as the user gave it, for messages. */
  readonly path: string;
  /** The same behind symbolic links: a link stays, what it leads to is written. */
  readonly target: string;
  /** `stream` is written as it is: standard output, a pipe, a device. */
  readonly kind: "stream" | "file" | "nothing";
}

/** Longest chain of links that systems follow. */
const LINKS_MAX = 40;

/** Names of what the process was started with, which may lead to a file that a shell made. */
const DESCRIPTOR =
  /^\/dev\/(?:std(?:in|out|err)|fd\/\d+)$|^\/proc\/[^/]+\/(?:task\/\d+\/)?fd\/\d+$/;
const STANDARD_OUTPUT = /^\/dev\/(?:stdout|fd\/1)$|^\/proc\/(?:self|thread-self)\/fd\/1$/;

/** Looks at the path of an output. @throws {CommandError} when no file can be there */
export function outputPlace(path: string): OutputPlace {
  if (path === "-") return { path, target: "-", kind: "stream" };
  if (path === "") throw new CommandError("Cannot write a file without a name; name one");
  if (["", ".", ".."].includes(path.split(sep === "/" ? "/" : /[/\\]/).at(-1)!)) {
    throw new CommandError(`Cannot write ${path}: it names a folder; name a file in it`);
  }
  const target = describing("write", path, () => behindLinks(path));
  if (STANDARD_OUTPUT.test(target)) return { path, target: "-", kind: "stream" };
  if (DESCRIPTOR.test(target)) return { path, target, kind: "stream" };
  const stat = describing("write", path, () => statOf(target));
  if (stat === undefined) return { path, target, kind: "nothing" };
  if (stat.isDirectory()) {
    throw new TakenError(`Cannot write ${path}: it is a directory; name a file in it`);
  }
  return { path, target, kind: stat.isFile() ? "file" : "stream" };
}

/** Refuses to replace what may not be written, which a rename would not ask. */
export function assertWritable({ path, target }: OutputPlace): void {
  describing("write", path, () => closeSync(openSync(target, "r+")));
}

/** Gives a file the rights of the one that it is to replace, as far as the system lets it. */
export function keepMode(from: string, to: string): void {
  try {
    chmodSync(to, statSync(from).mode & 0o7777);
  } catch {
    // Some file systems have none.
  }
}

/** What is at a path; undefined when nothing is. */
function statOf(path: string): ReturnType<typeof statSync> {
  try {
    return statSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Follows links to their end, also to where nothing is yet. */
function behindLinks(path: string): string {
  let at = path;
  for (let hops = 0; hops < LINKS_MAX && !DESCRIPTOR.test(at); hops++) {
    let link: string;
    try {
      if (!lstatSync(at).isSymbolicLink()) return at;
      link = readlinkSync(at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return at;
      throw error;
    }
    // Not resolved by text: ".." behind a folder that is a link leads elsewhere.
    at = isAbsolute(link) ? link : `${dirname(at)}${sep}${link}`;
  }
  return at;
}
