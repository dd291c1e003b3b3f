import { type Remedy, remedy } from "../core/remedy.ts";
import * as v from "valibot";
import { assertKind, assertSchema, type Field, FIELD_TYPES } from "../core/state/schema.ts";
import { fixedScale, type Schema, SchemaError, STEPS_ALLOWED } from "../core/state/schema.ts";
import { closedKind } from "../schema/open_enum.ts";
import { excerpt } from "./input/excerpt.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import { findFault, findKeyTwice, findMember } from "./rows/json_places.ts";

const TYPES = FIELD_TYPES.join(", ");

const FieldShape = v.strictObject({
  name: v.string(),
  type: v.picklist(FIELD_TYPES),
  step: v.optional(v.number()),
  values: v.optional(v.array(v.string())),
  optional: v.optional(v.boolean()),
});
const KindShape = v.strictObject({ name: v.string(), fields: v.array(FieldShape) });
const SchemaShape = v.strictObject({ kinds: v.array(KindShape) });

/** What is legal at a place of the file, by the last key of its path. */
const EXPECTED: { readonly [key: string]: string } = {
  kinds: "a list of kinds",
  fields: "a list of fields",
  name: "a text",
  type: `one of ${TYPES}`,
  step: STEPS_ALLOWED,
  values: "a list of texts",
  optional: "true or false",
};
const LEGAL_KEYS = {
  file: "kinds",
  kind: "name, fields",
  field: "name, type, step, values, optional",
} as const;

/**
 * Reads a schema file, JSON such as
 * `{"kinds":[{"name":"player","fields":[{"name":"x","type":"fixed","step":0.125}]}]}`.
 *
 * A field has a `name` and a `type`; `fixed` also a `step`, and `enum` its `values`. Without
 * `values` an enum is open: it takes any text, and such a schema serves `readStates` as it is, but
 * has to go through `SchemaInference.widen` before rows can be laid out by it. With `optional` a
 * row may lack the field.
 *
 * @param text content of the file
 * @param source name of the file for messages
 * @throws {InputSyntaxError} with the path inside the file, and what is legal there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseSchemaFile } from "@hindcast/hindcast/ingest";
 *
 * const text = '{"kinds":[{"name":"player","fields":[{"name":"z","type":"f32","optional":true}]}]}';
 * const schema = parseSchemaFile(text, "player.json");
 * assert.equal(schema.kinds[0].fields[0].optional, true);
 * ```
 */
export function parseSchemaFile(text: string, source: string = "schema"): Schema {
  const file = new SchemaFile(text.replace(/^\ufeff/, ""), source);
  return file.schema();
}

type Path = readonly (string | number)[];

class SchemaFile {
  readonly #text: string;
  readonly #source: string;

  constructor(text: string, source: string) {
    this.#text = text;
    this.#source = source;
  }

  schema(): Schema {
    const result = v.safeParse(SchemaShape, this.#json());
    if (!result.success) this.#refuseShape(result.issues[0]);
    const kinds = result.output.kinds.map((kind, k) => ({
      name: kind.name,
      fields: kind.fields.map((field, f) =>
        this.#field(field, ["kinds", k, "fields", f], kind.name)
      ),
    }));
    if (kinds.length === 0) this.#refuse(["kinds"], "the list is empty", remedy`declare a kind`);
    this.#refuseTwice(kinds.map((kind) => kind.name), (k) => ["kinds", k, "name"]);
    for (const [k, { fields }] of kinds.entries()) {
      this.#refuseTwice(
        fields.map((field) => field.name),
        (f) => ["kinds", k, "fields", f, "name"],
      );
    }
    for (const [k, kind] of kinds.entries()) {
      this.#refuseSchemaError(["kinds", k], () => assertKind(closedKind(kind)));
    }
    this.#refuseSchemaError(["kinds"], () => assertSchema({ kinds: kinds.map(closedKind) }));
    return { kinds };
  }

  #json(): unknown {
    let value: unknown;
    try {
      value = JSON.parse(this.#text);
    } catch {
      const { offset, reason } = findFault(this.#text) ?? { offset: 0, reason: "it is not JSON" };
      throw new InputSyntaxError(
        this.#place(offset),
        `the schema file is not JSON: ${reason}`,
        remedy`write {"kinds":[{"name":...,"fields":[...]}]}`,
      );
    }
    const twice = findKeyTwice(this.#text);
    if (twice === undefined) return value;
    throw new InputSyntaxError(
      this.#place(twice.offset),
      `the key ${excerpt(twice.key)} occurs twice in one object`,
      remedy`remove one`,
    );
  }

  #field(field: v.InferOutput<typeof FieldShape>, path: Path, kind: string): Field {
    const { name, type, step, values, optional } = field;
    if (type === "fixed") {
      if (step === undefined) {
        this.#refuse(path, "a fixed field has no step", remedy`add "step", ${EXPECTED["step"]}`);
      }
      this.#refuseStep(step, [...path, "step"], { kind, name });
    } else if (step !== undefined) {
      this.#refuse(
        [...path, "step"],
        `the type ${type} has no step`,
        remedy`leave it out, or use fixed`,
      );
    }
    if (type !== "enum" && values !== undefined) {
      this.#refuse(
        [...path, "values"],
        `the type ${type} has no values`,
        remedy`leave them out, or use enum`,
      );
    }
    this.#refuseTwice(values ?? [], (index) => [...path, "values", index]);
    return {
      name,
      type,
      ...step !== undefined && { step },
      ...values !== undefined && { values },
      ...optional === true && { optional },
    };
  }

  #refuseStep(step: number, path: Path, { kind, name }: { kind: string; name: string }): void {
    try {
      fixedScale(step);
    } catch {
      this.#refuse(
        path,
        `the step of field ${excerpt(name)} of kind ${excerpt(kind)} is ${step}`,
        remedy`expected ${STEPS_ALLOWED}`,
      );
    }
  }

  #refuseTwice(names: readonly string[], path: (index: number) => Path): void {
    const seen = new Set<string>();
    for (const [i, name] of names.entries()) {
      if (seen.has(name)) {
        this.#refuse(path(i), `${excerpt(name)} occurs twice`, remedy`remove one`);
      }
      seen.add(name);
    }
  }

  #refuseShape(issue: v.BaseIssue<unknown>): never {
    const path = (issue.path ?? []).map((item) => item.key as string | number);
    const key = path.at(-1);
    const isUnknown = issue.expected === "never";
    const level = path.includes("fields") ? "field" : path.includes("kinds") ? "kind" : "file";
    if (isUnknown) {
      this.#refuse(path, "the key is unknown", remedy`expected one of ${LEGAL_KEYS[level]}`, "key");
    }
    if (issue.input === undefined && typeof key === "string") {
      const owner = path.slice(0, -1);
      this.#refuse(
        owner,
        `the key ${JSON.stringify(key)} is missing`,
        remedy`expected ${legal(key)}`,
      );
    }
    this.#refuse(
      path,
      `the value is ${excerpt(issue.input)}`,
      remedy`expected ${legal(key, path.at(-2))}`,
    );
  }

  #refuseSchemaError(path: Path, check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      // The path names the place already, and it is the file's own.
      this.#refuse(path, error.problem, remedy`${error.remedy ?? "correct it"}`);
    }
  }

  #refuse(path: Path, problem: string, advice: Remedy, part: "key" | "value" = "value"): never {
    const member = findMember(this.#text, path.join("."));
    const offset = member === undefined ? 0 : part === "key" ? member.keyAt : member.valueAt;
    const where = path.length === 0 ? "" : `at ${printed(path)} `;
    throw new InputSyntaxError(this.#place(offset), where + problem, advice);
  }

  #place(offset: number): { source: string; line: number; column: number } {
    const before = this.#text.slice(0, offset).split("\n");
    return { source: this.#source, line: before.length, column: before.at(-1)!.length + 1 };
  }
}

function legal(key: string | number | undefined, parent?: string | number): string {
  if (typeof key === "string") return EXPECTED[key] ?? "nothing";
  return parent === "values" ? "a text" : "an object";
}

/** `kinds[0].fields[2].type`. */
function printed(path: Path): string {
  return path.map((key) => typeof key === "number" ? `[${key}]` : `.${key}`).join("").slice(1);
}
