/** Files of the diagram: what is to be seen as SVG or PNG, the run as a log for ShiViz. Loaded when one is asked for. */
import { micros, ZERO } from "../../../base/units.ts";
import { SHIVIZ_PATTERN, ShivizWriter } from "../../layout/spacetimeLog.ts";
import { count, instant, percent } from "../../store/format.ts";
import type { AppServices } from "../appContext.ts";
import { eventWords } from "./eventWords.ts";
import { type Picture, svgOf } from "./svgPicture.ts";

/** Device pixels per pixel of a PNG: as sharp as a slide needs. */
const PNG_SCALE = 2;
/** Events that are asked for at a time. */
const PART = 10_000;
/** ShiViz itself draws a few thousand with ease. */
const MOST_DRAWN = 5_000;

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

/** The whole run as a log, asked for in parts: however long it is, no more than one of them is in hand. */
async function logParts(
  { session, frames }: AppServices,
  writer: ShivizWriter,
  onShare: (share: number) => void,
): Promise<readonly string[]> {
  const end = frames.latest?.travelled.end ?? ZERO;
  const parts: string[] = [];
  for (let from = ZERO; ; ) {
    const part = await session.chronicle({ from, to: micros(end + 1), limit: PART });
    parts.push(writer.next(part.events, part.messages));
    if (!part.isCut || part.to <= from) return parts;
    from = part.to;
    onShare(from / Math.max(1, end));
  }
}

/** Saves the run as a log for ShiViz, and says how to read it. */
export async function saveShivizLog(services: AppServices): Promise<void> {
  const { notify, lanes } = services.store.getState();
  const { leaderships } = lanes;
  const writer = new ShivizWriter(
    (event, received) => `${instant(event.at)} s ${eventWords(event, received, { leaderships })}`,
  );
  const parts = await logParts(services, writer, (share) => notify(`Writing the log: ${percent(share)} of the run.`));
  save("replicascope-shiviz.log", new Blob([...parts], { type: "text/plain" }));
  const many = writer.count < MOST_DRAWN ? "" : ` ShiViz may be slow with ${count(writer.count)} events.`;
  notify(`Give ShiViz this expression to read the log: ${SHIVIZ_PATTERN}${many}`);
}
