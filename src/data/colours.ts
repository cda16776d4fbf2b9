/**
 * The colours data set: the named colours of CSS, where anybody in the room sees whether "similar to tomato" is right.
 * An embedding has four values: the OKLab coordinates less a fixed centre, and a constant. Scaled to unit length, the
 * angle between two of them grows with the distance of the colours, the more exactly the larger the constant; float32
 * has the fewer bits left for it. {@link colourConstant} is where both errors are small.
 */
import { assert, present } from "../base/assert.ts";
import type { DatasetContent, DatasetItem, Draft } from "../model/protocol/dataset.ts";
import type { ItemPayload } from "../model/protocol/item.ts";
import { cssColours } from "./cssColours.ts";
import { type EmbeddingResult, unitVector } from "./embedding.ts";
import { embedText } from "./lexicalEmbedder.ts";
import { type Oklab, oklabDistance, oklabOfRgb, rgbOfOklab } from "./oklab.ts";
import { textHash } from "./textHash.ts";

/** What a person sees of a colour. */
export type ColourPayload = Extract<ItemPayload, { kind: "colour" }>;

/** A colour that was understood, as "#rrggbb" in lower case, or what to type instead. */
export type ParsedColour =
  | { readonly ok: true; readonly hex: string }
  | { readonly ok: false; readonly message: string };

/** Values in the embedding of a colour. */
export const colourDimension = 4;

/** Subtracted from every colour: near the middle of the named ones, which are 0.73 light on average, without hue. */
const centre: Oklab = { lightness: 0.7, a: 0, b: 0 };

/**
 * Of 2 to 16, where the five nearest by cosine of float32 vectors were most often the five nearest by OKLab distance:
 * for 147 of the 148 names and 99.5 % of 1,500 random colours. At 4 it is 98.5 % of the random ones, at 16 only
 * 93 % of the names.
 */
const colourConstant = 8;

/** Colours on all replicas at virtual 0; the workload inserts the others. */
const initialColours = 110;

/** The first with which tomato, its neighbours and the plainest colours are there from the start. */
const orderSalt = 31;

/** What the second and third draft of a colour change: added lightness, and a factor on colourfulness. */
const shades = [
  { word: "lighter", lightness: 0.03, chroma: 1 },
  { word: "deeper", lightness: -0.015, chroma: 1.15 },
  { word: "darker", lightness: -0.05, chroma: 1 },
  { word: "much lighter", lightness: 0.12, chroma: 1 },
  { word: "lighter still", lightness: 0.2, chroma: 1 },
] as const;

/** OKLab distance below which two drafts of a colour would look the same. */
const leastShift = 0.01;

/** The names of CSS in alphabetical order, each with its "#rrggbb". */
const namedColours: ReadonlyMap<string, string> = new Map(
  cssColours
    .trim()
    .split(/,\s*/)
    .map((entry) => {
      const [name, digits] = entry.split(" ");
      return [present(name, "a colour's name"), `#${present(digits, "a colour's digits")}`];
    }),
);

/** A colour typed by a person: a CSS name (spaces, hyphens and capitals don't matter), or hex with three or six digits. */
export function parseColour(text: string): ParsedColour {
  const typed = text.normalize("NFKC").trim();
  const named = namedColours.get(typed.toLowerCase().replace(/[\s_-]+/g, ""));
  if (named !== undefined) return { ok: true, hex: named };
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(typed)?.[1]?.toLowerCase();
  if (digits !== undefined) return { ok: true, hex: `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}` };
  const remedy = "Type a CSS colour name such as tomato, or a hex value such as #ff6347.";
  if (typed === "") return { ok: false, message: remedy };
  if (typed.startsWith("#")) {
    return {
      ok: false,
      message: `"${shortened(typed)}" is not a hex colour: # and three or six digits, as in #ff6347.`,
    };
  }
  const close = namesLike(typed);
  const hint = close.length > 0 ? ` Did you mean ${close.join(" or ")}?` : "";
  return { ok: false, message: `No CSS colour is called "${shortened(typed)}".${hint} ${remedy}` };
}

/** The vector of a colour: a CSS name or hex. */
export function embedColour(colour: string): EmbeddingResult {
  const parsed = parseColour(colour);
  return parsed.ok ? { ok: true, vector: vectorOf(oklabOfHex(parsed.hex)) } : parsed;
}

/** The colour that an embedding stands for: the way back. */
export function colourOfEmbedding(values: Float32Array): Oklab {
  const [lightness = 0, a = 0, b = 0, constant = 1] = values;
  const scale = colourConstant / (constant === 0 ? 1 : constant);
  return { lightness: lightness * scale + centre.lightness, a: a * scale + centre.a, b: b * scale + centre.b };
}

/** The OKLab distance that a cosine between two colours' embeddings stands for: 0.02 is just visible, 1 black to white. */
export function colourDistanceOfCosine(cosine: number): number {
  return colourConstant * Math.sqrt(2 * Math.max(0, 1 - cosine));
}

/** The colours data set, built anew. {@link datasetByName} keeps one per thread. */
export function coloursDataset(): DatasetContent {
  const items = [...namedColours].map(([name, hex]) => colourItem(name, hex));
  return {
    name: "colours",
    label: "Colours",
    similarity: "OKLab distance",
    dimension: colourDimension,
    initialCount: initialColours,
    items: items.sort((a, b) => textHash(a.id, orderSalt) - textHash(b.id, orderSalt)),
  };
}

/** The draft that writes a colour under a name of one's own. A hex that is none is a defect: ask {@link parseColour}. */
export function colourDraft(payload: ColourPayload): Draft {
  const embedded = embedColour(payload.hex);
  assert(embedded.ok, `no embedding for colour ${payload.hex}`);
  return { text: `${payload.name} ${payload.hex}`, payload, embedding: embedded.vector };
}

/**
 * The colour itself and two of its shades. White cannot get lighter nor black darker, and the edge of sRGB may cut a
 * shade back to where it came from: then the next shade takes its place.
 */
function colourItem(name: string, hex: string): DatasetItem {
  const own = oklabOfHex(hex);
  const drafts: Draft[] = [colourDraft({ kind: "colour", name, hex })];
  const places = [own];
  for (const shade of shades) {
    const lightness = own.lightness + shade.lightness;
    const shaded = hexOfOklab({ lightness, a: own.a * shade.chroma, b: own.b * shade.chroma });
    const place = oklabOfHex(shaded);
    if (drafts.length === 3 || places.some((other) => oklabDistance(other, place) < leastShift)) continue;
    places.push(place);
    drafts.push(colourDraft({ kind: "colour", name: `${name}, ${shade.word}`, hex: shaded }));
  }
  return { id: name, drafts };
}

/** Up to two names that share most of their letters with what was typed, the likest first. */
function namesLike(typed: string): string[] {
  const wanted = embedText(typed);
  if (!wanted.ok) return [];
  const scored = [...namedColours.keys()].map((name) => {
    const candidate = embedText(name);
    let cosine = 0;
    if (candidate.ok) for (const [at, value] of wanted.vector.entries()) cosine += value * (candidate.vector[at] ?? 0);
    return { name, cosine };
  });
  return scored
    .filter(({ cosine }) => cosine > 0.3)
    .sort((one, other) => other.cosine - one.cosine)
    .slice(0, 2)
    .map(({ name }) => name);
}

/** What a message repeats of a text: enough to know it again. */
function shortened(text: string): string {
  return text.length <= 24 ? text : `${text.slice(0, 23)}…`;
}

function vectorOf(colour: Oklab): Float32Array {
  const { lightness, a, b } = centre;
  const vector = unitVector([colour.lightness - lightness, colour.a - a, colour.b - b, colourConstant]);
  return present(vector, "the vector of a colour");
}

function oklabOfHex(hex: string): Oklab {
  const value = Number.parseInt(hex.slice(1), 16);
  return oklabOfRgb(value >> 16, (value >> 8) & 255, value & 255);
}

function hexOfOklab(colour: Oklab): string {
  return `#${rgbOfOklab(colour)
    .map((channel) => channel.toString(16).padStart(2, "0"))
    .join("")}`;
}
