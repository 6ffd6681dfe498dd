/** Facts of a service as they were merged -> where a person finds them: in its file, in an overlay, or in both. */
import { isDeepStrictEqual } from "node:util";
import { asTree } from "../model/data.ts";
import type { Cause } from "../model/derived.ts";
import { serviceFile } from "../model/paths.ts";
import type { AuthoredTree } from "../model/tree.ts";
import { merge } from "./merge.ts";

/** In: causes of something in an environment, and what is authored. Out: the same, with the file that says each. */
export function asWritten(
  causes: readonly Cause[],
  { services, overlays }: Pick<AuthoredTree, "services" | "overlays">,
  environment: string,
): Cause[] {
  const ofEnvironment = [...(overlays.get(environment) ?? [])];
  return causes.flatMap((cause) => {
    const found = ofEnvironment.find(([service]) => serviceFile(service) === cause.file);
    if (found === undefined) return [cause];
    const [service, overlay] = found;
    const there = { ...cause, file: overlay.file };
    const text = cause.path.join(".");
    if (overlay.remove.some((path) => text === path || text.startsWith(`${path}.`))) return [there];
    const said = valueAt(overlay.spec, cause.path);
    if (said === undefined || cause.absent === true) return [cause];
    const base = valueAt(services.get(service)?.spec, cause.path);
    return isDeepStrictEqual(merge(base, said), said) ? [there] : [cause, there];
  });
}

const valueAt = (spec: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((from, key) => asTree(from)[key], spec);
