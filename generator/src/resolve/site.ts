/** A release while its rules are checked, and how a mistake in its file is told. */
import type { Release } from "../model/platform.ts";
import type { ProblemCode } from "../problems/codes.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { Keys } from "../model/reading.ts";
import type { ProblemText } from "../problems/report.ts";

export interface Site {
  readonly release: Release;
  /** In: where in the service's file; texts may say `<cluster>`. Out: the problem, of this environment and its cluster. */
  readonly report: (code: ProblemCode, keys: Keys, text: ProblemText) => Problem;
}

/** In: a release. Out: the same with a way to tell what is wrong in its file. */
export function siteOf(release: Release): Site {
  const { service, facts } = release;
  return {
    release,
    report: (code, keys, text) => ({
      ...problemAt(code, service.file, keys, text, facts.name),
      clusters: [facts.clusterName],
    }),
  };
}
