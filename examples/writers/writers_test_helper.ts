import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The folder of the writers. */
export const HERE = fileURLToPath(new URL("./", import.meta.url));
const run = promisify(execFile);

/** Time in which a program sends all that it is to send. */
const SEND_MS_MAX = 120_000;

/** How a writer is made to a program of worlds/: one that sends the world, or numbers. */
export interface Writer {
  /** File that users copy. */
  readonly file: string;
  /** Programs that have to be there, as they are called to say their version. */
  readonly needs: readonly string[];
  /** Compiles into a folder. @returns command line of the program */
  compile(folder: string, program?: "world" | "numbers"): Promise<readonly string[]>;
}

/** Writers that are compiled and run. */
export const WRITERS: readonly Writer[] = [
  {
    file: "hindcast_writer.hpp",
    needs: ["g++ --version"],
    compile: (folder, program = "world") => {
      const flags = ["-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];
      return compiled("g++", [...flags, "-o", join(folder, "world"), `worlds/${program}.cpp`], [
        join(folder, "world"),
      ]);
    },
  },
  {
    file: "HindcastWriter.cs",
    needs: ["mcs --version", "mono --version"],
    compile: (folder, program = "world") => {
      const out = join(folder, "world.exe");
      // Unity 2018.3 and later know C# 7.3.
      const flags = ["-langversion:7.2", "-warnaserror", `-out:${out}`];
      return compiled("mcs", [
        ...flags,
        "HindcastWriter.cs",
        `worlds/${program === "world" ? "World" : "Numbers"}.cs`,
      ], ["mono", out]);
    },
  },
  {
    file: "hindcast_writer.rs",
    needs: ["rustc --version"],
    compile: (folder, program = "world") => {
      const flags = ["--edition", "2021", "-D", "warnings", "-o", join(folder, "world")];
      return compiled("rustc", [...flags, `worlds/${program}.rs`], [join(folder, "world")]);
    },
  },
  {
    file: "hindcast_writer.lua",
    needs: ["lua5.4 -lsocket -v"],
    compile: async (_folder, program = "world") => ["lua5.4", join(HERE, `worlds/${program}.lua`)],
  },
  {
    file: "hindcast_writer.gd",
    needs: ["which godot3-server"], // it says its version with exit code 255
    compile: async (_folder, program = "world") => ["godot3-server", "-s", `worlds/${program}.gd`],
  },
];

async function compiled(
  program: string,
  args: readonly string[],
  command: readonly string[],
): Promise<readonly string[]> {
  await run(program, args, { cwd: HERE });
  return command;
}

/** Why a writer is not tried here; false when it is. */
export function skipped({ needs }: Writer): string | false {
  if (!("Deno" in globalThis)) return "writers are tried by the tests on Deno";
  const missing = needs.find((command) => {
    const [program, ...args] = command.split(" ");
    return spawnSync(program!, args).status !== 0;
  });
  return missing !== undefined && `there is no ${missing.split(" ")[0]} with what it needs`;
}

/** Sends the world. @returns frames and events that the writer dropped, and all that was printed */
export async function sendWorld(
  [program, ...args]: readonly string[],
  port: number,
  { frames = 60, paceMs = 0, token = "" }: {
    readonly frames?: number;
    readonly paceMs?: number;
    readonly token?: string;
  } = {},
): Promise<{ readonly dropped: number; readonly printed: string }> {
  const given = [port, frames, paceMs].map(String);
  // An engine leaves an empty argument out.
  if (program === "godot3-server") given.push(`token=${token}`);
  else given.push(token);
  const { stdout } = await run(program!, [...args, ...given], { cwd: HERE, timeout: SEND_MS_MAX });
  const [, dropped] = /\{"dropped":(\d+)\}/.exec(stdout) ?? [];
  if (dropped === undefined) throw new Error(`${program} printed ${stdout}`);
  return { dropped: Number(dropped), printed: stdout };
}
