import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { inFolder } from "../../cli/run_cli_test_helper.ts";
import { Recorder } from "./recorder_test_helper.ts";
import { readRecording } from "./world_test_helper.ts";
import { skipped, WRITERS } from "./writers_test_helper.ts";

const HERE = fileURLToPath(new URL("./", import.meta.url));
const PAGES = new URL("../../docs/engines/", import.meta.url);
const run = promisify(execFile);

/** The first block of code of a page that begins so. */
function block(page: string, fence: string): string {
  const text = readFileSync(new URL(page, PAGES), "utf8");
  const [, code] = text.split(`\`\`\`${fence}\n`);
  assert.ok(code !== undefined, page);
  return code.split("```")[0]!;
}

test("docs/engines/ links to writers that are there, and each page says what was not run", () => {
  const pages = readdirSync(PAGES);
  assert.equal(pages.length, 8);
  for (const page of pages) {
    const text = readFileSync(new URL(page, PAGES), "utf8");
    const links = [...text.matchAll(/\]\((?!#)([^)#]+)/g)].map(([, link]) => link!);
    assert.ok(links.length > 0, page);
    for (const link of links) readFileSync(new URL(link, new URL(page, PAGES)));
    if (page !== "README.md") assert.match(text, /\nRun by the tests: /, page);
  }
});

test("docs/engines/colyseus.md shows colyseus_room.ts as it is", () => {
  assert.equal(
    block("colyseus.md", "ts ignore"),
    readFileSync(join(HERE, "colyseus_room.ts"), "utf8"),
  );
});

test("docs/engines/typescript.md shows a loop that runs, also without a recorder", () =>
  inFolder(async (folder) => {
    copyFileSync(join(HERE, "plain.ts"), join(folder, "plain.ts"));
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const calls = 'step();\nonShot("q8Zk2LmA1", false, 40, 2.5);\nawait hindcast.close();\n';
    const path = join(folder, "loop.ts");
    writeFileSync(path, `${block("typescript.md", "ts ignore")}\n${calls}export { tick };\n`);
    const { tick } = await import(pathToFileURL(path).href);
    assert.equal(tick, 1);
  }));

const [CS, GD] = [".cs", ".gd"].map((end) => WRITERS.find(({ file }) => file.endsWith(end))!);

/** What of Unity the page uses. */
const UNITY = `
namespace UnityEngine {
  public class MonoBehaviour {
    public static CharacterController[] FindObjectsOfType<T>() =>
      new[] { new CharacterController() };
  }
  public class DefaultExecutionOrder : System.Attribute { public DefaultExecutionOrder(int o) {} }
  public static class Time { public static float fixedDeltaTime = 0.02f; }
  public struct Vector3 { public float x, y, z; }
  public class Transform { public Vector3 position, eulerAngles; }
  public class CharacterController {
    public Transform transform = new Transform();
    public bool enabled = true;
    public int GetInstanceID() => -42;
  }
}`;

test("docs/engines/unity.md shows a script that compiles against the names of Unity", {
  skip: skipped(CS!),
}, () =>
  inFolder(async (folder) => {
    const files = { "Recorder.cs": block("unity.md", "csharp HindcastRecorder.cs"), "U.cs": UNITY };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const shot = block("unity.md", "csharp");
    writeFileSync(
      join(folder, "Shot.cs"),
      `static class Shot { static void Send(ulong shooterId, long victimId, double pingMs,
         double stampedTick, UnityEngine.Vector3 from) { ${shot} } }`,
    );
    const sources = ["Recorder.cs", "U.cs", "Shot.cs"].map((name) => join(folder, name));
    const out = `-out:${join(folder, "a.dll")}`;
    await run("mcs", ["-target:library", out, ...sources, join(HERE, "HindcastWriter.cs")]);
  }));

test("docs/engines/godot.md shows an autoload whose frames are recorded", {
  skip: skipped(GD!),
}, () =>
  inFolder(async (folder) => {
    const recorder = await Recorder.start(join(folder, "a.mcap"));
    const project = join(folder, "project");
    mkdirSync(project);
    const autoload = block("godot.md", "gdscript hindcast_recorder.gd");
    const files = {
      "project.godot": 'config_version=4\n[application]\nrun/main_scene="res://main.tscn"\n' +
        '[autoload]\nRecorder="*res://hindcast_recorder.gd"\n',
      "main.tscn": '[gd_scene load_steps=2 format=2]\n[ext_resource path="res://main.gd" ' +
        'type="Script" id=1]\n[node name="main" type="Node"]\nscript = ExtResource( 1 )\n',
      "main.gd": `extends Node
var player = Spatial.new()
func _ready():
	player.name = "ada"
	player.add_to_group("players")
	add_child(player)
func _physics_process(_delta):
	player.translation.x += 0.25
	if player.translation.x == 300:
		get_node("/root/Recorder").on_shot("ada", false, 40, 2.5)
		get_tree().quit()
`,
      "hindcast_recorder.gd": autoload.replace("7777", String(recorder.port)),
      "hindcast_writer.gd": readFileSync(join(HERE, "hindcast_writer.gd"), "utf8"),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
    // So many steps of a sixtieth as there is time for: their times are numbers of all lengths.
    await run("godot3-server", ["--path", project, "--fixed-fps", "60"], { timeout: 60_000 });
    await recorder.stop();
    const { frames, events } = await readRecording(recorder.path);
    assert.ok(frames.length >= 1199);
    const xs = frames.map(({ entities }) => entities[0]!.fields["pos.x"]);
    // The step is over when it is recorded: the first frame has what the first step did.
    assert.deepEqual(xs, frames.map((_, i) => 0.25 * (i + 1)));
    assert.deepEqual(frames.map(({ timeMs }) => timeMs), frames.map((_, i) => i * 1000 / 60));
    assert.equal(events[0]!.ev, "shot");
  }));
