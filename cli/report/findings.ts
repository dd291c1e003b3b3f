import {
  type BandwidthReport,
  findFindings,
  RecordingWatch,
  type RunOptions,
  type RunReport,
} from "../../lib/report.ts";
import type { Snapshot, SnapshotLayout } from "../../lib/world.ts";
import { flagOf } from "../option_flags.ts";

/** What stands out in a report, for which recorded frames are looked at while they pass. */
export class ReportFindings {
  readonly #watch: RecordingWatch | undefined;

  /** Nothing yet; `isWanted` is false where only the cost is measured. */
  constructor(recorded: SnapshotLayout, isWanted: boolean = true) {
    this.#watch = isWanted ? new RecordingWatch(recorded) : undefined;
  }

  /** What has to be listened to. */
  get listeners(): { onFrame?: (frame: Snapshot) => void } {
    const watch = this.#watch;
    return watch === undefined ? {} : { onFrame: (frame) => watch.add(frame) };
  }

  /** The member of the report, with flags in what is to be changed; none where none is wanted. */
  of(
    reports: readonly RunReport[],
    runs: readonly RunOptions[],
  ): Pick<BandwidthReport, "findings"> {
    if (this.#watch === undefined) return {};
    return {
      findings: findFindings({ reports, runs, facts: this.#watch.facts(), nameOf: flagOf }),
    };
  }
}
