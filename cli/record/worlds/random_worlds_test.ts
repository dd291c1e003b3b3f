import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import fc, { type GeneratorValue } from "fast-check";
import {
  FileSource,
  openNdjsonRows,
  RecordingPart,
  RecordingReader,
} from "../../../lib/recording.ts";
import { hindcast, inFolder } from "../../run_cli_test_helper.ts";
import { drawWorld } from "./draw_world_test_helper.ts";
import { expectedEvents, expectedStates, type Line } from "./expected_lines_test_helper.ts";
import { printTable } from "./printed_world_test_helper.ts";
import { type Form, FORMS } from "./world_forms_test_helper.ts";
import type { Session } from "./world_test_helper.ts";

/** Worlds of each form and way; `HINDCAST_WORLDS=1000` takes more than CI does. */
const WORLDS = Number(process.env["HINDCAST_WORLDS"] ?? 15);
const SLOW = { timeout: 60_000 + WORLDS * 2000 };

for (const form of FORMS) {
  for (const isPiped of [false, true]) {
    const way = isPiped ? "a pipe" : "a file";
    test(
      `record keeps random worlds that servers print as ${form.name}, from ${way}`,
      SLOW,
      () =>
        inFolder((folder) =>
          fc.assert(
            fc.asyncProperty(fc.gen(), (draw) => assertKept(form, isPiped, draw, folder)),
            { numRuns: WORLDS, endOnFailure: true },
          )
        ),
    );
  }
}

/** Draws a world and records it: `cat` gives it back, and of what that prints `record` makes the same. */
async function assertKept(
  { print, options, limits, shown, reading }: Form,
  isPiped: boolean,
  draw: GeneratorValue,
  folder: string,
): Promise<void> {
  const drawn = drawWorld(draw, { ...limits, isPiped });
  const sessions = restarting(drawn.map(shown)).map(withoutStrays);
  fc.pre(sessions.length > 0);
  const lines = sessions.flatMap((session, i) =>
    print === printTable && i > 0 ? print(session).slice(1) : print(session)
  );
  const split = sessions.length > 1 ? ["--on-restart", "split"] : [];
  const recordings = await record(folder, lines, isPiped, [...options, ...split]);
  const states = expectedStates(sessions, { ...reading, isPiped });
  assert.equal(recordings.length, sessions.length, lines.join("\n"));
  for (const [i, session] of sessions.entries()) {
    assertSameLines(recordings[i]!.events, expectedEvents(session), lines);
    assertSameLines(inOrder(recordings[i]!.states), inOrder(states[i]!), lines);
  }
  // Of several sessions each shows less than the input did.
  if (recordings.length > 1) return;
  const [first] = recordings;
  const again = options.filter((option) => option === "--ids-by-kind");
  const [second] = await record(folder, first!.text.trimEnd().split("\n"), false, again);
  assertSameLines(inOrder(second!.states), inOrder(first!.states), lines);
  assertSameLines(second!.events, first!.events, lines);
}

/** Sessions of which each has frames and starts before the last one of the one before it. */
function restarting(sessions: readonly Session[]): readonly Session[] {
  const kept: Session[] = [];
  for (const session of sessions) {
    const before = kept.at(-1)?.at(-1)?.f ?? Infinity;
    if (session.length > 0 && session[0]!.f < before) kept.push(session);
  }
  return kept;
}

/** Leaves out late events that are nearer to the next session, to which they may belong. */
function withoutStrays(session: Session, i: number, sessions: readonly Session[]): Session {
  const [last, next] = [session.at(-1)!.f, sessions[i + 1]?.[0]?.f];
  if (next === undefined) return session;
  return session.map((tick) => {
    const isStray = Math.abs(tick.f - next) <= last - tick.f;
    return isStray ? { ...tick, events: [] } : tick;
  });
}

/** What `cat` prints of a recording. */
interface Printed {
  readonly text: string;
  readonly states: readonly Line[];
  readonly events: readonly Line[];
}

/** Records lines and prints what came of them, a recording a session. */
async function record(
  folder: string,
  lines: readonly string[],
  isPiped: boolean,
  options: readonly string[],
): Promise<Printed[]> {
  for (const name of readdirSync(folder)) if (name.endsWith(".mcap")) rmSync(join(folder, name));
  const text = lines.join("\n") + "\n";
  const input = join(folder, "input");
  writeFileSync(input, text);
  const { code, stderr } = await hindcast(
    ["record", isPiped ? "-" : input, "-o", join(folder, "out.mcap"), ...options],
    isPiped ? { input: text } : {},
  );
  assert.equal(code, 0, `${stderr}${text}`);
  const recordings = [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".mcap")).sort();
  for (const name of names) {
    const text = await printed(join(folder, name));
    const all = text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
    recordings.push({
      text,
      states: all.filter((line) => !Object.hasOwn(line, "ev")),
      events: all.filter((line) => Object.hasOwn(line, "ev")),
    });
  }
  return recordings;
}

/** What `cat` prints of a file, which is closed afterwards. */
async function printed(path: string): Promise<string> {
  const source = new FileSource(path);
  try {
    const part = RecordingPart.of(await RecordingReader.open(source));
    const pieces: Uint8Array[] = [];
    const rows = await openNdjsonRows(part, (bytes) => pieces.push(Uint8Array.from(bytes)));
    for await (const item of part.timeline()) {
      if ("frame" in item) rows.addFrame(item);
      else rows.addEvent(item);
    }
    rows.finish();
    return Buffer.concat(pieces).toString();
  } finally {
    source.close();
  }
}

/** Compares lines bit by bit, and says of what input they came. */
function assertSameLines(
  actual: readonly Line[],
  expected: readonly Line[],
  input: readonly string[],
): void {
  try {
    assert.deepEqual(actual, expected);
  } catch (error) {
    throw new Error(`${(error as Error).message}\nof\n${input.join("\n")}`);
  }
}

/** Lines of states in an order of their own, since that of a frame's entities is free. */
function inOrder(lines: readonly Line[]): Line[] {
  const key = ({ f, kind, id }: Line) => `${String(f).padStart(10)} ${kind} ${id}`;
  return lines.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
