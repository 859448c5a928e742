/** Who a newcomer may sign in as; everybody's password is `DEMO_PASSWORD`. */
export const DEMO_LOGINS = [
  { persona: 'shopper', email: 'shopper@storegraph.test' },
  { persona: 'seller', email: 'seller@storegraph.test' },
  { persona: 'staff', email: 'staff@storegraph.test' },
  { persona: 'admin', email: 'admin@storegraph.test' },
] as const;
