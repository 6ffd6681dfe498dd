/** Rules over rendered objects, as if nothing had been rendered before. */
import { checkReleases } from "../../src/check/manifests.ts";
import type { CheckableRelease } from "../../src/model/rendered.ts";
import type { Problem } from "../../src/problems/problem.ts";

/** In: releases with their objects. Out: findings of every rule. */
export const checkManifests = (releases: readonly CheckableRelease[]): readonly Problem[] =>
  checkReleases(releases).problems;
