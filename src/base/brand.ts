/**
 * Nominal types for numbers and strings that must not be mixed up (a term is never an index).
 * The only `as` of the project's core stands in the constructors made here and beside each brand.
 */

declare const brandName: unique symbol;

/** `Base` that only its own constructor makes; it costs nothing at run time. */
export type Brand<Base, Name extends string> = Base & { readonly [brandName]: Name };
