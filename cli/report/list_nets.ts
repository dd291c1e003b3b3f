import { textTable } from "../terminal/text_table.ts";

/** Lines that name every preset of `--net`, its values and their source. */
export async function netLines(): Promise<string[]> {
  const { formatLinkOptions, NET_PRESETS } = await import("../../mod.ts");
  const rows = NET_PRESETS.map(({ name, up, down, source }) => {
    const [upText, downText] = [formatLinkOptions(up), formatLinkOptions(down)];
    return [name, upText === downText ? downText : `up ${upText} down ${downText}`, source];
  });
  return textTable(
    [
      { title: "--net", align: "left" },
      { title: "each direction", align: "left" },
      { title: "source", align: "left" },
    ],
    rows,
  );
}
