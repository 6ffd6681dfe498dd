/** What pods may do, and why. */
import type { Release } from "../model/platform.ts";
import { securityRules } from "../security/rules.ts";
import { derivedRights } from "../values/accounts.ts";
import type { Rights } from "../values/accounts.ts";
import { derivedElsewhere, derivedGrants, derivedWaysIn } from "../values/brought.ts";
import {
  derivedContainerSecurity,
  derivedForeignPods,
  derivedNodeUses,
  derivedPodSecurity,
  derivedTokens,
} from "../values/security.ts";
import type { ContainerSecurity, Token } from "../values/security.ts";
import type { Consequence } from "./consequence.ts";
import { consequence } from "./consequence.ts";

/** In: a release. Out: what pods of a service may do, and with what reason more than usual. */
export function isolationConsequences(release: Release): Consequence[] {
  const { namespace } = release.service;
  return [
    ...derivedPodSecurity(release).map((derived) =>
      consequence(derived, ({ level, need, content }) => ({
        about: `Namespace ${namespace}, Pod Security level${need === undefined ? "" : `, for ${need.join(".")}`}`,
        says: `enforces ${level}${content.length === 0 ? "" : `: ${content.join(", ")} need no more`}`,
      })),
    ),
    ...derivedForeignPods(release).map((derived) =>
      consequence(derived, (level) => ({
        about: `pods an operator makes in ${namespace}`,
        says: `need ${level}, and are judged by no other rule`,
      })),
    ),
    ...derivedNodeUses(release).map((derived) =>
      consequence(derived, ({ component, rule, fact }) => ({
        about: `pods of ${component}, ${fact.join(".")}`,
        says: `need not keep ${rule} (${securityRules[rule].says})`,
      })),
    ),
    ...derivedContainerSecurity(release).map((derived) =>
      consequence(derived, (value) => ({
        about: `container ${value.container} of ${value.component}, security`,
        says: containerWords(value),
      })),
    ),
    ...derivedTokens(release).map((derived) =>
      consequence(derived, ({ component, has }) => ({
        about: `pods of ${component}, token`,
        says: tokenWords[has],
      })),
    ),
    ...derivedRights(release).map((derived) =>
      consequence(derived, (rights) => ({
        about: `ServiceAccount ${rights.account}, ${rightsOn(rights)} in the ${rights.where}`,
        says: `may ${rights.rule.verbs.join(", ")}`,
      })),
    ),
    ...derivedGrants(release).map((derived) =>
      consequence(derived, ({ kind, name, role, subjects }) => ({
        about: `${kind} ${name}, under objects`,
        says: `gives ${role} to ${subjects.join(", ") || "nobody"}`,
      })),
    ),
    ...derivedWaysIn(release).map((derived) =>
      consequence(derived, ({ kind, name, opens }) => ({
        about: `${kind} ${name}, under objects`,
        says: `${opens}, and no field says for whom`,
      })),
    ),
    ...derivedElsewhere(release).map((derived) =>
      consequence(derived, ({ kind, name, namespace: elsewhere }) => ({
        about: `${kind} ${name}, its namespace`,
        says: `is in ${elsewhere}, which is not the service's`,
      })),
    ),
  ];
}

function containerWords({ loosened }: ContainerSecurity): string {
  if (loosened === undefined)
    return "keeps every rule: not root, no right of it, no writing outside its volumes";
  const words = Object.entries(loosened).map(([field, value]) =>
    value === true ? field : `${field} ${[value].flat().join(", ")}`,
  );
  return `keeps every rule but for: ${words.join("; ")}`;
}

const tokenWords: Readonly<Record<Token["has"], string>> = {
  account: "have that of their own service account",
  operator: "have that of the account the operator makes for them",
  none: "have none",
};

function rightsOn({ rule }: Rights): string {
  if (rule.urls !== undefined) return rule.urls.join(", ");
  const group = rule.groups?.join(", ") ?? "";
  const names = rule.names === undefined ? "" : ` named ${rule.names.join(", ")}`;
  return `${rule.resources?.join(", ")}${group === "" ? "" : ` of ${group}`}${names}`;
}
