import { describe, expect, it } from "vitest";
import { oklabDistance, oklabOfRgb, rgbOfOklab } from "../../src/data/oklab.ts";

describe("OKLab", () => {
  // The reference values of CSS Color Module Level 4 for sRGB red, green and blue, and the ends of the grey axis.
  it.each([
    ["red", [255, 0, 0], [0.62796, 0.22486, 0.12585]],
    ["lime", [0, 255, 0], [0.86644, -0.23389, 0.1795]],
    ["blue", [0, 0, 255], [0.45201, -0.03246, -0.31153]],
    ["white", [255, 255, 255], [1, 0, 0]],
    ["black", [0, 0, 0], [0, 0, 0]],
  ] as const)("places %s as the specification does", (_name, [red, green, blue], [lightness, a, b]) => {
    const colour = oklabOfRgb(red, green, blue);
    expect(colour.lightness).toBeCloseTo(lightness, 4);
    expect(colour.a).toBeCloseTo(a, 4);
    expect(colour.b).toBeCloseTo(b, 4);
  });

  it("comes back to the same channels", () => {
    for (let red = 0; red < 256; red += 15) {
      for (let green = 0; green < 256; green += 17) {
        for (let blue = 0; blue < 256; blue += 5) {
          expect(rgbOfOklab(oklabOfRgb(red, green, blue))).toEqual([red, green, blue]);
        }
      }
    }
  });

  it("cuts off what sRGB cannot show", () => {
    expect(rgbOfOklab({ lightness: 1.2, a: 0, b: 0 })).toEqual([255, 255, 255]);
    expect(rgbOfOklab({ lightness: -0.2, a: 0, b: 0 })).toEqual([0, 0, 0]);
  });

  it("measures black to white as 1", () => {
    expect(oklabDistance(oklabOfRgb(0, 0, 0), oklabOfRgb(255, 255, 255))).toBeCloseTo(1, 6);
  });
});
