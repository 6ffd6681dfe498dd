/** What the restore drill does with a service, and why. */
import type { DrillCheck, DrillModifier } from "../model/drill-plan.ts";
import type { Release } from "../model/platform.ts";
import { countWords } from "../model/units.ts";
import { derivedDrillVolumes, derivedUntried } from "../release/drill/volumes.ts";
import type { UntriedVolume } from "../release/drill/volumes.ts";
import { derivedDrillStart } from "../release/drill/start.ts";
import { derivedDrillModifiers, derivedDrillRights, makesRestores } from "../values/drill.ts";
import type { Consequence } from "./consequence.ts";
import { consequence } from "./consequence.ts";

/** In: a release. Out: which volumes are restored for trial and what must be true of them, and which are not. */
export function drillConsequences(release: Release): Consequence[] {
  return [
    ...derivedDrillVolumes(release).map((derived) =>
      consequence(derived, ({ name, claims }) => ({
        about: `restore drill of volume ${name}`,
        says: `restored for trial: ${(claims[0]?.checks ?? []).map(checkWords).join(", ")}`,
      })),
    ),
    ...derivedUntried(release).map((derived) =>
      consequence(derived, ({ name, untried }) => ({
        about: `restore drill of volume ${name}`,
        says: untriedWords[untried],
      })),
    ),
    ...derivedDrillStart(release).map((derived) =>
      consequence(derived, ({ workloads, http }) => ({
        about: "restore drill of the service",
        says: `${workloads.map(({ name }) => name).join(" and ")} must be ready${http === undefined ? "" : ` and answer ${http.path} at port ${http.port}`}`,
      })),
    ),
    ...rightsConsequences(release),
    ...derivedDrillModifiers(release).map((derived) =>
      consequence(derived, (rule) => ({
        about: `ConfigMap ${release.drill?.plan.velero.modifiers}, ${conditionWords(rule)}`,
        says: changeWords(rule),
      })),
    ),
  ];
}

const untriedWords: Readonly<Record<UntriedVolume["untried"], string>> = {
  service: "not restored for trial, as said",
  paused: "not restored for trial: no pod runs through which its files are copied",
  torn: "not restored for trial: its backup is files copied one after the other, no database",
};

/** The account of the drill where Restores are made, told there and by the service that drills. */
function rightsConsequences(release: Release): Consequence[] {
  if (release.drill === undefined) return [];
  const { service, namespace, velero } = release.drill.plan;
  const [about, whose] = makesRestores(release)
    ? [`Role and RoleBinding ${service}`, `ServiceAccount ${service} of ${namespace} may`]
    : [`ServiceAccount ${service} in namespace ${velero.namespace}`, "may"];
  return derivedDrillRights(release).map((derived) =>
    consequence(derived, ({ resources, groups, verbs }) => ({
      about: `${about}, ${resources?.join(", ")} of ${groups?.join(", ")}`,
      says: `${whose} ${verbs.join(", ")}`,
    })),
  );
}

const changeWords = ({ patches = [], strategicPatches = [] }: DrillModifier): string =>
  [
    ...patches.map(({ path, value }) => `${path} becomes ${value}`),
    ...strategicPatches.map(({ patchData }) => `${patchData} is laid over it`),
  ].join(", ");

/** What a modifier is for; no two are for the same. */
const conditionWords = ({ conditions }: DrillModifier): string => {
  const { groupResource, namespaces, resourceNameRegex, labelSelector, matches = [] } = conditions;
  const labels = Object.entries(labelSelector?.matchLabels ?? {});
  const which = [
    ...(resourceNameRegex === undefined ? [] : [`named ${resourceNameRegex}`]),
    ...labels.map(([label, value]) => `labelled ${label}=${value}`),
    ...matches.map(({ path, value }) => `with ${path} ${value}`),
  ];
  const more = which.map((words) => ` ${words}`).join("");
  return `${groupResource} of ${namespaces.join(", ")}${more}`;
};

/** One byte is what is asked for where nothing was said. */
const amountWords = ({ atLeast, bytes }: Extract<DrillCheck, { is: "files" }>) => {
  if (bytes > 1) return `of ${bytes} bytes together`;
  return atLeast === 1 ? "that is not empty" : "that are not all empty";
};

/** What is looked at in a volume that was restored, in words. */
export function checkWords(check: DrillCheck): string {
  switch (check.is) {
    case "files":
      return `at least ${countWords(check.atLeast, "file")} ${amountWords(check)}`;
    case "newest":
      return `the newest file of ${check.path === "" ? "the volume" : check.path} at most ${check.within} s older than the backup`;
    case "whole":
      return `${check.path} to its end`;
    case "databases":
      return `PostgreSQL starts on it and has rows in ${check.names.join(", ")}`;
    case "checksums":
      return `files as ${check.path} says`;
    case "rows":
      return Object.entries(check.atLeast)
        .map(([table, rows]) => `at least ${countWords(rows, "row")} in ${table} of ${check.path}`)
        .join(", ");
    case "newest-row":
      return `the newest row of ${check.table} of ${check.path} at most ${check.within} s older than the backup`;
  }
}
