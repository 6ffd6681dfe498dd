/** Pieces of the Common Expression Language, as the API server reads it. */

/** What an annotation of the object's Namespace says; empty text where it is not there. */
export const celAnnotation = (key: string): string =>
  `namespaceObject.metadata.?annotations[?'${key}'].orValue('')`;

/** A condition of a policy: labels and finalizers of what is there already stay changeable. */
export const specChanges = {
  name: "spec-changes",
  expression: "oldObject == null || object.spec != oldObject.spec",
} as const;

/** A list of strings; none of ours holds a quote. */
export const celList = (values: readonly string[]): string =>
  `[${values.map((value) => `'${value}'`).join(", ")}]`;
