import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt } from "./excerpt.ts";
import type { InputNote } from "./input_note.ts";

/** Names whose answer is kept. */
const KNOWN_MAX = 4096;

/** What an input is read without. */
export interface LeftOutOptions {
  /** Dotted paths, with all below them. */
  readonly leaveOut?: readonly string[] | undefined;
  /** Patterns of fields, `FIELD` or `KIND.FIELD`, in which `*` is any text. */
  readonly exclude?: readonly string[] | undefined;
}

/**
 * Dotted paths that an input is read without, and all below them, and patterns of fields. The places
 * of a list need not be named: `inv.count` is that of all `inv.0.count`, `inv.1.count`.
 */
export class LeftOut {
  /** How often each path and pattern was met. */
  readonly #counts: Map<string, number>;
  readonly #paths: ReadonlySet<string>;
  readonly #patterns: readonly { readonly text: string; readonly form: RegExp }[];
  /** The path that a name is left out by. */
  readonly #known = new Map<string, string | undefined>();

  /** Nothing met so far. */
  constructor({ leaveOut = [], exclude = [] }: LeftOutOptions) {
    this.#counts = new Map([...leaveOut, ...exclude].map((text) => [text, 0]));
    this.#paths = new Set(leaveOut);
    this.#patterns = exclude.map((text) => ({ text, form: formOf(text) }));
  }

  /** What there is to leave out; undefined when that is nothing. */
  static of(options: LeftOutOptions): LeftOut | undefined {
    const { leaveOut, exclude } = options;
    return leaveOut === undefined && exclude === undefined ? undefined : new LeftOut(options);
  }

  /** True where the kind of a row may leave out its fields. */
  get hasPatterns(): boolean {
    return this.#patterns.length > 0;
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

  /** True for a field of a kind, both ways of which a pattern may name; it is counted. */
  takesField(kind: string, name: string): boolean {
    return this.takes(`${kind}.${name}`);
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
    const unmet = [...this.#counts].flatMap(([path, count]) => count === 0 ? [path] : []);
    const paths = unmet.filter((path) => this.#paths.has(path)).map((path) => excerpt(path));
    const patterns = unmet.filter((path) => !this.#paths.has(path)).map((path) => excerpt(path));
    if (paths.length > 0) {
      notes.push({
        code: "unused-leave-out",
        problem: `no line has ${paths.join(", ")}, so that nothing is left out for it`,
        remedy: remedy`give ${optionKey("leaveOut")} paths as fields have them`,
      });
    }
    if (patterns.length > 0) {
      notes.push({
        code: "unused-exclude",
        problem: `no field is called ${patterns.join(", ")}, so that nothing is left out for it`,
        remedy: remedy`give ${
          optionKey("exclude")
        } fields as they are called in the recording, FIELD or KIND.FIELD`,
      });
    }
    return notes;
  }

  #find(name: string): string | undefined {
    for (let at = name.indexOf("."); at >= 0; at = name.indexOf(".", at + 1)) {
      const path = name.slice(0, at);
      if (this.#paths.has(path)) return path;
    }
    if (this.#paths.has(name)) return name;
    return this.#patterns.find(({ form }) => form.test(name))?.text;
  }
}

/** Form of the names that a pattern is of. */
function formOf(pattern: string): RegExp {
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*")}$`);
}
