/** A part of a page: its hash, what is clipped (the top of the page unless given), most rows. */
export interface Picture {
  readonly page: "cost" | "report" | "rewind";
  readonly hash?: string;
  readonly selector?: string;
  readonly height: number;
}

/** Every picture of the docs, by its file. */
export const PICTURES: Readonly<Record<string, Picture>> = {
  "report.png": { page: "cost", height: 1400 },
  "rewind.png": { page: "rewind", hash: "#shot-61", height: 1400 },
  "tour-report.png": { page: "report", height: 900 },
  "tour-runs.png": { page: "report", selector: "section:has(.trade-off)", height: 1100 },
  "tour-time.png": { page: "report", selector: "section:has(#freeze-strip)", height: 900 },
  "tour-cost.png": { page: "report", selector: "section:has(#event-lane)", height: 1100 },
  "tour-second.png": {
    page: "report",
    hash: "#second-14&run=2",
    selector: "#second",
    height: 1400,
  },
  "tour-shot.png": { page: "rewind", hash: "#shot-61", selector: ".stage", height: 1000 },
};
