/** The admission policies, judged by the API server's own code. */
import { beforeAll, describe, expect, test } from "vitest";
import { admissionPolicies } from "../../../src/argocd/admission.ts";
import type { Tree } from "../../../src/model/data.ts";
import { at } from "../../../src/model/reading.ts";
import { securityRuleNames } from "../../../src/security/rules.ts";
import { judgedCases } from "../../security/judged.ts";
import type { JudgedCase } from "../../security/judged.ts";
import { renderedTree } from "../../security/rendered-tree.ts";
import type { RenderedEnvironment } from "../../security/rendered-tree.ts";
import { askAdmission } from "../../support/admission.ts";
import type { AdmissionRequest, Answer, Question } from "../../support/admission.ts";

const slow = { timeout: 1_200_000 };
const policies = admissionPolicies({ name: "prod", cluster: { carrier: "prod" } } as never);
const kubernetesVersion = "1.35";
const ask = (more: Partial<Question>) =>
  askAdmission({ kubernetesVersion, policies, namespaces: [], requests: [], ...more });

/** Gives a namespace a name of its own, so that each case can have its own. */
const renamed = (object: Tree, name: string): Tree => ({
  ...object,
  metadata: { ...(object["metadata"] as Tree), name },
});
const movedTo = (object: Tree, namespace: string): Tree => ({
  ...object,
  metadata: { ...(object["metadata"] as Tree), namespace },
});
const namespaceNamed = (name: string, annotations: Tree = {}): Tree => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, annotations },
});

describe("expressions", () => {
  test.for(["1.34", "1.35"])(
    "all compile, and fit the types of Kubernetes %s",
    slow,
    async (version) => {
      const { problems } = await ask({ kubernetesVersion: version });
      expect(problems).toEqual([]);
      expect(policies.length).toBeGreaterThan(1);
    },
  );

  test(
    "one that does not compile, and one whose field does not exist, are told",
    slow,
    async () => {
      const policy = structuredClone(policies[0]) as {
        spec: { validations: { expression: string }[] };
      };
      policy.spec.validations[0] = { expression: "object.spec.(" };
      policy.spec.validations[1] = { expression: "object.spec.hostNetwrok == true" };
      const { problems } = await ask({ policies: [policy] });
      expect(problems.map(({ field }) => field)).toEqual(
        expect.arrayContaining([
          "spec.validations[0].expression",
          "spec.validations[1].expression",
        ]),
      );
      expect(problems.map(({ message }) => message).join()).toContain(
        "undefined field 'hostNetwrok'",
      );
    },
  );
});

describe("the table of the security rules", () => {
  let cases: readonly JudgedCase[];
  let bare: Answer;
  let declared: Answer;
  beforeAll(async () => {
    cases = await judgedCases();
    const requests = cases.map(({ pod }, index) => ({ object: movedTo(pod, `case-${index}`) }));
    bare = await ask({
      requests,
      namespaces: cases.map((_, index) => namespaceNamed(`case-${index}`)),
    });
    declared = await ask({
      requests,
      namespaces: cases.map(({ namespace }, index) => renamed(namespace, `case-${index}`)),
    });
  }, slow.timeout);

  test.for(securityRuleNames)("%s", (rule) => {
    for (const [index, one] of cases.entries()) {
      if (one.rule !== rule) continue;
      const refusals = bare.verdicts[index]?.refusals ?? [];
      expect(
        refusals.filter(({ error }) => error),
        one.words,
      ).toEqual([]);
      const refused = refusals.some(({ validation }) => securityRuleNames[validation] === rule);
      expect(refused, one.words).toBe(one.breaks);
    }
  });

  test("what a service declares is allowed in its namespace, all of it", () => {
    const said = cases.flatMap(({ service, words }, index) =>
      service === undefined ? [] : [{ words, refusals: declared.verdicts[index]?.refusals }],
    );
    expect(said.filter(({ refusals }) => refusals?.length !== 0)).toEqual([]);
    expect(said.length).toBeGreaterThan(50);
  });
});

describe("the rendered trees", () => {
  let environments: readonly RenderedEnvironment[];
  beforeAll(() => {
    environments = renderedTree();
  });

  test("no pod of any environment is refused, and each is judged", slow, async () => {
    let judged = 0;
    for (const { policies: own, bindings, namespaces, pods } of environments) {
      const shared = environments.flatMap((one) => one.policies);
      const { problems, verdicts } = await ask({
        policies: own.length > 0 ? own : shared.slice(0, policies.length),
        bindings,
        namespaces,
        requests: pods.map((object) => ({ object })),
      });
      expect(problems).toEqual([]);
      expect(verdicts.flatMap(({ refusals }) => refusals)).toEqual([]);
      expect(verdicts.filter(({ judgedBy }) => !judgedBy.includes("rzp-pods"))).toEqual([]);
      judged += verdicts.length;
    }
    console.log(`${judged} pods of ${environments.length} environments: 0 refused`);
    expect(judged).toBeGreaterThan(30);
  });

  test(
    "without what is declared, those that loosen a rule are refused, and no other",
    slow,
    async () => {
      for (const { policies: own, namespaces, pods } of environments) {
        if (own.length === 0) continue;
        const { verdicts } = await ask({
          policies: own,
          namespaces: namespaces.map((one) => namespaceNamed(String(at(one, "metadata", "name")))),
          requests: pods.map((object) => ({ object })),
        });
        const refused = pods.filter((_, index) => verdicts[index]?.refusals.length !== 0);
        const names = refused.map((pod) =>
          String(at(pod, "metadata", "labels", "app.kubernetes.io/name")),
        );
        expect([...new Set(names)].sort()).toEqual(["qbittorrent", "vector"]);
      }
    },
  );

  test("a role of ours has no undeclared wildcard", slow, async () => {
    for (const { roles, bindings, namespaces } of environments) {
      const { verdicts } = await ask({
        bindings,
        namespaces,
        requests: roles.map((object) => ({ object })),
      });
      expect(verdicts.flatMap(({ refusals }) => refusals)).toEqual([]);
    }
  });
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
      const { admissionBindings } = await import("../../../src/argocd/admission.ts");
      const bindings = [
        ...admissionBindings({ name: "prod", environment: {} } as never),
        ...admissionBindings({ name: "staging", environment: { admission: "warn" } } as never),
      ];
      const { verdicts } = await ask({
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
  const declared = { "rzp.local/allows": "wildcards" };
  test.for<[string, Tree, boolean]>([
    ["names", role(pods), false],
    ["no rules", { ...role(pods), rules: undefined }, false],
    ["a URL", role({ nonResourceURLs: ["/metrics"], verbs: ["get"] }), false],
    ["any resource", role({ ...pods, resources: ["*"] }), true],
    ["any subresource", role({ ...pods, resources: ["pods/*"] }), true],
    ["any group", role({ ...pods, apiGroups: ["apps", "*"] }), true],
    ["any verb", role({ ...pods, verbs: ["*"] }), true],
    ["a declared wildcard", role({ ...pods, verbs: ["*"] }, declared), false],
    [
      "something else that is declared",
      role({ ...pods, verbs: ["*"] }, { "rzp.local/allows": "*" }),
      true,
    ],
  ])("%s", slow, async ([, object, refused]) => {
    const { verdicts } = await ask({ requests: [{ object }] });
    expect(verdicts[0]?.refusals.length !== 0).toBe(refused);
  });
});
