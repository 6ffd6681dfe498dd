/**
 * Tools that share large libraries pin the same versions of them: each version more is compiled again with all that is
 * built on it, minutes in CI. One that moves takes the others along: `go get LIBRARY@VERSION` in each module, `go mod tidy`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const tools = resolve(import.meta.dirname, "../../../tools");

/** What a module is built from, its replaced modules by what replaces them. */
function versionsOf(module: string): Map<string, string> {
  const versions = new Map<string, string>();
  for (const line of readFileSync(join(tools, module, "go.mod"), "utf8").split("\n")) {
    const [, name, , replacement] =
      /^(?:\s+|require |replace )(\S+)(?: (\S+))? => \S+ (v\S+)/.exec(line) ?? [];
    if (name !== undefined && replacement !== undefined) versions.set(name, replacement);
    const [, required, version] = /^(?:\s+|require )(\S+) (v\S+)/.exec(line) ?? [];
    if (required !== undefined && version !== undefined && !versions.has(required))
      versions.set(required, version);
  }
  return versions;
}

/** Helm is built only where npm carries none. */
const modules = readdirSync(tools).filter(
  (name) => name !== "helm" && existsSync(join(tools, name, "go.mod")),
);

/** What much else is built on, and what is large by itself. */
const libraries = [
  "github.com/aws/aws-sdk-go-v2",
  "github.com/aws/aws-sdk-go-v2/service/s3",
  "github.com/google/gnostic-models",
  "github.com/klauspost/compress",
  "github.com/ProtonMail/go-crypto",
  "github.com/siderolabs/talos/pkg/machinery",
  "go.etcd.io/etcd/api/v3",
  "go.etcd.io/etcd/server/v3",
  "go.opentelemetry.io/otel",
  "golang.org/x/crypto",
  "golang.org/x/net",
  "golang.org/x/sys",
  "golang.org/x/text",
  "google.golang.org/grpc",
  "google.golang.org/protobuf",
];

/** The API server is of the version that clusters here have; whoever only speaks to one has the client of Argo CD. */
const clientLibraries = [
  "k8s.io/api",
  "k8s.io/apimachinery",
  "k8s.io/client-go",
  "k8s.io/kube-openapi",
  "sigs.k8s.io/structured-merge-diff/v6",
];

test.for([
  ...libraries.map((library) => [library, modules] as const),
  ...clientLibraries.map(
    (library) => [library, modules.filter((module) => module !== "kubernetes")] as const,
  ),
])("tools pin one version of %s", ([library, among]) => {
  const pins = among
    .map((module) => [module, versionsOf(module).get(library)] as const)
    .filter(([, version]) => version !== undefined);
  expect(pins.length).toBeGreaterThan(1);
  expect(Object.fromEntries(pins)).toEqual(
    Object.fromEntries(pins.map(([module]) => [module, pins[0]?.[1]])),
  );
});
