/** Products without pictures: a tile of letters, or the colour itself, with name and price as a shop sets them. */
import type { ItemPayload } from "../../../../model/protocol/item.ts";
import { price } from "../../../store/format.ts";

/** Digits that fit on a tile. */
const DIGITS = 3;

/** The first letters of the first two words. */
function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? "")
    .join("");
}

/** What a tile says of a name: of a row that has but a number ("17", "row-31"), its last digits. */
export function tileText({ kind, name }: ItemPayload): string {
  const number = kind === "row" ? /^\S*?(\d+)$/u.exec(name.trim())?.[1] : undefined;
  return number === undefined ? initials(name) : number.slice(-DIGITS);
}

/** What stands for a picture. */
export function ProductTile({ payload }: { readonly payload: ItemPayload }) {
  if (payload.kind === "colour") {
    return <span className="shop-tile" style={{ background: payload.hex }} aria-hidden="true" />;
  }
  return (
    <span className="shop-tile" aria-hidden="true">
      {tileText(payload)}
    </span>
  );
}

/** The line under a name: a price, a hex value, the first words. */
export function productLine(payload: ItemPayload): string {
  switch (payload.kind) {
    case "product":
      return price(payload.priceCents);
    case "colour":
      return payload.hex;
    case "row":
      return payload.text.slice(0, 60);
  }
}

/** What stands above a name. */
export function productKind(payload: ItemPayload): string {
  return payload.kind === "product" ? payload.category : payload.kind === "colour" ? "Colour" : "Row";
}
