/** An example of the model as a person would write it. */
import { propertyName } from "./identifier.ts";

/** No quotes around keys that need none. */
export function exampleText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(exampleText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([key, inner]) => `${keyText(key)}: ${exampleText(inner)}`,
  );
  return `{ ${fields.join(", ")} }`;
}

const keyText = (key: string): string => (/^\d+$/.test(key) ? key : propertyName(key));
