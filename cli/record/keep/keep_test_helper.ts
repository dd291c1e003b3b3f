import { hindcast, ndjson, type Outcome } from "../../run_cli_test_helper.ts";

/** A row of frames that are 100 ms apart. */
export const row = (f: number): object => ({ f, t: f * 100, id: 1, x: f });

/** Frames of 100 ms, and an event of some frames before their rows. */
export function match(count: number, events: Readonly<Record<number, object>>): object[] {
  return Array.from({ length: count }, (_, f) => [
    ...(events[f] === undefined ? [] : [{ f, ...events[f] }]),
    row(f),
  ]).flat();
}

/** Records lines of a pipe with the newest 20 s kept. */
export async function keep(
  cwd: string,
  lines: readonly object[],
  ...options: readonly string[]
): Promise<Outcome> {
  const kept = options.includes("--keep") ? [] : ["--keep", "20s"];
  return await hindcast(["record", "-", "-o", "match.mcap", ...kept, ...options], {
    cwd,
    input: ndjson(lines),
  });
}
