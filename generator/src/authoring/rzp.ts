/**
 * What the files people write import as `#rzp`: functions that return plain data, and their types.
 * Nothing is needed at run time but these files, because every service file loads them.
 */
export * from "./argocd.ts";
export * from "./define.ts";
export * from "./kubernetes.ts";
export * from "./registry.ts";
export * from "./values.ts";
export * from "./volumes.ts";
export * from "./workloads.ts";
export type * from "./names.ts";
export type * from "./types.generated.ts";
