/** Tools that share large libraries pin the same versions of them: each version more is compiled again, minutes in CI. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

/** What a module is built from, its replaced modules by what replaces them. */
function versionsOf(module: string): Map<string, string> {
  const versions = new Map<string, string>();
  for (const line of readFileSync(join(root, "tools", module, "go.mod"), "utf8").split("\n")) {
    const [, name, , replacement] =
      /^(?:\s+|require |replace )(\S+)(?: (\S+))? => \S+ (v\S+)/.exec(line) ?? [];
    if (name !== undefined && replacement !== undefined) versions.set(name, replacement);
    const [, required, version] = /^(?:\s+|require )(\S+) (v\S+)/.exec(line) ?? [];
    if (required !== undefined && version !== undefined && !versions.has(required))
      versions.set(required, version);
  }
  return versions;
}

const kubernetesLibraries = [
  "k8s.io/api",
  "k8s.io/apimachinery",
  "k8s.io/client-go",
  "k8s.io/kube-openapi",
  "sigs.k8s.io/structured-merge-diff/v6",
  "google.golang.org/protobuf",
  "golang.org/x/net",
  "golang.org/x/sys",
];
const engineLibraries = [
  "google.golang.org/grpc",
  "google.golang.org/protobuf",
  "github.com/aws/aws-sdk-go-v2/service/s3",
  "golang.org/x/net",
  "golang.org/x/sys",
];

const talosLibraries = ["google.golang.org/protobuf", "golang.org/x/net", "golang.org/x/sys"];

test.for([
  ["kwok", "argocd", kubernetesLibraries],
  ["sloth", "prometheus", kubernetesLibraries],
  ["proxmoxve", "pulumi", engineLibraries],
  ["talos-nodes", "talosctl", talosLibraries],
] as const)("tools/%s has the libraries of tools/%s", ([module, other, libraries]) => {
  const [ours, theirs] = [versionsOf(module), versionsOf(other)];
  const pins = (versions: Map<string, string>) =>
    Object.fromEntries(libraries.map((name) => [name, versions.get(name)]));
  expect(Object.values(pins(theirs))).not.toContain(undefined);
  expect(pins(ours)).toEqual(pins(theirs));
});
