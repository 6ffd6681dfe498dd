import { expect, test } from "vitest";
import { rules, rulesByConcern } from "../../src/model/rules.ts";

test("no rule has the name of another, and each is a sentence", () => {
  const all = Object.values(rulesByConcern).flatMap((own) => Object.entries(own));
  expect(all.map(([name]) => name).toSorted()).toEqual(Object.keys(rules).toSorted());
  expect(all.filter(([, { says }]) => !/^[A-Z].*\.$/.test(says))).toEqual([]);
});
