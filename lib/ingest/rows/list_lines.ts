/**
 * Lines of a file that is one JSON list with an element a line: the brackets and commas around the
 * elements are left out.
 */
export class ListLines {
  #isOpen = false;

  /**
   * The element of a line.
   *
   * @param isFirst true for the first line of an input
   * @returns the line itself where it is in no list; undefined where it holds a bracket alone
   */
  elementOf(line: string, isFirst: boolean): string | undefined {
    const text = line.trim();
    if (!this.#isOpen) {
      // A list that ends on its line is no such file.
      if (!isFirst || text[0] !== "[" || text.endsWith("]")) return line;
      const rest = text.slice(1).trimStart();
      if (rest !== "" && rest[0] !== "{") return line;
      this.#isOpen = true;
      return rest === "" ? undefined : withoutEnd(line.replace("[", " "));
    }
    if (text === "]" || text === "[" || text === ",") {
      this.#isOpen = text !== "]";
      return undefined;
    }
    const element = text[0] === "," ? line.replace(",", " ") : line;
    if (/\}\s*\]$/.test(text)) this.#isOpen = false;
    return withoutEnd(element);
  }
}

function withoutEnd(line: string): string {
  return /\}\s*[,\]]\s*$/.test(line) ? line.trimEnd().slice(0, -1) : line;
}
