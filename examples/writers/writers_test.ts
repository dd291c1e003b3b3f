import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { endWithFolder } from "../../cli/in_folder_test_helper.ts";
import { inFolder } from "../../cli/run_cli_test_helper.ts";
import { Recorder } from "./recorder_test_helper.ts";
import { Teller, TOLD } from "./teller_test_helper.ts";
import { assertWorld, FIRST_FRAME, readRecording, worldFrame } from "./world_test_helper.ts";
import { sendWorld, skipped, WRITERS } from "./writers_test_helper.ts";

for (const writer of WRITERS) {
  const { file } = writer;
  const skip = skipped(writer);

  test(`${file} is recorded row by row as it was sent, whatever the texts, numbers and locale`, {
    skip,
  }, () =>
    inFolder(async (folder) => {
      const recorder = await Recorder.start(join(folder, "a.mcap"));
      const { dropped } = await sendWorld(await writer.compile(folder), recorder.port);
      assert.equal(dropped, 0);
      await recorder.stop();
      await assertWorld(recorder.path, FIRST_FRAME, 60);
    }));

  test(
    `${file} shows its token, and says what the recorder says where it is wrong`,
    { skip },
    () =>
      inFolder(async (folder) => {
        const command = await writer.compile(folder);
        const token = 'se"cret';
        const recorder = await Recorder.start(join(folder, "a.mcap"), 0, ["--token", token]);
        const refused = await sendWorld(command, recorder.port, {
          token: "wrong",
          frames: 12,
          paceMs: 40,
        });
        assert.match(refused.printed, /\{"error":"the token is wrong/);
        const { dropped } = await sendWorld(command, recorder.port, { token });
        assert.equal(dropped, 0);
        await recorder.stop();
        await assertWorld(recorder.path, FIRST_FRAME, 60);
      }),
  );

  test(
    `${file} says whole lines of what the recorder says, in whatever parts it comes`,
    { skip },
    () =>
      inFolder(async (folder) => {
        const command = await writer.compile(folder);
        const teller = await Teller.open();
        const { printed } = await sendWorld(command, teller.port, { frames: 40, paceMs: 20 });
        await teller.close();
        const [, told] = printed.split(/\{"dropped":\d+\}\n/);
        assert.equal(told!.split("\n")[0], TOLD[1]);
        assert.doesNotMatch(printed, /unfinished/);
      }),
  );

  test(
    `${file} goes on without a recorder, and counts what it drops`,
    { skip },
    () =>
      inFolder(async (folder) => {
        const { port } = await listenOnce();
        const command = await writer.compile(folder);
        const { dropped } = await sendWorld(command, port, { token: "never sent" });
        assert.equal(dropped, 60 + 20);
      }),
  );

  test(`${file} waits for no recorder that takes nothing, and drops whole frames`, {
    skip,
  }, () =>
    inFolder(async (folder) => {
      const sink = await Sink.open();
      // More than it and the kernel keep.
      const frames = file.endsWith(".gd") ? 3000 : 16_000;
      const token = "no frame";
      const command = await writer.compile(folder);
      const { dropped } = await sendWorld(command, sink.port, { frames, token });
      sink.take();
      await sink.closed;
      // What is cut at the end is the frame that it was sending when it gave up.
      const [greeting, ...lines] = sink.text.split("\n").slice(0, -1);
      assert.deepEqual(JSON.parse(greeting!), { token });
      const sent = lines
        .map((line) => JSON.parse(line) as { readonly f: number });
      const events = Math.floor((FIRST_FRAME + frames - 1) / 3) -
        Math.floor((FIRST_FRAME - 1) / 3);
      assert.ok(dropped > 0 && sent.length > 100);
      assert.equal(sent.length + dropped, frames + events);
      for (let i = 1; i < sent.length; i++) assert.ok(sent[i]!.f >= sent[i - 1]!.f);
    }));

  test(
    `${file} goes on at a recorder that was started again`,
    { skip },
    () =>
      inFolder(async (folder) => {
        const command = await writer.compile(folder);
        const first = await Recorder.start(join(folder, "1.mcap"));
        const frames = 500;
        const sending = sendWorld(command, first.port, { frames, paceMs: 10 });
        await first.begun();
        await first.end();
        const second = await Recorder.start(join(folder, "2.mcap"), first.port);
        const { dropped } = await sending;
        await second.stop();
        const before = await readRecording(first.path);
        const behind = await readRecording(second.path);
        assert.ok(dropped > 0);
        await assertWorld(first.path, FIRST_FRAME, before.frames.length);
        const from = behind.frames[0]!.frame;
        assert.ok(from > FIRST_FRAME + before.frames.length);
        assert.equal(behind.frames.at(-1)!.frame, FIRST_FRAME + frames - 1);
        await assertWorld(second.path, from, FIRST_FRAME + frames - from, { isJoined: true });
      }),
  );
}

test("writers can be copied: at most 120 lines, and none names a machine's path", () => {
  for (const { file } of WRITERS) {
    const text = readFileSync(new URL(file, import.meta.url), "utf8");
    assert.ok(text.split("\n").length - 1 <= 120, file);
    assert.match(text, /MIT license/, file);
  }
});

test("worldFrame() has what writers get wrong: quiet frames, absence, a sign of zero", () => {
  const frames = Array.from({ length: 60 }, (_, i) => worldFrame(FIRST_FRAME + i));
  assert.ok(frames.some(({ entities }) => entities.length === 0));
  const players = frames.flatMap(({ entities }) => entities.filter(({ id }) => id === "1"));
  assert.ok(players.some(({ fields }) => Object.is(fields.zero, -0)));
  assert.ok(players.some(({ fields }) => !("odd" in fields)));
});

/** A port that nobody listens on. */
async function listenOnce(): Promise<{ readonly port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return { port };
}

/** A recorder that takes nothing until it is told to. */
class Sink {
  text = "";
  readonly closed: Promise<void>;
  readonly #server: Server;
  readonly #sockets: Socket[] = [];

  private constructor(server: Server) {
    this.#server = server;
    this.closed = new Promise((resolve) =>
      server.on("connection", (socket) => {
        socket.pause();
        socket.setEncoding("utf8");
        socket.on("error", () => {});
        socket.on("close", () => server.close(() => resolve()));
        this.#sockets.push(socket);
      })
    );
  }

  static async open(): Promise<Sink> {
    const server = createServer({ pauseOnConnect: true });
    const sink = new Sink(server);
    endWithFolder(() => {
      server.close();
      for (const socket of sink.#sockets) socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return sink;
  }

  get port(): number {
    return (this.#server.address() as { readonly port: number }).port;
  }

  take(): void {
    for (const socket of this.#sockets) {
      socket.on("data", (text) => this.text += text);
      socket.resume();
    }
  }
}
