/** What `check` says of pods that no network policy acts on: true, and no mistake. */
import type { Release } from "../model/platform.ts";
import { derivedUnselectable } from "../values/network/policies.ts";

/** In: all releases. Out: a line for each component on its node's network, with where and why. */
export function beyondPolicies(releases: readonly Release[]): string[] {
  const found = releases.flatMap((release) =>
    derivedUnselectable(release).map(({ value, causes }) => ({
      component: `${release.service.name}/${value.name}`,
      environment: release.facts.name,
      reason: causes.find((cause) => cause.reason !== undefined)?.reason ?? "",
    })),
  );
  const alike = Map.groupBy(found, ({ component, reason }) => `${component}\0${reason}`);
  return [...alike]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, all]) => {
      const [component = "", reason = ""] = key.split("\0");
      const environments = all.map(({ environment }) => environment).sort();
      return `${component} uses its node's network, where no network policy acts on it (${environments.join(", ")}): ${reason}`;
    });
}
