/** Which tiers read secrets, for commands that tell what a person gives each of them. */
import { tiersWithSecrets, wantsSecrets } from "../argocd/platform.ts";
import type { Release } from "../model/platform.ts";
import { toHelmValues } from "../values/helm-values.ts";

/** In: releases of an environment. Out: the tiers that have a store and an identity there. */
export const secretTiers = (releases: readonly Release[]): string[] =>
  tiersWithSecrets(
    releases.map((release) => ({ release, wantsSecrets: wantsSecrets(toHelmValues(release)) })),
  );
