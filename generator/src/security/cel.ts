/** Pieces of the Common Expression Language, as the API server reads it. */

/** A list of strings; none of ours holds a quote. */
export const celList = (values: readonly string[]): string =>
  `[${values.map((value) => `'${value}'`).join(", ")}]`;
