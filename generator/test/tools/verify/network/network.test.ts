/**
 * What is declared is what is possible: the rendered policies of each environment, as a judge that we did not write
 * understands them, allow what authored facts declare, and nothing else.
 */
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { environmentsByCluster, renderedServices } from "./cluster.ts";
import { declared, partsOf } from "./declared.ts";
import { expectedVerdict } from "./expected.ts";
import { ipv6Repository } from "./ipv6.ts";
import { judge, type Triple } from "./judge.ts";
import { universeOf, type Universe } from "./universe.ts";
import { removals, widenings, widerSelections, type NamedVariant } from "./variants.ts";

const slow = { timeout: 300_000 };
const root = path.resolve(import.meta.dirname, "../../../../..");
using ipv6 = await ipv6Repository();

/** Every environment of a repository, each with all that is on its cluster. */
async function environmentsOf(repository: string, words = "") {
  const clusters = await environmentsByCluster(repository);
  return [...clusters.values()].flatMap((environments) => {
    const services = environments.flatMap((one) => renderedServices(repository, one));
    const policies = services.flatMap(({ objects }) =>
      objects.filter(({ kind }) => kind === "NetworkPolicy"),
    );
    const universe = universeOf(environments, services, policies);
    return environments.map(({ facts: { name } }) => ({
      title: `${name}${words}`,
      name,
      environments,
      services,
      policies,
      universe,
    }));
  });
}
const rendered = [
  ...(await environmentsOf(root)),
  ...(await environmentsOf(ipv6.root, " with IPv6 addresses")),
];

beforeAll(() => ensureTool("network-policy"), 1_800_000);

describe.for(rendered)("$title", ({ title, name, environments, policies, universe }) => {
  test("every component that policies can select is tried", () => {
    const tried = new Set(universe.endpoints.map(({ pod }) => pod));
    const parts = environments.flatMap(partsOf).filter(({ environment }) => environment === name);
    const selectable = parts.filter(({ side }) => side.ours !== undefined);
    expect(selectable.length).toBeGreaterThan(0);
    expect(selectable.filter(({ path: pod }) => !tried.has(pod))).toEqual([]);
  });

  test("policies allow what is declared", slow, async () => {
    const found = await judge(universe, policies);
    const expected = expectedVerdict(declared(environments), universe);
    const mine = (triples: readonly Triple[]) => inWords(name, universe, triples);
    for (const way of ["egress", "ingress", "allowed"] as const) {
      const [is, should] = [mine(found[way]), mine(expected[way])];
      process.stdout.write(`${title}: ${way}: ${is.size} found, ${should.size} declared\n`);
      expect(
        [...is].filter((pair) => !should.has(pair)),
        `${way} that nobody declares`,
      ).toEqual([]);
      expect(
        [...should].filter((pair) => !is.has(pair)),
        `${way} that is missing`,
      ).toEqual([]);
    }
  });
});

describe.for(rendered)("every rule of $title", ({ title, name, services, policies, universe }) => {
  const mine = new Set(
    services.filter(({ environment }) => environment === name).flatMap(({ objects }) => objects),
  );
  const isMine = ({ replace }: NamedVariant) => {
    const policy = policies[replace];
    return policy !== undefined && mine.has(policy);
  };
  const verdicts = async (variants: readonly NamedVariant[]) => {
    const own = variants.filter(isMine);
    const found = await judge(universe, policies, own);
    return own.map(({ words }, index) => ({ words, ...found.variants[index] }));
  };

  test("is needed: without it something declared is impossible", slow, async () => {
    const found = await verdicts(removals(policies));
    process.stdout.write(`${title}: ${found.length} rules taken away, one at a time\n`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ allowed }) => allowed?.fewer === 0 || allowed?.more !== 0)).toEqual([]);
  });

  test("says no more than it must: a wider one is noticed", slow, async () => {
    const found = await verdicts([...widenings(policies), ...widerSelections(policies)]);
    process.stdout.write(`${title}: ${found.length} ways to widen a rule\n`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ oneEnd }) => oneEnd?.more === 0)).toEqual([]);
  });

  test("stands beside default deny, without which pods are open", slow, async () => {
    const denials = policies.flatMap(({ metadata }, replace) =>
      metadata.name === "default-deny" ? [{ replace, words: `${metadata.namespace}` }] : [],
    );
    const found = await verdicts(denials);
    const own = services.filter(({ environment }) => environment === name);
    expect(found.length).toBe(own.length);
    expect(found.filter(({ allowed }) => allowed?.more === 0)).toEqual([]);
  });
});

/** Those with an end in an environment. */
function inWords(
  environment: string,
  { endpoints, ports }: Universe,
  triples: readonly Triple[],
): Set<string> {
  const words = triples.flatMap(([source, destination, at]) => {
    const [from, to, port] = [endpoints[source], endpoints[destination], ports[at]];
    const isMine = [from, to].some((end) => end?.pod?.startsWith(`${environment}/`));
    return isMine ? [`${from?.words} -> ${to?.words}, ${port?.port}/${port?.protocol}`] : [];
  });
  return new Set(words);
}
