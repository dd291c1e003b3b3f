/** True for the line before a header by which Excel names the delimiter, which the header shows. */
export function isDelimiterLine(text: string): boolean {
  return /^"?sep=[,;\t]"?\s*$/i.test(text);
}

/** The delimiter that a header holds most often outside quotes. */
export function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, "");
  let best = ",";
  let most = 0;
  for (const delimiter of [",", ";", "\t"]) {
    const count = bare.split(delimiter).length;
    if (count > most) {
      most = count;
      best = delimiter;
    }
  }
  return best;
}
