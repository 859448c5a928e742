import type { DemoCoupon } from './demo-data.js';

export const DEMO_COUPONS: readonly DemoCoupon[] = [
  {
    code: 'WELCOME10',
    description: '10 % off the first order',
    benefit: { kind: 'percent', percent: 10 },
    minimumSubtotalMinor: null,
    usageLimit: null,
    perCustomerLimit: 1,
    endsInDays: null,
  },
  {
    code: 'FREESHIP',
    description: 'Free shipping from $50',
    benefit: { kind: 'free-shipping' },
    minimumSubtotalMinor: 5000n,
    usageLimit: null,
    perCustomerLimit: null,
    endsInDays: null,
  },
  {
    code: 'SPRING20',
    description: '$20 off orders above $100',
    benefit: { kind: 'amount', amountMinor: 2000n },
    minimumSubtotalMinor: 10000n,
    usageLimit: 500,
    perCustomerLimit: 2,
    endsInDays: 60,
  },
  {
    code: 'LASTWINTER',
    description: '15 % off, ended',
    benefit: { kind: 'percent', percent: 15 },
    minimumSubtotalMinor: null,
    usageLimit: 200,
    perCustomerLimit: 1,
    endsInDays: -30,
  },
];
