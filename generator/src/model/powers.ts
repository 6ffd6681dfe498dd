/**
 * Rights that give more than they name: the escalation risks of Kubernetes' "RBAC good practices", and whatever takes the
 * cluster's guards away or lets Argo CD make anything. The one table of them: `account` takes a reason for each, and roles are
 * held to the same.
 */

/** Rights on resources of one group; each of the verbs is enough. */
export interface Power {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** What one has by it, after "gives". */
  readonly gives: string;
}

/** What a rule of a role gives. */
interface Rights {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const reads = ["get", "list", "watch"];
const writes = ["create", "update", "patch"];
const removes = ["delete", "deletecollection"];
const calls = ["get", "create"];

const makesPods = "pods of any image, with any account, secret and volume of their namespace";

export const powers: readonly Power[] = [
  {
    group: "",
    resources: ["secrets"],
    verbs: [...reads, ...writes],
    gives: "the passwords and tokens of whoever keeps them there",
  },
  {
    group: "",
    resources: ["serviceaccounts/token"],
    verbs: ["create"],
    gives: "the rights of every account there",
  },
  {
    group: "",
    resources: ["pods/exec", "pods/attach", "pods/portforward", "pods/proxy", "services/proxy"],
    verbs: calls,
    gives: "what other pods may do and read",
  },
  {
    group: "",
    resources: ["pods/ephemeralcontainers"],
    verbs: ["update", "patch"],
    gives: "what other pods may do and read",
  },
  {
    group: "",
    resources: ["nodes/proxy"],
    verbs: calls,
    gives: "every pod of a node, past the API server",
  },
  {
    group: "",
    resources: ["pods", "replicationcontrollers"],
    verbs: writes,
    gives: makesPods,
  },
  {
    group: "apps",
    resources: ["deployments", "statefulsets", "daemonsets", "replicasets"],
    verbs: writes,
    gives: makesPods,
  },
  { group: "batch", resources: ["jobs", "cronjobs"], verbs: writes, gives: makesPods },
  {
    group: "",
    resources: ["persistentvolumes"],
    verbs: writes,
    gives: "files of the nodes, and volumes of others",
  },
  {
    group: "",
    resources: ["namespaces"],
    verbs: writes,
    gives: "a say in which rules hold for the pods of others",
  },
  {
    group: "networking.k8s.io",
    resources: ["networkpolicies"],
    verbs: [...writes, ...removes],
    gives: "a say in who may call whom",
  },
  {
    group: "admissionregistration.k8s.io",
    resources: [
      "validatingadmissionpolicies",
      "validatingadmissionpolicybindings",
      "validatingwebhookconfigurations",
      "mutatingadmissionpolicies",
      "mutatingadmissionpolicybindings",
      "mutatingwebhookconfigurations",
    ],
    verbs: [...writes, ...removes],
    gives: "a say in what the API server takes from everybody",
  },
  {
    group: "certificates.k8s.io",
    resources: ["certificatesigningrequests/approval", "certificatesigningrequests/status"],
    verbs: ["update", "patch"],
    gives: "certificates in the name of others",
  },
  {
    group: "certificates.k8s.io",
    resources: ["signers"],
    verbs: ["approve", "sign"],
    gives: "certificates in the name of others",
  },
  {
    group: "argoproj.io",
    resources: ["applications", "applicationsets", "appprojects"],
    verbs: writes,
    gives: "all that Argo CD may do",
  },
];

/** In: rights of one rule. Out: the powers among them, each with the resources and verbs that the rule has of it. */
export const powersIn = ({ groups, resources, verbs }: Rights): Power[] =>
  powers.flatMap((power) => {
    const both = (own: readonly string[], of: readonly string[]) =>
      own.filter((word) => of.includes(word));
    const names = groups.includes(power.group) ? both(resources, power.resources) : [];
    const may = both(verbs, power.verbs);
    return names.length === 0 || may.length === 0
      ? []
      : [{ ...power, resources: names, verbs: may }];
  });

/** In: a resource as `account` names it: `deployments.apps`, `pods/log`. Out: its group and name as a role has them. */
export function apiResource(resource: string): { readonly group: string; readonly name: string } {
  const [head = "", ...sub] = resource.split("/");
  const dot = head.indexOf(".");
  const [name, group] = dot < 0 ? [head, ""] : [head.slice(0, dot), head.slice(dot + 1)];
  return { group, name: [name, ...sub].join("/") };
}

/** In: a group and a name as a role has them. Out: how `account` names the resource. */
export function accountResource(group: string, resource: string): string {
  const [name = "", ...sub] = resource.split("/");
  return [group === "" ? name : `${name}.${group}`, ...sub].join("/");
}
