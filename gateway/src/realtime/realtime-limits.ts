/** What one client may cost; the same for every transport where both have it. */
export type RealtimeLimits = {
  /** How long a socket may take to introduce itself. @default 5_000 // five seconds */
  readonly initWithinMillis: number;
  /** Operations of one socket at a time. @default 50 */
  readonly operationsPerSocket: number;
  /** Event streams of one client at a time: of a person, or of a network's guests. @default 50 */
  readonly streamsPerClient: number;
  /** What may wait unread for one client before its connection is ended. @default 1_048_576 // 1 MiB */
  readonly unreadBytes: number;
  /** How often a silent connection is tried: a socket is pinged, a stream gets a comment. @default 12_000 // twelve seconds */
  readonly heartbeatMillis: number;
  /** Events that may wait to be completed by other subgraphs, in one subscription. @default 256 */
  readonly waitingEvents: number;
};

export const REALTIME_LIMITS: RealtimeLimits = {
  initWithinMillis: 5_000,
  operationsPerSocket: 50,
  streamsPerClient: 50,
  unreadBytes: 1_024 * 1_024,
  heartbeatMillis: 12_000,
  waitingEvents: 256,
};
