/**
 * Monitors that make Prometheus read its own files: with each request it would send its token, which reads all of the cluster
 * it watches, to whoever is asked. The operator could refuse that itself, but the kubelets are read by the same means.
 */
import { valuesIn } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedTree } from "../objects.ts";

const kinds = ["ServiceMonitor", "PodMonitor", "Probe", "ScrapeConfig"];

/** Fields that take the path of a file, and the ones beside them that read the same from a Secret of the service. */
const files: Readonly<Record<string, string>> = {
  bearerTokenFile: 'authorization: { credentials: { name: "own", key: "token" } }',
  credentialsFile: 'credentials: { name: "own", key: "token" }',
  caFile: 'ca: { secret: { name: "own", key: "ca" } }',
  certFile: 'cert: { secret: { name: "own", key: "cert" } }',
  keyFile: 'keySecret: { name: "own", key: "key" }',
};

const words = new RegExp(Object.keys(files).join("|"));

/** Problems: MANIFEST_UNDECLARED. */
export function monitorFiles(tree: CheckedTree): Problem[] {
  return (
    kinds
      .flatMap((kind) => tree.ofKind(`monitoring.coreos.com/${kind}`))
      // Few have one of the words in them, so that most need not be parsed.
      .filter(({ manifest }) => manifest.vendored !== true && words.test(manifest.text))
      .flatMap((object) =>
        filesIn(object.tree["spec"], ["spec"]).map(({ path, found, instead }) =>
          problemIn(object, {
            code: "MANIFEST_UNDECLARED",
            path,
            field: [],
            message:
              "Prometheus would read a file of its own, and give what is in it to whom it asks",
            found,
            expected: "a Secret of the service",
            fix: `take it out; where a password or certificate is asked for, write ${instead}`,
          }),
        ),
      )
  );
}

interface FoundFile {
  readonly path: Keys;
  readonly found: string;
  readonly instead: string;
}

const filesIn = (value: unknown, path: Keys): FoundFile[] =>
  valuesIn(value, path).flatMap(([place, found]) => {
    const instead = files[String(place.at(-1))];
    return typeof found === "string" && found !== "" && instead !== undefined
      ? [{ path: place, found, instead }]
      : [];
  });
