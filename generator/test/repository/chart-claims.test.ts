/** Charts know no purposes of storage, so what they claim names a class of the cluster by hand: one that is there. */
import { expect, test } from "vitest";
import { readTree } from "../../src/load/tree.ts";
import { asTree } from "../../src/model/data.ts";
import { releasesOf } from "../support/releases.ts";
import { projectRoot } from "../support/repository.ts";

const claimsIn = (value: unknown): unknown[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, child]) =>
        key === "volumeClaimTemplate" ? [asTree(asTree(child)["spec"])] : claimsIn(child),
      );

test("every claim in the values of a chart is of the cluster's standard class", async () => {
  const releases = await releasesOf(readTree(projectRoot));
  const claims = releases.flatMap(({ facts, service: { name, spec } }) =>
    claimsIn("chart" in spec ? spec.chart : undefined).map((claim) => ({
      where: `${facts.name}/${name}`,
      class: asTree(claim)["storageClassName"],
      standard: facts.cluster.storageClasses["standard"],
    })),
  );
  expect(claims.map(({ where }) => where)).toEqual(
    ["dev", "prod"].flatMap((environment) => Array(2).fill(`${environment}/prometheus`)),
  );
  for (const claim of claims) expect(claim.class, claim.where).toBe(claim.standard);
});
