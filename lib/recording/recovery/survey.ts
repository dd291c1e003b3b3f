/*
 * What reads a file without its index, which only a damaged one needs: it is loaded then.
 */
export { indexedRecords } from "../definitions/found_record.ts";
export { scanAll } from "./definition_scan.ts";
export { scanRecords } from "./record_scan.ts";
export { surveyedContents } from "./surveyed_contents.ts";
export { hasOtherIndex, movedRecords, recordsBeforeOther } from "./moved_records.ts";
