/** What a patch changes although a field of the service says it: rights and places that nobody would read in its file. */
import { at, list } from "../../model/reading.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isPatched, patchOf } from "../origin.ts";
import { podMakers, podOf } from "../pods.ts";

type Path = readonly string[];

/** A field of a rendered object. */
interface Said {
  readonly path: Path;
  /** How the service says it. */
  readonly field: (change: unknown) => string;
  /** Unless every change of it is meant. */
  readonly isSaid?: (change: unknown) => boolean;
}

const account = () => 'account: { namespace: { configmaps: ["get"] } }';
const rights = (...names: readonly string[]): Said[] =>
  names.map((name) => ({ path: [name], field: account }));

/** By kind, what an account may do. */
const ofAccounts: Readonly<Record<string, readonly Said[]>> = {
  Role: rights("rules"),
  ClusterRole: rights("rules"),
  RoleBinding: rights("roleRef", "subjects"),
  ClusterRoleBinding: rights("roleRef", "subjects"),
};

/** Of the pods of a workload: as whom and where they run. */
const ofPods: readonly Said[] = [
  { path: ["serviceAccountName"], field: account },
  { path: ["priorityClassName"], field: (change) => `priority: ${JSON.stringify(change)}` },
  {
    path: ["nodeName"],
    field: (change) =>
      `placement: { nodes: { "kubernetes.io/hostname": ${JSON.stringify(change)} } }`,
  },
  {
    // A taint that is named may be tolerated for a while, or by its value, which no field says.
    path: ["tolerations"],
    field: () =>
      'placement: { tolerates: { "node-role.kubernetes.io/control-plane": "NoSchedule" } }',
    isSaid: (change) => list(change).some((toleration) => (at(toleration, "key") ?? "") === ""),
  },
];

/** Problems: MANIFEST_UNDECLARED. */
export function patchedFields(tree: CheckedTree): Problem[] {
  return [
    ...Object.entries(ofAccounts).flatMap(([kind, said]) =>
      patched(tree.ofKind(`rbac.authorization.k8s.io/${kind}`), () => said),
    ),
    ...podMakers.flatMap((kind) =>
      patched(tree.ofKind(kind), (object) => {
        const pod = podOf(object)?.path.map(String) ?? [];
        return ofPods.map((said) => ({ ...said, path: [...pod, ...said.path] }));
      }),
    ),
  ];
}

const patched = (
  objects: readonly CheckedObject[],
  saidOf: (object: CheckedObject) => readonly Said[],
): Problem[] =>
  objects.filter(isPatched).flatMap((object) =>
    saidOf(object).flatMap(({ path, field, isSaid = () => true }) => {
      const change = at(patchOf(object), ...path);
      if (change === undefined || !isSaid(change)) return [];
      return [
        problemIn(object, {
          code: "MANIFEST_UNDECLARED",
          path,
          field: [],
          message: `a patch changes ${path.at(-1)}, which follows from a field of the service`,
          found: JSON.stringify(change),
          expected: `${path.at(-1)} as it is derived`,
          fix: `take the patch out${change === null ? "" : `, and say it: ${field(change)}`}`,
        }),
      ];
    }),
  );
