/** Which texts Kubernetes would put a variable into, and which it leaves alone. */
import { expect, test } from "vitest";
import { Component } from "../../model/component.ts";
import { containersOf } from "../../release/containers.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { problemAt } from "../../problems/report.ts";
import { checkVariableReferences } from "./variables.ts";

const found = (written: object): unknown[] => {
  const spec = Component.parse({ image: "ghcr.io/example/notes:1.4.0", ...written });
  const component = { name: "main", path: [], source: { kind: "workload", spec } };
  const site = {
    release: { service: { name: "notes", kind: "service" } } as unknown as Release,
    report: (...[code, keys, text]: Parameters<typeof report>) => report(code, keys, text),
  };
  const resolved = component as unknown as ResolvedComponent;
  return containersOf(resolved).flatMap((container) =>
    checkVariableReferences(site, resolved, container).map((problem) => problem.found),
  );
};
const report = (
  ...[code, keys, text]: [
    Parameters<typeof problemAt>[0],
    Parameters<typeof problemAt>[2],
    Parameters<typeof problemAt>[3],
  ]
) => problemAt(code, "charts/services/notes/values.ts", keys, text);

test.for([
  { env: { A: "1", B: "$(A)" }, args: ["--a=$(A)"] },
  { env: { A: "$$(B) costs $$$$(C) and $5" } },
  { env: { A: "$(B)", B: "$(C)", C: "1", D: "$(B)" } },
  { env: { A: "$(A) and more" }, envFrom: ["."] },
  { args: ["$(music)", "$(date +%s)", "$( A )"] },
  { args: ["$(KUBERNETES_SERVICE_HOST):$(KUBERNETES_SERVICE_PORT)"] },
  { command: ["sh", "-ec"], args: ["echo $(HOSTNAME)"] },
  { envFrom: ["."], args: ["$(PASSWORD)"] },
  { env: { A: "1", B: "$${A} and ${C} and ${ A }" }, args: ["${A}"] },
  { env: { A: "/opt:${A}" } },
  { env: { A: "${toString}" } },
  { env: { A: "1" }, health: { exec: ["sh", "-c", "check $A ${A} $HOSTNAME"] } },
  { env: { A: "1" }, health: { exec: ["check", "$(A)", "$$A", "$5", "$OTHER", "${OTHER}"] } },
  { health: { exec: ["timeout", "5", "/bin/bash", "-ec", "check $HOME"] } },
  { env: { A: "1" }, health: { exec: ["node", "-e", "console.log(`${A}`)"] } },
  { env: { A: "1" }, health: { exec: ["node", "--eval", "console.log(`${A}`)"] } },
  { health: { exec: ["php", "-r", "$PATH = getenv('PATH'); exit(0);"] } },
  { health: { exec: ["bash", "-lc", "check $HOME"] } },
  { health: { exec: ["ksh", "-c", "check $HOME"] } },
  { health: { exec: ["perl", "-ne", "print $HOME"] } },
  { health: { exec: ["timeout", "5", "/usr/bin/python3.12", "-c", "print('$HOME')"] } },
  { health: { exec: ["node", "-p", "`${HOME}`"] } },
  { health: { exec: ["node", "--print", "`${HOME}`"] } },
  { health: { exec: ["python3", "-I", "-u", "-c", "print('$HOME')"] } },
  { health: { exec: ["python3", "-W", "error", "-c", "print('$HOME')"] } },
  { health: { exec: ["bash", "-e", "-o", "pipefail", "-c", "check $HOME"] } },
  { health: { exec: ["bash", "+o", "posix", "-c", "check $HOME"] } },
  { health: { exec: ["node", "-r", "./first.js", "-p", "`${HOME}`"] } },
  { health: { http: "/$HOSTNAME" } },
])("nothing: %j", (written) => {
  expect(found(written)).toEqual([]);
});

test.for([
  { written: { env: { A: "$(B)-$(B)" } }, says: ["$(B)"] },
  { written: { env: { A: "$$$(A)" } }, says: ["$(A)"] },
  { written: { env: { A: "$(B)", B: "$(C)", C: "$(A)" } }, says: ["A → B → C → A"] },
  { written: { env: { A: "$(B)", B: "$(C)", C: "$(B)" } }, says: ["B → C → B"] },
  { written: { env: { A: "1", B: "$$${A} ${A}" } }, says: ["${A}"] },
  { written: { env: { A: "1", B: "${A}" }, envFrom: ["."] }, says: ["${A}"] },
  { written: { command: ["$(FIRST)"], args: ["$(SECOND)"] }, says: ["$(FIRST)", "$(SECOND)"] },
  { written: { args: ["-c", "echo", "$(LEFT)"] }, says: ["$(LEFT)"] },
  {
    written: { env: { A: "1" }, health: { exec: ["check", "-u", "$A", "${A}/x"] } },
    says: ['"$A"', '"${A}/x"'],
  },
  {
    written: { health: { exec: ["psql", "-c", "select 1 from $HOME"] } },
    says: ['"select 1 from $HOME"'],
  },
  { written: { health: { exec: ["push", "-c", "$HOME"] } }, says: ['"$HOME"'] },
  { written: { health: { exec: ["mkdir", "-p", "$HOME"] } }, says: ['"$HOME"'] },
  { written: { health: { exec: ["python3", "check.py", "$HOME"] } }, says: ['"$HOME"'] },
  { written: { health: { exec: ["python3", "-c", "check()", "$HOME"] } }, says: ['"$HOME"'] },
  { written: { health: { exec: ["sh", "-c", "$0 && true", "$HOME"] } }, says: ['"$HOME"'] },
  { written: { health: { exec: ["sh", "check.sh", "-c", "$HOME"] } }, says: ['"$HOME"'] },
  {
    written: { env: { LEVEL: "1" }, health: { exec: ["node", "check.js", "-p", "$LEVEL"] } },
    says: ['"$LEVEL"'],
  },
  {
    written: { health: { exec: ["python3", "-u", "manage.py", "check", "-c", "$HOME/conf"] } },
    says: ['"$HOME/conf"'],
  },
  {
    written: { health: { exec: ["celery", "-d", "celery@$HOSTNAME"] } },
    says: ['"celery@$HOSTNAME"'],
  },
  {
    written: {
      sidecars: {
        beside: {
          image: "ghcr.io/example/beside:1.0.0",
          env: { A: "1" },
          health: { exec: ["check", "$A"] },
        },
      },
    },
    says: ['"$A"'],
  },
  {
    written: { init: { first: { image: "ghcr.io/example/first:1.0.0", args: ["$(INNER)"] } } },
    says: ["$(INNER)"],
  },
])("$says", ({ written, says }) => {
  expect(found(written)).toEqual(says);
});
