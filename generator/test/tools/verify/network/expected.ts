/** What edges mean for every pair of ends and every port, in the form of the judge's verdict. */
import type { Edge } from "./ends.ts";
import type { Triple, Verdict } from "./judge.ts";
import type { Universe } from "./universe.ts";

/** In: what is declared. Out: what pods of ours may send and accept, and what both ends allow. */
export function expectedVerdict(
  edges: readonly Edge[],
  { endpoints, ports }: Universe,
): Omit<Verdict, "variants"> {
  const of = (own: 0 | 1) => (end: (typeof endpoints)[number]) => {
    if (end.pod === undefined) return undefined;
    const mine = edges.filter((edge) => edge[own].ours?.(end) === true);
    return endpoints.map((other) => {
      const tests = mine.flatMap((edge) => (edge[own === 0 ? 1 : 0].peer(other) ? edge[2] : []));
      return ports.map((port) => tests.some((test) => test(port)));
    });
  };
  const sends = endpoints.map(of(0));
  const accepts = endpoints.map(of(1));
  const egress: Triple[] = [];
  const ingress: Triple[] = [];
  const allowed: Triple[] = [];
  for (const source of endpoints.keys())
    for (const destination of endpoints.keys())
      for (const port of ports.keys()) {
        const triple = [source, destination, port] as const;
        const sent = sends[source]?.[destination]?.[port];
        const accepted = accepts[destination]?.[source]?.[port];
        if (sent === true) egress.push(triple);
        if (accepted === true) ingress.push(triple);
        if ((sent ?? true) && (accepted ?? true) && (sent ?? accepted) !== undefined)
          allowed.push(triple);
      }
  return { egress, ingress, allowed };
}
