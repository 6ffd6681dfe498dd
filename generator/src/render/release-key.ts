/** A name for everything that makes a release: another one as soon as anything in it differs. */
import { createHash, hash } from "node:crypto";
import type { Connection, Endpoint, Release } from "../model/platform.ts";

/** In: a release, its files under config/. Out: a hash of all of it. */
export function releaseKey({ facts, service, incoming, outgoing, ...rest }: Release, configFiles: readonly string[]): string {
  const all = [hashOf(facts), hashOf(service), incoming.map(ends), outgoing.map(ends), rest];
  const key = createHash("sha256").update(JSON.stringify(all));
  for (const file of configFiles) key.update("\0").update(file);
  return key.digest("hex");
}

function ends({ consumer, provider, ...rest }: Connection): unknown {
  return [end(consumer), end(provider), rest];
}

const end = ({ service, component, ...rest }: Endpoint) => [hashOf(service), hashOf(component), rest];

const hashes = new WeakMap<object, string>();

/** A service is part of many releases: those it calls, those that call it. */
function hashOf(value: object): string {
  const known = hashes.get(value) ?? hash("sha256", JSON.stringify(value));
  hashes.set(value, known);
  return known;
}
