/** A moment of the demonstration data, which counts minutes back from the day it is loaded. */
export function minutesBefore(now: Date, minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}
