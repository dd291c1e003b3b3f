import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";

/** A command as the help of the program lists it. */
export interface ListedCommand {
  /** Its arguments, as its own help has them. */
  readonly usage: string;
  /** What it does, in a line. */
  readonly description: string;
  /** Loads what gives it arguments, options and an action. */
  readonly load: () => Promise<(command: Command) => CommandUnknownOpts>;
}

/** Commands by name, in the order of the help; each is loaded only when it is named. */
export const COMMANDS: Readonly<Record<string, ListedCommand>> = {
  record: {
    usage: "[input]",
    description:
      "Record a state stream (NDJSON rows or frames, CSV, gzipped or not) to an MCAP file.",
    load: async () => (await import("./record.ts")).recordCommand,
  },
  info: {
    usage: "<recording>",
    description: "Say what a recording holds: kinds, fields, ranges, steps, gaps, events.",
    load: async () => (await import("./info.ts")).infoCommand,
  },
  at: {
    usage: "<recording>",
    description: "Print the snapshot of a frame, as it was recorded or as a server's ring has it.",
    load: async () => (await import("./at.ts")).atCommand,
  },
  cat: {
    usage: "<recording>",
    description: "Print states and events of a recording as rows that record takes back.",
    load: async () => (await import("./cat.ts")).catCommand,
  },
  cut: {
    usage: "<recording>",
    description: "Copy a part of a recording, with its types and events, to a new one.",
    load: async () => (await import("./cut.ts")).cutCommand,
  },
  merge: {
    usage: "<recordings...>",
    description: "Merge recordings by their frames, side by side or one after another.",
    load: async () => (await import("./merge.ts")).mergeCommand,
  },
  diff: {
    usage: "<A> <B>",
    description: "Say where two recordings part, what differs first, and whether it grows.",
    load: async () => (await import("./diff.ts")).diffCommand,
  },
  report: {
    usage: "[recording]",
    description: "Send a recording through simulated consumers and networks: cost and damage.",
    load: async () => (await import("./report.ts")).reportCommand,
  },
  rewind: {
    usage: "<recordings...>",
    description: "Judge recorded shots under rewind policies, and say why one did not count.",
    load: async () => (await import("./rewind.ts")).rewindCommand,
  },
  verify: {
    usage: "<recording>",
    description: "Check every byte, index and rule of a recording, and say what is at fault.",
    load: async () => (await import("./verify.ts")).verifyCommand,
  },
  recover: {
    usage: "<recording>",
    description: "Save what is whole of a recording that was cut or is damaged, as a whole one.",
    load: async () => (await import("./recover.ts")).recoverCommand,
  },
};
