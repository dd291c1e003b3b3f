import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt } from "./excerpt.ts";
import type { InputNote } from "./input_note.ts";

/** Names whose answer is kept. */
const KNOWN_MAX = 4096;

/**
 * Dotted paths that an input is read without, and all below them. The places of a list need not be
 * named: `inv.count` is that of all `inv.0.count`, `inv.1.count`.
 */
export class LeftOut {
  /** How often each path was met. */
  readonly #counts: Map<string, number>;
  /** The path that a name is left out by. */
  readonly #known = new Map<string, string | undefined>();

  /** Nothing met so far. */
  constructor(paths: readonly string[]) {
    this.#counts = new Map(paths.map((path) => [path, 0]));
  }

  /** Path that leaves a name out; undefined when none does. */
  pathOf(name: string): string | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    const path = this.#find(name) ?? this.#find(name.replace(/\.\d+(?=\.|$)/g, ""));
    if (this.#known.size < KNOWN_MAX) this.#known.set(name, path);
    return path;
  }

  /** True for a name that is left out, which is counted. */
  takes(name: string): boolean {
    const path = this.pathOf(name);
    if (path === undefined) return false;
    this.#counts.set(path, this.#counts.get(path)! + 1);
    return true;
  }

  /** Notes on what was left out, and on what never came. */
  notes(): InputNote[] {
    const notes: InputNote[] = [];
    const met = [...this.#counts].filter(([, count]) => count > 0);
    if (met.length > 0) {
      const counts = met.map(([path, count]) =>
        `${excerpt(path)} ${count === 1 ? "once" : `${count} times`}`
      );
      notes.push({ code: "left-out", problem: `left out: ${counts.join(", ")}` });
    }
    const unmet = [...this.#counts].flatMap(([path, count]) => count === 0 ? [excerpt(path)] : []);
    if (unmet.length > 0) {
      notes.push({
        code: "unused-leave-out",
        problem: `no line has ${unmet.join(", ")}, so that nothing is left out for it`,
        remedy: remedy`give ${optionKey("leaveOut")} paths as fields have them`,
      });
    }
    return notes;
  }

  #find(name: string): string | undefined {
    for (let at = name.indexOf("."); at >= 0; at = name.indexOf(".", at + 1)) {
      const path = name.slice(0, at);
      if (this.#counts.has(path)) return path;
    }
    return this.#counts.has(name) ? name : undefined;
  }
}
