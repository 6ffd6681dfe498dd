/**
 * What is declared is what is possible: the rendered policies of each environment, as a judge that we did not write
 * understands them, allow what authored facts declare, and nothing else.
 */
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ensureTool } from "../../../../src/tools/ensure-tool.ts";
import { environmentsByCluster, renderedServices } from "./cluster.ts";
import { declared } from "./declared.ts";
import { expectedVerdict } from "./expected.ts";
import { judge, type Triple } from "./judge.ts";
import { universeOf, type Universe } from "./universe.ts";

const root = path.resolve(import.meta.dirname, "../../../../..");
const clusters = await environmentsByCluster(root);

const rendered = [...clusters].flatMap(([cluster, environments]) => {
  const services = environments.flatMap((environment) => renderedServices(root, environment));
  const policies = services.flatMap(({ objects }) =>
    objects.filter(({ kind }) => kind === "NetworkPolicy"),
  );
  const universe = universeOf(environments, services, policies);
  return environments.map(({ facts }) => ({
    cluster,
    name: facts.name,
    environments,
    services,
    policies,
    universe,
  }));
});

beforeAll(() => ensureTool("network-policy"), 1_800_000);

describe.for(rendered)("$name", ({ name, environments, policies, universe }) => {
  test("policies allow what is declared", { timeout: 120_000 }, async () => {
    const found = await judge(universe, policies);
    const expected = expectedVerdict(declared(environments), universe);
    const mine = (triples: readonly Triple[]) => inWords(name, universe, triples);
    for (const way of ["egress", "ingress", "allowed"] as const) {
      const [is, should] = [mine(found[way]), mine(expected[way])];
      process.stdout.write(`${name}: ${way}: ${is.size} found, ${should.size} declared\n`);
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
