import { shortNames } from "../../lib/bandwidth/report/table/short_names.ts";
import { textWidth } from "../../lib/bandwidth/report/text_width.ts";
import type { EntityId, EntityState } from "../../lib/world.ts";
import { terminalColumns } from "../terminal/columns.ts";
import { visible } from "../terminal/terminal.ts";
import { textTable } from "../terminal/text_table.ts";

/** State of an entity by the id of its game. */
export interface NamedState extends Omit<EntityState, "id"> {
  readonly id: EntityId;
}

/** Cells of a text that is shown in full. */
const TEXT_MAX = 24;

/**
 * States by kind: entities side by side, a line a field, where they fit; else a line an entity, with
 * its fields in as many tables as they take.
 */
export function stateLines(states: readonly NamedState[]): string[] {
  const kinds = [...new Set(states.map(({ kind }) => kind))];
  const lines = kinds.flatMap((kind) => [
    "",
    ...kindLines(kind, states.filter((state) => state.kind === kind)),
  ]);
  const isCut = states.some(({ fields }) => Object.values(fields).some((value) => isLong(value)));
  return [...lines, ...(isCut ? ["", "… stands for the middle of a text; --json has it all"] : [])];
}

function kindLines(kind: string, states: readonly NamedState[]): string[] {
  const names = [...new Set(states.flatMap(({ fields }) => Object.keys(fields)))];
  const columns = new Map(names.map((name) => [name, cellTexts(states, name)]));
  const cellsOf = (place: number) => names.map((name) => columns.get(name)![place]!);
  const title = { title: kind, align: "left" as const };
  const right = (title: string) => ({ title, align: "right" as const });
  const byField = textTable(
    [title, ...states.map(({ id }) => right(String(id)))],
    names.map((name) => [name, ...columns.get(name)!]),
    Infinity,
  );
  if (byField.every((line) => textWidth(line) <= terminalColumns())) return byField;
  return textTable(
    [title, ...names.map(right)],
    states.map(({ id }, place) => [String(id), ...cellsOf(place)]),
  );
}

function isLong(value: EntityState["fields"][string]): boolean {
  return typeof value === "string" && textWidth(visible(value)) > TEXT_MAX;
}

/** A field of each state, texts that differ cut apart. */
function cellTexts(states: readonly NamedState[], name: string): readonly string[] {
  const texts = states.map(({ fields }) =>
    Object.hasOwn(fields, name) ? valueText(fields[name]!) : ""
  );
  const isText = states.some(({ fields }) => typeof fields[name] === "string");
  return isText ? shortNames(texts, TEXT_MAX).short : texts;
}

function valueText(value: EntityState["fields"][string]): string {
  return Object.is(value, -0) ? "-0" : visible(String(value));
}
