/** Longest expression that is read, in characters. */
export const EXPRESSION_LENGTH_MAX = 256;

/** Deepest nesting of parentheses, signs and calls that is read. */
export const EXPRESSION_DEPTH_MAX = 32;

/** Looks up a number by name; undefined when there is none. */
export type NumberLookup = (name: string) => number | undefined;

/** A formula over a shot's numbers, parsed once. It can do arithmetic and nothing else. */
export interface Expression {
  /** Text that it was read from. */
  readonly text: string;
  /** Names that it reads, each once. */
  readonly names: readonly string[];
  /**
   * Value of the formula.
   *
   * @throws {RangeError} when a name has no number or the result is not finite
   */
  evaluate(lookup: NumberLookup): number;
}

/**
 * Reads a formula: numbers, names, `+ - * /`, parentheses and the functions `min`, `max`, `abs`,
 * `floor`, `ceil`, `round` (half up).
 *
 * @param text at most 256 characters, nested at most 32 deep
 * @throws {SyntaxError} with the position of what was not understood
 */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text);
  const evaluate = parser.parse();
  return {
    text,
    names: [...parser.names],
    evaluate(lookup: NumberLookup): number {
      const value = evaluate(lookup);
      if (!Number.isFinite(value)) throw new RangeError(`${text} is ${value}, not a finite number`);
      return value;
    },
  };
}

type Node = (lookup: NumberLookup) => number;

const FUNCTIONS: { readonly [name: string]: (values: readonly number[]) => number } = {
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  abs: (values) => Math.abs(values[0]!),
  floor: (values) => Math.floor(values[0]!),
  ceil: (values) => Math.ceil(values[0]!),
  round: (values) => Math.floor(values[0]! + 0.5),
};

class Parser {
  readonly names: Set<string> = new Set();
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.length > EXPRESSION_LENGTH_MAX) {
      throw new SyntaxError(
        `Cannot read an expression of ${text.length} characters, at most ${EXPRESSION_LENGTH_MAX}`,
      );
    }
  }

  parse(): Node {
    const node = this.#sum();
    if (this.#peek() !== "") this.#refuse("an operator");
    return node;
  }

  #sum(): Node {
    let left = this.#product();
    for (;;) {
      const sign = this.#peek();
      if (sign !== "+" && sign !== "-") return left;
      this.#at++;
      const a = left;
      const b = this.#product();
      left = sign === "+" ? (lookup) => a(lookup) + b(lookup) : (lookup) => a(lookup) - b(lookup);
    }
  }

  #product(): Node {
    let left = this.#factor();
    for (;;) {
      const sign = this.#peek();
      if (sign !== "*" && sign !== "/") return left;
      this.#at++;
      const a = left;
      const b = this.#factor();
      left = sign === "*" ? (lookup) => a(lookup) * b(lookup) : (lookup) => a(lookup) / b(lookup);
    }
  }

  #factor(): Node {
    if (++this.#depth > EXPRESSION_DEPTH_MAX) {
      this.#refuse(`nesting of at most ${EXPRESSION_DEPTH_MAX}`);
    }
    const node = this.#unary();
    this.#depth--;
    return node;
  }

  #unary(): Node {
    const next = this.#peek();
    if (next === "-") {
      this.#at++;
      const inner = this.#factor();
      return (lookup) => -inner(lookup);
    }
    if (next === "(") {
      this.#at++;
      const inner = this.#sum();
      this.#expect(")");
      return inner;
    }
    const number = this.#match(/^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i);
    if (number !== undefined) {
      const value = Number(number);
      return () => value;
    }
    const name = this.#match(/^[A-Za-z_][A-Za-z0-9_]*/);
    if (name === undefined) return this.#refuse("a number, a name or (");
    return this.#peek() === "(" ? this.#call(name) : this.#variable(name);
  }

  #variable(name: string): Node {
    this.names.add(name);
    return (lookup) => {
      const value = lookup(name);
      if (value === undefined) throw new RangeError(`${this.#text} needs ${name}`);
      return value;
    };
  }

  #call(name: string): Node {
    const run = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]! : undefined;
    if (run === undefined) return this.#refuse(`one of ${Object.keys(FUNCTIONS).join(", ")}`);
    this.#expect("(");
    const parameters = [this.#sum()];
    while (this.#peek() === ",") {
      this.#at++;
      parameters.push(this.#sum());
    }
    if (name !== "min" && name !== "max" && parameters.length !== 1) {
      this.#refuse(`one argument of ${name}`);
    }
    this.#expect(")");
    return (lookup) => run(parameters.map((parameter) => parameter(lookup)));
  }

  /** The next character that is no space; empty at the end. */
  #peek(): string {
    while (this.#text[this.#at] === " ") this.#at++;
    return this.#text[this.#at] ?? "";
  }

  #expect(character: string): void {
    if (this.#peek() !== character) this.#refuse(character);
    this.#at++;
  }

  #match(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.#text.slice(this.#at))?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #refuse(expected: string): never {
    const found = this.#peek() === "" ? "the end" : JSON.stringify(this.#peek());
    throw new SyntaxError(
      `Cannot read expression ${JSON.stringify(this.#text)} at character ${
        this.#at + 1
      }: found ${found}, expected ${expected}`,
    );
  }
}
