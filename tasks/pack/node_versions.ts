/** Releases of Node that have what the package needs, zstd in `node:zlib`, as npm asks for them. */
export const NODE_RANGE = "^22.15.0 || >=23.8.0";

/**
 * The file that `hindcast` starts: it says in one line that a Node is too old, in words that such a
 * one can read, and loads all else only on another.
 *
 * @param main module that runs the command line, from there
 */
export function launcher(main: string): string {
  return `#!/usr/bin/env node
var version = process.versions.node;
var major = Number(version.split(".")[0]);
var minor = Number(version.split(".")[1]);
if (major < 22 || (major === 22 && minor < 15) || (major === 23 && minor < 8)) {
  console.error("hindcast needs Node 22.15 or newer (of Node 23, 23.8), this is Node " + version);
  process.exitCode = 2;
} else {
  import(${JSON.stringify(main)});
}
`;
}
