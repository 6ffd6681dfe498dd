/** What an authored file, an environment or an overlay says that cannot be read or is not so. */
import type { CodeEntry } from "./entry.ts";

export const authored = {
  SPEC_UNKNOWN_FIELD: {
    title: "Unknown field",
    meaning: "A file names a field the model does not have. Usually it is a typing mistake.",
    remedy:
      "Take the nearest valid name from the message, or look at docs/reference for all fields.",
  },
  SPEC_MISSING_FIELD: {
    title: "Missing field",
    meaning: "A field that the model requires is absent, so nothing can be derived from it.",
    remedy: "Add the field. The message says what it means; docs/reference shows an example.",
  },
  SPEC_WRONG_TYPE: {
    title: "Wrong kind of value",
    meaning:
      "A field holds a value of another kind or shape than the model expects, such as text for a number.",
    remedy: "Write the value as the `expected` line says.",
  },
  SPEC_WRONG_VALUE: {
    title: "Value that is not allowed",
    meaning:
      "A field holds the right kind of value, but it is not in the list, the range or the form that is allowed.",
    remedy:
      "Take one of the values, or a value in the range or form, that the `expected` line names.",
  },
  SPEC_INVALID: {
    title: "Values that do not fit together",
    meaning:
      "Each value is well formed, but a rule of the model that looks at several of them is broken.",
    remedy: "The message names the rule and the `fix` line the change.",
  },
  FILE_THROWS: {
    title: "The file cannot be loaded",
    meaning: "An authored file throws an error or is no valid TypeScript.",
    remedy: "Mend the line the message names; the file is run as it is.",
  },
  FILE_ABSENT: {
    title: "An authored file is not there",
    meaning:
      "environments/tiers.ts or the library chart is not there, or a folder in environments/ or charts/services/ holds files and lacks the environment.ts or values.ts that makes it an environment or a service.",
    remedy:
      "Rename the file the message names, add the one that is expected, or delete the folder.",
  },
  FILE_UNREAD: {
    title: "Nobody reads this file",
    meaning:
      "A file with code in environments/ or charts/services/, or one with YAML or JSON in environments/, is none of the files that are looked for there, and none of them imports it. Only files that end in .ts are looked for, and beside a cluster's its lock file. Or it is no file: a pipe, a socket or a device there, or below config/ of a service, is never read.",
    remedy: "Move it to where it belongs, import it in a file that is read, or delete it.",
  },
  FILE_NO_EXPORT: {
    title: "The file exports nothing",
    meaning: "An authored file has no default export.",
    remedy: "Export the result of the define function as default.",
  },
  FILE_HANGS: {
    title: "The file never finishes loading",
    meaning: "An authored file loops or waits for ever. Loading one takes milliseconds.",
    remedy: "Remove loops and waiting: the file only describes.",
  },
  FILE_WRONG_KIND: {
    title: "The file describes something else",
    meaning:
      "A file exports the result of another function than its place asks for, e.g. an overlay in charts/services.",
    remedy: "Use the function the message names.",
  },
  TIER_UNKNOWN: {
    title: "Unknown tier",
    meaning: "A service names a tier that environments/tiers.ts does not have.",
    remedy: "Use one of the tiers, or add the tier.",
  },
  CLUSTER_UNKNOWN: {
    title: "Unknown cluster",
    meaning: "An environment names a cluster that has no file in environments/clusters.",
    remedy: "Use one of the clusters, or add its file.",
  },
  ENVIRONMENT_UNKNOWN_SERVICE: {
    title: "Unknown service in an environment",
    meaning: "An environment lists a service that charts/services does not have.",
    remedy: "Mend the name, or create it with npm run new-service.",
  },
  ENVIRONMENT_EXTENDS: {
    title: "Environment extends what is not there",
    meaning: "An environment extends one that does not exist, or itself through others.",
    remedy: "Name an environment that exists; the chain must end.",
  },
  OVERLAY_UNKNOWN_SERVICE: {
    title: "Overlay for a service that is not there",
    meaning:
      "environments/<environment>/<service>.ts is for a service that does not exist or does not run there.",
    remedy: "Rename or delete the file, or enable the service.",
  },
  OVERLAY_UNKNOWN_NAME: {
    title: "An overlay changes what the service does not have",
    meaning:
      "A component, volume, route or exposure of an overlay has nearly the name of one of the service, and is not complete enough to be a new one.",
    remedy: "Mend the name, or write all that a new one needs.",
  },
  OVERLAY_REMOVES_NOTHING: {
    title: "Nothing to remove",
    meaning: "A path in `remove` leads to nothing.",
    remedy: "Mend the path, or delete the line.",
  },
  NAME_RESERVED: {
    title: "The name is reserved",
    meaning:
      "A service or tier bears a name RZP uses for objects of its own, or a login one that a PostgreSQL cluster has without it, or a tier, prefix or environment one of which names would follow that are not free on a cluster: namespaces that begin with kube- are those of Kubernetes, the AppProject `default` is Argo CD's own, and an environment `prod-data` would share its AppProject with tier data of an environment prod beside it.",
    remedy: "Take another name.",
  },
  NAME_INVALID: {
    title: "Not a legal name",
    meaning: "A name that becomes part of Kubernetes names is no DNS label.",
    remedy:
      "Lower-case letters, digits and hyphens, starting with a letter, 63 characters at most.",
  },
  ENVIRONMENT_UNKNOWN: {
    title: "Unknown environment",
    meaning:
      "A command, or a cluster as its carrier, names an environment that environments/ does not have.",
    remedy: "Use one of the environments, or add a folder with environment.ts.",
  },
  CARRIER_ELSEWHERE: {
    title: "Carrier on another cluster",
    meaning:
      "A cluster names a carrier, the environment that runs what exists once there, which is an environment of another cluster.",
    remedy: "Name an environment of this cluster as its carrier, or add one.",
  },
  ENVIRONMENT_NOT_CARRIER: {
    title: "Runs once on a cluster",
    meaning:
      "An environment lists a service of a tier that exists once on a cluster, and another environment carries those.",
    remedy: "Remove it here, or name this environment as the carrier in the cluster file.",
  },
  OVERLAY_CHANGES_IDENTITY: {
    title: "Overlay changes what a service is",
    meaning:
      "An overlay says what a service is known by (its tier, ports, offers, pins), or gives a workload or a volume another kind. It would be another object, and what the old one holds would stay behind.",
    remedy: "Change it in the service, with a migration, or make another service.",
  },
  OVERLAY_BEYOND_REPLICAS: {
    title: "Overlay asks for more pods than its environment has",
    meaning:
      "An overlay says how many pods there are, and `replicas` of its environment allows fewer. The overlay is for that environment alone, so its number never acts.",
    remedy: "Remove the number, or raise `replicas` of the environment.",
  },
  OVERLAY_OTHER_SERVICE: {
    title: "Overlay for another service than its file says",
    meaning: "The name in overlay(…) and the name of the file differ.",
    remedy: "Make both the same.",
  },
  PREFIX_TAKEN: {
    title: "Namespaces of two environments would meet",
    meaning:
      "Two environments share a cluster and a prefix (or have none), or a prefix is the name of a tier.",
    remedy: "Give each environment beside the carrier a prefix of its own.",
  },
  ENVIRONMENT_LIST: {
    title: "A list of services says something twice or in vain",
    meaning:
      "A service is listed twice, or as running and as left out, or is left out though it would not run anyway.",
    remedy: "Remove the entry.",
  },
  FILE_NOT_DATA: {
    title: "The file holds what is no data",
    meaning:
      "A value is a function, a promise or a symbol. A file only describes: text, numbers, true, false, lists and maps.",
    remedy: "Call the function, or write the value itself.",
  },
} as const satisfies Record<string, CodeEntry>;
