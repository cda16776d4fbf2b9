/**
 * Colours as people see them: OKLab (Björn Ottosson, 2020), where the straight distance between two colours is close to
 * how different they look. Written with exact maths, since colours' embeddings enter the history of a run.
 */
import { cbrt, pow } from "../base/exactMath.ts";

/** Lightness from 0 (black) to 1 (white); a from green to red and b from blue to yellow, within about 0.4 of 0. */
export interface Oklab {
  readonly lightness: number;
  readonly a: number;
  readonly b: number;
}

/** The OKLab coordinates of an sRGB colour whose channels are 0 to 255. */
export function oklabOfRgb(red: number, green: number, blue: number): Oklab {
  const r = linearOfChannel(red);
  const g = linearOfChannel(green);
  const b = linearOfChannel(blue);
  const long = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    lightness: 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    a: 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    b: 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  };
}

/** The sRGB colour nearest to `colour` channel by channel: integers from 0 to 255, those out of range cut off. */
export function rgbOfOklab(colour: Oklab): readonly [red: number, green: number, blue: number] {
  const long = cube(colour.lightness + 0.3963377774 * colour.a + 0.2158037573 * colour.b);
  const medium = cube(colour.lightness - 0.1055613458 * colour.a - 0.0638541728 * colour.b);
  const short = cube(colour.lightness - 0.0894841775 * colour.a - 1.291485548 * colour.b);
  return [
    channelOfLinear(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    channelOfLinear(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    channelOfLinear(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

/** The distance that OKLab makes meaningful: about 0.02 is just visible side by side, 1 is black to white. */
export function oklabDistance(one: Oklab, other: Oklab): number {
  const lightness = one.lightness - other.lightness;
  const a = one.a - other.a;
  const b = one.b - other.b;
  return Math.sqrt(lightness * lightness + a * a + b * b);
}

/** The transfer function of sRGB (IEC 61966-2-1), from 0..255 to linear light 0..1. */
function linearOfChannel(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

function channelOfLinear(linear: number): number {
  const value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * pow(linear, 1 / 2.4) - 0.055;
  return Math.min(255, Math.max(0, Math.round(value * 255)));
}

function cube(value: number): number {
  return value * value * value;
}
