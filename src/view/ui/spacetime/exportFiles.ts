/** Files of the diagram: what is to be seen as SVG or PNG, the run as a log for ShiViz. Loaded when one is asked for. */
import { micros, ZERO } from "../../../base/units.ts";
import { NO_PASSAGE, type Passage } from "../../layout/spacetime.ts";
import { SHIVIZ_PATTERN, shivizLog } from "../../layout/spacetimeLog.ts";
import { joinedAll } from "../../layout/spacetimePassage.ts";
import { instant } from "../../store/format.ts";
import type { AppServices } from "../appContext.ts";
import { eventWords } from "./eventWords.ts";
import { type Picture, svgOf } from "./svgPicture.ts";

/** Device pixels per pixel of a PNG: as sharp as a slide needs. */
const PNG_SCALE = 2;
/** Events that are asked for at a time, and at most: ShiViz itself draws far fewer. */
const PART = 10_000;
const MOST_LOGGED = 60_000;

function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function nameOfPart({ plan }: Picture): string {
  const [from, to] = [plan.from, plan.to].map((at) => instant(micros(Math.max(0, at))).replace(".", "_"));
  return `replicascope-space-time-${from}-${to}`;
}

/** Saves what is to be seen as SVG. */
export function saveSvg(picture: Picture): void {
  save(`${nameOfPart(picture)}.svg`, new Blob([svgOf(picture)], { type: "image/svg+xml" }));
}

/** Saves what is to be seen as PNG: the SVG, painted. */
export async function savePng(picture: Picture): Promise<void> {
  const address = URL.createObjectURL(new Blob([svgOf(picture)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = picture.size.width * PNG_SCALE;
    canvas.height = picture.size.height * PNG_SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (png === null) throw new Error("the browser could not make a PNG");
    save(`${nameOfPart(picture)}.png`, png);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The run so far, whole; or its beginning, where that is too much. */
async function wholeRun({ session, frames }: AppServices): Promise<Passage> {
  const end = frames.latest?.travelled.end ?? ZERO;
  let passage = NO_PASSAGE;
  while (passage.events.length < MOST_LOGGED) {
    const part = await session.chronicle({ from: micros(passage.to), to: micros(end + 1), limit: PART });
    passage = joinedAll(passage, part);
    if (!part.isCut || part.to <= part.from) break;
  }
  return passage;
}

/** Saves the run as a log for ShiViz, and says how to read it. */
export async function saveShivizLog(services: AppServices): Promise<void> {
  const { leaderships } = services.store.getState().lanes;
  const passage = await wholeRun(services);
  const log = shivizLog(
    passage,
    (event, received) => `${instant(event.at)} s ${eventWords(event, received, { leaderships })}`,
  );
  save("replicascope-shiviz.log", new Blob([log], { type: "text/plain" }));
  const rest = passage.events.length < MOST_LOGGED ? "" : " It holds the beginning of the run: the rest was too long.";
  services.store.getState().notify(`Give ShiViz this expression to read the log: ${SHIVIZ_PATTERN}${rest}`);
}
