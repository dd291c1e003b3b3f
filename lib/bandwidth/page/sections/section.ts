import { pageSection } from "../../../page/page_parts.ts";

/** Card of the report's page; `hint` and `content` are HTML. */
export function section(title: string, hint: string, content: string): string {
  return pageSection({ title, hint, content });
}

/** Box that a script draws a chart into. */
export function chart(name: string, height: number, view: string = ""): string {
  return `<div class="chart" data-chart="${name}" data-height="${height}" data-view="${view}" ` +
    `style="height:${height}px"></div>`;
}
