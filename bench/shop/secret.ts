/** Keys that accounts keeps in the database are encrypted with it, so it lasts as long as the data folder. */
export function secretFor(dataDir: string): string {
  return Buffer.from(`bench ${dataDir}`.padEnd(32, '.')).toString('hex');
}
