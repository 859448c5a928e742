/** Stock kept for one checkout until it is paid for or time is up. */
export type Reservation = {
  readonly id: string;
  readonly cartId: string | null;
  readonly orderId: string | null;
  readonly status: ReservationStatus;
  readonly expiresAt: Date;
};

export enum ReservationStatus {
  HELD = 'HELD',
  COMMITTED = 'COMMITTED',
  RELEASED = 'RELEASED',
}

/** So much of a variant from one warehouse. */
export type ReservationLine = {
  readonly variantId: string;
  readonly warehouseId: string;
  readonly quantity: number;
  /** How much of it came back after it was sold. */
  readonly restocked: number;
};
