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

/** Cells that a text has at least, however little room there is. */
const TEXT_MIN = 24;
/** Longest text that is shown in full where there is room, on however many lines. */
const TEXT_MAX = 400;

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
  const isCut = lines.some((line) => line.includes("…"));
  return [...lines, ...(isCut ? ["", "… stands for the middle of a text; --json has it all"] : [])];
}

function kindLines(kind: string, states: readonly NamedState[]): string[] {
  const names = [...new Set(states.flatMap(({ fields }) => Object.keys(fields)))];
  const whole = names.map((name) => wholeTexts(states, name));
  const isText = names.map((name) => states.some(({ fields }) => typeof fields[name] === "string"));
  const title = { title: kind, align: "left" as const };
  const right = (title: string) => ({ title, align: "right" as const });
  const most = roomOfTexts(kind, states, names, whole, isText);
  const byField = textTable(
    [title, ...states.map(({ id }) => right(String(id)))],
    names.map((name, i) => [
      name,
      ...(isText[i] ? shortNames(whole[i]!, most).short : whole[i]!),
    ]),
    Infinity,
  );
  if (byField.every((line) => textWidth(line) <= terminalColumns())) return byField;
  return textTable(
    [
      title,
      ...names.map((title, i) => isText[i] ? { title, align: "left" as const } : right(title)),
    ],
    states.map(({ id }, place) => [String(id), ...whole.map((texts) => texts[place]!)]),
  );
}

/** Cells that a text may take where entities stand side by side. */
function roomOfTexts(
  kind: string,
  states: readonly NamedState[],
  names: readonly string[],
  whole: readonly (readonly string[])[],
  isText: readonly boolean[],
): number {
  const first = Math.max(...[kind, ...names].map((name) => textWidth(visible(name))));
  const room = terminalColumns() - INDENT - first;
  const columns = states.map(({ id }, place) => {
    const widths = (wanted: boolean) =>
      whole.filter((_, i) => isText[i] === wanted).map((texts) => textWidth(texts[place]!));
    return {
      least: Math.max(textWidth(visible(String(id))), ...widths(false)),
      texts: Math.max(0, ...widths(true)),
    };
  });
  const widthAt = (most: number) =>
    columns.reduce(
      (sum, { least, texts }) => sum + INDENT + Math.max(least, Math.min(texts, most)),
      0,
    );
  let most = TEXT_MIN;
  while (most < TEXT_MAX && widthAt(most + 1) <= room) most++;
  return most;
}

/** Blanks before the first column, and before each of the others. */
const INDENT = 2;

/** A field of each state; nothing where a state lacks it. */
function wholeTexts(states: readonly NamedState[], name: string): readonly string[] {
  return states.map(({ fields }) => Object.hasOwn(fields, name) ? valueText(fields[name]!) : "");
}

function valueText(value: EntityState["fields"][string]): string {
  return Object.is(value, -0) ? "-0" : visible(String(value));
}
