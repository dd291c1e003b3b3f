/*
 * What reads a file without its index, which only a damaged one needs: it is loaded then.
 */
export { indexedRecords } from "./found_record.ts";
export { scanRecords } from "./record_scan.ts";
export { surveyedContents } from "./surveyed_contents.ts";
export { movedRecords } from "./moved_records.ts";
