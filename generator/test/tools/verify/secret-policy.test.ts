/** The rule on what a namespace reads, as the API server applies it: its own CEL, and the table of the check. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { asTree } from "../../../src/model/data.ts";
import type { Tree } from "../../../src/model/data.ts";
import { secretPolicySpec } from "../../../src/security/secret-policy.ts";
import { readCases, readingNamespace } from "../../security/secret-reads.ts";
import { askAdmission } from "../../support/admission.ts";
import type { AdmissionRequest } from "../../support/admission.ts";
import { projectRoot } from "../../support/repository.ts";

const slow = { timeout: 600_000 };
/** Which validation refuses what, in the order of the policy. */
const validations = ["write", "store", "generator", "key", "folder"] as const;

const judge = (namespaces: readonly Tree[], objects: readonly Tree[]) =>
  judgeRequests(
    namespaces,
    objects.map((object) => ({ object })),
  );

const judgeRequests = (namespaces: readonly Tree[], requests: readonly AdmissionRequest[]) =>
  askAdmission({
    kubernetesVersion: "1.35",
    policies: [
      {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicy",
        metadata: { name: "secrets" },
        spec: secretPolicySpec(),
      },
    ],
    namespaces,
    requests,
  });

test(
  "one that may be read no longer still loses its finalizer, and cannot ask for something else",
  slow,
  async () => {
    const reads = (key: string, finalizers: readonly string[]): Tree => ({
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: "from-postgres", namespace: "media-sonarr", finalizers },
      spec: {
        secretStoreRef: { kind: "ClusterSecretStore", name: "prod-media" },
        data: [{ secretKey: "password", remoteRef: { key } }],
      },
    });
    const before = reads("/edges/gone/sonarr/password", ["externalsecret-cleanup"]);
    const { verdicts } = await judgeRequests(
      [readingNamespace],
      [
        { object: reads("/edges/gone/sonarr/password", []), oldObject: before },
        { object: reads("/edges/other/sonarr/password", []), oldObject: before },
      ],
    );
    expect(verdicts.map(({ refusals }) => refusals.length)).toEqual([0, 1]);
  },
);

test(
  "what is not kept is not judged: Argo CD asks so before the Namespace is as it will be",
  slow,
  async () => {
    const { object } =
      Object.values(readCases).find(({ refused }) => refused !== undefined) ?? expect.fail();
    const requests = [{ object }, { object, dryRun: true }] as const;
    const { verdicts } = await judgeRequests([readingNamespace], requests);
    expect(verdicts.map(({ refusals }) => refusals.length)).toEqual([1, 0]);
  },
);

test("every case of the table, with the validation that is meant", slow, async () => {
  const byNamespace = Map.groupBy(
    Object.entries(readCases),
    ([, { namespace = readingNamespace }]) => namespace,
  );
  let judged = 0;
  for (const [namespace, cases] of byNamespace) {
    const { problems, verdicts } = await judge(
      [namespace],
      cases.map(([, { object }]) => object),
    );
    expect(problems).toEqual([]);
    const found = verdicts.map(({ judgedBy, refusals }, index) => [
      cases[index]?.[0],
      judgedBy,
      refusals.map(({ validation, error, message }) => error ?? validations[validation] ?? message),
    ]);
    expect(found).toEqual(cases.map(([title, { refused = [] }]) => [title, ["secrets"], refused]));
    judged += found.length;
  }
  expect(judged).toBe(Object.keys(readCases).length);
});

test(
  "everything rendered may be read, and nothing of it in another's namespace",
  slow,
  async () => {
    const folder = path.join(projectRoot, "kubernetes/prod");
    const objects = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\/(namespace|externalsecret)-.*\.yaml$/.test(file))
      .sort()
      .map((file) => load(readFileSync(path.join(folder, file), "utf8")) as Tree);
    const namespaces = objects.filter(({ kind }) => kind === "Namespace");
    const secrets = objects.filter(({ kind }) => kind === "ExternalSecret");
    expect(secrets.length).toBeGreaterThan(20);
    const { verdicts } = await judge(namespaces, secrets);
    expect(verdicts.flatMap(({ refusals }) => refusals)).toEqual([]);

    // It reads nothing of other services, and no other service reads what is its.
    const namespace = "media-qbittorrent";
    const moved = secrets.flatMap((object) => {
      const metadata = asTree(object["metadata"]);
      return metadata["namespace"] === namespace || metadata["name"] === "sign-in"
        ? []
        : [{ ...object, metadata: { ...metadata, namespace } }];
    });
    expect(moved.length).toBeGreaterThan(20);
    const elsewhere = await judge(namespaces, moved);
    expect(elsewhere.verdicts.filter(({ refusals }) => refusals.length === 0)).toEqual([]);
  },
);
