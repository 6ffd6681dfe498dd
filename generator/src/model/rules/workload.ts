/** Rules of workload. */
export const workloadRules = {} as const;
