/** What accounts ask of the API server, in its own audit log: for proofs that need to know. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

/** A request as audit.k8s.io/v1 tells it. */
export interface AuditedRequest {
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly apiGroup?: string;
  };
  readonly responseStatus?: { readonly code: number };
}

const logFile = (folder: string): string => join(folder, "log/audit.jsonl");

/** Writes down who is listened to. In: the cluster's folder and the names of users. Out: the arguments of the API server. */
export function auditArguments(folder: string, users: readonly string[]): string[] {
  if (users.length === 0) return [];
  const policy = join(folder, "audit-policy.yaml");
  writeFileSync(
    policy,
    stringify({
      apiVersion: "audit.k8s.io/v1",
      kind: "Policy",
      omitStages: ["RequestReceived"],
      rules: [{ level: "Metadata", users }, { level: "None" }],
    }),
  );
  return [`--audit-policy-file=${policy}`, `--audit-log-path=${logFile(folder)}`];
}

/** All requests so far. */
export function auditedRequests(folder: string): AuditedRequest[] {
  if (!existsSync(logFile(folder))) return [];
  const lines = readFileSync(logFile(folder), "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as AuditedRequest);
}
