/** Whom the admission policies judge: bindings, updates, pods of operators, roles and their bindings. By the API server's own code. */
import { describe, expect, test } from "vitest";
import { admissionBindings, admissionPolicies } from "../../../src/argocd/admission.ts";
import type { Tree } from "../../../src/model/data.ts";
import { powers } from "../../../src/model/powers.ts";
import { at } from "../../../src/model/reading.ts";
import { renderedTree } from "../../security/rendered-tree.ts";
import { askAdmission } from "../../support/admission.ts";
import type { AdmissionRequest, Question } from "../../support/admission.ts";

const slow = { timeout: 1_200_000 };
const prod = admissionPolicies({ name: "prod" });
const policies = [...prod, ...admissionPolicies({ name: "staging" })];
const ask = (more: Partial<Question>) =>
  askAdmission({
    kubernetesVersion: "1.35",
    policies: prod,
    namespaces: [],
    requests: [],
    ...more,
  });
const namespaceNamed = (name: string): Tree => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name },
});

describe("whom a binding is for", () => {
  const pod = (namespace: string, more: Tree = {}): Tree => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "x", namespace, ...more },
    spec: { containers: [{ name: "main", image: "app:latest" }] },
  });
  const inEnvironment = (name: string, environment: string): Tree => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { "rzp.local/environment": environment } },
  });
  const namespaces = [
    inEnvironment("media-app", "prod"),
    inEnvironment("stage-media-app", "staging"),
    namespaceNamed("kube-system"),
  ];

  test(
    "each environment's own namespaces: one denies, the other warns; others are left alone",
    slow,
    async () => {
      const bindings = [
        ...admissionBindings({ name: "prod", environment: {} } as never),
        ...admissionBindings({ name: "staging", environment: { admission: "warn" } } as never),
      ];
      const { verdicts } = await ask({
        policies,
        bindings,
        namespaces,
        requests: ["media-app", "stage-media-app", "kube-system"].map((name) => ({
          object: pod(name),
        })),
      });
      const actions = verdicts.map(
        ({ refusals }) => new Set(refusals.flatMap((one) => one.actions)),
      );
      expect(actions).toEqual([new Set(["Deny", "Audit"]), new Set(["Warn", "Audit"]), new Set()]);
      expect(verdicts[2]?.judgedBy).toEqual([]);
    },
  );

  const restricted = {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  };
  const withDebugger = (securityContext: Tree): Tree => ({
    ...pod("media-app"),
    spec: {
      automountServiceAccountToken: false,
      containers: [
        {
          name: "main",
          image: "app:1.0.0",
          resources: { limits: { memory: "1Gi" } },
          securityContext: { ...restricted, readOnlyRootFilesystem: true },
        },
      ],
      ephemeralContainers: [{ name: "debugger", image: "busybox", securityContext }],
    },
  });
  const cases: readonly [string, AdmissionRequest, boolean][] = [
    ["a new pod that breaks rules", { object: pod("media-app") }, true],
    [
      "a finalizer of one that is there",
      {
        object: pod("media-app", { finalizers: [] }),
        oldObject: pod("media-app", { finalizers: ["a.b/c"] }),
      },
      false,
    ],
    [
      "another image of one that is there",
      {
        object: pod("media-app"),
        oldObject: {
          ...pod("media-app"),
          spec: { containers: [{ name: "main", image: "app:1.0.0" }] },
        },
      },
      true,
    ],
    [
      "a container for debugging that is restricted",
      {
        object: withDebugger(restricted),
        oldObject: pod("media-app"),
        subresource: "ephemeralcontainers",
      },
      false,
    ],
    [
      "a container for debugging that is privileged",
      {
        object: withDebugger({ privileged: true }),
        oldObject: pod("media-app"),
        subresource: "ephemeralcontainers",
      },
      true,
    ],
  ];
  test.for(cases)("%s", slow, async ([, request, refused]) => {
    const { verdicts } = await ask({ namespaces, requests: [request] });
    expect(verdicts[0]?.refusals.some(({ error }) => error)).toBe(false);
    expect(verdicts[0]?.refusals.length !== 0).toBe(refused);
  });
});

describe("pods an operator makes for a service", () => {
  /** As CloudNativePG makes instances and the jobs that prepare them. */
  const instance = (cluster: string): Tree => {
    const securityContext = {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
    };
    const resources = { limits: { memory: "1Gi" } };
    return {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name: `${cluster}-1`,
        namespace: "data-postgres",
        labels: { "cnpg.io/cluster": cluster, "app.kubernetes.io/component": "database" },
      },
      spec: {
        serviceAccountName: cluster,
        securityContext: { runAsUser: 26, runAsGroup: 26, fsGroup: 26, runAsNonRoot: true },
        initContainers: [
          {
            name: "bootstrap-controller",
            image: "ghcr.io/cloudnative-pg/cloudnative-pg:1.28.0",
            resources,
            securityContext,
          },
        ],
        containers: [
          {
            name: "postgres",
            image: "ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie",
            resources,
            securityContext,
          },
        ],
        volumes: [
          { name: "pgdata", persistentVolumeClaim: { claimName: `${cluster}-1` } },
          { name: "scratch-data", emptyDir: {} },
          {
            name: "kube-api-access",
            projected: { sources: [{ serviceAccountToken: { path: "token" } }] },
          },
        ],
      },
    };
  };

  test(
    "the instances of a database cluster are taken, with their token; those of another are not",
    slow,
    async () => {
      const namespaces = renderedTree()[0]?.namespaces.filter(
        (one) => at(one, "metadata", "name") === "data-postgres",
      );
      const { verdicts } = await ask({
        namespaces: namespaces ?? [],
        requests: [{ object: instance("postgres") }, { object: instance("other") }],
      });
      expect(verdicts[0]?.refusals).toEqual([]);
      expect(verdicts[1]?.refusals.map(({ message }) => message.split(":")[0])).toEqual(["token"]);
    },
  );
});

describe("roles", () => {
  const role = (rule: Tree, annotations: Tree = {}): Tree => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "x", annotations },
    rules: [rule],
  });
  const pods = { apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get"] };
  const declared = { "rzp.local/allows": "powers" };
  const adding = {
    name: "x",
    labels: { "rbac.authorization.k8s.io/aggregate-to-view": "true" },
    annotations: declared,
  };
  const clusterRole = (more: Tree) => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "x" },
    rules: [pods],
    ...more,
  });
  test.for<[string, Tree, boolean]>([
    ["names", role(pods), false],
    ["no rules", { ...role(pods), rules: undefined }, false],
    ["a URL", role({ nonResourceURLs: ["/metrics"], verbs: ["get"] }), false],
    ["any resource", role({ ...pods, resources: ["*"] }), true],
    ["any subresource", role({ ...pods, resources: ["pods/*"] }), true],
    ["any group", role({ ...pods, apiGroups: ["apps", "*"] }), true],
    ["any verb", role({ ...pods, verbs: ["*"] }), true],
    ["a right of others", role({ ...pods, verbs: ["get", "escalate"] }), true],
    ["a declared right of others", role({ ...pods, verbs: ["bind"] }, declared), false],
    ["rights for a role of Kubernetes", clusterRole({ metadata: adding }), true],
    ["rights of others gathered", clusterRole({ aggregationRule: {} }), true],
    ["a cluster role of its own", clusterRole({}), false],
    ["a declared wildcard", role({ ...pods, verbs: ["*"] }, declared), false],
    [
      "something else that is declared",
      role({ ...pods, verbs: ["*"] }, { "rzp.local/allows": "*" }),
      true,
    ],
    [
      "any verb, of one that is going",
      {
        ...role({ ...pods, verbs: ["*"] }),
        metadata: { name: "x", deletionTimestamp: "2026-01-01T00:00:00Z" },
      },
      false,
    ],
  ])("%s", slow, async ([, object, refused]) => {
    const { verdicts } = await ask({ requests: [{ object }] });
    expect(verdicts[0]?.refusals.length !== 0).toBe(refused);
  });
});

describe("powers", () => {
  const role = (kind: string, rule: Tree, annotations: Tree = {}): Tree => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata: { name: "x", ...(kind === "Role" ? { namespace: "media-app" } : {}), annotations },
    rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"] }, rule],
  });
  const each = powers.flatMap(({ group, resources, verbs }) =>
    resources.flatMap((resource) =>
      verbs.map((verb) => ({ apiGroups: [group], resources: [resource], verbs: [verb] })),
    ),
  );
  const refusals = async (objects: readonly Tree[]) => {
    const { verdicts } = await ask({
      namespaces: [namespaceNamed("media-app")],
      requests: objects.map((object) => ({ object })),
    });
    return verdicts.map((verdict) => verdict.refusals);
  };

  test("each right of the table is refused, in both kinds of role", slow, async () => {
    const roles = ["Role", "ClusterRole"].flatMap((kind) => each.map((rule) => role(kind, rule)));
    const found = await refusals(roles);
    expect(found.filter((one) => one.length !== 1 || one.some(({ error }) => error))).toEqual([]);
    expect(found.length).toBeGreaterThan(150);
  });

  test("declared, or each object of a namespace named, none is", slow, async () => {
    const found = await refusals([
      ...each.map((rule) => role("ClusterRole", rule, { "rzp.local/allows": "powers" })),
      ...each.map((rule) => role("Role", { ...rule, resourceNames: ["own"] })),
    ]);
    expect(found.flat()).toEqual([]);
  });

  test("a name, where it is one in every namespace, is no excuse", slow, async () => {
    const found = await refusals(
      each.map((rule) => role("ClusterRole", { ...rule, resourceNames: ["own"] })),
    );
    expect(found.filter((one) => one.length === 0)).toEqual([]);
  });

  test("what is beside it in the table is let through", slow, async () => {
    const found = await refusals([
      role("ClusterRole", { apiGroups: [""], resources: ["secrets"], verbs: ["delete"] }),
      role("ClusterRole", { apiGroups: ["apps"], resources: ["pods"], verbs: ["create"] }),
      role("ClusterRole", { apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get"] }),
    ]);
    expect(found.flat()).toEqual([]);
  });
});

describe("bindings", () => {
  const binding = (role: string, subject: Tree, kind = "ClusterRoleBinding"): Tree => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata: { name: "x", ...(kind === "RoleBinding" ? { namespace: "media-app" } : {}) },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: [subject],
  });
  const account = { kind: "ServiceAccount", name: "main", namespace: "media-app" };
  const who = (kind: string, name: string) => ({
    apiGroup: "rbac.authorization.k8s.io",
    kind,
    name,
  });
  const ofOwnRole = binding("media-app", account, "RoleBinding");
  test.for<[string, Tree, boolean]>([
    ["its own role to an account", binding("media-app", account), false],
    ["a role of Kubernetes that only reads", binding("view", account, "RoleBinding"), false],
    ["all there is", binding("cluster-admin", account), true],
    ["all of a namespace", binding("edit", account, "RoleBinding"), true],
    [
      "a Role that is only called so",
      { ...ofOwnRole, roleRef: { ...Object(ofOwnRole["roleRef"]), kind: "Role", name: "admin" } },
      false,
    ],
    ["everybody", binding("media-app", who("Group", "system:authenticated")), true],
    ["nobody in particular", binding("media-app", who("User", "system:anonymous")), true],
    [
      "an account as a user",
      binding("media-app", who("User", "system:serviceaccount:media-app:main")),
      false,
    ],
    ["people", binding("media-app", who("Group", "admins")), false],
    ["no subjects", { ...ofOwnRole, subjects: undefined }, false],
  ])("%s", slow, async ([, object, refused]) => {
    const { verdicts } = await ask({
      namespaces: [namespaceNamed("media-app")],
      requests: [{ object }],
    });
    expect(verdicts[0]?.refusals.some(({ error }) => error)).toBe(false);
    expect(verdicts[0]?.refusals.length !== 0).toBe(refused);
  });
});
