import { jwtVerify, SignJWT } from 'jose';

const TTL_SECONDS = 15 * 60;
const TYPE = 'storegraph-import-report+jwt';

/** Addresses under which anyone who was given one fetches an import's report for a quarter of an hour. */
export type ReportLinks = {
  readonly urlOf: (jobId: string) => Promise<string>;
  /** Whether a token was made for the report, and still holds. */
  readonly admits: (jobId: string, token: string) => Promise<boolean>;
};

export function createReportLinks(options: { key: string; publicUrl: string; now: () => Date }): ReportLinks {
  const key = new TextEncoder().encode(options.key);
  return {
    async urlOf(jobId) {
      const issuedAt = Math.floor(options.now().getTime() / 1_000);
      const token = await new SignJWT({})
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setSubject(jobId)
        .setExpirationTime(issuedAt + TTL_SECONDS)
        .sign(key);
      return `${options.publicUrl}/imports/${jobId}/issues.csv?token=${token}`;
    },
    async admits(jobId, token) {
      try {
        const checks = { typ: TYPE, algorithms: ['HS256'], subject: jobId, currentDate: options.now() };
        await jwtVerify(token, key, checks);
        return true;
      } catch {
        return false;
      }
    },
  };
}
