import type { ReportPageOptions, RunMoments } from "../../lib/report.ts";
import { EventList } from "../../lib/bandwidth/moments/event_list.ts";
import type { RecordingReader } from "../../lib/recording.ts";
import type { Snapshot } from "../../lib/world.ts";
import { recordedOn } from "../page/recorded_on.ts";

/** What the page of a report shows beside it: moments of its runs, events, when it was recorded. */
export class PageData {
  readonly #events: EventList;
  readonly #recordedOn: string;
  readonly #moments: RunMoments[] = [];

  private constructor(events: EventList, recordedOn: string) {
    this.#events = events;
    this.#recordedOn = recordedOn;
  }

  /** Reads the events of a recording, before its frames are gone through. */
  static async read(path: string, reader: RecordingReader): Promise<PageData> {
    const events = new EventList(reader.eventCounts);
    const firstFrame = reader.firstFrame ?? 0;
    for await (const { event, offset } of reader.placedEvents("frame")) {
      const { data, name, timeMs } = event;
      events.add({ name, data, timeMs, frame: event.frame ?? Math.max(0, firstFrame + offset) });
    }
    return new PageData(events, recordedOn(path, reader));
  }

  /** What has to be listened to for it. */
  get listeners(): {
    onFrame: (frame: Snapshot) => void;
    onMoments: (run: number, moments: RunMoments) => void;
  } {
    return {
      onFrame: ({ frame, timeMs }) => this.#events.reach(frame, timeMs),
      onMoments: (run, moments) => this.#moments[run] = moments,
    };
  }

  /** What the page is given. */
  options(): ReportPageOptions {
    const events = this.#events.list();
    return {
      moments: this.#moments,
      recordedOn: this.#recordedOn,
      ...(events.names.length === 0 ? {} : { events }),
    };
  }
}
