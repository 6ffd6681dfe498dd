/** What the processes of a container may do: as whom they run, and which rights of root they have. */
import { at, list } from "../../model/reading.ts";
import { baselineCapabilities, restrictedCapabilities } from "../../model/pod-security.ts";
import type { ContainerRule, Found } from "../rule.ts";
import { loosened, never } from "../rule.ts";
import { celList } from "../cel.ts";

const celAdded = "c.?securityContext.?capabilities.?add.orValue([])";
const capabilitiesPath = ["securityContext", "capabilities"] as const;
const addedTo = (container: unknown) => list(container, ...capabilitiesPath, "add").map(String);

export const privileged: ContainerRule = {
  of: "container",
  needs: "privileged",
  debugging: true,
  says: "containers do not have all rights on their node",
  loosenedBy: 'security: because({ privileged: true }, "say why here")',
  declared: loosened((value) => value.privileged),
  found: (container) =>
    at(container, "securityContext", "privileged") === true
      ? [{ what: "privileged", path: ["securityContext", "privileged"] }]
      : [],
  keeps: "!c.?securityContext.?privileged.orValue(false)",
};

export const capabilities: ContainerRule = {
  of: "container",
  needs: "privileged",
  debugging: true,
  says: "containers add none of the capabilities that reach the node",
  loosenedBy: 'security: because({ addCapabilities: […] }, "say why here")',
  declared: loosened(({ addCapabilities = [] }) =>
    addCapabilities.some((one) => !baselineCapabilities.includes(one)),
  ),
  found: (container) => {
    const beyond = addedTo(container).filter((one) => !baselineCapabilities.includes(one));
    return beyond.length === 0
      ? []
      : [{ what: `adds ${beyond.join(", ")}`, path: capabilitiesPath }];
  },
  keeps: `${celAdded}.all(x, x in ${celList(baselineCapabilities)})`,
};

export const fewCapabilities: ContainerRule = {
  of: "container",
  needs: "baseline",
  debugging: true,
  says: "containers add no capability but NET_BIND_SERVICE",
  loosenedBy: 'security: because({ addCapabilities: […] }, "say why here")',
  declared: loosened(({ addCapabilities = [] }) =>
    addCapabilities.some((one) => !restrictedCapabilities.includes(one)),
  ),
  found: (container) => {
    const added = addedTo(container);
    return added.every((one) => restrictedCapabilities.includes(one))
      ? []
      : [{ what: `adds ${added.join(", ")}`, path: capabilitiesPath }];
  },
  keeps: `${celAdded}.all(x, x in ${celList(restrictedCapabilities)})`,
};

export const dropAll: ContainerRule = {
  of: "container",
  needs: "baseline",
  debugging: true,
  says: "containers give up all Linux capabilities",
  // A privileged container has them all, and rzp-lib says nothing about them.
  loosenedBy: 'security: because({ privileged: true }, "say why here")',
  declared: loosened((value) => value.privileged),
  found: (container) =>
    list(container, ...capabilitiesPath, "drop").includes("ALL")
      ? []
      : [{ what: "keeps Linux capabilities", path: capabilitiesPath }],
  keeps: "'ALL' in c.?securityContext.?capabilities.?drop.orValue([])",
};

export const escalation: ContainerRule = {
  of: "container",
  needs: "baseline",
  debugging: true,
  says: "processes of containers gain no rights",
  loosenedBy: 'security: because({ escalation: true }, "say why here")',
  declared: loosened((value) => value.escalation === true || value.privileged === true),
  found: (container) =>
    at(container, "securityContext", "allowPrivilegeEscalation") === false
      ? []
      : [{ what: "may gain rights", path: ["securityContext", "allowPrivilegeEscalation"] }],
  keeps: "c.?securityContext.?allowPrivilegeEscalation.orValue(true) == false",
};

export const root: ContainerRule = {
  of: "container",
  needs: "baseline",
  debugging: true,
  says: "containers do not run as root",
  loosenedBy: 'security: because({ user: 0 }, "say why here")',
  declared: loosened(({ user }) => user === 0),
  found: (container, { spec }) => {
    const isRoot: Found = { what: "runs as root", path: ["securityContext", "runAsUser"] };
    const nonRoot =
      at(container, "securityContext", "runAsNonRoot") ??
      at(spec, "securityContext", "runAsNonRoot");
    return [
      ...(at(spec, "securityContext", "runAsUser") === 0
        ? [{ ...isRoot, ofPod: true } as const]
        : []),
      ...(nonRoot === true
        ? []
        : [{ what: "may run as root", path: ["securityContext", "runAsNonRoot"] }]),
      ...(at(container, "securityContext", "runAsUser") === 0 ? [isRoot] : []),
    ];
  },
  keeps: [
    "c.?securityContext.?runAsNonRoot.orValue(object.spec.?securityContext.?runAsNonRoot.orValue(false))",
    "c.?securityContext.?runAsUser.orValue(1) != 0",
    "object.spec.?securityContext.?runAsUser.orValue(1) != 0",
  ].join(" && "),
};

export const rootGroup: ContainerRule = {
  of: "container",
  needs: "restricted",
  debugging: false,
  says: "containers do not run with the root group",
  loosenedBy: 'security: because({ group: 0 }, "say why here")',
  declared: loosened(({ group }) => group === 0),
  found: (container, { spec }) => {
    const own = at(container, "securityContext", "runAsGroup");
    const found: Found = {
      what: "runs with the root group",
      path: ["securityContext", "runAsGroup"],
    };
    if (own === 0) return [found];
    return own === undefined && at(spec, "securityContext", "runAsGroup") === 0
      ? [{ ...found, ofPod: true }]
      : [];
  },
  keeps:
    "c.?securityContext.?runAsGroup.orValue(object.spec.?securityContext.?runAsGroup.orValue(1)) != 0",
};

export const readOnlyRoot: ContainerRule = {
  of: "container",
  needs: "restricted",
  debugging: false,
  says: "containers write to their volumes only",
  loosenedBy: 'security: because({ writableRoot: true }, "say why here")',
  declared: loosened(({ writableRoot }) => writableRoot),
  found: (container) =>
    at(container, "securityContext", "readOnlyRootFilesystem") === true
      ? []
      : [
          {
            what: "may write outside its volumes",
            path: ["securityContext", "readOnlyRootFilesystem"],
          },
        ],
  keeps: "c.?securityContext.?readOnlyRootFilesystem.orValue(false)",
};

export const memoryLimit: ContainerRule = {
  of: "container",
  needs: "restricted",
  debugging: false,
  says: "containers have a memory limit",
  loosenedBy: "nothing: say size or resources",
  declared: never,
  found: (container) =>
    at(container, "resources", "limits", "memory") === undefined
      ? [{ what: "has no memory limit", path: ["resources", "limits", "memory"] }]
      : [],
  keeps: "c.?resources.?limits[?'memory'].hasValue()",
};
