import { InvalidArgumentError } from "@commander-js/extra-typings";
import { repeatable } from "./errors/repeatable.ts";

/** Parser of an option that takes an integer of a range. */
export function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected an integer from ${min} to ${max}.`);
  };
}

/** Parser of an option that takes a number above a bound. */
export function numberAbove(bound: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? NaN : Number(text);
    if (value > bound && Number.isFinite(value)) return value;
    throw new InvalidArgumentError(`Expected a number above ${bound}.`);
  };
}

/** Parser of an option that takes a number from a bound on. */
export function numberFrom(bound: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? NaN : Number(text);
    if (value >= bound && Number.isFinite(value)) return value;
    throw new InvalidArgumentError(`Expected a number from ${bound}.`);
  };
}

/** Parser of an option that takes dotted paths, with commas between them. */
export function paths(text: string): string[] {
  const list = text.split(",").map((path) => path.trim());
  if (list.every((path) => path !== "") && new Set(list).size === list.length) return list;
  throw new InvalidArgumentError("Expected paths such as players,state.rockets.");
}

/** Parser of an option that takes patterns of fields, with commas between them; repeatable. */
export function patterns(text: string, before: readonly string[] = []): string[] {
  const list = text.split(",").map((pattern) => pattern.trim());
  if (list.every((pattern) => pattern !== "")) return [...new Set([...before, ...list])];
  throw new InvalidArgumentError("Expected fields such as player.inventory*,debug.*.");
}

/** Parser of an option that takes a number of milliseconds. */
export function milliseconds(text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Expected milliseconds.");
}

/** Parser of an option that may be given several times. */
export function collect(text: string, before: string[] = []): string[] {
  before.push(text);
  return before;
}

repeatable(patterns);
repeatable(collect);

/** Parser of an option that may be given several times, each time one of the choices. */
export function collectChoice<T extends string>(
  choices: readonly T[],
): (text: string, before?: readonly T[]) => T[] {
  return repeatable((text, before = []) => {
    const choice = choices.find((candidate) => candidate === text);
    if (choice !== undefined) return [...before, choice];
    throw new InvalidArgumentError(`Expected one of ${choices.join(", ")}.`);
  });
}

/** Parser of an option that may be given several times, each time a value of its own. */
export function collectEach<T>(parse: (text: string) => T): (text: string, before?: T[]) => T[] {
  return repeatable((text, before = []) => [...before, parse(text)]);
}

/** Parser of an option that may be given once only. */
export function once<T>(parse: (text: string) => T): (text: string, before?: T) => T {
  return (text, before) => {
    if (before === undefined) return parse(text);
    throw new InvalidArgumentError(`It is given twice, and was ${before} before.`);
  };
}

/** Parser of an option that takes one of the choices, at most once. */
export function onceChoice<T extends string>(
  choices: readonly T[],
): (text: string, before?: T) => T {
  return once((text) => {
    const choice = choices.find((candidate) => candidate === text);
    if (choice !== undefined) return choice;
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}.`);
  });
}

/** Parser of an option that takes a number of a range. */
export function numberIn(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? NaN : Number(text);
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected a number from ${min} to ${max}.`);
  };
}

/** Largest frame, id and seed. */
export const U32_MAX = 0xffffffff;
