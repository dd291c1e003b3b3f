import { report } from "./runs.js";

/** Offers the report as a file that `--compare` takes; it is written when somebody wants it. */
export function offerJson() {
  const link = document.getElementById("save");
  if (link === null) return;
  link.href = "#";
  const write = () => {
    if (link.href.startsWith("blob:")) return;
    const text = `${JSON.stringify(report, undefined, 2)}\n`;
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  };
  for (const event of ["pointerenter", "focus", "click"]) link.addEventListener(event, write);
}
