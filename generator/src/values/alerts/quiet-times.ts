/** Quiet hours as Alertmanager takes them from an AlertmanagerConfig: times of UTC, by month. */
import type { AlertRouting } from "../../model/alert-routing.ts";

interface QuietTime {
  /** Numbers of months, `1` is January; all unless said. */
  readonly months?: string[];
  readonly from: string;
  readonly to: string;
}

const day = 24 * 60;

/**
 * AlertmanagerConfig v1alpha1 has no time zone. Months with the same distance to UTC have the same hours; in the month
 * in which summer time begins or ends they are an hour off before or after that day.
 */
export function quietTimes(
  hours: AlertRouting["quietHours"],
  timeZone: string,
): QuietTime[] | undefined {
  if (hours === undefined) return undefined;
  const months = Array.from({ length: 12 }, (_, index) => index + 1);
  const byOffset = Map.groupBy(months, (month) => offsetOf(month, timeZone));
  return [...byOffset].flatMap(([offset, own]) =>
    intervals(minutesOf(hours.from) - offset, minutesOf(hours.to) - offset).map(([from, to]) => ({
      ...(byOffset.size === 1 ? {} : { months: own.map(String) }),
      from: clock(from),
      to: clock(to),
    })),
  );
}

/** Minutes before UTC in the middle of a month, of a year in which the rules of today hold. */
const offsetOf = (month: number, timeZone: string): number =>
  Temporal.ZonedDateTime.from({ year: 2026, month, day: 15, timeZone }).offsetNanoseconds / 60e9;

/** One, or two where it goes over midnight. */
function intervals(from: number, to: number): (readonly [number, number])[] {
  const [start, end] = [from, to].map((time) => ((time % day) + day) % day) as [number, number];
  if (start < end) return [[start, end]];
  return [[start, day] as const, [0, end] as const].filter(([a, b]) => a < b);
}

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
};
const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
