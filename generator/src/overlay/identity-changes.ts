/** What an overlay may not change: which kind a workload or a volume is. */
import { isTree } from "../model/data.ts";
import type { AuthoredService } from "../model/service.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { AuthoredOverlay } from "../model/tree.ts";
import type { Keys } from "../model/reading.ts";

const entries = (value: unknown): [string, unknown][] =>
  isTree(value) ? Object.entries(value) : [];

const field = (value: unknown, key: string): unknown => (isTree(value) ? value[key] : undefined);

/** Kinds of workload and of volumes are identity: another kind is another object, and data stays behind. */
export function identityChanges(
  base: AuthoredService,
  { file, spec, remove }: AuthoredOverlay,
  environment: string,
): Problem[] {
  const components: readonly (readonly [Keys, unknown, unknown])[] = [
    [[], base.spec, spec],
    ...entries(spec["components"]).map(
      ([name, component]) =>
        [["components", name], field(field(base.spec, "components"), name), component] as const,
    ),
  ];
  const found = [
    ...components.map(([keys, before, after]) => ({
      keys: [...keys, "runs"],
      what: "the kind of workload",
      before:
        field(before, "runs") === undefined ? "deployment" : field(field(before, "runs"), "as"),
      after: field(field(after, "runs"), "as"),
      exists: before !== undefined,
    })),
    ...entries(spec["storage"]).map(([name, volume]) => ({
      keys: ["storage", name],
      what: "what the volume holds",
      before: field(field(field(base.spec, "storage"), name), "holds"),
      after: field(volume, "holds"),
      exists: field(field(base.spec, "storage"), name) !== undefined,
    })),
  ];
  const kindsTaken = remove
    .map((path, index) => ({ path, index }))
    .filter(({ path }) => /^(components\.[^.]+\.)?runs(\.|$)/.test(path));
  return [
    ...kindsTaken.map(({ path, index }) =>
      problemAt(
        "OVERLAY_CHANGES_IDENTITY",
        file,
        ["remove", index],
        {
          message: "an environment cannot change the kind of workload",
          found: JSON.stringify(path),
          expected: "the kind the service has",
          fix: "change it for all environments, or make another service",
        },
        environment,
      ),
    ),
    ...found
      .filter(({ before, after, exists }) => exists && after !== undefined && before !== after)
      .map(({ keys, what, before, after }) =>
        problemAt(
          "OVERLAY_CHANGES_IDENTITY",
          file,
          keys,
          {
            message: `an environment cannot change ${what}`,
            found: JSON.stringify(after),
            expected: `${JSON.stringify(before)}, as in the service`,
            fix: "change it for all environments, or make another service",
          },
          environment,
        ),
      ),
  ];
}
