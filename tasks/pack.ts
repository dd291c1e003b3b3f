// Makes the package that npm would publish, as `dist/hindcast-VERSION.tgz` or at a path that is
// given, and checks it.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { findFaults } from "./pack/check_package.ts";
import { sourceManifest } from "./pack/manifest.ts";
import { packageFiles } from "./pack/package_files.ts";
import { ROOT } from "./pack/root.ts";
import { summaryText } from "./pack/summary.ts";
import { readTarball, writeTarball } from "./pack/tarball.ts";

const place = process.argv[2] ?? `dist/hindcast-${sourceManifest().version}.tgz`;
const path = process.argv[2] === undefined ? ROOT + place : resolve(place);
const files = await packageFiles();
writeTarball(files, path);
const packed = readTarball(path);
const faults = [
  ...[...files.keys()].filter((path) => !packed.has(path)).map((path) => `${path} is left out`),
  ...findFaults(packed),
];
console.log(summaryText(packed, place, statSync(path).size));
for (const fault of faults) console.error(`fault: ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
