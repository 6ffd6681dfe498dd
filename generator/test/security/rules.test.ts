/** The table of the security rules, through what is written and what is rendered. */
import { beforeAll, describe, expect, test } from "vitest";
import { map } from "../../src/model/reading.ts";
import { isAllowed } from "../../src/security/allowed.ts";
import { declaredBreaches, foundBreaches } from "../../src/security/breaches.ts";
import { securityRuleNames, securityRules } from "../../src/security/rules.ts";
import { never } from "../../src/security/rule.ts";
import { judgedCases } from "./judged.ts";
import type { JudgedCase } from "./judged.ts";
import { table } from "./table.ts";

let cases: readonly JudgedCase[];
beforeAll(async () => {
  cases = await judgedCases();
});
const podOf = ({ pod }: JudgedCase) => ({
  spec: map(pod, "spec"),
  annotations: map(pod, "metadata", "annotations"),
});
const labelsOf = ({ pod }: JudgedCase) => map(pod, "metadata", "labels");

describe.for(securityRuleNames)("%s", (rule) => {
  test("has cases of both kinds, and of what is written where that can break it", () => {
    expect(table[rule].keeps.length).toBeGreaterThan(0);
    expect(table[rule].breaks.length).toBeGreaterThan(0);
    expect(table[rule].breaks.some((one) => "said" in one)).toBe(
      securityRules[rule].declared !== never,
    );
  });

  test("a rendered pod breaks it or not", () => {
    for (const one of cases.filter((each) => each.rule === rule)) {
      const found = foundBreaches(podOf(one)).some((breach) => breach.rule === rule);
      expect(found, one.words).toBe(one.breaks);
    }
  });

  test("what is written says so, for the same pods", () => {
    for (const one of cases.filter((each) => each.rule === rule)) {
      if (one.service === undefined) continue;
      const declared = declaredBreaches(one.service).some((breach) => breach.rule === rule);
      expect(declared, one.words).toBe(one.breaks);
    }
  });
});

test("every breach of a rendered pod is declared by its service, and each of these is found in the pod", () => {
  for (const one of cases) {
    const { service } = one;
    if (service === undefined) continue;
    const found = foundBreaches(podOf(one));
    const undeclared = found.filter(
      ({ rule, subject }) =>
        !isAllowed(service, { rule, labels: labelsOf(one), container: subject }),
    );
    expect(undeclared, one.words).toEqual([]);
    const key = ({ rule, subject }: { rule: string; subject: string | undefined }) =>
      `${rule} ${subject}`;
    expect(new Set(found.map(key)), one.words).toEqual(
      new Set(
        declaredBreaches(service).map(({ rule, container }) => key({ rule, subject: container })),
      ),
    );
  }
});
