/** Nothing this repository renders waits for what comes only after it. */
import { describe, expect, test } from "vitest";
import { deployedIn, environments } from "./deployed.ts";
import type { Deployed, KubernetesObject } from "./deployed.ts";

interface Reference {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
}

interface Pod {
  readonly priorityClassName?: string;
  readonly volumes?: readonly {
    readonly persistentVolumeClaim?: { readonly claimName: string };
    readonly secret?: { readonly secretName?: string };
  }[];
}

/** Fields of a specification that refer to other objects. */
interface Spec {
  readonly parentRefs?: readonly { readonly name: string; readonly namespace?: string }[];
  readonly secretStoreRef?: { readonly kind: string; readonly name: string };
  readonly gatewayClassName?: string;
  readonly parametersRef?: Required<Reference>;
  readonly volumeName?: string;
  readonly cluster?: { readonly name: string };
  readonly template?: { readonly spec?: Pod };
  readonly jobTemplate?: { readonly spec: { readonly template: { readonly spec: Pod } } };
}

const keyOf = ({ kind, namespace, name }: Reference) => `${kind} ${namespace ?? ""}/${name}`;
const keyOfObject = ({ kind, metadata }: KubernetesObject) => keyOf({ kind, ...metadata });

/** What an object needs to be healthy. */
function referencesOf({ kind, metadata, spec }: KubernetesObject): Reference[] {
  const { namespace } = metadata;
  const own = (spec ?? {}) as Spec;
  const issuer = metadata.annotations?.["cert-manager.io/cluster-issuer"];
  return [
    ...(own.parentRefs ?? []).map((gateway) => ({ namespace, ...gateway, kind: "Gateway" })),
    ...(own.secretStoreRef === undefined ? [] : [own.secretStoreRef]),
    ...named("GatewayClass", own.gatewayClassName),
    ...(own.parametersRef === undefined ? [] : [own.parametersRef]),
    ...named("PersistentVolume", own.volumeName),
    ...(kind === "Database" ? named("Cluster", own.cluster?.name, namespace) : []),
    ...named("ClusterIssuer", issuer),
    ...referencesOfPod(own.template?.spec ?? own.jobTemplate?.spec.template.spec, namespace),
    ...named("Namespace", namespace),
  ];
}

const referencesOfPod = (pod: Pod | undefined, namespace: string | undefined): Reference[] => [
  ...named("PriorityClass", pod?.priorityClassName),
  ...(pod?.volumes ?? []).flatMap(({ persistentVolumeClaim, secret }) => [
    ...named("PersistentVolumeClaim", persistentVolumeClaim?.claimName, namespace),
    ...named("ExternalSecret", secret?.secretName, namespace),
  ]),
];

const named = (kind: string, name: string | undefined, namespace?: string): Reference[] =>
  name === undefined ? [] : [{ kind, name, namespace }];

/** Which environments share a cluster: staging refers to what dev carries. */
const clusters = { home: ["prod"], lab: ["dev", "staging"] };

describe.for(Object.entries(clusters))("on the cluster %s", ([, together]) => {
  const deployed = together.flatMap((environment) => deployedIn(environment));
  const byKey = new Map(deployed.map((one) => [keyOfObject(one.object), one]));
  const pairs = deployed.flatMap((from) =>
    referencesOf(from.object).flatMap((reference) => {
      const to = byKey.get(keyOf(reference));
      return to === undefined ? [] : [{ from, to }];
    }),
  );

  test("no layer has what refers to an object of a later one", () => {
    for (const kind of ["Gateway", "ClusterSecretStore", "PersistentVolumeClaim", "Cluster"])
      expect(pairs.map(({ to }) => to.object.kind)).toContain(kind);
    expect(
      pairs
        .filter(({ from, to }) => from.layer < to.layer)
        .map(({ from, to }) => `${from.file} needs ${to.file}`),
    ).toEqual([]);
  });

  test("no Application has what refers to an object of a later wave", () => {
    expect(
      pairs
        .filter(({ from, to }) => from.application === to.application && from.wave < to.wave)
        .map(({ from, to }) => `${from.file} needs ${to.file}`),
    ).toEqual([]);
  });
});

describe.for(environments)("%s", (environment) => {
  const policies = deployedIn(environment).filter(({ object }) => object.kind === "NetworkPolicy");
  const order = ({ layer, wave }: Deployed) => layer * 1000 + wave;

  test("what a namespace lets through is there when it is closed", () => {
    const closing = new Map(
      policies
        .filter(({ object }) => object.metadata.name === "default-deny")
        .map((one) => [one.object.metadata.namespace, one]),
    );
    expect(closing.size).toBeGreaterThan(5);
    const late = policies.filter((policy) => {
      const closed = closing.get(policy.object.metadata.namespace);
      return closed === undefined || order(policy) > order(closed);
    });
    expect(late.map(({ file }) => file)).toEqual([]);
  });
});
