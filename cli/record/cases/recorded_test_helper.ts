import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { hindcast, hindcastJson, inFolder, ndjson, testdata } from "../../run_cli_test_helper.ts";

/** An object as a command prints it: flat. */
export type Printed = Record<string, unknown>;

/** How an input came in. */
export type Way = "file" | "pipe";

/** A group of what `record --check` finds. */
export interface CheckFault {
  readonly code: string;
  readonly kind: string | null;
  readonly field: string | null;
  readonly count: number;
  readonly first: { readonly file: string; readonly line: number; readonly column: number | null };
  readonly remedy: string;
}

/** What `record --check --json` prints. */
export interface Check {
  readonly code: number | null;
  readonly faults: readonly CheckFault[];
  readonly command: string | null;
}

/** A recording that was made, and what commands print of it. */
export class Recorded {
  /** What `record` said on standard error. */
  readonly stderr: string;
  readonly way: Way;
  readonly #path: string;

  constructor(path: string, stderr: string, way: Way = "file") {
    this.#path = path;
    this.stderr = stderr;
    this.way = way;
  }

  /** Notes of the run, without their marks. */
  get notes(): readonly string[] {
    return [...this.stderr.matchAll(/^note: (.*)$/gm)].map((match) => match[1]!);
  }

  /** Entities of a frame, in the order of their ids' texts. */
  async at(frame: number, ...options: readonly string[]): Promise<readonly Printed[]> {
    const { entities } = await hindcastJson<{ readonly entities: readonly Printed[] }>(
      ["at", this.#path, "--frame", String(frame), "--json", ...options],
    );
    return entities.toSorted((
      a,
      b,
    ) => (`${a["id"]} ${a["kind"]}` < `${b["id"]} ${b["kind"]}` ? -1 : 1));
  }

  /** Lines that `cat` prints. */
  async lines(...options: readonly string[]): Promise<readonly Printed[]> {
    const { code, stdout, stderr } = await hindcast(["cat", this.#path, ...options]);
    assert.equal(code, 0, stderr);
    return stdout.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  }

  /** Events, as `cat` prints them. */
  events(): Promise<readonly Printed[]> {
    return this.lines("--events", "only");
  }

  /** Frames with their times. */
  async frames(): Promise<readonly (readonly unknown[])[]> {
    const lines = await this.lines("--events", "none");
    const times = new Map(lines.map((line) => [line["f"], line["t"]]));
    return [...times];
  }

  /** What `info --json` prints. */
  info(): Promise<{
    readonly frames: number;
    readonly rateHz: number | null;
    readonly kinds: readonly {
      readonly name: string;
      readonly rows: number;
      readonly fields: readonly { readonly name: string; readonly type: string }[];
    }[];
    readonly events: Readonly<Record<string, number>>;
  }> {
    return hindcastJson(["info", this.#path, "--json"]);
  }

  /** Types of a kind's fields by their names. */
  async types(kind: string): Promise<Readonly<Record<string, string>>> {
    const { kinds } = await this.info();
    const { fields } = kinds.find(({ name }) => name === kind)!;
    return Object.fromEntries(fields.map(({ name, type }) => [name, type]));
  }
}

/** Path of an input of `testdata/cases`. */
export function caseFile(name: string): string {
  return testdata(`cases/${name}`);
}

/** Records an input of `testdata/cases` in one run, into `out.mcap` of a folder. */
export async function recordCase(
  cwd: string,
  name: string,
  ...options: readonly string[]
): Promise<Recorded> {
  const path = join(cwd, "out.mcap");
  const { code, stderr } = await hindcast(
    ["record", caseFile(name), "-o", path, "--force", ...options],
    { cwd },
  );
  assert.equal(code, 0, stderr);
  return new Recorded(path, stderr);
}

/** Records lines as a file and as a pipe, each in one run, and looks at either. */
export function recordBothWays(
  lines: string | readonly unknown[],
  options: readonly string[],
  look: (recorded: Recorded) => Promise<void>,
): Promise<void> {
  const text = typeof lines === "string" ? lines : ndjson(lines);
  return inFolder(async (cwd) => {
    const input = join(cwd, "input.ndjson");
    writeFileSync(input, text);
    for (const way of ["file", "pipe"] as const) {
      const path = join(cwd, `${way}.mcap`);
      const { code, stderr } = await hindcast(
        ["record", way === "file" ? input : "-", "-o", path, ...options],
        { cwd, ...(way === "pipe" ? { input: text } : {}) },
      );
      assert.equal(code, 0, `${way}: ${stderr}`);
      await look(new Recorded(path, stderr, way));
    }
  });
}

/** What `record` says of a file that it refuses, in one line on standard error. */
export async function refusal(
  path: string,
  ...options: readonly string[]
): Promise<string> {
  let said = "";
  await inFolder(async (cwd) => {
    const { code, stdout, stderr } = await hindcast(
      ["record", path, "-o", "out.mcap", ...options],
      { cwd },
    );
    assert.deepEqual([code, stdout], [1, ""], stderr);
    said = stderr.trimEnd().split("\n").filter((line) => line.startsWith("hindcast: ")).join("\n");
    assert.ok(!said.includes("\n"), stderr);
  });
  return said;
}

/** What `record --check` finds in a file. */
export async function check(path: string, ...options: readonly string[]): Promise<Check> {
  const { code, stdout, stderr } = await hindcast([
    "record",
    path,
    "--check",
    "--json",
    ...options,
  ]);
  assert.ok(stdout.startsWith("{"), stderr);
  return { code, ...JSON.parse(stdout) };
}
