/** Network policies as rules see them, and what people write instead of one. */
import { list } from "../model/reading.ts";
import type { CheckedObject } from "./objects.ts";

export const policyKind = "networking.k8s.io/NetworkPolicy";

/** The policy of every namespace of a service that lets nothing in and nothing out. */
export const defaultDenyName = "default-deny";

export const fixOfPolicies =
  "Say who may call whom: consumes, reaches, exposes, routes, calledBy, metrics";

/** Policies only ever add up: one with a rule opens something, one without opens nothing. */
export const opens = ({ tree }: CheckedObject): boolean =>
  list(tree, "spec", "ingress").length > 0 || list(tree, "spec", "egress").length > 0;
