import { expect, test } from "vitest";
import type { Tree } from "./builder.ts";
import { cronJob, deployment, findings, messages, object, podSpec, rendered } from "./builder.ts";

const code = "MANIFEST_UNDECLARED";
const rbac = (kind: string, more: Tree) =>
  object("rbac.authorization.k8s.io/v1", kind, "sonarr", more);
const rules = [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"] }];
const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "sonarr" };
const subjects = [{ kind: "ServiceAccount", name: "sonarr", namespace: "media-sonarr" }];
const binding = rbac("RoleBinding", { roleRef, subjects });
const inPod = (kind: string, change: Tree): Tree =>
  kind === "cronjob"
    ? { "cronjob/sonarr": { spec: { jobTemplate: { spec: { template: { spec: change } } } } } }
    : { "deployment/sonarr": { spec: { template: { spec: change } } } };
const token = podSpec({ automountServiceAccountToken: true });

test.for<[string, Tree, Tree, string]>([
  [
    "the rights of an account",
    rbac("Role", { rules }),
    { "role/sonarr": { rules } },
    'take the patch out, and say it: account: { namespace: { configmaps: ["get"] } }',
  ],
  [
    "none of them",
    rbac("Role", { rules: null }),
    { "role/sonarr": { rules: null } },
    "take the patch out",
  ],
  [
    "another role",
    binding,
    { "rolebinding/sonarr": { roleRef: { name: "view" } } },
    'take the patch out, and say it: account: { namespace: { configmaps: ["get"] } }',
  ],
  [
    "another account",
    binding,
    { "rolebinding/sonarr": { subjects } },
    'take the patch out, and say it: account: { namespace: { configmaps: ["get"] } }',
  ],
  [
    "the account of a pod",
    deployment(token),
    inPod("deployment", { serviceAccountName: "other" }),
    'take the patch out, and say it: account: { namespace: { configmaps: ["get"] } }',
  ],
  [
    "who comes first",
    deployment(token),
    inPod("deployment", { priorityClassName: "system-node-critical" }),
    'take the patch out, and say it: priority: "system-node-critical"',
  ],
  [
    "a node, past the scheduler",
    deployment(token),
    inPod("deployment", { nodeName: "control-1" }),
    'take the patch out, and say it: placement: { nodes: { "kubernetes.io/hostname": "control-1" } }',
  ],
  [
    "every taint",
    cronJob(token),
    inPod("cronjob", { tolerations: [{ key: "gpu", operator: "Exists" }, { operator: "Exists" }] }),
    'take the patch out, and say it: placement: { tolerates: { "node-role.kubernetes.io/control-plane": "NoSchedule" } }',
  ],
])("a patch changes %s", ([, one, patches, fix]) => {
  const spec = { account: {}, patches: patches as never };
  expect(findings(code, rendered([one], { spec }))).toMatchObject([
    { fix, keys: expect.arrayContaining(["patches"]) },
  ]);
  // What a chart brings, nobody here has said in a field.
  expect(findings(code, rendered([one], { spec, vendored: true }))).toEqual([]);
});

test.for<[string, Tree, Tree]>([
  ["a label of a role", rbac("Role", { rules }), { "role/sonarr": { metadata: { labels: {} } } }],
  [
    "a taint that is named, for a while",
    deployment(token),
    inPod("deployment", {
      tolerations: [{ key: "x", operator: "Exists", effect: "NoExecute", tolerationSeconds: 9 }],
    }),
  ],
  [
    "what no field says",
    deployment(token),
    inPod("deployment", { terminationGracePeriodSeconds: 5 }),
  ],
])("a patch may change %s", ([, one, patches]) => {
  const spec = { account: {}, patches: patches as never };
  expect(messages(findings(code, rendered([one], { spec })))).toEqual([]);
});
