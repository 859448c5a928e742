/** Who a newcomer may sign in as; everybody's password is `DEMO_PASSWORD`. */
export const DEMO_LOGINS = [
  { persona: 'shopper', label: 'Shopper', email: 'shopper@storegraph.test' },
  { persona: 'seller', label: 'Seller', email: 'seller@storegraph.test' },
  { persona: 'staff', label: 'Staff', email: 'staff@storegraph.test' },
  { persona: 'admin', label: 'Administrator', email: 'admin@storegraph.test' },
] as const;
