/** The open run as a link, a file and an autosave carry it, and back: opening what they carry at its very moment. */
import type { KeptBranch, Place, RunContent } from "../../../data/link/content.ts";
import { builtIn } from "../../../data/scenarios/lessons.ts";
import { MODEL_VERSION } from "../../../model/protocol/config.ts";
import type { Frame } from "../../../model/protocol/frame.ts";
import type { Branch } from "../../store/branches.ts";
import { FIRST_BRANCH } from "../../store/branches.ts";
import { instant } from "../../store/format.ts";
import type { FrameSource } from "../../store/frameSource.ts";
import type { Lesson, PanelName, PictureName } from "../../store/interfaceState.ts";
import type { AppServices } from "../appContext.ts";
import { lessonOf } from "../lessons.ts";

/** Waits for a picture of which `isIt` holds. */
export function frameThat(frames: FrameSource, isIt: (frame: Frame) => boolean): Promise<Frame> {
  return new Promise((resolve) => {
    let isDone = false;
    let stop: (() => void) | undefined;
    stop = frames.subscribe((frame) => {
      if (isDone || !isIt(frame)) return;
      isDone = true;
      stop?.();
      resolve(frame);
    });
    if (isDone) stop();
  });
}

/**
 * A picture of how things stand from now on. One that is on its way already may be older: the one after it is not.
 */
function freshFrame(frames: FrameSource): Promise<Frame> {
  // The newest known one is told at once, the next may have been asked for before.
  let older = frames.latest === undefined ? 1 : 2;
  return frameThat(frames, () => {
    older -= 1;
    return older < 0;
  });
}

function placeIn({ virtualNow, counters, runHash }: Frame): Place {
  return { at: virtualNow, events: counters.eventsProcessed, hash: runHash };
}

/** The run as it is shown now. Of one that stands still the place is exact, with its hash. */
export async function contentNow({ session, frames, store }: AppServices): Promise<RunContent> {
  const { inputs, at } = await session.inputs();
  const frame = frames.latest;
  const { playing, playbackRate, lesson, panel, picture, searchK, branches, currentBranch } = store.getState();
  const stands = frame !== undefined && !frame.playing && frame.opening === undefined;
  return {
    inputs,
    place: stands ? placeIn(frame) : { at, events: undefined, hash: undefined },
    speed: frame?.playbackRate ?? playbackRate,
    playing: frame?.playing ?? playing,
    lesson: lesson?.name,
    panel,
    picture: picture === "stage" ? undefined : picture,
    ...(searchK === undefined ? {} : { neighbours: searchK }),
    branch: currentBranch.name === FIRST_BRANCH.name ? undefined : currentBranch.name,
    branches: branches.map(({ name, inputs: kept, at: left }) => ({ name, inputs: kept, at: left })),
  };
}

/** Pauses, and answers the run at the moment that is then shown; and whether it had been playing. */
export async function contentAtRest(services: AppServices): Promise<{
  readonly content: RunContent;
  readonly wasPlaying: boolean;
}> {
  const wasPlaying = services.frames.latest?.playing ?? false;
  await services.session.pause();
  await freshFrame(services.frames);
  return { content: await contentNow(services), wasPlaying };
}

function adopted(content: RunContent, made: number): readonly [readonly Branch[], Branch["name"]] {
  const branches = content.branches.map(({ name, inputs, at }: KeptBranch, position) => ({
    id: made + 2 + position,
    name,
    inputs: { ...inputs, modelVersion: MODEL_VERSION },
    at,
  }));
  return [branches, content.branch ?? FIRST_BRANCH.name];
}

const panels: readonly PanelName[] = ["search", "shop", "write", "events", "settings"];
const pictures: readonly PictureName[] = ["stage", "spacetime", "both", "map"];

function lessonNamed(name: string | undefined): Lesson | undefined {
  const found = name === undefined ? undefined : builtIn(name);
  return found?.ok === true ? lessonOf(found.value) : undefined;
}

/** Goes to the exact place once the run stands at its instant: after a single step there is more of that instant. */
async function goExactly({ session, frames }: AppServices, { events }: Place): Promise<Frame> {
  const frame = await frameThat(frames, ({ opening }) => opening === undefined);
  if (events === undefined || frame.counters.eventsProcessed >= events) return frame;
  await session.seek({ event: events });
  return frameThat(frames, ({ counters }) => counters.eventsProcessed >= events);
}

/** What opening found: whether it is there, and how its hash compares with the one that it was made with. */
export interface Opened {
  readonly isOpen: boolean;
  readonly hash: "same" | "other" | "unknown";
}

/** Opens the run that `content` carries, at its moment. `isNew`: in place of one that is to be remembered for undo. */
export async function openContent(services: AppServices, content: RunContent, isNew: boolean): Promise<Opened> {
  const { session, frames, store } = services;
  const { place, speed } = content;
  const { lesson: leftLesson } = store.getState();
  const left = isNew ? await session.inputs() : undefined;
  const wasPlaying = frames.latest?.playing ?? true;
  await session.pause();
  if (!(await session.open({ ...content.inputs, modelVersion: MODEL_VERSION }, place.at))) {
    if (wasPlaying) await session.play();
    return { isOpen: false, hash: "unknown" };
  }
  await freshFrame(frames);
  const there = await goExactly(services, place);
  if (left !== undefined) store.getState().rememberRun({ ...left, lesson: leftLesson });
  takeView(services, content);
  await session.setPlaybackRate(speed);
  await (content.playing ? session.play() : session.pause());
  if (place.hash === undefined) return { isOpen: true, hash: "unknown" };
  return { isOpen: true, hash: there.runHash === place.hash ? "same" : "other" };
}

/** What belongs to the page and not to the run: branches, lesson, panel, picture. */
function takeView({ store }: AppServices, content: RunContent): void {
  const { branchesMade, adoptBranches } = store.getState();
  const [branches, name] = adopted(content, branchesMade);
  adoptBranches(branches, { id: branchesMade + 1, name });
  const panel = panels.find((known) => known === content.panel);
  store.setState({
    lesson: lessonNamed(content.lesson),
    hidesLesson: false,
    lookBack: undefined,
    ...(panel === undefined ? {} : { panel }),
    picture: pictures.find((known) => known === content.picture) ?? "stage",
    searchK: content.neighbours,
  });
}

/** What opening a shared run came to, in words. */
export function openedWords({ inputs, place }: RunContent, { hash }: Opened): string {
  const where = `The shared run, at ${instant(place.at)} s.`;
  const { modelVersion } = inputs;
  if (modelVersion !== MODEL_VERSION) {
    const found = {
      same: "Here the run hash is the same.",
      other: "Here the run hash is another: this is not quite what was shared.",
      unknown: "It came without a run hash to compare.",
    };
    return `${where} It was made with model ${modelVersion}, this is ${MODEL_VERSION}: it may differ. ${found[hash]}`;
  }
  if (hash === "other")
    return `${where} Its run hash is not the one of the link: something in it is not as it was shared.`;
  return hash === "same" ? `${where} The run hash is the same as where it was made.` : where;
}
