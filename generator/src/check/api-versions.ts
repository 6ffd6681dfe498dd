/**
 * Which API versions a Kubernetes serves. Removals and additions are those of the deprecation guide
 * (https://kubernetes.io/docs/reference/using-api/deprecation-guide/) and of the release notes; beta versions
 * are off unless an API server is told otherwise (KEP-3136, since 1.24).
 */

/** Groups Kubernetes itself has, with the versions that are on by default. */
export const nativeVersions: Readonly<Record<string, readonly string[]>> = {
  "": ["v1"],
  "admissionregistration.k8s.io": ["v1"],
  "apiextensions.k8s.io": ["v1"],
  "apiregistration.k8s.io": ["v1"],
  apps: ["v1"],
  "authentication.k8s.io": ["v1"],
  "authorization.k8s.io": ["v1"],
  autoscaling: ["v1", "v2"],
  batch: ["v1"],
  "certificates.k8s.io": ["v1"],
  "coordination.k8s.io": ["v1"],
  "discovery.k8s.io": ["v1"],
  "events.k8s.io": ["v1"],
  "flowcontrol.apiserver.k8s.io": ["v1"],
  "networking.k8s.io": ["v1"],
  "node.k8s.io": ["v1"],
  policy: ["v1"],
  "rbac.authorization.k8s.io": ["v1"],
  "resource.k8s.io": ["v1"],
  "scheduling.k8s.io": ["v1"],
  "storage.k8s.io": ["v1"],
  // Gone as a whole; what was in it lives in apps, networking.k8s.io and policy.
  extensions: [],
};

/** Versions that were served once: the minor version of Kubernetes that no longer has them. */
export const removedIn: Readonly<Record<string, number>> = {
  "extensions/v1beta1": 22,
  "apps/v1beta1": 16,
  "apps/v1beta2": 16,
  "admissionregistration.k8s.io/v1beta1": 22,
  "apiextensions.k8s.io/v1beta1": 22,
  "apiregistration.k8s.io/v1beta1": 22,
  "autoscaling/v2beta1": 25,
  "autoscaling/v2beta2": 26,
  "batch/v1beta1": 25,
  "certificates.k8s.io/v1beta1": 22,
  "coordination.k8s.io/v1beta1": 22,
  "discovery.k8s.io/v1beta1": 25,
  "events.k8s.io/v1beta1": 25,
  "flowcontrol.apiserver.k8s.io/v1beta1": 26,
  "flowcontrol.apiserver.k8s.io/v1beta2": 29,
  "flowcontrol.apiserver.k8s.io/v1beta3": 32,
  "networking.k8s.io/v1beta1": 22,
  "node.k8s.io/v1beta1": 25,
  "policy/v1beta1": 25,
  "rbac.authorization.k8s.io/v1beta1": 22,
  "scheduling.k8s.io/v1beta1": 22,
  "storage.k8s.io/v1beta1": 22,
};

/** Kinds that came to a stable version after 1.25: the first minor version of Kubernetes that has them. */
export const addedIn: Readonly<Record<string, number>> = {
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy": 30,
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding": 30,
  "admissionregistration.k8s.io/v1 MutatingAdmissionPolicy": 36,
  "admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding": 36,
  "flowcontrol.apiserver.k8s.io/v1 FlowSchema": 29,
  "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration": 29,
  "networking.k8s.io/v1 IPAddress": 33,
  "networking.k8s.io/v1 ServiceCIDR": 33,
  "resource.k8s.io/v1 DeviceClass": 34,
  "resource.k8s.io/v1 ResourceClaim": 34,
  "resource.k8s.io/v1 ResourceClaimTemplate": 34,
  "resource.k8s.io/v1 ResourceSlice": 34,
  "storage.k8s.io/v1 VolumeAttributesClass": 34,
};

/** Versions the CRDs of tools/crds/crds.json serve. */
export const pinnedVersions: Readonly<Record<string, readonly string[]>> = {
  "acme.cert-manager.io": ["v1"],
  "argoproj.io": ["v1alpha1"],
  "cert-manager.io": ["v1"],
  "external-secrets.io": ["v1", "v1alpha1"],
  "externaldns.k8s.io": ["v1alpha1"],
  "gateway.envoyproxy.io": ["v1alpha1"],
  "gateway.networking.k8s.io": ["v1", "v1beta1"],
  "generators.external-secrets.io": ["v1alpha1"],
  "groupsnapshot.storage.k8s.io": ["v1", "v1beta1", "v1beta2"],
  "metallb.io": ["v1beta1", "v1beta2"],
  "monitoring.coreos.com": ["v1", "v1alpha1"],
  "postgresql.cnpg.io": ["v1"],
  "snapshot.storage.k8s.io": ["v1"],
  "velero.io": ["v1", "v2alpha1"],
};
