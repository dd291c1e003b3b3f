/** Splits `key=a,b,c,key=d` into keys and values. @throws {SyntaxError} without a first key */
export function parsePairs(text: string): Map<string, string[]> {
  const pairs = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const part of text.split(",")) {
    const equals = part.indexOf("=");
    const word = part.slice(equals + 1).trim();
    if (equals >= 0) {
      const key = part.slice(0, equals).trim();
      if (pairs.has(key)) throw new SyntaxError(`${JSON.stringify(text)} gives ${key} twice`);
      values = [];
      pairs.set(key, values);
    }
    if (values === undefined || word === "") {
      throw new SyntaxError(`${JSON.stringify(text)} is not of the form key=value,key=value`);
    }
    values.push(word);
  }
  return pairs;
}
