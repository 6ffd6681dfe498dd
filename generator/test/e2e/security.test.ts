/** What the API server lets in, and what service accounts may do: pods, hostile objects, rights. */
import { beforeAll, expect, test } from "vitest";
import { applyAll, messageOf, type Answer, type KubernetesObject } from "../../cluster/api.ts";
import { waitFor } from "../../cluster/wait.ts";
import type { Release } from "../../src/model/platform.ts";
import { verbsOf, type AccountRules } from "../../src/security/powers.ts";
import { container, containerSecurity, podSecurity } from "../security/cases.ts";
import { judgedCases } from "../security/judged.ts";
import { renderedTree } from "../security/rendered-tree.ts";
import { platformOf, releasesOf, useCluster } from "./local.ts";
import { applyKinds, objectsOf } from "./rendered.ts";

const environment = "prod";
const cluster = useCluster(environment, async () => undefined);
const prod = renderedTree().find(({ name }) => name === environment);
const needed = [
  "Namespace",
  "PriorityClass",
  "ServiceAccount",
  "Role",
  "ClusterRole",
  "RoleBinding",
  "ClusterRoleBinding",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
];

/** Everything admission of a pod asks for, as it was rendered, and a namespace of the environment that declares nothing. */
beforeAll(async () => {
  const objects = await objectsOf(environment);
  await applyKinds(cluster().api, objects, needed);
  await applyAll(cluster().api, [hostileNamespace]);
  // A policy takes a moment to be known, and so do the accounts of namespaces.
  await waitFor(async () => (await make(pod(hostile, { hostNetwork: true }))).status >= 400, {
    for: "the admission policies to take effect",
    seconds: 60,
  });
  const namespaces = objects.filter(({ kind }) => kind === "Namespace");
  for (const { metadata } of namespaces) {
    const account = `/api/v1/namespaces/${metadata.name}/serviceaccounts/default`;
    await waitFor(async () => (await cluster().api.call("GET", account)).status === 200, {
      for: `the account of ${metadata.name}`,
      seconds: 30,
    });
  }
});

const hostile = "hostile";
const hostileNamespace: KubernetesObject = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: {
    name: hostile,
    labels: {
      "rzp.local/environment": environment,
      // So that the admission policies alone judge.
      "pod-security.kubernetes.io/enforce": "privileged",
    },
  },
};

/** Would the API server take it? Nothing is made. */
function make(object: object): Promise<Answer> {
  const { namespace } = (object as KubernetesObject).metadata;
  return cluster().api.call(
    "POST",
    `/api/v1/namespaces/${namespace}/pods?dryRun=All&fieldValidation=Strict`,
    object,
  );
}

const pod = (namespace: string, spec: object): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "asked", namespace },
  spec: {
    automountServiceAccountToken: false,
    securityContext: podSecurity,
    containers: [container()],
    ...spec,
  },
});

interface PodSpec {
  readonly volumes?: readonly { readonly name: string }[];
  readonly containers: readonly { readonly volumeMounts?: readonly { readonly name: string }[] }[];
}

/** A pod as the controller of a StatefulSet makes it: with a volume for each claim of its template. */
function withClaims(object: object): object {
  const { spec, ...rest } = object as { readonly spec: PodSpec };
  const { volumes = [], containers } = spec;
  const mounted = containers.flatMap(({ volumeMounts = [] }) =>
    volumeMounts.map(({ name }) => name),
  );
  const claims = [...new Set(mounted)].filter(
    (name) => !volumes.some((volume) => volume.name === name),
  );
  const added = claims.map((name) => ({ name, persistentVolumeClaim: { claimName: `${name}-0` } }));
  return { ...rest, spec: { ...spec, volumes: [...volumes, ...added] } };
}

test("every pod is admitted at the level of its namespace", async () => {
  const pods = prod?.pods ?? [];
  const answers = await Promise.all(pods.map((one) => make(withClaims(one))));
  const refused = answers.flatMap(({ status, body }) => (status >= 400 ? [messageOf(body)] : []));
  process.stdout.write(`${pods.length - refused.length} of ${pods.length} pods admitted\n`);
  expect(refused).toEqual([]);
  expect(pods.length).toBeGreaterThan(10);
});

/** A pod that needs the next looser level, by the level a namespace enforces (Pod Security Standards). */
const looser: Readonly<Record<string, object>> = {
  restricted: {
    securityContext: {},
    containers: [
      container({ securityContext: { ...containerSecurity, allowPrivilegeEscalation: true } }),
    ],
  },
  baseline: { containers: [container({ securityContext: { privileged: true } })] },
};

test("a pod one level looser is refused in each namespace", async () => {
  const namespaces = (prod?.namespaces ?? []) as unknown as readonly KubernetesObject[];
  const asked = namespaces.flatMap(({ metadata: { name, labels = {} } }) => {
    const level = labels["pod-security.kubernetes.io/enforce"] ?? "";
    return looser[level] === undefined ? [] : [{ name, level, spec: looser[level] }];
  });
  const answers = await Promise.all(asked.map(({ name, spec }) => make(pod(name, spec))));
  const admitted = asked.filter(
    (_, index) => !/violates PodSecurity/.test(messageOf(answers[index]?.body)),
  );
  process.stdout.write(
    `refused in ${asked.length - admitted.length} of ${asked.length} namespaces below privileged\n`,
  );
  expect(admitted).toEqual([]);
  expect(asked.length).toBeGreaterThan(20);
});

/** What a controller would make of a hostile template, in a namespace that declares nothing. */
const hostilePod = (object: object): object => {
  const { metadata, spec, ...rest } = object as {
    readonly metadata: object;
    readonly spec: object;
  };
  return {
    ...rest,
    metadata: { ...metadata, name: "asked", namespace: hostile },
    spec: { ...spec, serviceAccountName: "default", serviceAccount: "default" },
  };
};

/** The API server takes out the fields of a feature that is switched off, as this one is in the local cluster. */
const losesField = (asked: object, stored: unknown): boolean =>
  JSON.stringify(asked).includes("podCertificate") &&
  !JSON.stringify(stored).includes("podCertificate");

test("40 hostile pods are refused by the admission policies, each for its own reason", async () => {
  const cases = (await judgedCases()).filter(({ breaks }) => breaks);
  const answers = await Promise.all(cases.map((one) => make(hostilePod(one.pod))));
  // Some are no pod to the API server at all, whatever a policy says, or lose what is hostile before one looks.
  const judged = cases.flatMap((one, index) => {
    const { status = 0, body } = answers[index] ?? {};
    const isLost = status < 300 && losesField(one.pod, body);
    return status === 422 || isLost ? [] : [{ ...one, said: messageOf(body) }];
  });
  // It tells the first rule that a pod breaks, and some of these break two.
  const reasonOf = (said: string): string => /denied request: ([a-z-]+):/.exec(said)?.[1] ?? "";
  const admitted = judged.filter(({ said }) => reasonOf(said) === "");
  const own = judged.filter(({ rule, said }) => reasonOf(said) === rule);
  process.stdout.write(
    `${judged.length - admitted.length} of ${judged.length} hostile pods refused, ${own.length} for the rule they were made for; ${cases.length - judged.length} more are invalid\n`,
  );
  expect(admitted.map(({ words, said }) => `${words}: ${said}`)).toEqual([]);
  expect(own.length).toBeGreaterThanOrEqual(40);
});

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** What the authorizer says an account may do with objects in a namespace: `get pods`, sorted. */
async function rightsOf(account: string, namespace: string): Promise<string[]> {
  const { body } = await cluster().api.call(
    "POST",
    "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
    { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectRulesReview", spec: { namespace } },
    { user: account },
  );
  const { resourceRules = [] } = (body as { status: { resourceRules?: readonly Rule[] } }).status;
  return rightsIn(resourceRules);
}

function rightsIn(rules: readonly Rule[]): string[] {
  const rights = rules.flatMap(({ verbs, apiGroups = [""], resources = [], resourceNames = [] }) =>
    verbs.flatMap((verb) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          (resourceNames.length === 0 ? [""] : resourceNames).map(
            (name) =>
              `${verb} ${resource}${group === "" ? "" : `.${group}`}${name === "" ? "" : ` ${name}`}`,
          ),
        ),
      ),
    ),
  );
  return [...new Set(rights)].toSorted();
}

interface Account {
  readonly namespace: string;
  readonly name: string;
  readonly own: readonly string[];
  readonly everywhere: readonly string[];
}

const listed = (rules: AccountRules = {}, of = ""): string[] =>
  Object.entries(rules).flatMap(([resource, rule]) =>
    verbsOf(rule).map((verb) => `${verb} ${resource}${of}`),
  );

/** The accounts of an environment with the rights its files declare; the default one of each namespace has none. */
function declaredAccounts(releases: readonly Release[]): Account[] {
  return releases.flatMap(({ service: { namespace, components } }) => [
    { namespace, name: "default", own: [], everywhere: [] },
    ...components.flatMap(({ objectName, source }) => {
      const account = source.kind === "workload" ? source.spec.account : undefined;
      if (account === undefined) return [];
      const {
        namespace: here,
        named = {},
        cluster: everywhere,
      } = account as {
        readonly namespace?: AccountRules;
        readonly named?: Readonly<Record<string, AccountRules>>;
        readonly cluster?: AccountRules;
      };
      const byName = Object.entries(named).flatMap(([resource, names]) =>
        Object.entries(names).flatMap(([name, verbs]) => listed({ [resource]: verbs }, ` ${name}`)),
      );
      return [
        {
          namespace,
          name: objectName,
          own: [...listed(here), ...byName],
          everywhere: listed(everywhere),
        },
      ];
    }),
  ]);
}

/** Nobody writes that the drill makes Restores: it may in Velero's namespace, as that follows from what it is. */
const derived: Readonly<Record<string, AccountRules>> = {
  "storage-restore-drill/restore-drill in storage-velero": {
    "restores.velero.io": ["get", "list", "create", "delete"],
    "backups.velero.io": ["list"],
  },
};

test("service accounts may do what is declared, and nothing more", async () => {
  const releases = releasesOf(await platformOf(), environment);
  const accounts = declaredAccounts(releases);
  const namespaces = [...new Set(releases.map(({ service }) => service.namespace))];
  // What everybody who is known may do, such as asking what they may do.
  const common = new Set(await rightsOf("system:serviceaccount:nowhere:nobody", "default"));
  let asked = 0;
  const wrong: string[] = [];
  for (const { namespace, name, own, everywhere } of accounts) {
    for (const where of namespaces) {
      const found = (await rightsOf(`system:serviceaccount:${namespace}:${name}`, where)).filter(
        (right) => !common.has(right),
      );
      const expected = [
        ...new Set([
          ...everywhere,
          ...(where === namespace ? own : []),
          ...listed(derived[`${namespace}/${name} in ${where}`]),
        ]),
      ].toSorted();
      asked += 1;
      if (found.join() !== expected.join())
        wrong.push(
          `${namespace}/${name} in ${where}: may ${found.join(", ")}; declared: ${expected.join(", ")}`,
        );
    }
  }
  process.stdout.write(
    `${accounts.length} accounts in ${namespaces.length} namespaces: ${asked - wrong.length} of ${asked} as declared\n`,
  );
  expect(wrong).toEqual([]);
});
