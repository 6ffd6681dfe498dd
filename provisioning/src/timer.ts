/** How long each phase takes, told when it ends. */

export interface Timer {
  phase<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export function startTimer(report: (line: string) => void): Timer {
  return {
    async phase(name, work) {
      const began = performance.now();
      try {
        return await work();
      } finally {
        report(`${name.padEnd(10)} ${((performance.now() - began) / 1000).toFixed(1)} s`);
      }
    },
  };
}
