import { shownValue } from "../core/shown_value.ts";

/** What an option may be. */
export interface OptionRule {
  /** What is expected, as a message says it. */
  readonly expected: string;
  /** True for a value of the right type. */
  readonly isType: (value: unknown) => boolean;
  /** True for a value of that type that can be used; all can when left out. */
  readonly isUsable?: (value: never) => boolean;
}

/** Rules of options by their names, all of which may be left out. */
export type OptionRules<T> = { readonly [name in keyof T]-?: OptionRule };

/** Rule of an option that is true or false. */
export const TRUTH: OptionRule = {
  expected: "true or false",
  isType: (value) => typeof value === "boolean",
};

/** Rule of an option that is a number. */
export function numberRule(expected: string, isUsable: (value: number) => boolean): OptionRule {
  return { expected, isType: (value) => typeof value === "number", isUsable };
}

/**
 * Refuses options that are none, and values that they cannot have.
 *
 * @throws {TypeError} for a key that is no option, or a value of another type
 * @throws {RangeError} for a value of the right type that cannot be used
 */
export function checkOptions<T>(options: unknown, rules: OptionRules<T>): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(`The options are ${shownValue(options)}, expected an object of them`);
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name as keyof T] : undefined;
    if (rule === undefined) throw unknownOption(name, Object.keys(rules));
    if (value === undefined) continue;
    const isType = rule.isType(value);
    if (isType && (rule.isUsable?.(value as never) ?? true)) continue;
    const message = `${name} is ${shownValue(value)}, expected ${rule.expected}`;
    throw isType ? new RangeError(message) : new TypeError(message);
  }
}

function unknownOption(name: string, known: readonly string[]): TypeError {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");
  const near = known.find((other) => plain(other) === plain(name));
  const remedy = near === undefined ? `options are ${known.join(", ")}` : `did you mean ${near}?`;
  return new TypeError(`There is no option ${shownValue(name)}; ${remedy}`);
}
