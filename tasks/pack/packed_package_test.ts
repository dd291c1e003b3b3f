import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { statSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { hindcast, recordShort, testdata } from "../../cli/run_cli_test_helper.ts";
import { CLIENT, IMPORTER, SUBPATHS, TYPED, TYPED_WEB } from "./consumers_test_helper.ts";
import { ROOT } from "./root.ts";
import { bunPath, nodePath, outputOf, runProcess } from "./run_process_test_helper.ts";

/** The oldest Node that the package promises to run on. */
const OLDEST_NODE = "22.15.0";
const CLIENT_BYTES_MAX = 10_000;
/** Installing takes seconds, and the same files are installed whichever runtime runs the tests. */
const once = {
  skip: "Deno" in globalThis ? false : "the package is tried by the tests on Deno",
  timeout: 300_000,
};

const folder = mkdtempSync(join(tmpdir(), "hindcast-package-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A package that was made, and empty projects that installed it. */
interface Installed {
  /** What making it said. */
  readonly told: string;
  /** Projects by what installed it. */
  readonly npm: string;
  readonly bun: string;
  /** Programs. */
  readonly node: string;
  readonly oldestNode: string;
  readonly bunProgram: string;
}

let installed: Promise<Installed> | undefined;

/** The package, made and installed once for all tests. */
function install(): Promise<Installed> {
  return installed ??= installAnew();
}

async function installAnew(): Promise<Installed> {
  const tarball = join(folder, "hindcast.tgz");
  const pack = ["run", "-A", "--no-check", "--quiet", "tasks/pack.ts", tarball];
  const [told, node, oldestNode, bunProgram] = await Promise.all([
    outputOf([process.execPath, ...pack], { cwd: ROOT }),
    nodePath(),
    nodePath(OLDEST_NODE),
    bunPath(),
  ]);
  const [npm, bun] = ["npm", "bun"].map((name) => {
    const project = join(folder, name);
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), `{ "private": true, "type": "module" }`);
    writeFileSync(join(project, "importer.mjs"), IMPORTER);
    return project;
  });
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  // Side by side they would wait for each other's downloads.
  await outputOf(["npm", "install", ...quiet, tarball], { cwd: npm! });
  await outputOf([bunProgram, "add", tarball], { cwd: bun! });
  return { told, npm: npm!, bun: bun!, node, oldestNode, bunProgram };
}

/** Words that run the package's own command in its project, by runtime. */
function commands({ node, oldestNode, bunProgram, npm, bun }: Installed) {
  const onNode = (path: string) => ({
    words: ["npx", "hindcast"],
    cwd: npm,
    env: { PATH: `${dirname(path)}:${process.env.PATH}` },
  });
  return {
    node: onNode(node),
    [`node ${OLDEST_NODE}`]: onNode(oldestNode),
    bun: { words: [bunProgram, "x", "--bun", "hindcast"], cwd: bun, env: {} },
    deno: { words: [process.execPath, "run", "-A", "npm:@hindcast/hindcast"], cwd: npm, env: {} },
  };
}

test("pack says what it would publish, and packs no file of the tests", once, async () => {
  const { npm, told } = await install();
  const root = join(npm, "node_modules", "@hindcast", "hindcast");
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" });
  const { name, version, dependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  assert.ok(told.startsWith(`${name} ${version}: `), told);
  for (const word of ["command line", "library", "unpacked", ...Object.keys(dependencies)]) {
    assert.ok(told.includes(word), word);
  }
  for (const path of ["README.md", "LICENSE", "CHANGELOG.md", "THIRD_PARTY_LICENSES.txt"]) {
    assert.ok(paths.includes(path), path);
  }
  assert.deepEqual(paths.filter((path) => /_test|_fuzz|(?<!\.d)\.ts$/.test(path)), []);
  const licenses = readFileSync(join(root, "THIRD_PARTY_LICENSES.txt"), "utf8");
  for (const name of ["commander", "valibot", "@mcap/core", "uplot"]) {
    assert.match(licenses, new RegExp(`^${name} \\d+\\.`, "m"));
  }
});

test("the package depends on what its files import, and on nothing else", once, async () => {
  const { npm } = await install();
  const root = join(npm, "node_modules", "@hindcast", "hindcast");
  const code = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(js|d\.ts)$/.test(path))
    .map((path) => readFileSync(join(root, path), "utf8").replace(/\/\*\*[\s\S]*?\*\//g, ""));
  const named = /(?:\bfrom ?|^import ?|\bimport\()"((?:@[\w-]+\/)?\w[\w-]*)[/"]/gm;
  const imported = code.flatMap((text) => [...text.matchAll(named)].map(([, name]) => name!))
    .filter((name) => !isBuiltin(name));
  const listed = JSON.parse(await outputOf(["npm", "ls", "--all", "--json"], { cwd: npm }));
  const { dependencies } = listed.dependencies["@hindcast/hindcast"];
  assert.deepEqual(Object.keys(dependencies).sort(), [...new Set(imported)].sort());
  assert.ok(imported.includes("valibot") && !imported.includes("commander"));
});

test("every subpath has the names of the sources, and records, on each runtime", once, async () => {
  const { bun, bunProgram, node, npm, oldestNode } = await install();
  const names = Object.fromEntries(
    await Promise.all(
      Object.entries(SUBPATHS).map(async ([subpath, path]) =>
        [subpath, Object.keys(await import(ROOT + path)).sort()] as const
      ),
    ),
  );
  const entities = [{ id: 3, kind: "ship", fields: { x: -2 } }];
  const deno = [process.execPath, "run", "-A", "--no-lock"];
  for (
    const [words, cwd] of [[[node], npm], [[oldestNode], npm], [deno, npm], [[bunProgram], bun]]
  ) {
    const printed = await outputOf([...words as string[], "importer.mjs"], { cwd: cwd as string });
    assert.deepEqual(JSON.parse(printed), { names, frame: { frame: 7, timeMs: 350, entities } });
  }
});

test(
  "npx hindcast report --html writes the page of the sources, on each runtime",
  once,
  async () => {
    const ready = await install();
    const recording = await recordShort(folder);
    // The same words each time: a page says by which command it was made.
    const written = join(folder, "page.html");
    const report = ["report", recording, "--html", written];
    assert.equal((await hindcast(report)).code, 0);
    const page = readFileSync(written, "utf8");
    assert.match(page, /^<!DOCTYPE html>/);
    for (const [name, { words, ...options }] of Object.entries(commands(ready))) {
      rmSync(written);
      await outputOf([...words, ...report], options);
      assert.ok(readFileSync(written, "utf8") === page, name);
    }
  },
);

test("hindcast says in one line that a Node is too old, and exits with 2", once, async () => {
  const { node, npm } = await install();
  const started = (version: string) => {
    const given = `{ value: { ...process.versions, node: "${version}" } }`;
    const preload = `Object.defineProperty(process, "versions", ${given})`;
    const words = ["--import", `data:text/javascript,${encodeURIComponent(preload)}`];
    const command = join(npm, "node_modules", ".bin", "hindcast");
    return runProcess([node, ...words, command, "--version"], { cwd: npm });
  };
  for (const version of ["12.22.0", "20.20.2", "22.14.0", "23.7.0"]) {
    const { code, stderr, stdout } = await started(version);
    assert.deepEqual([code, stdout, stderr.trimEnd().split("\n").length], [2, "", 1], version);
    assert.ok(stderr.includes("22.15") && stderr.includes(`this is Node ${version}`), stderr);
  }
  for (const version of ["22.15.0", "23.8.0", "24.0.0"]) {
    const { code, stdout } = await started(version);
    assert.deepEqual([code, stdout], [0, "0.1.0\n"], version);
  }
});

test(
  "a runtime without zstd is told so by ./recording, and loads what needs none",
  once,
  async () => {
    const { node, npm } = await install();
    const script = `
    import zlib from "node:zlib";
    zlib.zstdCompressSync = undefined;
    await Promise.all(["", "/world", "/net"].map((path) => import("@hindcast/hindcast" + path)));
    await import("@hindcast/hindcast/recording").catch(({ message }) => console.log(message));`;
    const told = await outputOf([node, "--input-type=module", "-e", script], { cwd: npm });
    assert.match(
      told,
      /^Recordings need zstd, which Node has from 22\.15 on.*this is Node 22\.\S+\n$/,
    );
  },
);

test("the package's command loads what is asked for, and little more", once, async () => {
  const { npm } = await install();
  const bin = join(npm, "node_modules", "@hindcast", "hindcast", "bin");
  const loadedBytes = (start: string): number => {
    const loaded = new Set([start]);
    for (const file of loaded) {
      const code = readFileSync(join(bin, file), "utf8");
      for (const [, name] of code.matchAll(/(?:from|import)"\.\/([^"]+)"/g)) loaded.add(name!);
    }
    return [...loaded].reduce((sum, file) => sum + statSync(join(bin, file)).size, 0);
  };
  const [at, report] = ["at", "report"].map((command) =>
    readdirSync(bin).find((file) => file.startsWith(`${command}-`))!
  );
  const help = loadedBytes("main.js");
  assert.ok(help > 10_000 && help < 80_000, `${help} bytes`);
  assert.ok(loadedBytes(at!) < 220_000, `${loadedBytes(at!)} bytes`);
  assert.ok(loadedBytes(report!) > 300_000, `${loadedBytes(report!)} bytes`);
});

test("tsc takes the types, without those of Node and of the web too", once, async () => {
  const { node, npm } = await install();
  const strict = {
    ...{ noEmit: true, strict: true, target: "es2023", lib: ["es2023"], types: [] },
    ...{ module: "nodenext", moduleResolution: "nodenext" },
  };
  const stricter = { exactOptionalPropertyTypes: true, verbatimModuleSyntax: true };
  const bundled = { module: "esnext", moduleResolution: "bundler", lib: ["es2023", "dom"] };
  const older = ["npx", "-y", "-p", "typescript@5.9.3", "--", "tsc"];
  const own = [node, join(ROOT, "node_modules", "typescript", "bin", "tsc")];
  writeFileSync(join(npm, "typed.ts"), TYPED);
  writeFileSync(join(npm, "web.ts"), TYPED_WEB);
  const cases = [
    [own, { ...strict, ...stricter, noUncheckedIndexedAccess: true }, ["typed.ts"]],
    [older, strict, ["typed.ts"]],
    [older, { ...strict, ...stricter, ...bundled }, ["typed.ts", "web.ts"]],
  ] as const;
  await Promise.all(cases.map(async ([tsc, compilerOptions, files], i) => {
    writeFileSync(join(npm, `tsconfig.${i}.json`), JSON.stringify({ compilerOptions, files }));
    await outputOf([...tsc, "-p", `tsconfig.${i}.json`], { cwd: npm });
  }));
});

test("a browser's client is small, and needs nothing of a runtime", once, async () => {
  const { npm } = await install();
  const bundle = async (contents: string) => {
    const { metafile, outputFiles } = await build({
      ...{ bundle: true, write: false, metafile: true, minify: true, logLevel: "silent" },
      ...{ format: "esm", platform: "browser", stdin: { contents, resolveDir: npm } },
    });
    return { code: outputFiles[0]!.text, inputs: Object.keys(metafile.inputs) };
  };
  const { code, inputs } = await bundle(CLIENT);
  assert.ok(inputs.some((path) => path.endsWith("lib/core/wire/world_reader.js")));
  assert.deepEqual(inputs.filter((path) => /node:|valibot|mcap/.test(path)), []);
  const { length } = gzipSync(code, { level: 9 });
  assert.ok(length < CLIENT_BYTES_MAX, `${length} bytes`);
  // Whatever names a browser's bundle has a reason to take.
  for (const subpath of ["", "/world"]) {
    await bundle(`export * from "@hindcast/hindcast${subpath}";`);
  }
});

test(
  "the test that rewind --repro writes runs with the package, on each runtime",
  once,
  async () => {
    const { bunProgram, node, npm, oldestNode } = await install();
    const [input, events] = ["state", "events"].map((name) =>
      testdata(`rewind/half-rtt.${name}.ndjson`)
    );
    const recording = join(folder, "shots.mcap");
    const record = ["record", input!, "--events", events!, "-o", recording, "--force"];
    const map = "shooter=shooter,from=sx,sy,sz,to=ex,ey,ez,verdict=hit,ping=ping";
    const shots = [
      "--shots",
      "shot",
      "--shot-map",
      map,
      "--shape",
      "player=box:-16,-16,-24,16,16,32",
    ];
    const repro = ["--policy", "ping", "--repro", join(npm, "shots"), "--shot", "0"];
    for (const words of [record, ["rewind", recording, ...shots, ...repro]]) {
      const { code, stderr } = await hindcast(words);
      assert.equal(code, 0, stderr);
    }
    const [test] = readdirSync(join(npm, "shots")).filter((name) => name.endsWith("_test.ts"));
    const told = readFileSync(join(npm, "shots", "shot-0.md"), "utf8");
    const programs = { deno: [process.execPath], bun: [bunProgram], node: [node, oldestNode] };
    for (const [name, paths] of Object.entries(programs)) {
      const [, words] = new RegExp(`^ {4}${name} (.*)$`, "m").exec(told)!;
      assert.ok(words!.endsWith(test!), words);
      for (const path of paths) {
        const printed = await runProcess([path, ...words!.split(" ")], { cwd: npm });
        const text = printed.stdout + printed.stderr;
        assert.equal(printed.code, 0, text);
        assert.match(text, /1 pass|pass 1/);
      }
    }
  },
);
