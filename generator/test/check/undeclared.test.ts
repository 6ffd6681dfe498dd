import { expect, test } from "vitest";
import type { Problem } from "../../src/problems/problem.ts";
import type { Setting, Tree } from "./builder.ts";
import {
  clusterObject,
  container,
  deployment,
  findings,
  messages,
  namespace,
  namespaceObject,
  object,
  podSpec,
  rendered,
} from "./builder.ts";

const code = "MANIFEST_UNDECLARED";
const of = (objects: readonly Tree[], setting: Setting = {}) =>
  findings(code, rendered(objects, setting));
const writable = podSpec({
  containers: [
    container({
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    }),
  ],
});
const because = (value: object): Setting => ({
  spec: { security: { because: "one good reason", value } },
});
const role = (kind: string, name: string, rule: object, annotations: object = {}) =>
  object("rbac.authorization.k8s.io/v1", kind, name, {
    metadata: { name, ...(kind === "Role" ? { namespace } : {}), annotations },
    rules: [rule],
  });
const pods = { apiGroups: [""], resources: ["pods"], verbs: ["get"] };
const all = { ...pods, verbs: ["*"] };
const declared = { "rzp.local/allows": "powers" };

test("what no field loosens is told with what to do instead", () => {
  const sysctls = [{ name: "net.ipv4.ip_forward", value: "1" }];
  const pod = podSpec({ securityContext: { sysctls } });
  const found = of([deployment(pod)], because({ addCapabilities: ["NET_ADMIN"] })).find(
    ({ found: rule }) => rule === "sysctls",
  );
  expect(found?.fix).toBe("take it out, as no field allows it: set it on the nodes");
});

test("a container that writes where nobody said so", () => {
  const found = of([deployment(writable)]);
  expect(messages(found)).toEqual([
    "Deployment sonarr: container main: may write outside its volumes, and its service does not say so",
  ]);
  expect(found[0]).toMatchObject({
    found: "read-only-root",
    expected: "containers write to their volumes only",
    fix: 'take it out, or say it: security: because({ writableRoot: true }, "say why here")',
    place: { file: "charts/services/sonarr/values.ts" },
  });
});

test("a pod of an old kind, which no field makes", () => {
  const controller = object("v1", "ReplicationController", "sonarr", {
    spec: { template: { spec: writable } },
  });
  expect(of([controller]).map(({ found }) => found)).toEqual(["read-only-root"]);
});

test("once for each rule and container, however often it is broken", () => {
  const pod = podSpec({
    automountServiceAccountToken: undefined,
    volumes: [
      { name: "a", projected: { sources: [{ serviceAccountToken: { path: "a" } }] } },
      { name: "b", projected: { sources: [{ serviceAccountToken: { path: "b" } }] } },
    ],
    securityContext: {
      runAsNonRoot: true,
      runAsGroup: 0,
      seccompProfile: { type: "RuntimeDefault" },
    },
    initContainers: [container({ name: "first" })],
  });
  expect(of([deployment(pod)]).map(({ found, message }) => [found, message.split(":")[1]])).toEqual(
    [
      ["root-group", " container main"],
      ["root-group", " container first"],
      ["token", " the pod"],
    ],
  );
});

test("pods of an operator are not those of the service", () => {
  const operator: Setting = {
    spec: { operatorPods: { because: "one good reason", value: "restricted" } },
  };
  expect(of([deployment(writable), allowing("*")], operator)).toHaveLength(1);
  expect(of([deployment(), allowing("*")], operator)).toEqual([]);
});

test("what is declared for one container is not for another", () => {
  const vpn = container({ name: "vpn" });
  const pod = podSpec({
    containers: [container(), { ...vpn, securityContext: { ...asAdmin, runAsUser: 0 } }],
  });
  const setting = because({ addCapabilities: ["NET_ADMIN"] });
  expect(of([deployment(pod)], setting).map(({ found }) => found)).toEqual([
    "capabilities",
    "root",
    "few-capabilities",
  ]);
});
const asAdmin = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] },
};

test.for<[string, readonly Tree[], Setting]>([
  ["a pod that keeps every rule", [deployment()], {}],
  ["what is declared", [deployment(writable)], because({ writableRoot: true })],
  [
    "a token of an account with rights",
    [deployment(podSpec({ automountServiceAccountToken: true }))],
    { spec: { account: {} } },
  ],
  [
    "more than its namespace enforces is told by MANIFEST_POD_SECURITY",
    [namespaceObject("restricted"), deployment(podSpec({ hostNetwork: true }))],
    {},
  ],
  [
    "an image that moves and a missing limit have findings of their own",
    [deployment(podSpec({ containers: [container({ image: "app:latest", resources: {} })] }))],
    {},
  ],
  [
    "a pod in somebody else's namespace",
    [{ ...deployment(writable), metadata: { name: "sonarr", namespace: "other" } }],
    {},
  ],
  ["a role that names everything", [role("Role", "sonarr", pods)], {}],
  [
    "declared wildcards of an account in its namespace",
    [role("Role", "sonarr", all, declared)],
    { spec: { account: { namespace: { pods: { because: "one good reason", value: ["*"] } } } } },
  ],
  [
    "declared wildcards of an account in the cluster",
    [role("ClusterRole", "media-sonarr-sonarr", all, declared)],
    { spec: { account: { cluster: { "*": { because: "one good reason", value: ["get"] } } } } },
  ],
])("no finding: %s", ([, objects, setting]) => {
  expect(of(objects, setting)).toEqual([]);
});

test.for<[string, Tree, Setting]>([
  ["any verb", role("Role", "mine", all), {}],
  ["any resource", role("ClusterRole", "mine", { ...pods, resources: ["pods/*"] }), {}],
  ["any group", role("Role", "mine", { ...pods, apiGroups: ["*"] }), {}],
  ["a role that calls itself declared", role("Role", "mine", all, declared), {}],
  [
    "wildcards declared for the cluster, not for the namespace",
    role("Role", "sonarr", all, declared),
    { spec: { account: { cluster: { "*": { because: "one good reason", value: ["get"] } } } } },
  ],
])("a wildcard: %s", ([, one, setting]) => {
  expect(messages(of([one], setting))).toEqual([
    expect.stringContaining("a wildcard gives rights on what nobody has named"),
  ]);
});

test.for(["impersonate", "bind", "escalate"] as const)(
  "a verb that gives rights of others: %s",
  (verb) => {
    const borrowing = { ...pods, verbs: ["get", verb] };
    expect(of([role("Role", "mine", borrowing)])).toMatchObject([
      { message: "Role mine: it gives the rights of others, more than it names", found: verb },
    ]);
    const account = { cluster: { users: { because: "one good reason", value: [verb] } } };
    const mine = role("ClusterRole", "media-sonarr-sonarr", borrowing, declared);
    expect(of([mine], { spec: { account } })).toEqual([]);
    expect(of([role("ClusterRole", "mine", borrowing)], { vendored: true })).toEqual([]);
  },
);

const secrets = { ...pods, resources: ["secrets"] };

test.for<[string, object, Partial<Problem>]>([
  [
    "Secrets read",
    { ...secrets, verbs: ["get", "list", "delete"] },
    {
      message: "Role mine: it gives the passwords and tokens of whoever keeps them there",
      found: "secrets: get, list",
      fix: 'take it out, or declare it in account: { namespace: { "secrets": because(["get","list"], "say why here") } }',
    },
  ],
  [
    "beside what is no power",
    { apiGroups: ["", "batch"], resources: ["pods/log", "jobs"], verbs: ["create"] },
    { found: "jobs: create" },
  ],
  ["commands in pods", { ...pods, resources: ["pods/exec"], verbs: ["get"] }, {}],
])("a right that gives those of others: %s", ([, rule, told]) => {
  expect(of([role("Role", "mine", rule)])).toMatchObject([told]);
});

test.for<[string, Tree, Setting]>([
  ["removing them", role("Role", "mine", { ...secrets, verbs: ["delete"] }), {}],
  [
    "another group's of that name",
    role("Role", "mine", { ...secrets, apiGroups: ["x.example.com"] }),
    {},
  ],
  [
    "Secrets of one namespace, each named",
    role("Role", "mine", { ...secrets, resourceNames: ["own"] }),
    {},
  ],
  [
    "what an account declares",
    role("ClusterRole", "media-sonarr-sonarr", secrets, declared),
    { spec: { account: { cluster: { secrets: { because: "one good reason", value: ["get"] } } } } },
  ],
  ["what a chart brings", role("ClusterRole", "mine", secrets), { vendored: true }],
])("no right of others: %s", ([, one, setting]) => {
  expect(of([one], setting)).toEqual([]);
});

test("a name is that of an object in every namespace, for a role of the whole cluster", () => {
  const named = { ...secrets, resourceNames: ["own"] };
  expect(of([role("ClusterRole", "mine", named)])).toMatchObject([
    {
      fix: 'take it out, or declare it in account: { cluster: { "secrets": because(["get"], "say why here") } }',
    },
  ]);
});

test("a role that adds to one of Kubernetes, or gathers others", () => {
  const label = "rbac.authorization.k8s.io/aggregate-to-view";
  const adding = role("ClusterRole", "mine", pods);
  const labelled = { ...adding, metadata: { name: "mine", labels: { [label]: "true" } } };
  const gathering = { ...adding, aggregationRule: { clusterRoleSelectors: [] } };
  expect(messages(of([labelled, gathering]))).toEqual([
    "ClusterRole mine: its rights go into a role of Kubernetes, to everybody who has that one",
    "ClusterRole mine: it gathers the rights of roles that nobody has named",
  ]);
  const patches = { "clusterrole/mine": { metadata: { labels: { [label]: "true" } } } };
  expect(of([labelled], { spec: { patches } })).toMatchObject([
    { keys: ["patches", "clusterrole/mine", "metadata", "labels", label] },
  ]);
  expect(of([labelled], { vendored: true })).toEqual([]);
});

test("a chart's role may have wildcards: it bears no label of ours", () => {
  expect(of([role("ClusterRole", "mine", all)], { vendored: true })).toEqual([]);
});

const binding = (kind: string, role: string, subject: object) =>
  object("rbac.authorization.k8s.io/v1", kind, "mine", {
    metadata: { name: "mine", ...(kind === "RoleBinding" ? { namespace } : {}) },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: [subject],
  });
const account = { kind: "ServiceAccount", name: "sonarr", namespace };

test.for<[string, Tree, string]>([
  [
    "everything",
    binding("ClusterRoleBinding", "cluster-admin", account),
    "ClusterRole cluster-admin",
  ],
  ["all of a namespace", binding("RoleBinding", "admin", account), "ClusterRole admin"],
  ["its secrets too", binding("RoleBinding", "edit", account), "ClusterRole edit"],
  [
    "everybody",
    binding("RoleBinding", "view", { kind: "Group", name: "system:authenticated" }),
    "Group system:authenticated",
  ],
  [
    "who says no name",
    binding("RoleBinding", "view", { kind: "User", name: "system:anonymous" }),
    "User system:anonymous",
  ],
])("a binding gives too much: %s", ([, one, found]) => {
  const spec = {
    objects: { mine: { apiVersion: "rbac.authorization.k8s.io/v1", kind: String(one["kind"]) } },
  };
  expect(of([one], { spec })).toMatchObject([
    { found, message: expect.stringContaining("gives rights") },
  ]);
  expect(of([one], { vendored: true })).toEqual([]);
});

test("a binding gives a role that names its rights to who is named", () => {
  const people = { kind: "Group", name: "household" };
  const user = { kind: "User", name: `system:serviceaccount:${namespace}:sonarr` };
  const subjects = [account, people, user];
  expect(of(subjects.map((subject) => binding("RoleBinding", "view", subject)))).toEqual([]);
  const own = { ...binding("RoleBinding", "", account), roleRef: { kind: "Role", name: "admin" } };
  expect(of([own])).toEqual([]);
});

test("a binding to a role that was made for another account", () => {
  const spec: NonNullable<Setting["spec"]> = {
    account: { cluster: { secrets: { because: "one good reason", value: ["get"] } } },
    objects: {
      mine: { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding" },
      own: { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" },
    },
  };
  const bound = (name: string) => binding("ClusterRoleBinding", name, account);
  const others = rendered([role("ClusterRole", "media-radarr-radarr", pods)], { name: "radarr" });
  const derived = role("ClusterRole", "media-sonarr-sonarr", secrets, declared);
  const told = (name: string) =>
    findings(
      code,
      rendered([derived, role("ClusterRole", "own", pods), bound(name)], { spec }),
      others,
    );
  expect(told("media-radarr-radarr")).toMatchObject([
    {
      message: "ClusterRoleBinding mine: its role is made for another account, of radarr",
      found: "ClusterRole media-radarr-radarr",
      keys: ["objects", "mine", "roleRef", "name"],
    },
  ]);
  expect(told("media-sonarr-sonarr")).toHaveLength(1);
  expect(told("own")).toEqual([]);
  expect(told("view")).toEqual([]);
});

const allowing = (allows: string | undefined) =>
  clusterObject("v1", "Namespace", namespace, {
    metadata: {
      name: namespace,
      ...(allows === undefined ? {} : { annotations: { "rzp.local/allows": allows } }),
    },
  });

test("the annotation of a Namespace says what its service declares", () => {
  const root = because({ user: 0, group: 0 });
  expect(of([allowing("root-group:main/main root:main/main")], root)).toEqual([]);
  expect(of([allowing(undefined)])).toEqual([]);
  expect(of([allowing("*")]).map(({ found, expected }) => [found, expected])).toEqual([
    ["*", "none"],
  ]);
  expect(of([allowing(undefined)], root)).toHaveLength(1);
});

test.for([
  ["labels", { "pod-security.kubernetes.io/enforce": "privileged" }],
  ["labels", { "pod-security.kubernetes.io/enforce-version": "v1.0" }],
  ["labels", { "rzp.local/environment": null }],
  ["labels", null],
  ["annotations", { "rzp.local/secret-paths": "/" }],
])("a patch on what policies read of a Namespace: %s %o", ([place, change]) => {
  const patches = { [`namespace/${namespace}`]: { metadata: { [String(place)]: change } } };
  expect(of([namespaceObject("restricted")], { spec: { patches } })).toMatchObject([
    {
      message: expect.stringMatching(
        `Namespace ${namespace}: (only RZP sets|a patch takes all labels away)`,
      ),
      keys: expect.arrayContaining(["patches", `namespace/${namespace}`, "metadata", place]),
    },
  ]);
});

test("other labels and annotations of a Namespace may be patched", () => {
  const metadata = { labels: { team: "home" }, annotations: { note: "ours" } };
  const patches = { [`namespace/${namespace}`]: { metadata } };
  expect(of([namespaceObject("restricted")], { spec: { patches } })).toEqual([]);
});
