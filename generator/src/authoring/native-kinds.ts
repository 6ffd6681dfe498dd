/** The kinds of Kubernetes itself. Types of @pulumi/kubernetes only: none of its code is ever run. */
import type * as input from "@pulumi/kubernetes/types/input.js";

/** Kinds by API version, as both are written in an object. */
export interface NativeKinds {
  v1: {
    ConfigMap: input.core.v1.ConfigMap;
    Endpoints: input.core.v1.Endpoints;
    LimitRange: input.core.v1.LimitRange;
    Namespace: input.core.v1.Namespace;
    PersistentVolume: input.core.v1.PersistentVolume;
    PersistentVolumeClaim: input.core.v1.PersistentVolumeClaim;
    Pod: input.core.v1.Pod;
    ResourceQuota: input.core.v1.ResourceQuota;
    Secret: input.core.v1.Secret;
    Service: input.core.v1.Service;
    ServiceAccount: input.core.v1.ServiceAccount;
  };
  "admissionregistration.k8s.io/v1": {
    MutatingWebhookConfiguration: input.admissionregistration.v1.MutatingWebhookConfiguration;
    ValidatingAdmissionPolicy: input.admissionregistration.v1.ValidatingAdmissionPolicy;
    ValidatingAdmissionPolicyBinding: input.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
    ValidatingWebhookConfiguration: input.admissionregistration.v1.ValidatingWebhookConfiguration;
  };
  "apiregistration.k8s.io/v1": { APIService: input.apiregistration.v1.APIService };
  "apps/v1": {
    DaemonSet: input.apps.v1.DaemonSet;
    Deployment: input.apps.v1.Deployment;
    StatefulSet: input.apps.v1.StatefulSet;
  };
  "autoscaling/v2": { HorizontalPodAutoscaler: input.autoscaling.v2.HorizontalPodAutoscaler };
  "batch/v1": { CronJob: input.batch.v1.CronJob; Job: input.batch.v1.Job };
  "discovery.k8s.io/v1": { EndpointSlice: input.discovery.v1.EndpointSlice };
  "networking.k8s.io/v1": {
    Ingress: input.networking.v1.Ingress;
    IngressClass: input.networking.v1.IngressClass;
    NetworkPolicy: input.networking.v1.NetworkPolicy;
  };
  "node.k8s.io/v1": { RuntimeClass: input.node.v1.RuntimeClass };
  "policy/v1": { PodDisruptionBudget: input.policy.v1.PodDisruptionBudget };
  "rbac.authorization.k8s.io/v1": {
    ClusterRole: input.rbac.v1.ClusterRole;
    ClusterRoleBinding: input.rbac.v1.ClusterRoleBinding;
    Role: input.rbac.v1.Role;
    RoleBinding: input.rbac.v1.RoleBinding;
  };
  "resource.k8s.io/v1": {
    DeviceClass: input.resource.v1.DeviceClass;
    ResourceClaimTemplate: input.resource.v1.ResourceClaimTemplate;
  };
  "scheduling.k8s.io/v1": { PriorityClass: input.scheduling.v1.PriorityClass };
  "storage.k8s.io/v1": {
    CSIDriver: input.storage.v1.CSIDriver;
    StorageClass: input.storage.v1.StorageClass;
  };
}

/** Kinds whose rendered objects can be patched, as file names have them, and what they are. */
export interface PatchableKinds {
  configmap: input.core.v1.ConfigMap;
  cronjob: input.batch.v1.CronJob;
  daemonset: input.apps.v1.DaemonSet;
  deployment: input.apps.v1.Deployment;
  horizontalpodautoscaler: input.autoscaling.v2.HorizontalPodAutoscaler;
  job: input.batch.v1.Job;
  networkpolicy: input.networking.v1.NetworkPolicy;
  persistentvolumeclaim: input.core.v1.PersistentVolumeClaim;
  poddisruptionbudget: input.policy.v1.PodDisruptionBudget;
  service: input.core.v1.Service;
  serviceaccount: input.core.v1.ServiceAccount;
  statefulset: input.apps.v1.StatefulSet;
}

/** A type of Pulumi's inputs without promises and outputs: what is written is what is rendered. */
export type Plain<T> = T extends PromiseLike<unknown> | { apply: unknown }
  ? never
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: Plain<T[K]> }
      : T;

/** The same for a change: every field optional, maps merge, lists replace, null removes. */
export type Change<T> = T extends PromiseLike<unknown> | { apply: unknown }
  ? never
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? { readonly [K in keyof T]?: Change<T[K]> | null }
      : T;
