/** What commands need of Deno. */
export interface NeededPermissions {
  /** Command lines, as the README's table names them. */
  readonly commands: string;
  /** The least flags; HOST and PORT are those of the address. */
  readonly flags: readonly string[];
}

const READ = ["--allow-read"];
const WRITE = [...READ, "--allow-write"];
const WS_VARIABLES = "--allow-env=WS_NO_BUFFER_UTIL,WS_NO_UTF_8_VALIDATE";

/** The least permissions of each command, as the README's table has them. */
export const PERMISSIONS = {
  reading: {
    commands: "`info`, `at`, `cat`, `diff`, `verify`, `report`, `rewind`, `record --check`",
    flags: READ,
  },
  writing: {
    commands:
      "`record`, `cut`, `merge`, `recover`, and what writes a file (`--html`, `--csv`, `--parquet`, `--repro`)",
    flags: WRITE,
  },
  tcp: {
    commands: "`record --listen tcp://HOST:PORT`",
    flags: [...WRITE, "--allow-net=HOST:PORT"],
  },
  udp: { commands: "`record --listen udp://HOST:PORT`", flags: [...WRITE, "--allow-net=HOST"] },
  ws: {
    commands: "`record --listen ws://HOST:PORT`",
    flags: [...WRITE, "--allow-net=HOST:PORT", WS_VARIABLES],
  },
} as const satisfies Readonly<Record<string, NeededPermissions>>;

const WRITING_COMMANDS = ["record", "cut", "merge", "recover"];
const WRITING_OPTIONS = ["--html", "--csv", "--parquet", "--repro"];

/** Flags of Deno that a command line runs with, and no more than those. */
export function permissionFlags(words: readonly string[]): readonly string[] {
  const [command = "", ...rest] = words;
  const urls = rest.filter((_, i) => rest[i - 1] === "--listen").map((url) => new URL(url));
  const isWriting = (WRITING_COMMANDS.includes(command) && !rest.includes("--check")) ||
    rest.some((word) => WRITING_OPTIONS.includes(word.split("=")[0]!));
  const needed: readonly string[] = isWriting
    ? PERMISSIONS.writing.flags
    : PERMISSIONS.reading.flags;
  const more = urls.flatMap(({ protocol, hostname, port }) =>
    PERMISSIONS[protocol.slice(0, -1) as "tcp" | "udp" | "ws"].flags.slice(WRITE.length).map(
      (flag) => flag.replace("HOST", hostname).replace("PORT", port),
    )
  );
  const hosts = more.filter((flag) => flag.startsWith("--allow-net="));
  // Deno takes a flag once.
  const net = hosts.length === 0
    ? []
    : [`--allow-net=${[...new Set(hosts.map((flag) => flag.split("=")[1]))].join()}`];
  return [...needed, ...net, ...new Set(more.filter((flag) => !hosts.includes(flag)))];
}
