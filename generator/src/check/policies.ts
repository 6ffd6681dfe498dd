/** Network policies as rules see them, and what people write instead of one. */
import { at, list } from "../model/reading.ts";
import type { CheckedObject } from "./objects.ts";

export const policyKind = "networking.k8s.io/NetworkPolicy";

/** Policies of network plugins and of administrators: nothing here reads them, and they may let through what the others deny. */
export const otherPolicyKinds: readonly string[] = [
  "cilium.io/CiliumNetworkPolicy",
  "cilium.io/CiliumClusterwideNetworkPolicy",
  ...["crd.projectcalico.org", "projectcalico.org"].flatMap((group) => [
    `${group}/NetworkPolicy`,
    `${group}/GlobalNetworkPolicy`,
  ]),
  "policy.networking.k8s.io/AdminNetworkPolicy",
  "policy.networking.k8s.io/BaselineAdminNetworkPolicy",
  "policy.networking.k8s.io/ClusterNetworkPolicy",
];

/** The policy of every namespace of a service that lets nothing in and nothing out. */
export const defaultDenyName = "default-deny";

export const fixOfPolicies =
  "Say who may call whom: consumes, reaches, exposes, routes, calledBy, metrics";

/** Policies only ever add up: one with a rule opens something, one without opens nothing. */
export const opens = ({ tree }: CheckedObject): boolean =>
  [at(tree, "spec"), ...list(tree, "specs")].some(
    (spec) => list(spec, "ingress").length > 0 || list(spec, "egress").length > 0,
  );
