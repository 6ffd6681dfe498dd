/** What an overlay changes under a name the service does not have, where a slip of the name explains why it does not fit. */
import { z } from "zod";
import { isTree } from "../model/data.ts";
import type { AuthoredService } from "../model/service.ts";
import type { AuthoredOverlay } from "../model/tree.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { nearest } from "../problems/suggest.ts";

/** Maps of a service whose entries an overlay may change, and what each entry is. */
const entries: Readonly<Record<string, string>> = {
  components: "component",
  storage: "volume",
  routes: "route",
  exposes: "exposure",
};

/**
 * In: a service, its overlay, what the model says of the two merged. Out: a problem for each misspelt name, and
 * the error without what follows from them. A new entry that fits is no mistake, whatever it is called.
 * Problems: OVERLAY_UNKNOWN_NAME.
 */
export function unknownNames(
  { spec }: AuthoredService,
  overlay: AuthoredOverlay,
  error: z.ZodError,
  environment: string,
): { problems: readonly Problem[]; rest: z.ZodError | undefined } {
  const problems = Object.entries(entries).flatMap(([field, what]) => {
    const known = keysOf(spec, field);
    return keysOf(overlay.spec, field).flatMap((name) => {
      const near = nearest(name, known);
      if (near === undefined || !error.issues.some((issue) => isIn(issue, field, name))) return [];
      return [
        problemAt(
          "OVERLAY_UNKNOWN_NAME",
          overlay.file,
          [field, name],
          {
            message: `there is no ${what} \`${name}\`, did you mean \`${near}\`?`,
            found: JSON.stringify(name),
            expected: `one of: ${known.toSorted().join(", ")}`,
            fix: `write ${near}, or add to ${name} all that a ${what} needs`,
            target: "key",
          },
          environment,
        ),
      ];
    });
  });
  const issues = error.issues.filter(
    (issue) => !problems.some(({ keys: [field = "", name = ""] = [] }) => isIn(issue, field, name)),
  );
  return { problems, rest: issues.length === 0 ? undefined : new z.ZodError(issues) };
}

const isIn = ({ path }: z.core.$ZodIssue, field: string | number, name: string | number) =>
  path[0] === field && path[1] === name;

function keysOf(value: unknown, field: string): string[] {
  const map = isTree(value) ? value[field] : undefined;
  return isTree(map) ? Object.keys(map) : [];
}
