/** Where a person has things sent, or bills addressed. */
export type Address = AddressDetails & {
  readonly id: string;
  readonly userId: string;
  readonly defaultShipping: boolean;
  readonly defaultBilling: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type AddressDetails = {
  readonly label: string | null;
  readonly fullName: string;
  readonly phone: string | null;
  readonly street: string;
  readonly street2: string | null;
  readonly city: string;
  readonly state: string | null;
  readonly zip: string;
  readonly country: string;
};

export enum AddressPurpose {
  SHIPPING = 'SHIPPING',
  BILLING = 'BILLING',
}

/** More than anyone needs, and few enough to show them all at once. */
export const MOST_ADDRESSES = 50;
