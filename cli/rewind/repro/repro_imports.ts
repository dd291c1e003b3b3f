import { isAbsolute, relative, resolve } from "node:path";

/** Where a test imports hindcast from. */
export interface ReproImports {
  /** Module, package or path, as the user named it, from where the test is. */
  readonly root: string;
  /** Module that hands out recordings. */
  readonly recording: string;
  /** Module that hands out rewinds. */
  readonly rewind: string;
}

/**
 * Modules of a test in a folder: those beside or below the root of hindcast, by whatever name it
 * goes; any other module is to hand out all names itself.
 *
 * @param name as `--repro-import` says it; a path is given from where the command runs
 */
export function reproImports(folder: string, name: string): ReproImports {
  const root = isPath(name) ? pathFrom(folder, name) : name;
  const place = (part: string) => {
    if (isPath(root)) return root.replace(/(^|\/)mod\.ts$/, `$1lib/${part}.ts`);
    return PACKAGE.test(root) ? `${root}/${part}` : root;
  };
  return { root, recording: place("recording"), rewind: place("rewind") };
}

/** The package, also as `npm:@hindcast/hindcast@1`. */
const PACKAGE = /(^|[:/])@hindcast\/hindcast(@[^/]*)?$/;

function isPath(name: string): boolean {
  return /^\.{0,2}[/\\]/.test(name) || isAbsolute(name);
}

function pathFrom(folder: string, name: string): string {
  const path = relative(resolve(folder), resolve(name)).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}
