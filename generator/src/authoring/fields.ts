/** What functions of `#rzp` are given in braces. */

/**
 * In: a function as it is called, what it was given. Out: the same; where nothing was given, the fields that must be there
 * are told as missing. A text, which the editor refuses, would be taken apart into its letters, each an unknown field.
 */
export function fields<Fields extends object>(call: string, given: Fields): Fields {
  if (typeof given === "object" || given === undefined) return given;
  throw new TypeError(`${call}({ … }) takes fields in braces, not ${JSON.stringify(given)}`);
}
