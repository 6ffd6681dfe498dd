/** The rule of `secret-paths.ts` for the API server. */
import { celAnnotation, specChanges } from "./cel.ts";
import { pathsAnnotation, plainPath, storeAnnotation } from "./secret-paths.ts";

/** `spec` of what is no ExternalSecret is empty: the first validation refuses it, and the others must not stumble. */
const variables: Readonly<Record<string, string>> = {
  spec: "object.kind == 'ExternalSecret' ? object.spec : {}",
  data: "variables.spec.?data.orValue([])",
  dataFrom: "variables.spec.?dataFrom.orValue([])",
  store: celAnnotation(storeAnnotation),
  paths: `${celAnnotation(pathsAnnotation)}.split(',')`,
  sources: "(variables.data + variables.dataFrom).filter(d, has(d.sourceRef)).map(d, d.sourceRef)",
  stores:
    "(has(variables.spec.secretStoreRef) ? [variables.spec.secretStoreRef] : []) + variables.sources.filter(s, has(s.storeRef)).map(s, s.storeRef)",
  keys: "variables.data.map(d, d.remoteRef.key) + variables.dataFrom.filter(d, has(d.extract)).map(d, d.extract.key)",
  folders: "variables.dataFrom.filter(d, has(d.find)).map(d, d.find.?path.orValue(''))",
};

const plain = (path: string) => `${path}.matches('${plainPath}')`;

/** Each says what is refused; what is allowed is on the Namespace, for whoever may read it. */
const validations = [
  {
    expression: "object.kind == 'ExternalSecret'",
    message: "secrets: they are read from the store, and never written to it",
  },
  {
    expression:
      "variables.stores.all(s, variables.store != '' && s.?kind.orValue('SecretStore') == 'ClusterSecretStore' && s.?name.orValue('') == variables.store)",
    message: `secrets: the only store of a namespace is the ClusterSecretStore its annotation ${storeAnnotation} names`,
  },
  {
    expression: "!variables.sources.exists(s, has(s.generatorRef))",
    message:
      "secrets: none is generated inside the cluster, as one made anew would not fit what was restored",
  },
  {
    expression: `variables.keys.all(k, ${plain("k")} && variables.paths.exists(p, p != '' && (p.endsWith('/') ? k.startsWith(p) : k == p)))`,
    message: `secrets: a namespace reads the paths its annotation ${pathsAnnotation} names`,
  },
  {
    expression: `variables.folders.all(f, ${plain("f")} && variables.paths.exists(p, p.endsWith('/') && (f + '/').startsWith(p)))`,
    message: `secrets: a namespace reads all of a folder only below a path its annotation ${pathsAnnotation} names`,
  },
] as const;

/** `spec` of the policy on ExternalSecrets. */
export function secretPolicySpec(): object {
  return {
    failurePolicy: "Fail",
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: ["external-secrets.io"],
          apiVersions: ["*"],
          operations: ["CREATE", "UPDATE"],
          resources: ["externalsecrets", "pushsecrets"],
        },
      ],
    },
    matchConditions: [
      // Argo CD asks so what an update would change, also before it brings the Namespace's annotations, and takes a refusal for
      // the end: a service under another name, which reads at another path, would be down until Argo CD looks again.
      { name: "is-kept", expression: "!request.?dryRun.orValue(false)" },
      // What a namespace may read no longer must still go: its finalizer is taken off by an update.
      specChanges,
    ],
    variables: Object.entries(variables).map(([name, expression]) => ({ name, expression })),
    validations: validations.map((validation) => ({ ...validation, reason: "Forbidden" })),
  };
}
