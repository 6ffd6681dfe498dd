/** When a schedule runs: five fields as robfig/cron reads them, which CronJob and Velero use. */

const words: readonly (readonly string[])[] = [
  [],
  [],
  [],
  ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
];
const bounds = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;
const named: Readonly<Record<string, string>> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
  "@yearly": "0 0 1 1 *",
};

const minute = 60;
const day = 24 * 60;
/** Long enough for every leap day and its weekday but those of centuries. */
const days = 366 * 28;
/** A Sunday. */
const start = Date.UTC(2024, 8, 1);

/** Longest time between two runs, in seconds; undefined for a schedule that never runs. */
export function widestGap(schedule: string): number | undefined {
  const fields = (named[schedule] ?? schedule).split(" ");
  const [minutes = [], hours = []] = [fields[0], fields[1]].map((field, index) =>
    valuesOf(field ?? "", index),
  );
  const times = hours.flatMap((hour) => minutes.map((at) => hour * 60 + at));
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  const within = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const between = widestDayGap(fields);
  return between === undefined
    ? undefined
    : Math.max(...within, between * day - last + first) * minute;
}

/** Most days from one on which it runs to the next. */
function widestDayGap(fields: readonly string[]): number | undefined {
  const [dates, months, weekdays] = [2, 3, 4].map(
    (index) => new Set(valuesOf(fields[index] ?? "", index)),
  );
  if ([fields[2], fields[3], fields[4]].every((field) => field === "*" || field === "?")) return 1;
  const either = !hasStar(fields[2]) && !hasStar(fields[4]);
  let [widest, before]: [number | undefined, number | undefined] = [undefined, undefined];
  for (let index = 0; index < days; index += 1) {
    const date = new Date(start + index * day * minute * 1000);
    const onDate = dates?.has(date.getUTCDate()) === true;
    const onWeekday = weekdays?.has(date.getUTCDay()) === true;
    if (months?.has(date.getUTCMonth() + 1) !== true) continue;
    if (!(either ? onDate || onWeekday : onDate && onWeekday)) continue;
    if (before !== undefined) widest = Math.max(widest ?? 0, index - before);
    before = index;
  }
  return widest;
}

/** robfig/cron's star bit: a day must fit both fields where one has it. A step of more than 1 takes it away (parser.go, `getRange`). */
const hasStar = (field = "") => field.split(",").some((part) => /^[*?](\/1)?$/.test(part));

/** Numbers a field stands for, in order. */
function valuesOf(field: string, index: number): number[] {
  const [low, high] = bounds[index] ?? [0, 0];
  const found = new Set<number>();
  for (const part of field.split(",")) {
    const [range = "", step = "1"] = part.split("/");
    const open = range === "*" || range === "?";
    const [from = low, to] = open
      ? [low, high]
      : range.split("-").map((end) => numberOf(end, index));
    // `5/15` is from 5 to the end, `5` alone is 5.
    const until = to ?? (part.includes("/") ? high : from);
    for (let value = from; value <= until; value += Number(step)) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

function numberOf(text: string, index: number): number {
  const position = words[index]?.indexOf(text.toLowerCase()) ?? -1;
  return position < 0 ? Number(text) : position + (bounds[index]?.[0] ?? 0);
}
