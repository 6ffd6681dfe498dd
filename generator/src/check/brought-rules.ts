/** Rules of Prometheus that a service brings among its objects, or a chart: beside those that RZP derives. */
import { list, text } from "../model/reading.ts";
import type { Keys } from "../model/reading.ts";
import type { RenderedRelease } from "../model/rendered.ts";
import { kindOf } from "../model/scopes.ts";
import { objectsAmong } from "./objects.ts";
import type { AllObjects, CheckedObject } from "./objects.ts";
import { isDerived } from "./origin.ts";

export interface BroughtRule {
  readonly object: CheckedObject;
  /** Of the rule in the object. */
  readonly path: Keys;
  readonly record: string | undefined;
  readonly expr: string | undefined;
}

const kind = "monitoring.coreos.com/PrometheusRule";

export function broughtRules(
  tree: AllObjects,
  releases: readonly RenderedRelease[],
): BroughtRule[] {
  return objectsAmong(tree, releases, (manifest) => kindOf(manifest) === kind)
    .filter((object) => !isDerived(object))
    .flatMap((object) =>
      list(object.tree, "spec", "groups").flatMap((group, at) =>
        list(group, "rules").map((rule, index) => ({
          object,
          path: ["spec", "groups", at, "rules", index],
          record: text(rule, "record"),
          expr: text(rule, "expr"),
        })),
      ),
    );
}
