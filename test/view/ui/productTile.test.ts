// What stands on a tile of the shop where a picture would be.
import { describe, expect, it } from "vitest";
import { tileText } from "../../../src/view/ui/panels/shop/ProductTile.tsx";

const product = { kind: "product" as const, description: "", category: "", priceCents: 100 };
const row = { kind: "row" as const, text: "" };

describe("a tile", () => {
  it("has the first letters of the first two words", () => {
    expect(tileText({ ...product, name: "Larch trail shoe" })).toBe("LT");
    expect(tileText({ ...product, name: "Kettle 3000" })).toBe("K3");
    expect(tileText({ ...row, name: "größe 17" })).toBe("G1");
  });

  it("tells rows that have but a number apart by its last digits", () => {
    expect(tileText({ ...row, name: "7" })).toBe("7");
    expect(tileText({ ...row, name: "48213" })).toBe("213");
    expect(tileText({ ...row, name: "row-31" })).toBe("31");
  });
});
