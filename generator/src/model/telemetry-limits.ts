/** What telemetry has unless said, and what bounds it: told without the model. */
export const telemetryDefaults = { logs: 30, metrics: 30, outage: "12h" } as const;

/** What Vector calls the least a disk buffer may hold. */
export const leastDiskBufferBytes = 268_435_488;
