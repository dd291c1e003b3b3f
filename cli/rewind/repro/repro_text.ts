import type { EntityIds, HitModel, ShotCut } from "../../../lib/rewind.ts";
import { visible } from "../../terminal/terminal.ts";
import { literalOf } from "./literal.ts";
import type { ReproImports } from "./repro_imports.ts";

/** What the files of a reproduction are written from. */
export interface ReproParts {
  /** Name of the files, as `shot-12`. */
  readonly name: string;
  /** Path of the recording that it was cut from. */
  readonly recording: string;
  readonly imports: ReproImports;
  readonly model: HitModel;
  /** Ids that the game gives to entities. */
  readonly ids: EntityIds;
  /** The shot, and what the cut recording says of it. */
  readonly cut: ShotCut;
  /** What each policy made of the shot, with reasons that look at the whole recording. */
  readonly sentences: readonly (readonly [policy: string, sentence: string])[];
}

/** The test: it judges the shot again, and asserts verdicts, rewinds, causes and poses. */
export function reproTest(parts: ReproParts): string {
  const { cut: { explanation, options, shot }, ids, imports, model, name, recording } = parts;
  const expected = explanation.policies.map((policy) => ({
    policy: policy.policy,
    victim: policy.victim,
    usedMs: policy.usedMs,
    usedFrame: policy.usedFrame,
    clamped: policy.clamped,
    ...(policy.cause === undefined ? {} : { cause: policy.cause.word, rule: policy.cause.rule }),
    targets: policy.targets.map(({ id, position, marginUnits }) => ({ id, position, marginUnits })),
  }));
  return `// ${
    visible(
      `Shot ${shot.index} of ${recording}, frame ${shot.frame}, by ${ids.textOf(shot.shooter)}.`,
    )
  }
${
    nameLines(parts)
  }// Written by \`hindcast rewind --repro\`; what is expected is what it found then.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
${importLines(imports)}

const model: HitModel = ${literalOf(model)};

const shot: Shot = ${literalOf(shot)};

const options: JudgeOptions = ${literalOf(given(options))};

/** What a policy made of the shot; positions and distances in units, times in ms. */
interface Expected {
  policy: string;
  victim: number | null;
  usedMs: number;
  usedFrame: number;
  clamped: string | null;
  cause?: string;
  rule?: string;
  targets: { id: number; position: readonly number[]; marginUnits: number }[];
}

const expected: Expected[] = ${literalOf(expected)};

const bytes = readFileSync(new URL(${literalOf(`./${name}.mcap`)}, import.meta.url));
const reader = await RecordingReader.open(new MemorySource(bytes));
const history = new PoseHistory(model, { names: reader.names });
for await (const snapshot of reader.snapshots()) history.add(snapshot);

/** Fails unless two numbers are the same but for rounding. */
function assertNear(actual: number, wanted: number, what: string): void {
  assert.ok(Math.abs(actual - wanted) <= 1e-6, \`\${what} is \${actual}, expected \${wanted}\`);
}

for (const want of expected) {
  test(\`${name} under \${want.policy}\`, () => {
    const [found] = explainShot(history, shot, [parseRewindPolicy(want.policy)], model, options).policies;
    assert.ok(found);
    assert.equal(found.victim, want.victim);
    assert.equal(found.clamped, want.clamped);
    assertNear(found.usedMs, want.usedMs, "usedMs");
    assertNear(found.usedFrame, want.usedFrame, "usedFrame");
${
    shot.verdict === undefined
      ? ""
      : "    assert.equal(found.cause?.word, want.cause);\n    assert.equal(found.cause?.rule, want.rule);\n"
  }    assert.deepEqual(found.targets.map(({ id }) => id), want.targets.map(({ id }) => id));
    found.targets.forEach((target, i) => {
      const { marginUnits, position } = want.targets[i]!;
      position.forEach((value, k) => assertNear(target.position[k]!, value, "position"));
      assertNear(target.marginUnits, marginUnits, "marginUnits");
    });
  });
}
`;
}

/** Comments that say whose ids the numbers of entities stand for. */
function nameLines({ cut: { explanation, shot }, ids }: ReproParts): string {
  if (ids.isPlain) return "";
  const entities = explanation.policies.flatMap(({ targets }) => targets.map(({ id }) => id));
  if (typeof shot.verdict === "number") entities.push(shot.verdict);
  return [...new Set([shot.shooter, ...entities])]
    .map((entity) => `// Entity ${entity} is ${visible(ids.textOf(entity))}.\n`).join("");
}

/** Names that the test imports, in order, with the module of each. */
const NAMES: readonly [name: string, module: "recording" | "rewind"][] = [
  ["explainShot", "rewind"],
  ["type HitModel", "rewind"],
  ["type JudgeOptions", "rewind"],
  ["MemorySource", "recording"],
  ["parseRewindPolicy", "rewind"],
  ["PoseHistory", "rewind"],
  ["RecordingReader", "recording"],
  ["type Shot", "rewind"],
];

function importLines(imports: ReproImports): string {
  const modules = [...new Set([imports.recording, imports.rewind])];
  return modules.map((module) => {
    const names = NAMES.filter(([, part]) => imports[part] === module).map(([name]) =>
      `  ${name},\n`
    );
    return `import {\n${names.join("")}} from ${literalOf(module)};`;
  }).join("\n");
}

/** The text beside it. */
export function reproReadme(parts: ReproParts, commands: readonly string[]): string {
  const { cut: { explanation, shot }, ids, name, recording, sentences } = parts;
  const verdicts = sentences.map(([policy, sentence]) =>
    `- \`${markdown(policy)}\`: ${markdown(sentence)}`
  );
  return `# ${name}

Shot ${shot.index} of \`${markdown(recording)}\`, frame ${shot.frame}, by ${
    markdown(ids.textOf(shot.shooter))
  }: frames ${explanation.oldestFrame} and
later in \`${name}.mcap\`, what hindcast made of it in \`${name}_test.ts\`.

${verdicts.join("\n")}

Run it, where \`${markdown(parts.imports.root)}\` can be imported:

${commands.map((command) => `    ${visible(command)}`).join("\n")}
`;
}

/** What an object says, without keys that say nothing. */
function given(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

function markdown(text: string): string {
  return visible(text).replaceAll("`", "'");
}
