const UNWANTED: { pattern: RegExp; reason: string }[] = [
  {
    pattern: /https?:\/\/(?:registry|deb|npm)\.[a-z]|registry\.(?:npmjs|yarnpkg)\.|npm\.pkg\.github\./,
    reason: 'a registry host: the lockfile and scripts must work with any registry',
  },
  {
    pattern: /(?<![\w.\-/])\/(?:root|work|home\/(?!node\b)[a-z][\w-]*|Users\/[A-Za-z][\w-]*)\/[\w.-]/,
    reason: 'an absolute path of one machine',
  },
  { pattern: /\b[A-Z]:\\Users\\/, reason: 'an absolute path of one machine' },
  {
    pattern: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*(?:\\n)?\s*[A-Za-z0-9+/]{40}/,
    reason: 'a private key',
  },
  { pattern: /\b(?:sk|rk)_live_[A-Za-z0-9]{16}/, reason: 'a live Stripe key' },
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, reason: 'an AWS access key' },
  { pattern: /\bgh[pousr]_[A-Za-z0-9]{36}/, reason: 'a GitHub token' },
  { pattern: /\bnpm_[A-Za-z0-9]{36}\b/, reason: 'an npm token' },
  { pattern: /\bxox[abprs]-[A-Za-z0-9-]{20}/, reason: 'a Slack token' },
  {
    pattern: /\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}/,
    reason: 'a signed JSON Web Token; tests sign their own',
  },
];

/** Where a text holds something that must not be committed, one entry a line and reason. */
export function unwantedText(text: string): { line: number; reason: string }[] {
  return UNWANTED.flatMap(({ pattern, reason }) =>
    [...text.matchAll(new RegExp(pattern, 'g'))].map((match) => ({
      line: text.slice(0, match.index).split('\n').length,
      reason,
    })),
  );
}
