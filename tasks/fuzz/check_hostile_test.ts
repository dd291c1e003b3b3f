import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder } from "../../cli/run_cli_test_helper.ts";
import { createRandom } from "../../lib/net/link/random.ts";
import { SHAPES } from "./honest_lines.ts";
import { HostileLines } from "./hostile_lines.ts";

const INPUTS = 24;
const LINES = 150;

interface Checked {
  readonly faults: readonly unknown[];
  readonly left: readonly unknown[];
  readonly command: string | null;
  readonly schemaCommand?: string;
  readonly schema?: unknown;
  readonly skippedLines: number;
  readonly records: { readonly sessions: number; readonly frames: number } | null;
}

test(
  "the command that record --check gives records just what it says, whatever the input",
  { timeout: 240_000 },
  () =>
    inFolder(async (folder) => {
      let commands = 0;
      for (let input = 0; input < INPUTS; input++) {
        const shape = SHAPES[input % SHAPES.length]!;
        // Some inputs are not what the options say, which the check has to find by itself.
        const options = input % 3 === 0 ? [] : shape.options;
        const name = `in${input}`;
        writeFileSync(join(folder, name), contentOf(input));
        const where = `${shape.name}, input ${input}`;
        const { code, stdout, stderr } = await hindcast(
          ["record", name, "--check", "--json", "-o", `${name}.mcap`, ...options],
          { cwd: folder },
        );
        assert.equal(code, 1, `${where}: ${stderr}`);
        const check = JSON.parse(stdout) as Checked;
        assert.ok(check.faults.length > 0, where);
        if (check.command === null) continue;
        commands++;
        await writeSchema(folder, check);
        const recorded = await run(folder, check.command);
        assert.equal(recorded.code, check.left.length > 0 ? 4 : 0, `${where}: ${recorded.stderr}`);
        const bad = /(\d+) bad lines? skipped/.exec(recorded.stderr)?.[1] ?? "0";
        assert.equal(Number(bad), check.skippedLines, where);
        if (check.records!.sessions > 1) continue;
        const frames = /^recorded (\d+) frames?/m.exec(recorded.stderr)?.[1];
        assert.equal(Number(frames), check.records!.frames, where);
      }
      assert.ok(commands > INPUTS / 2, `${commands} commands`);
    }),
);

function contentOf(input: number): Uint8Array {
  const shape = SHAPES[input % SHAPES.length]!;
  const lines = new HostileLines(shape, createRandom(3, input, "lines to check"));
  const pieces = Array.from({ length: LINES }, () => lines.next());
  const first = shape.header === undefined ? [] : [new TextEncoder().encode(`${shape.header}\n`)];
  return new Uint8Array(Buffer.concat([...first, ...pieces]));
}

async function writeSchema(folder: string, { schemaCommand, schema }: Checked): Promise<void> {
  if (schemaCommand === undefined) return;
  const [command, file] = schemaCommand.split(" > ");
  const { stdout } = await run(folder, command!);
  assert.deepEqual(JSON.parse(stdout), schema);
  rmSync(join(folder, file!), { force: true });
  writeFileSync(join(folder, file!), stdout);
}

/** Runs a command line as a shell would take it. */
async function run(folder: string, command: string) {
  const words = [...command.matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)];
  return await hindcast(words.slice(1).map(([, quoted, plain]) => quoted ?? plain!), {
    cwd: folder,
  });
}
