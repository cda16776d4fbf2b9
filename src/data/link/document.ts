/** The text inside a link or an autosave: a JSON document around a scenario file. Checked with a schema on the way in. */
import * as z from "zod/mini";
import { micros } from "../../base/units.ts";
import { MODEL_VERSION } from "../../model/protocol/config.ts";
import type { RunInputs } from "../../model/protocol/session.ts";
import { action } from "../scenarios/actionSchema.ts";
import { actionsOf } from "../scenarios/actionsOf.ts";
import { durationOf, durationText } from "../scenarios/duration.ts";
import { firstProblem, problemText } from "../scenarios/problem.ts";
import { checkScenario, type ScenarioResult } from "../scenarios/scenario.ts";
import { configParts, inputsDigest, inputsOf, scenarioOf } from "../scenarios/scenarioOf.ts";
import { type ScenarioFile, scenario } from "../scenarios/schema.ts";
import { duration, flag, list, numberWithin, record, wholeWithin, words } from "../scenarios/values.ts";
import type { KeptBranch, LinkResult, RunContent } from "./content.ts";

/** The version of the document that is written, and the newest that is read. */
export const DOCUMENT_VERSION = 1;

const branch = record({
  name: words,
  /** Where it was left. */
  at: duration,
  /** How many of the run's actions it begins with; its own follow. */
  shares: z.optional(wholeWithin(0, 1_000_000)),
  actions: z.optional(list(action)),
  /** Instead: a run of its own, whose configuration differs. */
  run: z.optional(scenario),
});

const document = record({
  version: z.literal(DOCUMENT_VERSION),
  model: wholeWithin(1, 1_000_000),
  run: scenario,
  events: z.optional(wholeWithin(0, Number.MAX_SAFE_INTEGER)),
  hash: z.optional(z.string().check(z.regex(/^[0-9a-f]{16}$/, "must be a run hash"))),
  speed: numberWithin(0.001, 100),
  playing: z.optional(flag),
  lesson: z.optional(words),
  panel: z.optional(words),
  picture: z.optional(words),
  neighbours: z.optional(wholeWithin(1, 50)),
  branch: z.optional(words),
  branches: z.optional(list(branch)),
});

type LinkDocument = z.infer<typeof document>;
type BranchDocument = z.infer<typeof branch>;

function senseless(problem: string): LinkResult {
  return { ok: false, fault: "senseless", problem };
}

/** A run that cannot be made: it makes no sense, or its vectors are not here. */
function unmade({ problem, wanted }: Extract<ScenarioResult<unknown>, { ok: false }>): LinkResult {
  return wanted === undefined ? senseless(problem) : { ok: false, fault: "data", problem, wanted };
}

function configText(inputs: RunInputs): string {
  return JSON.stringify(configParts(inputs.config));
}

/** How many commands two runs begin with alike. */
function sharedCount(a: RunInputs, b: RunInputs): number {
  const [left, right] = [a, b].map(({ commands, config }) =>
    actionsOf(commands, config).map((one) => JSON.stringify(one)),
  );
  const differs = left?.findIndex((one, at) => one !== right?.[at]) ?? 0;
  return differs < 0 ? (left?.length ?? 0) : differs;
}

function branchDocument({ name, inputs, at }: KeptBranch, open: RunInputs): BranchDocument {
  const left = { name, at: durationText(at) };
  if (configText(inputs) !== configText(open)) return { ...left, run: scenarioOf(inputs, { at, speed: 1 }) };
  const shares = sharedCount(open, inputs);
  return { ...left, shares, actions: actionsOf(inputs.commands.slice(shares), inputs.config) };
}

/** The document of `content`, as JSON. */
export function documentText(content: RunContent): string {
  const { inputs, place, speed, playing, lesson, panel, picture, neighbours, branch: name, branches } = content;
  const whole: LinkDocument = {
    version: DOCUMENT_VERSION,
    model: inputs.modelVersion,
    run: scenarioOf(inputs, { at: place.at, speed }),
    ...(place.events === undefined ? {} : { events: place.events }),
    ...(place.hash === undefined ? {} : { hash: place.hash }),
    speed,
    ...(playing ? { playing } : {}),
    ...(lesson === undefined ? {} : { lesson }),
    ...(panel === undefined ? {} : { panel }),
    ...(picture === undefined ? {} : { picture }),
    ...(neighbours === undefined ? {} : { neighbours }),
    ...(name === undefined ? {} : { branch: name }),
    ...(branches.length === 0 ? {} : { branches: branches.map((kept) => branchDocument(kept, inputs)) }),
  };
  return JSON.stringify(whole);
}

/** Whether the run inside the document of `content` is this run, to the bit. */
export function carriesExactly({ inputs, place, speed }: RunContent): boolean {
  const back = inputsOf(scenarioOf(inputs, { at: place.at, speed }));
  return back.ok && inputsDigest(back.value) === inputsDigest(inputs);
}

/** The inputs of a scenario inside a document: each of its actions happens once. */
function runOf(file: ScenarioFile, modelVersion: number): ScenarioResult<RunInputs> {
  const repeated = (file.actions ?? []).findIndex(({ every, for: lasts }) => (every ?? lasts) !== undefined);
  if (repeated >= 0) return { ok: false, problem: `actions[${repeated}]: must happen once` };
  const checked = checkScenario(file);
  const made = checked.ok ? inputsOf(checked.value) : checked;
  if (!made.ok) return made;
  return { ok: true, value: { modelVersion, config: made.value.config, commands: made.value.commands } };
}

function branchOf(kept: BranchDocument, { run, model }: LinkDocument): ScenarioResult<KeptBranch> {
  const { name, at, shares = 0, actions = [] } = kept;
  const file = kept.run ?? { ...run, actions: [...(run.actions ?? []).slice(0, shares), ...actions] };
  const made = runOf(file, model);
  return made.ok ? { ok: true, value: { name, at: durationOf(at), inputs: made.value } } : made;
}

function newerProblem(json: unknown): string | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  if ("version" in json && typeof json.version === "number" && json.version > DOCUMENT_VERSION) {
    return `It was made by a newer Replicascope (format ${json.version}; this one reads ${DOCUMENT_VERSION}).`;
  }
  const model: unknown = "model" in json ? json.model : undefined;
  if (typeof model !== "number" || model <= MODEL_VERSION) return undefined;
  return `It was made by a newer Replicascope (model ${model}; this is ${MODEL_VERSION}), whose runs this one cannot tell.`;
}

function contentOf(found: LinkDocument): LinkResult {
  const inputs = runOf(found.run, found.model);
  if (!inputs.ok) return unmade(inputs);
  const branches: KeptBranch[] = [];
  for (const kept of found.branches ?? []) {
    const made = branchOf(kept, found);
    if (!made.ok) return unmade(made);
    branches.push(made.value);
  }
  const { events, hash, speed, playing = false, lesson, panel, picture, neighbours } = found;
  const at = found.run.view?.at;
  const place = { at: at === undefined ? micros(0) : durationOf(at), events, hash };
  return {
    ok: true,
    content: {
      inputs: inputs.value,
      place,
      speed,
      playing,
      lesson,
      panel,
      picture,
      ...(neighbours === undefined ? {} : { neighbours }),
      branch: found.branch,
      branches,
    },
  };
}

/** The run that the text of a document describes. Never throws. */
export function readDocument(text: string): LinkResult {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, fault: "damaged", problem: "What is inside cannot be read." };
  }
  const newer = newerProblem(json);
  if (newer !== undefined) return { ok: false, fault: "newer", problem: newer };
  const checked = document.safeParse(json, { reportInput: false });
  if (!checked.success) return senseless(problemText(firstProblem(json, checked.error.issues)));
  return contentOf(checked.data);
}
