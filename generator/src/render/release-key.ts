/** A name for everything that makes a release: another one as soon as anything in it differs. */
import { createHash } from "node:crypto";
import { contentHash } from "../model/content-hash.ts";
import { outsideHash } from "../release/outside.ts";
import type { Call, Connection, Endpoint, Release } from "../model/platform.ts";

/** In: a release, its files under config/. Out: a hash of all of it. */
export function releaseKey(
  { facts, service, incoming, outgoing, calls, ...rest }: Release,
  configFiles: readonly string[],
): string {
  const all = [
    contentHash(facts),
    contentHash(service),
    incoming.map(ends),
    outgoing.map(ends),
    calls.map(ends),
    rest,
  ];
  const key = createHash("sha256").update(JSON.stringify(all));
  for (const file of configFiles) key.update("\0").update(file);
  return key.digest("hex");
}

function ends({ consumer, provider, ...rest }: Connection | Call): unknown {
  return [end(consumer), end(provider), rest];
}

/** A service is part of many releases: those it calls, those that call it. They see it from outside. */
const end = ({ service, component, ...rest }: Endpoint) => [
  outsideHash(service),
  component.name,
  rest,
];
