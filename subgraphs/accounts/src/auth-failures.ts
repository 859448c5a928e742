/** `AuthFailure` as the graph shows it, for each reason not to sign somebody in. */
export type AuthFailureValue = {
  __typename: 'AuthFailure';
  code: 'BAD_CREDENTIALS' | 'EMAIL_TAKEN' | 'TOKEN_EXPIRED' | 'ACCOUNT_LOCKED' | 'ACCOUNT_SUSPENDED';
  message: string;
  path: string[];
  retryAfterSeconds: number | null;
};

type Reason =
  | { kind: 'bad-credentials' | 'email-taken' | 'over' | 'suspended' }
  | { kind: 'locked'; retryAfterSeconds: number };

/** @param path the input field it is about */
export function authFailure(reason: Reason, path: string[]): AuthFailureValue {
  const failure = (code: AuthFailureValue['code'], message: string): AuthFailureValue => ({
    __typename: 'AuthFailure',
    code,
    message,
    path,
    retryAfterSeconds: reason.kind === 'locked' ? reason.retryAfterSeconds : null,
  });
  switch (reason.kind) {
    case 'bad-credentials':
      return failure('BAD_CREDENTIALS', 'The e-mail address or the password is wrong.');
    case 'email-taken':
      return failure('EMAIL_TAKEN', 'There is an account with this e-mail address already.');
    case 'over':
      return failure('TOKEN_EXPIRED', 'The session is over; sign in again.');
    case 'suspended':
      return failure('ACCOUNT_SUSPENDED', 'The account is suspended; please contact the shop.');
    case 'locked':
      return failure('ACCOUNT_LOCKED', 'Too many attempts; wait a while before the next.');
  }
}
