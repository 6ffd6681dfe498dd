/** Rules of capacity. */
export const capacityRules = {} as const;
