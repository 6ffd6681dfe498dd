/**
 * Every kind of mistake RZP can name. The key is stable: it is printed, used in SARIF, and names
 * the page `docs/errors/<CODE>.md`, which is generated from this table.
 */
export interface CodeEntry {
  readonly title: string;
  readonly meaning: string;
  /** What to do, for the page; the problem itself carries the concrete fix. */
  readonly remedy: string;
}

export const codes = {
  SPEC_UNKNOWN_FIELD: {
    title: "Unknown field",
    meaning: "A file names a field the model does not have. Usually it is a typing mistake.",
    remedy: "Take the nearest valid name from the message, or look at docs/reference for all fields.",
  },
  OUTPUT_OUT_OF_DATE: {
    title: "Rendered files are out of date",
    meaning: "`render --check` found files in kubernetes/ that differ from what the authored files give.",
    remedy: "Run `npm run render` and commit the result.",
  },
} as const satisfies Record<string, CodeEntry>;

export type ProblemCode = keyof typeof codes;
