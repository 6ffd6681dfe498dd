/** Objects RZP writes itself -> YAML text. */
import { Document } from "yaml";

/** YAML 1.1 rules, so that `yes`, `0755` and `1.20` come out quoted for every reader. */
export function yaml(value: unknown): string {
  return new Document(value, { version: "1.1", aliasDuplicateObjects: false }).toString({ lineWidth: 0, directives: false });
}
