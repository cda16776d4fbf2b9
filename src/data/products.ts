/**
 * The products data set: the catalogue, read and checked, and for each product the three drafts that the workload can
 * write: as it is, at a reduced price, and as a new edition. Each differs from the first by a few words, so an update
 * moves its embedding a little, as in a real shop.
 */
import { assert, present } from "../base/assert.ts";
import type { DatasetContent, DatasetItem, Draft } from "../model/protocol/dataset.ts";
import type { ItemPayload } from "../model/protocol/item.ts";
import { type CatalogueSection, catalogue } from "./catalogue.ts";
import { lexicalDimension, type WordMemory } from "./lexicalEmbedder.ts";
import { embedProduct } from "./query.ts";
import { textHash } from "./textHash.ts";

/** What a person sees of a product. */
export type ProductPayload = Extract<ItemPayload, { kind: "product" }>;

/** Products on all replicas at virtual 0; the workload inserts the others. */
const initialProducts = 240;

/** Price cuts in percent, dealt in turn. */
const reductions = [10, 15, 20, 25, 30] as const;

/**
 * Chosen among the first four thousand: every category begins with 13 to 17 of its 20 products, and what one would
 * search for in a demonstration (waterproof trail shoes, rain jackets, a coffee grinder) is there from the start.
 */
const orderSalt = 3880;

/** The products data set, built anew: a thousand embeddings. {@link datasetByName} keeps one per thread. */
export function productsDataset(): DatasetContent {
  const products = catalogue.flatMap((section) => readSection(section));
  const memory: WordMemory = new Map();
  const items = products.map((product, position) => productItem(product, position, memory));
  return {
    name: "products",
    label: "Products",
    similarity: "lexical similarity",
    dimension: lexicalDimension,
    initialCount: initialProducts,
    items: items.sort((a, b) => textHash(a.id, orderSalt) - textHash(b.id, orderSalt)),
  };
}

/** A product's id: its place in the catalogue, from 1. */
function idOf(position: number): string {
  return `p-${String(position + 1).padStart(3, "0")}`;
}

/** What every product is called, by id. */
export function productNames(): ReadonlyMap<string, string> {
  const products = catalogue.flatMap((section) => readSection(section));
  return new Map(products.map(({ payload }, position) => [idOf(position), payload.name]));
}

/** A product as the catalogue has it, and what a new edition of it would claim. */
interface Product {
  readonly payload: ProductPayload;
  readonly improvement: string;
}

function readSection({ category, products }: CatalogueSection): Product[] {
  return products
    .trim()
    .split("\n")
    .map((line) => readProduct(line, category));
}

function readProduct(line: string, category: string): Product {
  const [name, description, price, improvement, ...more] = line.split(" | ");
  const complete = name !== undefined && description !== undefined && price !== undefined && improvement !== undefined;
  assert(complete && /^\d+\.\d\d$/.test(price) && more.length === 0, `not a line of the catalogue: ${line}`);
  const priceCents = Number(price.replace(".", ""));
  return { payload: { kind: "product", name, description, category, priceCents }, improvement };
}

/** The product, the product at a lower price, and its new edition. */
function productItem({ payload, improvement }: Product, position: number, memory: WordMemory): DatasetItem {
  const percent = present(reductions[position % reductions.length], "a reduction");
  const reduced = {
    ...payload,
    description: `${payload.description}. Now reduced by ${percent} %`,
    priceCents: neatPrice((payload.priceCents * (100 - percent)) / 100),
  };
  const renewed = {
    ...payload,
    description: `${payload.description}. New: ${improvement}`,
    priceCents: neatPrice(payload.priceCents * 1.05),
  };
  return {
    id: idOf(position),
    drafts: [payload, reduced, renewed].map((state) => productDraft(state, memory)),
  };
}

/** The draft that writes a product. One that cannot be embedded is a defect: ask {@link embedProduct} first. */
export function productDraft(payload: ProductPayload, memory?: WordMemory): Draft {
  const embedded = embedProduct(payload.name, payload.description, payload.category, memory);
  assert(embedded.ok, `no embedding for product ${payload.name}`);
  return { text: `${payload.name}. ${payload.description}.`, payload, embedding: embedded.vector };
}

/** The nearest price that ends in 90 cents, as the shop likes its prices. */
function neatPrice(cents: number): number {
  return Math.max(1, Math.round((cents + 10) / 100)) * 100 - 10;
}
