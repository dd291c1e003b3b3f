import { namedNets } from "../../lib/net/spec/named_nets.ts";
import { jsonText } from "../terminal/json_text.ts";
import { textTable } from "../terminal/text_table.ts";

/** Every network with a name, as JSON. */
export function netsJson(): string {
  return jsonText(namedNets());
}

/** Lines that name every network with a name, its options and their source. */
export function netLines(): string[] {
  const rows = namedNets().map(({ name, up, down, source }) => [
    name,
    up === down ? down : `up ${up} down ${down}`,
    source,
  ]);
  return textTable(
    [
      { title: "--net", align: "left" },
      { title: "each direction", align: "left" },
      { title: "source", align: "left" },
    ],
    rows,
  );
}
