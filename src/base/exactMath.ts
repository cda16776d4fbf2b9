/**
 * Transcendental functions with the same bits in every engine. `Math.log` and its sisters are left to the implementation
 * by ECMAScript and do differ, so nothing that enters the history of a run may use them. Here everything is `+ - * /`,
 * `Math.round` and the bits of a float64, all of them exact or correctly rounded by the standard.
 * Method: argument reduction, then Taylor series long enough for the reduced range; where one float64 is too short, the
 * rounding error of a sum or product is computed and carried along (Dekker 1971, Knuth TAOCP 4.2.2). The final steps of
 * `ln` follow the order of evaluation of fdlibm (Sun Microsystems 1993). Errors below were measured against mpmath.
 */
import { InvariantError } from "./assert.ts";

/** ln 2 in two parts: the first has 32 bits, so that its product with any exponent is exact. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const oneOverLn2 = Math.LOG2E;

/** pi/2 in three parts: the first two have 33 bits, so that their products with integers below 2^20 are exact. */
const halfPiHigh = 1.5707963267341256;
const halfPiMiddle = 6.077100506303966e-11;
const halfPiLow = 2.0222662487959506e-21;
const twoOverPi = 0.6366197723675814;

/** What 2/3 and 2/5 lack as float64. */
const twoThirdsRest = 3.700743415417188e-17;
const twoFifthsRest = -2.2204460492503132e-17;

/** 2 to the power of -1,022: below it a float64 has fewer than 53 bits. */
const SMALLEST_NORMAL = 2.2250738585072014e-308;
/** 2 to the power of 54: lifts every subnormal number above {@link SMALLEST_NORMAL}. */
const TWO_TO_54 = 18_014_398_509_481_984;
const TWO_TO_MINUS_18 = 1 / 262_144;

/** Largest magnitude `sin` and `cos` take: up to here the reduction by pi/2 keeps every bit. */
export const largestAngle = 1_048_576;

/** The upper 20 bits of the fraction of sqrt(2). */
const sqrtTwoFraction = 0x6a09e;
const bits = new DataView(new ArrayBuffer(8));

/** 2^exponent, for the exponents of normal numbers, -1022 to 1023. */
function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** value * 2^exponent, also where 2^exponent alone would overflow or be subnormal. */
function scaled(value: number, exponent: number): number {
  if (exponent === 0) return value;
  if (exponent > 1023) return value * powerOfTwo(exponent - 1) * 2;
  if (exponent < -1022) return value * powerOfTwo(exponent + 64) * powerOfTwo(-64);
  return value * powerOfTwo(exponent);
}

/** The exponent e of a positive normal number, 2^e <= value < 2^(e+1). */
function exponentOf(value: number): number {
  bits.setFloat64(0, value);
  return ((bits.getUint32(0) >>> 20) & 0x7ff) - 1023;
}

/** What the float64 `sum` of a + b lacks, exactly (Knuth's two-sum). */
function sumError(a: number, b: number, sum: number): number {
  const bPart = sum - a;
  return a - (sum - bPart) + (b - bPart);
}

/** What the float64 `product` of a * b lacks, exactly (Dekker's product; no magnitude above 2^970). */
function productError(a: number, b: number, product: number): number {
  const aShifted = a * 134217729;
  const aHigh = aShifted - (aShifted - a);
  const aLow = a - aHigh;
  const bShifted = b * 134217729;
  const bHigh = bShifted - (bShifted - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/**
 * The exponent k with x = 2^k * m and m in [sqrt(1/2), sqrt(2)), give or take 2^-20.
 * @param high the upper half of the bits of x, positive and normal.
 */
function centredExponent(high: number): number {
  const exponent = (high >>> 20) - 1023;
  return (high & 0xfffff) >= sqrtTwoFraction ? exponent + 1 : exponent;
}

/** 2/7 + z(2/9 + z(2/11 + ...)), the tail of the series of 2 artanh(s) for z = s^2 <= 0.0295. */
function artanhTail(z: number): number {
  return (
    2 / 7 +
    z *
      (2 / 9 +
        z *
          (2 / 11 +
            z * (2 / 13 + z * (2 / 15 + z * (2 / 17 + z * (2 / 19 + z * (2 / 21 + z * (2 / 23 + z * (2 / 25)))))))))
  );
}

/** e^(high + low) for |high| within the range of float64 and |low| at most an ulp or so of high. */
function expOfSum(high: number, low: number): number {
  const k = Math.round(high * oneOverLn2);
  const head = high - k * ln2High;
  const rest = low - k * ln2Low;
  const r = head + rest;
  const rError = sumError(head, rest, r);
  const series =
    1 / 2 +
    r *
      (1 / 6 +
        r *
          (1 / 24 +
            r *
              (1 / 120 +
                r *
                  (1 / 720 +
                    r *
                      (1 / 5040 +
                        r *
                          (1 / 40320 +
                            r *
                              (1 / 362880 +
                                r *
                                  (1 / 3628800 +
                                    r *
                                      (1 / 39916800 +
                                        r * (1 / 479001600 + r * (1 / 6227020800 + r / 87178291200)))))))))));
  // The last two sums get their rounding errors back, so that a root of a square or a power of integers comes out exact.
  const curve = r * r * series + rError * (1 + r);
  const growth = r + curve;
  const result = 1 + growth;
  return scaled(result + (sumError(1, growth, result) + sumError(r, curve, growth)), k);
}

/**
 * Natural logarithm.
 * @param x finite and above 0; anything else throws {@link InvariantError}.
 * @returns ln x, within 1 ulp; exactly 0 for 1.
 */
export function ln(x: number): number {
  if (!(x > 0 && x < Infinity)) throw new InvariantError(`ln of ${x}: the argument must be finite and above 0`);
  if (x < SMALLEST_NORMAL) return lnNormal(x * TWO_TO_54, -54);
  return lnNormal(x, 0);
}

/** ln(x) + extra * ln 2 for a normal x. */
function lnNormal(x: number, extra: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  const own = centredExponent(high);
  bits.setUint32(0, high - (own << 20));
  const k = own + extra;
  const f = bits.getFloat64(0) - 1;
  // ln(1 + f) = 2 artanh(s) with s = f / (2 + f), rearranged to f - f^2/2 + ..., whose first term is exact.
  const s = f / (2 + f);
  const z = s * s;
  const halfSquare = 0.5 * f * f;
  const series = z * (2 / 3 + z * (2 / 5 + z * artanhTail(z)));
  return k * ln2High - (halfSquare - (s * (halfSquare + series) + k * ln2Low) - f);
}

/**
 * The exponential function.
 * @param x any number but NaN, which throws {@link InvariantError}.
 * @returns e^x, within 1 ulp; `Infinity` above 709.78, 0 below -745.13.
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) throw new InvariantError("exp of NaN");
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  return expOfSum(x, 0);
}

/**
 * Cube root.
 * @param x any finite number; anything else throws {@link InvariantError}.
 * @returns the real cube root with the sign of x, within 1 ulp; exact for cubes.
 */
export function cbrt(x: number): number {
  if (!Number.isFinite(x)) throw new InvariantError(`cbrt of ${x}: the argument must be finite`);
  if (x < 0) return -cbrt(-x);
  if (x === 0) return x;
  if (x < SMALLEST_NORMAL) return cbrt(x * TWO_TO_54) * TWO_TO_MINUS_18;
  const third = Math.floor(exponentOf(x) / 3);
  const m = scaled(x, -3 * third);
  // m is in [1, 8), its root in [1, 2). The chord is at most 11 % off; each of Halley's steps cubes the error.
  let root = 1 + (m - 1) / 7;
  for (let step = 0; step < 3; step += 1) {
    const cube = root * root * root;
    root = (root * (cube + 2 * m)) / (2 * cube + m);
  }
  // One step of Newton with the exact residual rounds it well.
  const square = root * root;
  const cube = square * root;
  const residual = m - cube - productError(square, root, cube) - productError(root, root, square) * root;
  return (root + residual / (3 * square)) * powerOfTwo(third);
}

/**
 * A power with a real exponent.
 * @param x the base, finite and above 0; anything else throws {@link InvariantError}.
 * @param y the exponent, finite; anything else throws {@link InvariantError}.
 * @returns x^y, within 1 ulp; `Infinity` and 0 where float64 ends. Exact wherever the true value is a float64 that
 * needs no rounding, such as pow(3, 4).
 */
export function pow(x: number, y: number): number {
  if (!(x > 0 && x < Infinity && Number.isFinite(y))) {
    throw new InvariantError(`pow of ${x} to ${y}: the base must be finite and above 0, the exponent finite`);
  }
  if (x < SMALLEST_NORMAL) return powNormal(x * TWO_TO_54, -54, y);
  return powNormal(x, 0, y);
}

/** (x * 2^extra)^y for a normal x: the logarithm in two float64 parts, times y, then the exponential. */
function powNormal(x: number, extra: number, y: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  const own = centredExponent(high);
  bits.setUint32(0, high - (own << 20));
  const k = own + extra;
  const m = bits.getFloat64(0);

  // s = (m - 1) / (m + 1), in two parts.
  const f = m - 1;
  const denominator = m + 1;
  const s = f / denominator;
  const back = s * denominator;
  const sLow = (f - back - productError(s, denominator, back) - s * sumError(m, 1, denominator)) / denominator;

  // z = s^2; then 2/5 + z * tail, 2/3 + z * that, and s * z * that: all in two parts.
  const z = s * s;
  const zLow = productError(s, s, z) + 2 * s * sLow;
  const tail = z * artanhTail(z);
  const fifth = 2 / 5 + tail;
  const fifthLow = sumError(2 / 5, tail, fifth) + twoFifthsRest;
  const fifthTerm = z * fifth;
  const third = 2 / 3 + fifthTerm;
  const thirdLow =
    sumError(2 / 3, fifthTerm, third) +
    (productError(z, fifth, fifthTerm) + z * fifthLow + zLow * fifth) +
    twoThirdsRest;
  const square = z * third;
  const squareLow = productError(z, third, square) + z * thirdLow + zLow * third;
  const rest = s * square;
  const restLow = productError(s, square, rest) + s * squareLow + sLow * square;

  // ln x = k ln 2 + 2s + rest.
  const lnM = 2 * s + rest;
  const lnMLow = sumError(2 * s, rest, lnM) + (2 * sLow + restLow);
  const head = k * ln2High + lnM;
  const headLow = sumError(k * ln2High, lnM, head) + (lnMLow + k * ln2Low);
  const logarithm = head + headLow;
  const logarithmLow = headLow - (logarithm - head);

  const product = y * logarithm;
  if (product > 709.9) return Infinity;
  if (product < -745.2) return 0;
  return expOfSum(product, productError(y, logarithm, product) + y * logarithmLow);
}

/**
 * Sine.
 * @param x an angle in radians, |x| <= {@link largestAngle}; anything else throws {@link InvariantError}.
 * @returns sin x, within 1 ulp.
 */
export function sin(x: number): number {
  return quarterTurned(x, 0);
}

/**
 * Cosine.
 * @param x an angle in radians, |x| <= {@link largestAngle}; anything else throws {@link InvariantError}.
 * @returns cos x, within 1 ulp.
 */
export function cos(x: number): number {
  return quarterTurned(x, 1);
}

/** sin(x + quarters * pi/2), quarters added exactly. */
function quarterTurned(x: number, quarters: number): number {
  if (!(Math.abs(x) <= largestAngle)) throw new InvariantError(`angle ${x}: at most ${largestAngle} radians`);
  if (x === 0 && quarters === 0) return x;
  const n = Math.round(x * twoOverPi);
  const coarse = x - n * halfPiHigh;
  const head = coarse - n * halfPiMiddle;
  const rest = sumError(coarse, -n * halfPiMiddle, head) - n * halfPiLow;
  const r = head + rest;
  const rLow = sumError(head, rest, r);
  const quadrant = (n + quarters) & 3;
  const value = (quadrant & 1) === 0 ? sinReduced(r, rLow) : cosReduced(r, rLow);
  return quadrant < 2 ? value : -value;
}

/** sin(r + low) for |r| <= pi/4. */
function sinReduced(r: number, low: number): number {
  const z = r * r;
  const series =
    -1 / 6 +
    z *
      (1 / 120 +
        z *
          (-1 / 5040 +
            z *
              (1 / 362880 +
                z * (-1 / 39916800 + z * (1 / 6227020800 + z * (-1 / 1307674368000 + z / 355687428096000))))));
  return r + (r * z * series + low * (1 - z / 2));
}

/** cos(r + low) for |r| <= pi/4. */
function cosReduced(r: number, low: number): number {
  const z = r * r;
  const series =
    1 / 24 +
    z *
      (-1 / 720 +
        z *
          (1 / 40320 +
            z *
              (-1 / 3628800 +
                z * (1 / 479001600 + z * (-1 / 87178291200 + z * (1 / 20922789888000 - z / 6402373705728000))))));
  const halfSquare = z / 2;
  const head = 1 - halfSquare;
  return head + (1 - head - halfSquare + (z * z * series - r * low));
}
