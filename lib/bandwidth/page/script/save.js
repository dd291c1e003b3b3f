import { report } from "./runs.js";

/** Offers the report as a file that `--compare` takes. */
export function offerJson() {
  const link = document.getElementById("save");
  if (link === null) return;
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
}
