/** Items in sentences: the name that people know first, the id that the log knows behind it. */
import type { WriteDraft } from "../../model/protocol/commands.ts";
import type { WriteOperation } from "../../model/protocol/item.ts";

/** Knows what items are called; undefined for one that has no name but its id. */
export interface NameContext {
  readonly itemName?: ((id: string) => string | undefined) | undefined;
}

/** Letters of a name in a sentence: a row of loaded vectors may be called by a whole line. */
const LONGEST = 40;

function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= LONGEST
    ? name
    : `${letters
        .slice(0, LONGEST - 1)
        .join("")
        .trimEnd()}…`;
}

/** "Linen shirt (p-042)"; the id alone where it is all there is. */
export function itemWords(id: string, { itemName }: NameContext, written?: string): string {
  const name = written ?? itemName?.(id) ?? id;
  return name === id ? id : `${shortened(name)} (${id})`;
}

/** "Linen shirt" once it has been said which that is. */
export function itemAgain(id: string, { itemName }: NameContext, written?: string): string {
  return shortened(written ?? itemName?.(id) ?? id);
}

/** The name that a write gives its item. A colour's id is its name, and its shades are one item. */
export function writtenName(operation: WriteOperation | WriteDraft): string | undefined {
  return operation.kind === "put" && operation.payload.kind !== "colour" ? operation.payload.name : undefined;
}
