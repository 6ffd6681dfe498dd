/** What a pod brings with it: its image, its volumes, its token. */
import { at, list, map, text } from "../../model/reading.ts";
import { floatingTags, isFloating, stayingPart } from "../../release/images/references.ts";
import { isPostgresCluster } from "../../release/postgres.ts";
import type { ContainerRule, Found, PodRule } from "../rule.ts";
import { never } from "../rule.ts";
import { mountedVolumes } from "./node.ts";

export const image: ContainerRule = {
  of: "container",
  needs: "restricted",
  debugging: false,
  says: "images have a digest, or a tag that stays",
  loosenedBy: "nothing: write the version that runs today",
  declared: never,
  found: (container) => {
    const reference = text(container, "image");
    return reference === undefined || !isFloating(reference)
      ? []
      : [{ what: `runs ${reference}, which moves`, path: ["image"] }];
  },
  // A registry's port is no tag.
  keeps: `c.?image.orValue('').contains('@') || (c.?image.orValue('').matches(':[^/:]+$') && (!c.?image.orValue('').matches('(?i):(${floatingTags.join("|")})([-_][^/:]*)?$') || c.?image.orValue('').matches('(?i):[^/:]*(${stayingPart})[^/:]*$')))`,
};

const volumeKinds = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  // Files of another image (Kubernetes, "image" volumes), which the standard takes as it takes those of the container's own.
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];
/** A path of the node has a rule of its own, and needs more. */
const judged = [...volumeKinds, "hostPath"];

export const volumes: PodRule = {
  of: "pod",
  needs: "baseline",
  says: "volumes are claims, files of the API server, or scratch space",
  loosenedBy: 'nothing: a share of the network is share("…"), which makes a claim',
  declared: never,
  found: ({ spec }) =>
    list(spec, "volumes").flatMap((volume, index): Found[] => {
      const unknown = Object.keys(map(volume)).filter(
        (key) => key !== "name" && !judged.includes(key),
      );
      return unknown.length === 0
        ? []
        : [
            {
              what: `volume ${text(volume, "name") ?? ""} is of a kind that restricted does not allow`,
              path: ["volumes", index],
            },
          ];
    }),
  keeps: `object.spec.?volumes.orValue([]).all(v, ${judged.map((kind) => `has(v.${kind})`).join(" || ")})`,
};

/** Volumes that a driver or a class makes for the pod: a share by another way than `share`, a claim that goes with the pod. */
const madeForPod = ["csi", "ephemeral"];

export const inlineVolumes: PodRule = {
  of: "pod",
  needs: "restricted",
  says: "volumes of drivers come by claims and shares",
  loosenedBy: 'share("…") in storage, or another kind of volume there',
  declared: never,
  found: ({ spec }) =>
    list(spec, "volumes").flatMap((volume, index): Found[] =>
      madeForPod.flatMap((kind) =>
        at(volume, kind) === undefined
          ? []
          : [
              {
                what: `volume ${text(volume, "name") ?? ""} is made by a driver (${kind}), past shares and claims`,
                path: ["volumes", index, kind],
              },
            ],
      ),
    ),
  keeps: `object.spec.?volumes.orValue([]).all(v, ${madeForPod.map((kind) => `!has(v.${kind})`).join(" && ")})`,
};

/** Either lets the pod say to the API server who it is. */
const identities = ["serviceAccountToken", "podCertificate"];

const isTokenVolume = (volume: unknown): boolean =>
  list(volume, "projected", "sources").some((source) =>
    identities.some((kind) => at(source, kind) !== undefined),
  );

export const token: PodRule = {
  of: "pod",
  needs: "restricted",
  says: "pods have no token or certificate of a service account",
  loosenedBy: "account, or token(…) in storage",
  declared: (place) => {
    const { component } = place;
    if (component.source.kind === "chart") return [];
    return [
      ...(component.source.spec.account === undefined ? [] : [[...component.path, "account"]]),
      // The operator's agent in each instance reports to the API server.
      ...(isPostgresCluster(component) ? [[...component.path, "runs"]] : []),
      ...mountedVolumes(place, "token"),
    ];
  },
  found: ({ spec }) => [
    ...(spec["automountServiceAccountToken"] === false
      ? []
      : [{ what: "has the token of its service account", path: ["automountServiceAccountToken"] }]),
    ...list(spec, "volumes").flatMap((volume, index): Found[] =>
      isTokenVolume(volume)
        ? [
            {
              what: `volume ${text(volume, "name") ?? ""} is a token or certificate of its service account`,
              path: ["volumes", index],
            },
          ]
        : [],
    ),
  ],
  keeps: `object.spec.?automountServiceAccountToken.orValue(true) == false && object.spec.?volumes.orValue([]).all(v, v.?projected.?sources.orValue([]).all(s, ${identities.map((kind) => `!has(s.${kind})`).join(" && ")}))`,
};
