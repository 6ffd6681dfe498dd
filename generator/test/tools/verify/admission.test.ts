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
import type { Answer, Question } from "../../support/admission.ts";

const slow = { timeout: 1_200_000 };
const policies = admissionPolicies({ name: "prod" });
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
      const onPods = policies.find((one) => at(one, "metadata", "name") === "prod-rzp-pods");
      const policy = structuredClone(onPods) as {
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
      const { problems, verdicts } = await ask({
        policies: own,
        bindings,
        namespaces,
        requests: pods.map((object) => ({ object })),
      });
      expect(problems).toEqual([]);
      expect(verdicts.flatMap(({ refusals }) => refusals)).toEqual([]);
      expect(
        verdicts.filter(({ judgedBy }) => !judgedBy.some((policy) => policy.endsWith("-rzp-pods"))),
      ).toEqual([]);
      judged += verdicts.length;
    }
    console.log(`${judged} pods of ${environments.length} environments: 0 refused`);
    expect(judged).toBeGreaterThan(30);
  });

  test(
    "without what is declared, those that loosen a rule are refused, and no other",
    slow,
    async () => {
      const told: string[] = [];
      for (const { policies: own, namespaces, pods } of environments) {
        const { verdicts } = await ask({
          policies: own,
          namespaces: namespaces.map((one) => namespaceNamed(String(at(one, "metadata", "name")))),
          requests: pods.map((object) => ({ object })),
        });
        const refused = pods.filter((_, index) => verdicts[index]?.refusals.length !== 0);
        const names = refused.map((pod) =>
          String(at(pod, "metadata", "labels", "app.kubernetes.io/name")),
        );
        const here = new Set(pods.map((pod) => at(pod, "metadata", "namespace")));
        const loosened = ["qbittorrent", "restore-drill", "vector"].filter((name) =>
          [...here].some((namespace) => String(namespace).endsWith(`-${name}`)),
        );
        expect([...new Set(names)].sort()).toEqual(loosened);
        told.push(...names);
      }
      expect(new Set(told)).toEqual(new Set(["qbittorrent", "restore-drill", "vector"]));
    },
  );

  test("a role of ours has no undeclared power", slow, async () => {
    let judged = 0;
    for (const { roles, bindings, namespaces } of environments) {
      const { verdicts } = await ask({
        bindings,
        namespaces,
        requests: roles.map((object) => ({ object })),
      });
      expect(verdicts.flatMap(({ refusals }) => refusals)).toEqual([]);
      judged += verdicts.length;
    }
    expect(judged).toBeGreaterThan(5);
  });
});
