/** What an overlay may not change: which kind a workload or a volume is. */
import { at, map } from "../model/reading.ts";
import type { Keys } from "../model/reading.ts";
import type { AuthoredService } from "../model/service.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { ProblemText } from "../problems/report.ts";
import type { AuthoredOverlay } from "../model/tree.ts";

/** Kinds of workload and of volumes are identity: another kind is another object, and data stays behind. */
export function identityChanges(
  base: AuthoredService,
  { file, spec, remove }: AuthoredOverlay,
  environment: string,
): Problem[] {
  const report = (keys: Keys, text: Pick<ProblemText, "message" | "found" | "expected">) =>
    problemAt(
      "OVERLAY_CHANGES_IDENTITY",
      file,
      keys,
      { ...text, fix: "change it for all environments, or make another service" },
      environment,
    );
  const removed = remove.flatMap((path, index) =>
    /^(components\.[^.]+\.)?runs(\.|$)/.test(path)
      ? [
          report(["remove", index], {
            message: "an environment cannot change the kind of workload",
            found: JSON.stringify(path),
            expected: "the kind the service has",
          }),
        ]
      : [],
  );
  const changed = [...workloads(base.spec, spec), ...volumes(base.spec, spec)]
    .filter(({ before, after }) => after !== undefined && before !== after)
    .map(({ keys, what, before, after }) =>
      report(keys, {
        message: `an environment cannot change ${what}`,
        found: JSON.stringify(after),
        expected: `${JSON.stringify(before)}, as in the service`,
      }),
    );
  return [...removed, ...changed];
}

/** What says which kind something is, in the service and in the overlay. */
interface Kind {
  readonly keys: Keys;
  readonly what: string;
  readonly before: unknown;
  readonly after: unknown;
}

function workloads(base: AuthoredService["spec"], overlay: AuthoredOverlay["spec"]): Kind[] {
  const kind = (keys: Keys, before: unknown, after: unknown) => ({
    keys: [...keys, "runs"],
    what: "the kind of workload",
    before: at(before, "runs") === undefined ? "deployment" : at(before, "runs", "as"),
    after: at(after, "runs", "as"),
  });
  const components = both(base, overlay, "components");
  return [
    kind([], base, overlay),
    ...components.map(([name, before, after]) => kind(["components", name], before, after)),
  ];
}

const volumes = (base: AuthoredService["spec"], overlay: AuthoredOverlay["spec"]): Kind[] =>
  both(base, overlay, "storage").map(([name, before, after]) => ({
    keys: ["storage", name],
    what: "what the volume holds",
    before: at(before, "holds"),
    after: at(after, "holds"),
  }));

/** Entries of a map of the overlay which the service has as well. */
const both = (base: unknown, overlay: unknown, field: string): [string, unknown, unknown][] =>
  Object.entries(map(overlay, field)).flatMap(([name, after]) => {
    const before = at(base, field, name);
    return before === undefined ? [] : [[name, before, after]];
  });
