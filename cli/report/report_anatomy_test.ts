import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { NoPacket, PacketAnatomy } from "../../lib/report.ts";
import {
  hindcast,
  hindcastJson,
  inFolder,
  recordRows,
  recordShort,
  statesAt,
  testdata,
} from "../run_cli_test_helper.ts";

/** What `report --frame --json` prints. */
interface Printed {
  readonly recording: string;
  readonly packets: readonly PacketAnatomy[];
}

/** Two kinds, ids of the game, a text, an integer of 64 bits, one that goes. */
const ROWS = [0, 1, 2, 3].flatMap((f) => [
  { f, t: f * 50, id: "ada", kind: "ship", x: f, call: f < 2 ? "hello" : 'say "hi"\n' },
  ...f < 3 ? [{ f, t: f * 50, id: "gate-7", kind: "gate", key: "18446744073709551615" }] : [],
]);

/** The same with the key as an integer, which JSON.stringify cannot write. */
const LINES = ROWS.map((row) => JSON.stringify(row).replace(/"(\d{20})"/, "$1"));

describe("report --frame", () => {
  test("prints a tree a run, --json the same figures, with names and values as the game has them", () =>
    inFolder(async (folder) => {
      const path = await recordRows(folder, LINES);
      const args = ["report", path, "--frame", "3", "--codec", "mask", "--codec", "varint"];
      const { recording, packets } = await hindcastJson<Printed>([...args, "--json"]);
      assert.equal(recording, path);
      assert.deepEqual(packets.map(({ run }) => run), ["strict mask none", "strict varint none"]);
      for (const packet of packets) {
        assert.deepEqual(packet.records.map(({ id, kind, type }) => [id, kind, type]), [
          ["ada", "ship", "update"],
          ["gate-7", "gate", "despawn"],
        ]);
        assert.deepEqual(
          packet.records[0]!.fields.map(({ field, from, to }) => [field, from, to]),
          [
            ["x", 2, 3],
          ],
        );
      }
      const { stdout, code } = await hindcast(args);
      assert.equal(code, 0);
      const titles = stdout.split("\n").filter((line) => line.includes(": consumer 0, frame 3"));
      assert.deepEqual(titles, packets.map(({ run }) => `${run}: consumer 0, frame 3 at 150 ms`));
      assert.match(stdout, /update ship ada/);
      assert.match(stdout, /x 2 -> 3/);
      const first = await hindcastJson<Printed>([...args.with(3, "0"), "--json"]);
      const [ada, gate] = first.packets[0]!.records;
      assert.equal(ada!.fields.find(({ field }) => field === "call")!.to, "hello");
      assert.deepEqual(gate!.fields, [
        { field: "key", bits: 64, from: null, to: "18446744073709551615" },
      ]);
      const second = await hindcast([...args.with(3, "2"), "--json"]);
      assert.match(second.stdout, /"from": "hello",\n +"to": "say \\"hi\\"\\n"/);
    }));

  test("--json has the documented keys, and its bits are those of the report", () =>
    inFolder(async (folder) => {
      const path = await recordShort(folder);
      const net = ["--net", "4g", "--consumers", "4", "--ack", "nack"];
      const args = ["report", path, "--json", "--frame", "740", "--consumer", "3", ...net];
      const printed = await hindcastJson<Printed>(args);
      assert.deepEqual(Object.keys(printed), ["version", "command", "recording", "packets"]);
      const [packet] = printed.packets;
      assert.deepEqual(Object.keys(packet!), KEYS);
      assert.deepEqual(Object.keys(packet!.fate), ["outcome", "latencyMs", "wrongFields"]);
      assert.deepEqual(Object.keys(packet!.between[0]!), ["frame", "outcome", "latencyMs", "ack"]);
      assert.deepEqual(
        Object.keys(packet!.records[0]!).toSorted(),
        ["bits", "entityBits", "fields", "id", "kind", "kindBits", "maskBits", "type"],
      );
      const truth = await statesAt(path, 740);
      for (const { id, fields } of packet!.records) {
        const entity = truth.find((state) => String(state.id) === String(id));
        for (const { field, to } of fields) assert.equal(to, entity!.fields[field] ?? null);
      }
    }));

  test("takes what else a report takes: a wire schema, datagrams, interest, a budget", () =>
    inFolder(async (folder) => {
      const path = await recordShort(folder);
      const wire = join(folder, "wire.json");
      const fields = [{ name: "x", type: "fixed", step: 4 }, { name: "y", type: "f32" }];
      writeFileSync(wire, JSON.stringify({ kinds: [{ name: "player", fields }] }));
      const args = ["report", path, "--json", "--codec", "mask"];
      const rounded = await hindcastJson<Printed>([...args, "--frame", "690", "--wire", wire]);
      const records = rounded.packets[0]!.records;
      assert.deepEqual(records.map(({ kind }) => kind), ["player", "player"]);
      for (const { fields } of records) {
        assert.deepEqual(fields.map(({ field, bits }) => [field, bits]), [["x", 32], ["y", 32]]);
        assert.ok(Number.isInteger(Number(fields[0]!.to) / 4));
      }
      const pieces = await hindcastJson<Printed>([...args, "--frame", "690", "--mtu", "64"]);
      const { datagrams, bits, wireBits, wire: parts } = pieces.packets[0]!;
      assert.equal(datagrams, Math.ceil(bits / 8 / 60));
      assert.deepEqual(parts, [
        { part: "ipUdpHeaders", bits: datagrams * 224 },
        { part: "pieceHeaders", bits: datagrams * 32 },
        { part: "packet", bits },
      ]);
      assert.equal(wireBits, bits + datagrams * 256);
      const near = await hindcastJson<Printed>([
        ...[...args, "--frame", "760", "--interest", "radius=300@x,y", "--own", "player"],
        ...["--budget", "24kbps", "--send-every", "2"],
      ]);
      assert.ok(near.packets[0]!.waiting !== null);
    }));

  test("says on one line why there is no packet, or what cannot be asked for", () =>
    inFolder(async (folder) => {
      const path = await recordShort(folder);
      const refusals: readonly (readonly [string, number, RegExp])[] = [
        [
          "--frame 5",
          2,
          /^hindcast: Frame 5 is not in the recording; the nearest recorded is 690$/,
        ],
        ["--frame 5 --net none --net 4g", 2, /^hindcast: Frame 5 is not in the recording; /],
        [
          "--frame 690 --net none --net 4g --churn join=60s",
          1,
          /^hindcast: No packet goes [^\n]*$/,
        ],
        ["--frame 700 --send-every 7", 2, /: No packet goes .* near it at frames 697 and 704$/],
        [
          "--frame 690 --churn join=60s",
          1,
          /: No packet goes to consumer 0 .* not joined by then$/,
        ],
        ["--frame 780 --budget 1kbps", 1, /: its budget of 1 kbps allows none; /],
        [
          "--frame 700 --consumer 1",
          2,
          /: --consumer is 1, expected 0: there is one, counted from/,
        ],
        [
          "--frame 700 --consumer 9 --consumers 3",
          2,
          /: --consumer is 9, expected 0 to 2: there are 3, counted from 0; /,
        ],
        [
          "--frame 700 --consumer 4 --consumers 9 --consumers 3 --consumers 5",
          2,
          /: --consumer is 4, expected 0 to 2: there are 3 in the smallest run, counted from 0; /,
        ],
        [
          "--frame 700 --frame 701",
          2,
          /'--frame <n>' argument '701' is invalid. It is given twice/,
        ],
        ["--frame 700 --consumer 0 --consumer 0", 2, /'--consumer <n>' .* It is given twice, and/],
        ["--consumer 1 --consumers 3", 2, /: --consumer needs --frame, /],
        ["--frame 700 --html out.html", 2, /'--frame <n>' cannot be used with option '--html/],
        ["--frame x", 2, /'--frame <n>' argument 'x' is invalid/],
      ];
      for (const [words, exitCode, message] of refusals) {
        const { code, stdout, stderr } = await hindcast(
          ["report", path, ...words.split(" ")],
          { cwd: folder },
        );
        assert.deepEqual([code, stdout], [exitCode, ""], words);
        assert.match(stderr.trimEnd(), message, words);
      }
    }));

  test("--json has an object a run also where none has a packet, and says so in their order", () =>
    inFolder(async (folder) => {
      const path = await recordShort(folder);
      const nets = ["none", "4g", "wifi"];
      const args = ["report", path, "--frame", "780", "--json", "--budget", "1kbps"];
      const { code, stdout, stderr } = await hindcast(
        [...args, "--churn", "none", "--churn", "join=60s", ...nets.flatMap((n) => ["--net", n])],
      );
      assert.equal(code, 1);
      const { packets } = JSON.parse(stdout);
      assert.deepEqual(
        packets.map(({ missing }: NoPacket) => missing),
        ["budget", "not-connected", "budget", "not-connected", "budget", "not-connected"],
      );
      assert.deepEqual(
        stderr.trimEnd().split("\n"),
        packets.map(({ run, text }: NoPacket) => `hindcast: ${run}: ${text}`),
      );
      const alike = await hindcast(["report", path, "--frame", "5", "--json", "--net", "none"]);
      assert.equal(alike.code, 2);
      assert.deepEqual(
        JSON.parse(alike.stdout).packets.map(({ missing }: NoPacket) => missing),
        ["not-recorded"],
      );
    }));

  test("prints the runs that have a packet, and says which has none", () =>
    inFolder(async (folder) => {
      const path = await recordShort(folder);
      const args = [
        "report",
        path,
        "--frame",
        "780",
        "--net",
        "none",
        "--net",
        "delay=90,loss=99%",
      ];
      const { code, stdout, stderr } = await hindcast(
        [...args, "--churn", "timeout=100ms,away=60s"],
      );
      assert.equal(code, 1);
      assert.match(stdout, /^strict varint none: consumer 0, frame 780/);
      assert.match(
        stderr,
        /^hindcast: strict varint delay=90,loss=99%: No packet goes .*: it joined at frame 690 and left at frame \d+\n$/,
      );
    }));
});

test("docs/report.md prints what its command does", () =>
  inFolder(async (folder) => {
    const page = readFileSync(new URL("../../docs/report.md", import.meta.url), "utf8");
    const [, words, printed] =
      /```sh\nhindcast (report out\/duel\.mcap .*--frame .*)\n```\n\n```text\n([^`]*)```/.exec(
        page,
      )!;
    const path = join(folder, "out", "duel.mcap");
    const duel = (name: string) => testdata(`duel/duel.${name}.ndjson.gz`);
    await hindcast(["record", duel("state"), "--events", duel("events"), "-o", path]);
    const { stdout } = await hindcast(words!.split(" "), { cwd: folder });
    assert.equal(stdout, printed);
  }));

const KEYS = [
  ...["run", "consumer", "frame", "timeMs", "form", "ack", "codec", "baselineFrame"],
  ...["assumedFrame", "baselineAgeFrames", "baselineAgeMs", "ackedFrame", "appliedFrame"],
  ...[
    "keyframeReason",
    "reason",
    "between",
    "betweenLeftOut",
    "waiting",
    "bits",
    "wireBits",
    "datagrams",
    "wire",
  ],
  ...["header", "records", "fate"],
];
