/** A colour item painted in itself, with a neutral outline: the one exception to "one meaning per colour". */
import type { ItemPayload } from "../../../model/protocol/item.ts";

/** The swatch of a colour; nothing for a product. */
export function Swatch({ payload }: { readonly payload: ItemPayload }) {
  if (payload.kind !== "colour") return null;
  return <span className="swatch" style={{ background: payload.hex }} aria-hidden="true" />;
}
