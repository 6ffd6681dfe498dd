/** What a migration lets through and the API server refuses all the same: a person takes the object away first, and Argo CD makes the new one. */
import type { Release } from "../model/platform.ts";
import { at } from "../model/reading.ts";
import type { Tree } from "../model/data.ts";
import type { ProblemCode } from "../problems/codes.ts";

export interface ByHand {
  readonly environment: string;
  readonly cluster: string;
  /** The object, and what becomes of its data. */
  readonly what: string;
  readonly commands: readonly string[];
}

/** In: what changes of an object, and the object as it is on the cluster. Out: what a person does. */
export function byHand(
  code: ProblemCode,
  {
    release,
    kind,
    name,
  }: { readonly release: Release; readonly kind: string; readonly name: string },
  old: Tree,
): ByHand {
  const { what, commands } = stepsFor(code, kind, name, old);
  const { name: environment, clusterName: cluster } = release.facts;
  return { environment, cluster, what: `${kind} ${name}: ${what}`, commands };
}

const copied = "copy what is in it away while nothing runs (`stopped: true`), and back afterwards";
const untouched = "nothing may use it meanwhile (`stopped: true`); the share itself is not touched";

function stepsFor(
  code: ProblemCode,
  kind: string,
  name: string,
  old: Tree,
): Pick<ByHand, "what" | "commands"> {
  const namespace = at(old, "metadata", "namespace");
  const remove = (type: string, object: unknown, where: unknown = namespace) =>
    `kubectl delete ${type} ${String(object)}${where === undefined ? "" : ` --namespace ${String(where)}`}`;
  const claim = at(old, "spec", "claimRef");
  switch (kind) {
    case "persistentvolumeclaim":
      return at(old, "spec", "storageClassName") === ""
        ? {
            what: untouched,
            commands: [
              remove(kind, name),
              `kubectl delete persistentvolume ${String(at(old, "spec", "volumeName"))}`,
            ],
          }
        : { what: copied, commands: [remove(kind, name)] };
    case "persistentvolume":
      return {
        what: untouched,
        commands: [
          remove("persistentvolumeclaim", at(claim, "name"), at(claim, "namespace")),
          remove(kind, name),
        ],
      };
    case "cluster":
      return {
        what: "dump its databases first, and load them afterwards",
        commands: [remove("cluster.postgresql.cnpg.io", name)],
      };
    default:
      return code === "FROZEN_CLAIM"
        ? {
            what: "its pods stay, and claims that are there stay as they are",
            commands: [`${remove(`${kind}.apps`, name)} --cascade=orphan`],
          }
        : { what: "its pods end, and new ones come", commands: [remove(`${kind}.apps`, name)] };
  }
}
