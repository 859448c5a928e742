import { createHash } from 'node:crypto';

/** Why the bank says no. */
export interface Decline {
  code:
    | 'authentication_required'
    | 'card_declined'
    | 'expired_card'
    | 'incorrect_cvc'
    | 'processing_error'
    | 'payment_method_provider_decline';
  declineCode?: string;
  message: string;
}

/** A means of payment with a known fate, after Stripe's published test numbers and `pm_…` tokens. */
export interface TestInstrument {
  tokens: readonly string[];
  /** Card number, or account number of a bank account. */
  number: string;
  kind: 'card' | 'us_bank_account';
  brand: 'visa' | 'mastercard' | 'amex';
  /** The bank wants the shopper to approve first (3-D Secure). */
  needsAuthentication: boolean;
  /** Absent: the charge goes through. */
  decline?: Decline;
  /** What becomes of refunds. */
  refunds: 'succeed' | 'succeed-later' | 'fail-later';
}

const declined = (declineCode: string, message = 'Your card was declined.'): Decline => ({
  code: 'card_declined',
  declineCode,
  message,
});

const insufficientFunds = declined('insufficient_funds', 'Your card has insufficient funds.');

type Row = Partial<Omit<TestInstrument, 'number' | 'tokens'>>;

function instrument(number: string, tokens: string[], row: Row = {}): TestInstrument {
  return {
    number,
    tokens,
    kind: 'card',
    brand: 'visa',
    needsAuthentication: false,
    refunds: 'succeed',
    ...row,
  };
}

/** Every means of payment the sandbox knows. Source: docs.stripe.com/testing. */
export const TEST_INSTRUMENTS: readonly TestInstrument[] = [
  instrument('4242424242424242', ['pm_card_visa']),
  instrument('4000056655665556', ['pm_card_visa_debit']),
  instrument('5555555555554444', ['pm_card_mastercard'], { brand: 'mastercard' }),
  instrument('378282246310005', ['pm_card_amex'], { brand: 'amex' }),
  instrument('4000000000000002', ['pm_card_chargeDeclined', 'pm_card_visa_chargeDeclined'], {
    decline: declined('generic_decline'),
  }),
  instrument(
    '4000000000009995',
    ['pm_card_chargeDeclinedInsufficientFunds', 'pm_card_visa_chargeDeclinedInsufficientFunds'],
    {
      decline: insufficientFunds,
    },
  ),
  instrument('4000000000009987', ['pm_card_chargeDeclinedLostCard', 'pm_card_visa_chargeDeclinedLostCard'], {
    decline: declined('lost_card'),
  }),
  instrument(
    '4000000000009979',
    ['pm_card_chargeDeclinedStolenCard', 'pm_card_visa_chargeDeclinedStolenCard'],
    {
      decline: declined('stolen_card'),
    },
  ),
  instrument('4000000000000069', ['pm_card_chargeDeclinedExpiredCard'], {
    decline: { code: 'expired_card', message: 'Your card has expired.' },
  }),
  instrument('4000000000000127', ['pm_card_chargeDeclinedIncorrectCvc'], {
    decline: { code: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  }),
  instrument('4000000000000119', ['pm_card_chargeDeclinedProcessingError'], {
    decline: {
      code: 'processing_error',
      message: 'An error occurred while processing your card. Try again in a little bit.',
    },
  }),
  instrument('4000002500003155', ['pm_card_authenticationRequiredOnSetup'], { needsAuthentication: true }),
  instrument('4000002760003184', ['pm_card_authenticationRequired'], { needsAuthentication: true }),
  instrument('4000000000003220', ['pm_card_threeDSecure2Required'], { needsAuthentication: true }),
  instrument('4000008260003178', ['pm_card_authenticationRequiredChargeDeclinedInsufficientFunds'], {
    needsAuthentication: true,
    decline: insufficientFunds,
  }),
  instrument('4000000000007726', ['pm_card_pendingRefund'], { refunds: 'succeed-later' }),
  instrument('4000000000005126', ['pm_card_refundFail'], { refunds: 'fail-later' }),
  instrument('000123456789', ['pm_usBankAccount_success'], { kind: 'us_bank_account' }),
  instrument('000222222227', ['pm_usBankAccount_insufficientFunds'], {
    kind: 'us_bank_account',
    decline: {
      code: 'payment_method_provider_decline',
      declineCode: 'insufficient_funds',
      message: "The customer's bank account has insufficient funds.",
    },
  }),
];

const byToken = new Map(TEST_INSTRUMENTS.flatMap((row) => row.tokens.map((token) => [token, row])));
const byNumber = new Map(TEST_INSTRUMENTS.map((row) => [row.number, row]));
const byFingerprint = new Map(TEST_INSTRUMENTS.map((row) => [fingerprintOf(row.number), row]));

export function findByToken(token: string): TestInstrument | null {
  return byToken.get(token) ?? null;
}

export function findByNumber(number: string): TestInstrument | null {
  return byNumber.get(number) ?? null;
}

/** Stripe gives one number one fingerprint for ever; a stored payment method finds its fate again by it. */
export function findByFingerprint(fingerprint: string): TestInstrument | null {
  return byFingerprint.get(fingerprint) ?? null;
}

export function fingerprintOf(number: string): string {
  return createHash('sha256').update(`fingerprint:${number}`).digest('base64url').slice(0, 16);
}

/** The check digit rule of card numbers (ISO/IEC 7812-1, Annex B). */
export function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, character, index) => {
    const digit = Number(character);
    const doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    return total + (index % 2 === 1 ? doubled : digit);
  }, 0);
  return sum % 10 === 0;
}
